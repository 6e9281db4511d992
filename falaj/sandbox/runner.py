"""The machine that runs a deployment in the sandbox: where it is, and which role it has assumed.

The emulated clouds read both from the environment, so that a test or a user can place the run elsewhere. Without
`FALAJ_RUNNER` the run is on the internet, like a runner that a code host provides.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import AddressValueError, IPv4Address

LOCATION, ROLE = "FALAJ_RUNNER", "FALAJ_RUNNER_ROLE"
"""Environment variables: `inside`, `internet` or an IPv4 address; and the ARN of an IAM role."""

INSIDE, INTERNET = "inside", "internet"
"""`inside`: in the network of every site, in the security group of its cluster."""

DEFAULT_ROLE = "arn:aws:iam::123456789012:role/falaj-deployer"


@dataclass(frozen=True)
class Runner:
    """Location and role of a run. `address` is None inside a site's network and for an unknown public address."""

    inside: bool
    address: IPv4Address | None
    role: str
    """ARN of the assumed IAM role, with the path of the role."""
    role_is_given: bool
    """Whether the environment names the role. Otherwise the run has assumed the role that the stack names as its
    deployer."""
    session_name: str = "falaj"

    @property
    def account(self) -> str:
        """Returns the account of the role."""
        return self.role.removeprefix("arn:aws:iam::").partition(":")[0]

    @property
    def session(self) -> str:
        """Returns the ARN of the role's session, which has no path (IAM User Guide, IAM identifiers)."""
        return f"arn:aws:sts::{self.account}:assumed-role/{self.role.rsplit('/', 1)[-1]}/{self.session_name}"

    def assuming(self, role: str, session_name: str) -> Runner:
        """Returns the run after it has assumed another role."""
        return replace(self, role=role, role_is_given=True, session_name=session_name or self.session_name)


def runner(environment: Mapping[str, str] | None = None) -> Runner:
    """Returns the runner that an environment describes, by default that of this process."""
    variables = os.environ if environment is None else environment
    location, role = variables.get(LOCATION, INTERNET), variables.get(ROLE, "")
    return Runner(location == INSIDE, _address(location), role or DEFAULT_ROLE, bool(role))


def _address(location: str) -> IPv4Address | None:
    try:
        return IPv4Address(location)
    except AddressValueError:
        return None

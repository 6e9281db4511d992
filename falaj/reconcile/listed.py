"""What an account lists: resources with the tags of a stack."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from falaj.facts.clouds import CLOUDS, Cloud

STACK_TAGS = ("project", "environment")
"""The tags that tell a stack's resources from others. No tag names the stack: stacks with the same project and
environment, such as a landing zone, cannot be told apart."""


class CannotAsk(Exception):
    """An account did not list its resources. The message is one sentence with the permission or the remedy."""


@dataclass(frozen=True)
class Place:
    """Part of an account that one list covers."""

    cloud: Cloud
    account: str
    """Number of an AWS account, or ID of an Azure subscription."""
    region: str = ""
    """Region of the list; empty if one list covers all regions."""

    @property
    def package(self) -> str:
        """Returns the package of the cloud's resources, which begins their type tokens."""
        return CLOUDS[self.cloud].package

    def __str__(self) -> str:
        return " ".join(part for part in (CLOUDS[self.cloud].display_name, self.account, self.region) if part)


@dataclass(frozen=True)
class Listed:
    """A resource that an account lists under the tags of a stack."""

    id: str
    """ARN or resource ID."""
    type: str
    """Type tokens of Pulumi, separated by ` or `; the cloud's own kind if the components do not create it."""
    name: str = ""
    """Value of the tag `Name`; empty without one."""
    owner: str = ""
    """What created it, if that was not the stack: the controller of a cluster or a service. Then no state has it."""


@dataclass(frozen=True)
class Listing:
    """The answer of one place."""

    place: Place
    resources: Sequence[Listed]
    hides: bool = False
    """Whether the list leaves out what the caller may not read, instead of a refusal."""


@dataclass(frozen=True)
class Question:
    """Asks one place for what it lists.

    `about` names site and place in messages. `ask` raises `CannotAsk`; nothing is requested before.
    """

    about: str
    ask: Callable[[], Listing]


def stack_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Returns the tags of a stack by which its resources are listed."""
    return {key: str(tags[key]) for key in STACK_TAGS}


_REMEDIES = (
    (re.compile("expired|credential|token|signature|client", re.IGNORECASE), "sign in again"),
    (re.compile("throttl|too ?many|429|503|slow ?down", re.IGNORECASE), "ask again in a minute"),
    (re.compile("optin", re.IGNORECASE), "enable the region for the account"),
)
"""Pattern of what a cloud or its SDK said -> what to do."""


def remedy(answer: str) -> str:
    """Returns what to do about an answer that is no list."""
    return next((todo for pattern, todo in _REMEDIES if pattern.search(answer)), "ask again")

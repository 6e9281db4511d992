"""Policies of confidential containers that let the owner of the host run any program.

A policy is base64 of Rego, or of JSON in older versions. Forms that let everything pass are those of microsoft/hcsshim
016646e8 (pkg/securitypolicy/open_door.rego) and of the examples of Azure's REST documents, which the description of
azure-native:containerinstance:ContainerGroup in pulumi-azure-native 3.29.0 repeats; read on 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.reading import UNKNOWN, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.plaintext_secrets import decode

_TYPES = azure("containerinstance:CGProfile", "containerinstance:ContainerGroup",
               "containerinstance:ContainerGroupProfile")  # fmt: skip
_OPEN = re.compile(
    r"""\ballow_all["']?\s*(?::=|=|:)\s*true\b
        |\b(?:create_container|exec_in_container|exec_external)\s*:?=\s*\{[^{}]*"allowed"\s*:\s*true\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PATH = "confidentialComputeProperties?.ccePolicy?"


def check_enclave_policy(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a policy that lets everything pass, or that is not known before deployment."""
    for path, value in walk(resource.props, _PATH) if resource.type in _TYPES else ():
        if value is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif _OPEN.search(decode(value)):
            yield failed(f"{path} lets everything pass: the owner of the host runs any program in the enclave", path)

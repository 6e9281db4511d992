"""Outputs of the platform's stack, which the example of a tenant's own stack reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pulumi

from falaj.components.build.tenant_stack import READ_OUTPUTS

PURPOSES = ("datasets", "checkpoints", "models")
EXPORTED = {
    "awsuae": {
        "clusterName": "awsuae",
        "kubeconfig": "{}",
        "vaultUris": {purpose: f"s3://{purpose}" for purpose in PURPOSES},
        "doors": {"vaults": {purpose: {"bucket": purpose, "key": "key"} for purpose in PURPOSES}},
        "datasets": dict(driver="fsx", file_system_id="fs-1", attributes={}, gib=1200, zone_id="mec1-az1"),
    }
}


ANSWER = {READ_OUTPUTS: {"outputs": {"sites": EXPORTED}}}
"""What the engine answers to who asks for the outputs themselves."""


@contextmanager
def exported() -> Iterator[None]:
    """Gives these outputs to whatever reads those of another stack inside the context."""
    with patch.object(pulumi.StackReference, "require_output", lambda *_: pulumi.Output.from_input(EXPORTED)):
        yield

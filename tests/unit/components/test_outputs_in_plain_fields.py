"""An Output in a field that must be known before the deployment is refused in one sentence."""

from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.core.validation.args import Args, BadArguments
from tests.unit.components import aws_samples
from tests.unit.components.mocks import build

REASON = (
    "an Output is not allowed; allowed: a value known before the deployment (it decides which resources are created)."
    " Fix: give the value itself."
)


def refused(declared: type[Args], sample: dict[str, Any], field: str, wrapped: Any = None) -> str:
    """Returns the message of a component whose field is an Output, or a list or mapping that contains one."""
    messages: list[str] = []

    def made() -> None:
        later = pulumi.Output.from_input("anything")
        with pytest.raises(BadArguments) as refusal:
            declared.of("uae", {**sample, field: wrapped(later) if wrapped else later})
        messages.append(str(refusal.value))

    build(made)
    [message] = messages
    return message


@pytest.mark.parametrize("field", ["region", "purpose", "protect", "retention_days"])
def test_the_refusal_says_what_is_allowed(field: str) -> None:
    """A text, an enum, a boolean and a number."""
    assert refused(aws.VaultArgs, aws_samples.VAULT, field) == f"uae: {field}: {REASON}"


def test_a_part_of_a_list_or_mapping_is_named() -> None:
    message = refused(aws.RegistryArgs, aws_samples.REGISTRY, "repositories", lambda later: ["workloads", later])
    assert message == f"uae: repositories.1: {REASON}"
    tags = aws_samples.VAULT["tags"]
    message = refused(aws.VaultArgs, aws_samples.VAULT, "tags", lambda later: {**tags, "owner": later})
    assert message == f"uae: tags.owner: {REASON}"


@pytest.mark.parametrize("field", ["pools", "network"])
def test_a_nested_specification_must_be_known(field: str) -> None:
    assert refused(aws.SiteArgs, aws_samples.SITE, field) == f"uae: {field}: {REASON}"


def test_a_block_with_a_validator_of_its_own_answers_the_same() -> None:
    pool = aws_samples.POOL["pool"]
    message = refused(aws.NodePoolArgs, aws_samples.POOL, "pool", lambda later: {**pool, "disk_gib": later})
    assert message == f"uae: pool.disk_gib: {REASON}"
    assert refused(aws.NetworkArgs, aws_samples.NETWORK, "cidr") == f"uae: cidr: {REASON}"

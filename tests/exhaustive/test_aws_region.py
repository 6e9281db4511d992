"""Resources of AWS components are in the region of the component's arguments, whatever region the provider has."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi_aws import Provider

from falaj.components import aws
from falaj.components.aws.regional import RegionalComponent
from falaj.sandbox.clouds.sdk_schema import sdk
from tests.unit.components.aws_samples import COMPONENTS
from tests.unit.components.mocks import Recording, build

REGION, WRONG = "me-central-1", "eu-west-1"
GLOBAL_ONLY = {"BudgetStop", "ReplicaAccess"}
"""Components whose AWS resources are of global services only."""
NO_AWS_RESOURCES = {"StorageClasses"}

Options = Callable[[], pulumi.ResourceOptions | None]


def _provider() -> Provider:
    return Provider("ireland", region=WRONG)


def _inherited() -> pulumi.ResourceOptions:
    parent = pulumi.ComponentResource(
        "test:index:Parent", "parent", {}, pulumi.ResourceOptions(providers=[_provider()])
    )
    return pulumi.ResourceOptions(parent=parent)


PROVIDERS: dict[str, Options] = {
    "default": lambda: None,
    "explicit": lambda: pulumi.ResourceOptions(provider=_provider()),
    "component-wide": lambda: pulumi.ResourceOptions(providers={"aws": _provider()}),
    "inherited": _inherited,
}


def _regions(recording: Recording) -> dict[tuple[str, str], Any]:
    """Returns the region of each regional AWS resource."""
    return {
        (item.typ, item.name): item.inputs.get("region")
        for item in recording.custom()
        if item.typ.startswith("aws:") and "region" in sdk("pulumi_aws").schema(item.typ).inputs
    }


@pytest.mark.parametrize("kind", PROVIDERS)
@pytest.mark.parametrize(("component", "args"), COMPONENTS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_region_of_the_arguments_precedes_that_of_the_provider(component: Any, args: Any, kind: str) -> None:
    regions = _regions(build(lambda: component("uae", args, PROVIDERS[kind]())))
    assert bool(regions) is (component.__name__ not in GLOBAL_ONLY | NO_AWS_RESOURCES)
    assert set(regions.values()) <= {REGION}, {key for key, region in regions.items() if region != REGION}


def test_every_component_is_regional() -> None:
    components = {
        kind
        for name in aws.__all__
        if isinstance(kind := getattr(aws, name), type) and issubclass(kind, pulumi.ComponentResource)
    }
    assert components == set(COMPONENTS)
    others = {kind.__name__ for kind in components if not issubclass(kind, RegionalComponent)}
    assert others == NO_AWS_RESOURCES | {"BudgetStop"}

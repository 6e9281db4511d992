"""What holds for every component of Azure alike."""

import importlib
import inspect
from typing import Any

import pulumi
import pytest

from components import azure
from components.core.validated import BadArguments
from tests.unit.components.azure_samples import COMPONENTS, REGION, SITE, TAGS, program
from tests.unit.components.mocks import Recording, Seen, build

EVERY = pytest.mark.parametrize("component", COMPONENTS, ids=lambda kind: kind.__name__)
GLOBAL = {
    "azure-native:privatedns:PrivateZone",
    "azure-native:privatedns:VirtualNetworkLink",
    "azure-native:monitor:ActionGroup",
}
"""Types whose only location is `global`."""


@pytest.fixture(scope="module")
def recordings() -> dict[type, Recording]:
    return {component: build(program(component, args)) for component, args in COMPONENTS.items()}


def test_every_public_component_is_among_the_samples() -> None:
    public = [getattr(azure, name) for name in azure.__all__]
    made = {kind for kind in public if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)}
    assert made == set(COMPONENTS)


@EVERY
def test_every_child_lies_inside_the_component_and_carries_its_name(
    component: type, recordings: dict[type, Recording]
) -> None:
    seen = recordings[component]
    top = seen.one(f"falaj:azure:{component.__name__}")
    assert (top.name, top.parent) == ("uae", "")
    for child in seen.resources:
        if child is not top:
            parent = seen.parent_of(child)
            assert parent is not None, child.name
            assert parent.typ.startswith("falaj:azure:")
            assert child.name.startswith(f"{parent.name}-")


@EVERY
def test_every_taggable_child_has_the_cost_tags(component: type, recordings: dict[type, Recording]) -> None:
    taggable = [child for child in recordings[component].custom() if "tags" in _inputs(child)]
    assert taggable
    assert [child.name for child in taggable if child.inputs.get("tags") != TAGS] == []


@EVERY
def test_every_child_says_where_it_is(component: type, recordings: dict[type, Recording]) -> None:
    for child in recordings[component].custom():
        if "location" in _inputs(child):
            assert child.inputs["location"] == ("global" if child.typ in GLOBAL else REGION), child.name


@EVERY
def test_outputs_are_those_annotated_and_all_known(component: type, recordings: dict[type, Recording]) -> None:
    seen = recordings[component]
    outputs = seen.outputs[seen.one(f"falaj:azure:{component.__name__}").urn]
    assert set(outputs) == set(component.__annotations__)
    assert all(value not in (None, "") for value in outputs.values())


@EVERY
def test_a_key_that_does_not_exist_is_refused(component: Any) -> None:
    with pytest.raises(BadArguments, match=r"^uae: colour: \"red\" is not allowed; allowed: no such key"):
        component("uae", {**COMPONENTS[component], "colour": "red"})


@EVERY
def test_a_missing_cost_tag_is_refused(component: Any) -> None:
    tags = {key: value for key, value in TAGS.items() if key != "cost-centre"}
    with pytest.raises(BadArguments, match=r"tags\.cost-centre: nothing is not allowed.*add `cost-centre`"):
        component("uae", {**COMPONENTS[component], "tags": tags})


@EVERY
@pytest.mark.parametrize("region", ["westeurope", "me-central-1"])
def test_a_region_outside_the_country_is_refused(component: Any, region: str) -> None:
    with pytest.raises(BadArguments, match=rf"region: \"{region}\" is not allowed; allowed: uaecentral, uaenorth"):
        component("uae", {**COMPONENTS[component], "region": region})


def test_a_display_name_of_a_region_is_its_name() -> None:
    seen = build(program(azure.AuditLog, {**COMPONENTS[azure.AuditLog], "region": "UAE North"}))
    assert [child.inputs["location"] for child in seen.custom()] == ["uaenorth"]


def test_every_role_is_granted_on_one_resource_to_a_service(recordings: dict[type, Recording]) -> None:
    roles = recordings[azure.Site].of("azure-native:authorization:RoleAssignment")
    assert len(roles) == 9
    for role in roles:
        assert role.inputs["principalType"] == "ServicePrincipal"
        assert "/providers/" in role.inputs["scope"], role.name


def test_a_site_uses_the_provider_it_is_given_everywhere() -> None:
    def made() -> object:
        provider = azure.site_provider("uae", "uaenorth")
        return azure.Site("uae", SITE, pulumi.ResourceOptions(providers=[provider]))

    seen = build(made)
    assert {child.provider.split("::")[-2] for child in seen.custom()} == {"uae-azure"}
    assert seen.one("pulumi:providers:azure-native").inputs["location"] == "uaenorth"


def _inputs(child: Seen) -> set[str]:
    _, module, kind = child.typ.split(":")
    made = getattr(importlib.import_module(f"pulumi_azure_native.{module}"), kind)
    return set(inspect.signature(made._internal_init).parameters)

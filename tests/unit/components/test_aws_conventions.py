"""What holds for every component of AWS alike."""

import importlib
import inspect
from typing import Any

import pytest

from components import aws
from components.core.validated import BadArguments
from tests.unit.components.aws_samples import COMPONENTS, SITE, TAGS, sample
from tests.unit.components.mocks import Recording, Seen, build

EVERY = pytest.mark.parametrize("component", COMPONENTS, ids=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def recordings() -> dict[type, Recording]:
    return {component: sample(component) for component in COMPONENTS}


@EVERY
def test_the_token_names_cloud_and_component(component: type, recordings: dict[type, Recording]) -> None:
    assert recordings[component].one(f"falaj:aws:{component.__name__}").name == "uae"


@EVERY
def test_every_child_lies_inside_the_component_and_carries_its_name(
    component: type, recordings: dict[type, Recording]
) -> None:
    seen = recordings[component]
    for child in seen.resources:
        if child.typ == f"falaj:aws:{component.__name__}":
            assert child.parent == ""
            continue
        parent = seen.parent_of(child)
        assert parent is not None, child.name
        assert child.name.startswith(f"{parent.name}-")
        assert parent.typ.startswith("falaj:aws:")


@EVERY
def test_every_taggable_child_has_the_cost_tags(component: type, recordings: dict[type, Recording]) -> None:
    taggable = [child for child in recordings[component].custom() if _takes_tags(child)]
    assert taggable
    untagged = [child.name for child in taggable if not TAGS.items() <= child.inputs.get("tags", {}).items()]
    assert untagged == []


@EVERY
def test_outputs_are_those_annotated_and_all_known(component: type, recordings: dict[type, Recording]) -> None:
    seen = recordings[component]
    outputs = seen.outputs[seen.one(f"falaj:aws:{component.__name__}").urn]
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


@pytest.mark.parametrize(
    "component", [kind for kind, args in COMPONENTS.items() if "region" in args], ids=lambda kind: kind.__name__
)
@pytest.mark.parametrize("region", ["eu-west-1", "uaenorth"])
def test_a_region_outside_the_country_is_refused(component: Any, region: str) -> None:
    with pytest.raises(BadArguments, match=rf"region: \"{region}\" is not allowed; allowed: me-central-1"):
        component("uae", {**COMPONENTS[component], "region": region})


def test_the_site_provider_is_pinned_to_the_region() -> None:
    seen = build(lambda: aws.site_provider("uae", "me-central-1")).one("pulumi:providers:aws")
    assert (seen.name, seen.inputs["region"]) == ("uae-aws", "me-central-1")


def test_a_site_uses_the_provider_it_is_given_everywhere() -> None:
    import pulumi

    def made() -> object:
        provider = aws.site_provider("uae", "me-central-1")
        return aws.Site("uae", SITE, pulumi.ResourceOptions(providers=[provider]))

    seen = build(made)
    assert {child.provider.split("::")[-2] for child in seen.custom()} == {"uae-aws"}


def _takes_tags(child: Seen) -> bool:
    module, rest = child.typ.removeprefix("aws:").split("/")
    kind = getattr(importlib.import_module(f"pulumi_aws.{module}"), rest.split(":")[1])
    return "tags" in inspect.signature(kind._internal_init).parameters

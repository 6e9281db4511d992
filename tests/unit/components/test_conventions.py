"""Conventions that hold for every component of every cloud."""

import importlib
import inspect
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pulumi
import pytest

from falaj.components import aws, azure, kubernetes
from falaj.components.core.validation.args import BadArguments
from falaj.components.spec_analyzer import SpecAnalyzer
from tests.samples import COST_TAGS
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.mocks import Recording, RegisteredResource, build
from tests.unit.components.samples import recorded

Kind = type[pulumi.ComponentResource]
GLOBAL = {
    "azure-native:privatedns:PrivateZone",
    "azure-native:privatedns:VirtualNetworkLink",
    "azure-native:monitor:ActionGroup",
    "azure-native:costmanagement:Export",
}
"""Types whose only location is `global`."""
WITHOUT_LOCATION = {"azure-native:resources:Deployment"}
"""Types that have the property but must not state it: ARM allows it for deployments to a subscription only."""


UNTAGGABLE = {"aws:autoscaling/schedule:Schedule"}
"""Types without tags, of which a whole component may consist."""


@dataclass(frozen=True)
class Cloud:
    """A cloud's components with valid arguments, its regions and tags."""

    package: ModuleType
    samples: dict[Kind, Any]
    foreign: tuple[str, str]
    allowed: str
    own_tags: frozenset[str] = frozenset()
    """Tags that a child resource may have in addition to the cost tags."""


CLOUDS = {
    "aws": Cloud(
        aws,
        aws_samples.COMPONENTS,
        ("eu-west-1", "uaenorth"),
        "me-central-1",
        frozenset({"Name", "site", "kubernetes.io/role/internal-elb"}),
    ),
    "azure": Cloud(
        azure, azure_samples.COMPONENTS, ("westeurope", "me-central-1"), "uaecentral, uaenorth", frozenset({"site"})
    ),
    "kubernetes": Cloud(
        kubernetes, kubernetes_samples.COMPONENTS, ("westeurope", "eu-west-1"), "me-central-1, uaecentral, uaenorth"
    ),
}


@dataclass(frozen=True)
class Case:
    """One component of one cloud."""

    cloud: str
    component: Kind

    @property
    def args(self) -> dict[str, Any]:
        return CLOUDS[self.cloud].samples[self.component]

    @property
    def token(self) -> str:
        return f"falaj:{self.cloud}:{self.component.__name__}"

    @property
    def seen(self) -> Recording:
        return recorded(self.component, self.args)

    def made(self, **changed: Any) -> pulumi.ComponentResource:
        component: Any = self.component
        return component("uae", {**self.args, **changed})

    def __str__(self) -> str:
        return f"{self.cloud}-{self.component.__name__}"


CASES = [Case(name, component) for name, cloud in CLOUDS.items() for component in cloud.samples]
EVERY = pytest.mark.parametrize("case", CASES, ids=str)
IN_CLUSTER = pytest.mark.parametrize("case", [case for case in CASES if case.cloud == "kubernetes"], ids=str)
AZURE = pytest.mark.parametrize("case", [case for case in CASES if case.cloud == "azure"], ids=str)


@pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS)
def test_every_public_component_is_among_the_samples(cloud: Cloud) -> None:
    public = [getattr(cloud.package, name) for name in cloud.package.__all__]
    components = {kind for kind in public if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)}
    assert components == set(cloud.samples)


@pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS)
def test_programs_of_other_languages_can_give_every_argument(cloud: Cloud) -> None:
    """Pulumi's plug-in host rejects a component that it cannot describe, such as one with unions."""
    components = list(cloud.samples)
    assert set(SpecAnalyzer("falaj").analyze(components)["component_definitions"]) == {
        kind.__name__ for kind in components
    }


@EVERY
def test_every_child_lies_inside_the_component_and_carries_its_name(case: Case) -> None:
    top = case.seen.one(case.token)
    assert (top.name, top.parent) == ("uae", "")
    for child in case.seen.resources:
        if child is not top:
            parent = case.seen.parent_of(child)
            assert parent is not None, child.name
            assert parent.typ.startswith(f"falaj:{case.cloud}:")
            assert child.name.startswith(f"{parent.name}-")


@EVERY
def test_every_taggable_child_has_the_cost_tags(case: Case) -> None:
    of_cloud = [child for child in case.seen.custom() if not child.typ.startswith("kubernetes:")]
    taggable = [child for child in of_cloud if "tags" in _inputs(child)]
    assert taggable or {child.typ for child in of_cloud} <= UNTAGGABLE
    for child in taggable:
        tags = child.inputs.get("tags", {})
        assert {key: value for key, value in tags.items() if key in COST_TAGS} == case.args["tags"], child.name
        assert tags.keys() - COST_TAGS.keys() <= CLOUDS[case.cloud].own_tags, child.name


@IN_CLUSTER
def test_every_object_in_a_cluster_has_the_cost_tags_as_labels(case: Case) -> None:
    objects = [child for child in case.seen.custom() if "metadata" in child.inputs]
    assert objects
    for child in objects:
        labels = {key: value for key, value in child.inputs["metadata"]["labels"].items() if key in COST_TAGS}
        # A tenant's may be that of another business unit.
        assert {**labels, "business-unit": COST_TAGS["business-unit"]} == case.args["tags"], child.name
        assert "business-unit" in labels


@AZURE
def test_every_child_has_a_location(case: Case) -> None:
    for child in case.seen.custom():
        if "location" in _inputs(child) and child.typ not in WITHOUT_LOCATION:
            place = "global" if child.typ in GLOBAL else azure_samples.REGION
            assert child.inputs["location"] == place, child.name


@EVERY
def test_outputs_are_those_annotated_and_all_known(case: Case) -> None:
    outputs = case.seen.outputs[case.seen.one(case.token).urn]
    assert set(outputs) == set(case.component.__annotations__)
    assert all(value not in (None, "") for value in outputs.values())


@EVERY
def test_a_key_that_does_not_exist_is_refused(case: Case) -> None:
    with pytest.raises(BadArguments, match=r"^uae: colour: unknown field"):
        case.made(colour="red")


@EVERY
def test_a_missing_cost_tag_is_refused(case: Case) -> None:
    tags = {key: value for key, value in COST_TAGS.items() if key != "cost-centre"}
    with pytest.raises(BadArguments, match=r"tags\.cost-centre: required field is missing.*add `cost-centre`"):
        case.made(tags=tags)


@pytest.mark.parametrize("case", [case for case in CASES if "region" in case.args], ids=str)
@pytest.mark.parametrize("index", [0, 1])
def test_a_region_outside_the_country_is_refused(case: Case, index: int) -> None:
    cloud = CLOUDS[case.cloud]
    region = cloud.foreign[index]
    with pytest.raises(BadArguments, match=rf"region: \"{region}\" is not allowed; allowed: {cloud.allowed}"):
        case.made(region=region)


def test_a_display_name_of_a_region_is_its_name() -> None:
    recording = recorded(azure.AuditLog, {**azure_samples.LOG, "region": "UAE North"})
    assert [child.inputs["location"] for child in recording.custom()] == ["uaenorth"]


@pytest.mark.parametrize(
    ("cloud", "region", "provider", "place"),
    [("aws", "me-central-1", "aws", "region"), ("azure", "uaenorth", "azure-native", "location")],
)
def test_a_site_uses_the_provider_it_is_given_everywhere(cloud: str, region: str, provider: str, place: str) -> None:
    package = CLOUDS[cloud].package

    def made() -> object:
        site_provider = package.site_provider("uae", region)
        return package.Site(
            "uae", CLOUDS[cloud].samples[package.Site], pulumi.ResourceOptions(providers=[site_provider])
        )

    recording = build(made)
    assert {child.provider.split("::")[-2] for child in recording.custom()} == {f"uae-{cloud}", "uae-kubernetes"}
    pinned = recording.one(f"pulumi:providers:{provider}")
    assert (pinned.name, pinned.inputs[place]) == (f"uae-{cloud}", region)


def test_every_role_in_azure_is_granted_on_one_resource_to_a_service() -> None:
    roles = recorded(azure.Site, azure_samples.SITE).of("azure-native:authorization:RoleAssignment")
    assert len(roles) == 12
    # The deploying identity may be a person, and its role takes effect while the cluster is created.
    services = [role for role in roles if role.name != "uae-cluster-deployer"]
    assert len(services) == 11
    for role in services:
        assert role.inputs["principalType"] == "ServicePrincipal"
        assert "/providers/" in role.inputs["scope"], role.name


def _inputs(child: RegisteredResource) -> set[str]:
    """Returns the names of the inputs of a resource class, in Python's spelling."""
    package, module, kind = child.typ.split(":")
    if package == "kubernetes":
        return set()
    library = {"aws": "pulumi_aws", "azure-native": "pulumi_azure_native"}[package]
    resource_class = getattr(importlib.import_module(f"{library}.{module.split('/')[0]}"), kind)
    return set(inspect.signature(resource_class._internal_init).parameters)

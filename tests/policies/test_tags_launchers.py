"""Machines that fleets, spot requests, compute environments and node groups launch carry the cost tags."""

from typing import Any

import pytest

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, secret

PACK = Pack()
TEMPLATE = Given("aws:ec2/launchTemplate:LaunchTemplate", {"name": "web"}, "template")
FLEET, SPOT = "aws:ec2/fleet:Fleet", "aws:ec2/spotFleetRequest:SpotFleetRequest"
REQUEST = "aws:ec2/spotInstanceRequest:SpotInstanceRequest"
BATCH, NODES = "aws:batch/computeEnvironment:ComputeEnvironment", "aws:eks/nodeGroup:NodeGroup"


def _is_refused(token: str, props: dict[str, Any], links: str = "") -> bool:
    launcher = Given(token, {"tags": TAGS, **props}, links={links: ("template",)} if links else {})
    return any(
        item.rule == "FJ-TAG-003" and item.mandatory and "'it'" in item.text
        for item in PACK.evaluate_stack(launcher, TEMPLATE)
    )


def _resources(**props: object) -> dict[str, Any]:
    return {"type": "MANAGED", "computeResources": {"type": "SPOT", "instanceTypes": ["m6i"], **props}}


def _configs(**reference: object) -> dict[str, Any]:
    return {"launchTemplateConfigs": [{"launchTemplateSpecification": reference}]}


@pytest.mark.parametrize(
    ("token", "props", "links"),
    [
        (FLEET, _configs(launchTemplateId=UNKNOWN), "launchTemplateConfigs"),
        (FLEET, _configs(launchTemplateName="web"), ""),
        (SPOT, _configs(id=UNKNOWN), "launchTemplateConfigs"),
        (SPOT, {"launchSpecifications": [{"ami": "a", "tags": TAGS}]}, ""),
        (SPOT, {"launchSpecifications": [{"ami": "a", "tags": secret(TAGS)}]}, ""),
        (REQUEST, {"launchTemplate": {"id": UNKNOWN}}, "launchTemplate"),
        (BATCH, _resources(tags=TAGS), ""),
        (BATCH, _resources(type="FARGATE_SPOT"), ""),
        (BATCH, _resources(launchTemplate={"launchTemplateId": UNKNOWN}), "computeResources"),
        (BATCH, {"type": "UNMANAGED"}, ""),
        (NODES, {"launchTemplate": {"id": UNKNOWN, "version": "1"}}, "launchTemplate"),
        (NODES, {"launchTemplate": {"name": "web"}}, ""),
    ],
)
def test_a_launcher_with_tagged_machines_passes(token: str, props: dict[str, Any], links: str) -> None:
    assert not _is_refused(token, props, links)


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (FLEET, {}),
        (FLEET, _configs(launchTemplateId="lt-1")),
        (FLEET, _configs(launchTemplateId=UNKNOWN)),
        (SPOT, _configs(name="other")),
        (SPOT, {"launchSpecifications": [{"ami": "a", "tags": {}}]}),
        (SPOT, {"launchSpecifications": [{"ami": "a"}], **_configs(name="web")}),
        (REQUEST, {"volumeTags": TAGS}),
        (BATCH, _resources()),
        (BATCH, _resources(tags={key: value for key, value in TAGS.items() if key != "owner"})),
        (BATCH, _resources(launchTemplate={"launchTemplateName": "other"})),
        (NODES, {}),
    ],
)
def test_a_launcher_with_untagged_machines_is_refused(token: str, props: dict[str, Any]) -> None:
    assert _is_refused(token, props)


@pytest.mark.parametrize(
    ("token", "path"),
    [
        (FLEET, "launchTemplateConfigs.launchTemplateSpecification.launchTemplateId"),
        (FLEET, "launchTemplateConfigs.launchTemplateSpecification.launchTemplateName"),
        (SPOT, "launchTemplateConfigs.launchTemplateSpecification.id"),
        (SPOT, "launchSpecifications.tags"),
        (REQUEST, "launchTemplate.name"),
        (BATCH, "computeResources.launchTemplate.launchTemplateId"),
        (BATCH, "computeResources.tags"),
        (NODES, "launchTemplate.id"),
    ],
)
def test_the_sdk_has_the_properties(token: str, path: str) -> None:
    assert path.split(".")[0] in sdk("pulumi_aws").schema(token).inputs

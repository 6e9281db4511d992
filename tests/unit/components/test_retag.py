"""A changed cost tag changes tags and labels, and restarts or replaces nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.samples import COST_TAGS
from tests.unit.components import aws_samples, azure_samples, kubernetes_samples
from tests.unit.components.samples import recorded

CHANGED = "cost-centre"

IN_PLACE = "|".join(
    rf"{place}\.{CHANGED}"
    for place in (
        "tags",
        r"metadata\.labels",
        r"rules\[\d\]\.recoveryPointTags",
        "resourceTags",
        r"agentPoolProfiles\[\d\]\.tags",
        r"spec\.infrastructure\.labels",
    )
)
"""Where clouds and Kubernetes apply a change to the object alone."""

ELSEWHERE = {
    ("aws:ec2/launchTemplate:LaunchTemplate", rf"tagSpecifications\[\d\]\.tags\.{CHANGED}"): (
        "machines of a group take tags when they are created, so EKS replaces them, a few at a time"
    ),
    ("aws:eks/addon:Addon", "configurationValues"): "tags of new volumes; the controller of the driver restarts",
    ("kubernetes:helm.sh/v3:Release", rf"values\.defaultTags\.{CHANGED}"): (
        "tags of load balancers that the AWS Load Balancer Controller creates; the controller restarts"
    ),
    ("kubernetes:batch/v1:CronJob", rf"spec\.jobTemplate\.(spec\.template\.)?metadata\.labels\.{CHANGED}"): (
        "labels of the next job"
    ),
    ("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", rf"spec\.tags\.{CHANGED}"): (
        "Karpenter compares tags of machines (`Drifted`) and replaces nodes within the pool's disruption budgets"
    ),
    ("kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass", rf"spec\.tags\.{CHANGED}"): "as on AWS",
    ("kubernetes:storage.k8s.io/v1:StorageClass", r"parameters\.tags"): (
        "tags of new volumes on Azure, whose driver takes them from nowhere else; parameters are immutable, and no pod "
        "or volume depends on the class"
    ),
}
"""(Type, path) -> what follows from a change there."""

SAMPLES = [
    (kind, args)
    for module in (aws_samples, azure_samples, kubernetes_samples)
    for kind, args in vars(module)["COMPONENTS"].items()
]


def retagged(value: Any) -> Any:
    """Returns the arguments with another cost centre."""
    if isinstance(value, dict):
        return {
            key: "cc-9999" if (key, item) == (CHANGED, COST_TAGS[CHANGED]) else retagged(item)
            for key, item in value.items()
        }
    return [retagged(item) for item in value] if isinstance(value, list) else value


def differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Yields the paths of values that differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            yield from differences(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (first, second) in enumerate(zip(old, new, strict=True)):
            yield from differences(first, second, f"{path}[{index}]")
    elif old != new:
        yield path


def changes(kind: Any, args: Any) -> Iterator[tuple[str, str]]:
    """Yields type and path of each change that another cost centre makes to a component's resources."""
    before, after = (
        {(item.typ, item.name): item.inputs for item in recorded(kind, given).resources}
        for given in (args, retagged(args))
    )
    assert before.keys() == after.keys()
    for key, inputs in before.items():
        yield from ((key[0], path) for path in differences(inputs, after[key]))


def explained(change: tuple[str, str], row: tuple[str, str]) -> bool:
    return change[0] == row[0] and re.fullmatch(row[1], change[1]) is not None


@pytest.mark.parametrize(("kind", "args"), SAMPLES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_changed_tag_changes_tags_only(kind: Any, args: Any) -> None:
    elsewhere = {change for change in changes(kind, args) if not re.fullmatch(IN_PLACE, change[1])}
    assert {change for change in elsewhere if not any(explained(change, row) for row in ELSEWHERE)} == set()


def test_every_explanation_is_needed() -> None:
    found = {change for kind, args in SAMPLES for change in changes(kind, args)}
    assert {row for row in ELSEWHERE if not any(explained(change, row) for change in found)} == set()

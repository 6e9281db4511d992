"""Cost tags of machines and disks that a cluster creates."""

import json
from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack

PACK = Pack()
STORAGE = "kubernetes:storage.k8s.io/v1:StorageClass"
NUMBERED = {f"tagSpecification_{index}": f"{key}={value}" for index, (key, value) in enumerate(TAGS.items(), 1)}
JOINED = ", ".join(f"{key}={value}" for key, value in TAGS.items())
WITHOUT_FIRST = {key: value for key, value in NUMBERED.items() if key != "tagSpecification_1"}


def _report(token: str, props: dict[str, Any]) -> list[bool]:
    """Returns for each finding of the rule, on the resource alone and in the plan, whether it blocks."""
    given = Given(token, props)
    return [item.mandatory for item in PACK.evaluate_resource(given) if item.rule == "FJ-TAG-008"] + _with_plan(given)


@pytest.mark.parametrize(
    "token", ["kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass"]
)
def test_a_node_class_tags_its_machines(token: str) -> None:
    assert _report(token, {"spec": {"tags": TAGS}}) == []
    assert _report(token, {"spec": {"tags": {**TAGS, "owner": UNKNOWN}}}) == []
    assert _report(token, {"spec": {"tags": {**TAGS, "owner": ""}}}) == [True]
    assert _report(token, {"spec": {}}) == [True]
    assert _report(token, {"spec": {"tags": UNKNOWN_OBJECT}}) == [False]
    assert _report("kubernetes:karpenter.sh/v1:NodePool", {"spec": {}}) == []


@pytest.mark.parametrize(
    ("provisioner", "parameters", "expected"),
    [
        ("ebs.csi.aws.com", NUMBERED, []),
        ("disk.csi.azure.com", {"tags": JOINED}, []),
        ("disk.csi.azure.com", {"tags": UNKNOWN}, [False]),
        ("disk.csi.azure.com", {"tags": "owner=me"}, [True]),
        ("disk.csi.azure.com", {}, [True]),
        ("file.csi.azure.com", {"storageAccount": UNKNOWN}, []),
        ("file.csi.azure.com", {"skuName": "Premium_ZRS"}, [True]),
        ("efs.csi.aws.com", {}, []),
        ("rancher.io/local-path", {}, []),
    ],
)
def test_a_storage_class_tags_its_disks(provisioner: str, parameters: Any, expected: list[bool]) -> None:
    assert _report(STORAGE, {"provisioner": provisioner, "parameters": parameters}) == expected


CLUSTER = Given("aws:eks/cluster:Cluster", {"tags": TAGS}, "cluster")


def _addon(tags: object, parent: str = "", name: str = "ebs") -> Given:
    values = tags if tags == UNKNOWN else json.dumps({"controller": {"extraVolumeTags": tags}})
    props = {"addonName": "aws-ebs-csi-driver", "configurationValues": values, "tags": TAGS}
    return Given("aws:eks/addon:Addon", props, name, parent=parent)


def _class(parameters: Any, parent: str = "") -> Given:
    return Given(STORAGE, {"provisioner": "ebs.csi.aws.com", "parameters": parameters}, "class", parent=parent)


def _with_plan(*plan: Given) -> list[bool]:
    return [item.mandatory for item in PACK.evaluate_stack(*plan) if item.rule == "FJ-TAG-008"]


@pytest.mark.parametrize(
    ("parameters", "addons", "expected"),
    [
        (NUMBERED, [], []),
        ({}, [], [True]),
        (WITHOUT_FIRST, [], [True]),
        ({**WITHOUT_FIRST, "tagSpecification_1": UNKNOWN}, [], [False]),
        (UNKNOWN_OBJECT, [], [False]),
        ({}, [_addon(TAGS)], []),
        (UNKNOWN_OBJECT, [_addon(TAGS)], []),
        ({}, [_addon({**TAGS, "owner": ""})], [True]),
        ({}, [_addon("no tags")], [True]),
        ({}, [_addon(UNKNOWN)], [False]),
        ({}, [_addon(TAGS), _addon({}, name="other")], [True]),
    ],
)
def test_the_addon_or_the_class_tags_volumes_of_ebs(parameters: Any, addons: list[Given], expected: list[bool]) -> None:
    assert _with_plan(CLUSTER, *addons, _class(parameters)) == expected


def test_an_addon_of_another_cluster_tags_nothing() -> None:
    sites = [Given("falaj:aws:Site", {}, name) for name in ("one", "two")]
    clusters = [CLUSTER, Given("aws:eks/cluster:Cluster", {"tags": TAGS}, "other")]
    assert _with_plan(*clusters, *sites, _addon(TAGS, "one"), _class({}, "one")) == []
    assert _with_plan(*clusters, *sites, _addon(TAGS, "one"), _class({}, "two")) == [True]
    assert _with_plan(*clusters, *sites, _addon(TAGS, "one"), _addon({}, "two", "second"), _class({}, "one")) == []

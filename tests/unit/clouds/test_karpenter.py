"""Karpenter in the emulated cluster: the source of its CRDs, inputs that are rejected, and the order of deletion."""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import Driver, refused
from tests.unit.clouds.karpenter_objects import (
    AKS_CLASS,
    CLASS,
    POOL,
    chart,
    installed,
    node_class,
    node_pool,
    node_template,
)
from tests.unit.clouds.kubernetes_objects import Open, kubeconfig, meta, refusal


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def test_its_kinds_need_the_crd_chart_in_the_same_cluster(k8s: Driver, open_cloud: Open) -> None:
    chart(k8s, "karpenter")
    assert 'no matches for kind "NodePool" in version "karpenter.sh/v1"' in refusal(k8s, POOL, **node_pool())
    chart(k8s, "karpenter-crd")
    k8s.create(POOL, "train", **node_pool())
    other = open_cloud("kubernetes", kubeconfig=kubeconfig("https://two.example"))
    assert "no matches for kind" in refusal(other, POOL, **node_pool())
    aks: dict[str, Json] = {"apiVersion": "karpenter.azure.com/v1beta1", "kind": "AKSNodeClass", "spec": {}}
    assert "no matches for kind" in refusal(k8s, AKS_CLASS, metadata=meta("train"), **aks)


def test_everything_is_created_and_deleted_in_order(k8s: Driver) -> None:
    definitions, karpenter = installed(k8s)
    nodes = k8s.create(CLASS, "train", **node_class())
    pool = k8s.create(POOL, "train", **node_pool())
    assert "NodePool train still uses its definition" in refused(lambda: k8s.delete(definitions))
    k8s.update(pool, **node_pool(limits={"nodes": "0"}))
    for resource in (pool, nodes, karpenter, definitions):
        k8s.delete(resource)
    assert k8s.everything() == []


def test_without_karpenter_finalizers_are_never_removed(k8s: Driver) -> None:
    _, karpenter = installed(k8s)
    nodes = k8s.create(CLASS, "train", **node_class())
    pool = k8s.create(POOL, "train", **node_pool())
    k8s.delete(karpenter)
    for resource in (pool, nodes):
        assert "still has its finalizer, and no Karpenter runs" in refused(
            lambda resource=resource: k8s.delete(resource)
        )
    assert len(k8s.everything()) == 3


ZONE = {"key": "topology.kubernetes.io/zone", "operator": "In"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"template": None}, "spec.template: Required value"),
        ({"limit": {"cpu": "1"}}, "Kind=NodePool): .spec.limit: field not declared in schema"),
        ({"limits": {"cpu": "many"}}, 'spec.limits.cpu: Invalid value: "many"'),
        ({"limits": {"cpu": True}}, "spec.limits.cpu: must be of type quantity"),
        ({"limits": {"cpu": 1.5}}, "spec.limits.cpu: must be of type quantity"),
        ({"weight": 101}, "spec.weight: Invalid value: 101: should be less than or equal to 100"),
        ({"weight": 0}, "should be greater than or equal to 1"),
        ({"disruption": {"consolidateAfter": "10 minutes"}}, 'Invalid value: "10 minutes"'),
        ({"disruption": {"consolidateAfter": "1m", "consolidationPolicy": "Always"}}, 'Invalid value: "Always"'),
        ({"disruption": {"consolidateAfter": "1m", "budgets": [{"nodes": "0", "schedule": "0 3 * * 1"}]}},
         "'schedule' must be set with 'duration'"),
        ({"disruption": {"consolidateAfter": "1m", "budgets": [{"nodes": "0", "reasons": ["Boredom"]}]}},
         "spec.disruption.budgets[0].reasons[0]"),
        ({"template": node_template(terminationGracePeriod="Never")}, "spec.template.spec.terminationGracePeriod"),
        ({"template": node_template(requirements=[ZONE])}, "operator 'In' must have a value defined"),
        ({"template": node_template(requirements=[{**ZONE, "operator": "Is"}])}, 'operator: Invalid value: "Is"'),
        ({"template": node_template(requirements=[{**ZONE, "operator": "Gt", "values": ["a"]}])},
         "must have a single positive integer"),
        ({"template": node_template(requirements=[{**ZONE, "values": ["a"], "minValues": 2}])},
         "must have at least that many values"),
        ({"template": node_template(requirements=[{**ZONE, "key": "karpenter.sh/nodepool", "values": ["a"]}])},
         "is restricted"),
        ({"template": {**node_template(), "metadata": {"labels": {"karpenter.k8s.aws/mine": "a"}}}}, "is restricted"),
        ({"template": node_template(taints=[{"key": "a", "effect": "NoWay"}])}, 'effect: Invalid value: "NoWay"'),
    ],
)  # fmt: skip
def test_invalid_node_pools_are_rejected(k8s: Driver, changes: dict[str, Json], expected: str) -> None:
    installed(k8s)
    assert expected in refusal(k8s, POOL, **node_pool(**changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"role": "nodes"}, "must specify exactly one of ['role', 'instanceProfile']"),
        ({"instanceProfile": None}, "must specify exactly one of ['role', 'instanceProfile']"),
        ({"amiSelectorTerms": [{"alias": "al2023"}]}, "must match the format 'family@version'"),
        ({"amiSelectorTerms": [{"alias": "al2023@v20260903"}, {"id": "ami-1"}]}, "mutually exclusive"),
        ({"amiSelectorTerms": [{"id": "ami-1"}]}, "must specify amiFamily"),
        ({"subnetSelectorTerms": []}, "subnetSelectorTerms cannot be empty"),
        ({"securityGroupSelectorTerms": None}, "spec.securityGroupSelectorTerms: Required value"),
        ({"blockDeviceMappings": [{"ebs": {"encrypted": True}}]}, "snapshotID or volumeSize must be defined"),
        ({"blockDeviceMappings": [{"ebs": {"volumeSize": 100}}]}, "volumeSize: must be of type string"),
        ({"blockDeviceMappings": [{"ebs": {"volumeSize": "100Gi", "encrypted": "true"}}]}, "must be of type boolean"),
        ({"metadataOptions": {"httpTokens": "maybe"}}, 'httpTokens: Invalid value: "maybe"'),
        ({"metadataOptions": {"hopLimit": 1}}, ".spec.metadataOptions.hopLimit: field not declared in schema"),
        ({"tags": {"karpenter.sh/nodepool": "a"}}, "restricted tag"),
        ({"tags": {"kubernetes.io/cluster/uae": "owned"}}, "restricted tag"),
    ],
)
def test_invalid_node_classes_are_rejected(k8s: Driver, changes: dict[str, Json], expected: str) -> None:
    installed(k8s)
    assert expected in refusal(k8s, CLASS, **node_class(**changes))


def test_limits_may_be_whole_numbers_and_labels_karpenters_own(k8s: Driver) -> None:
    installed(k8s)
    family = {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["g5"]}
    capacity = {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]}
    changed = node_pool(limits={"cpu": 96, "memory": "1.5Ti"}, template=node_template(requirements=[family, capacity]))
    k8s.create(POOL, "train", **changed)
    assert "is invalid" in refused(lambda: k8s.create(CLASS, "train", **node_class(role="nodes")))

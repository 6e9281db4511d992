"""Pods that forbid their eviction: only where no spot node can run them."""

from typing import Any

import pytest

from tests.unit.components.training_sample import started

from .harness import UNKNOWN, Given, Pack

JOB, JOB_SET = "kubernetes:batch/v1:Job", "kubernetes:jobset.x-k8s.io/v1alpha2:JobSet"
KEY = "karpenter.sh/capacity-type"
RULE = "FJ-RSL-304"


def template(value: object = "true", **spec: Any) -> dict[str, Any]:
    containers = [{"name": "train", "image": "registry.example.ae/train:1.2"}]
    annotations = {"karpenter.sh/do-not-disrupt": value}
    return {"metadata": {"annotations": annotations}, "spec": {"containers": containers, **spec}}


def affinity(*terms: list[tuple[str, str, list[str]]], required: bool = True) -> dict[str, Any]:
    expressions = [
        {"matchExpressions": [{"key": key, "operator": operator, "values": values} for key, operator, values in term]}
        for term in terms
    ]
    if required:
        rule: dict[str, Any] = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": expressions}}
    else:
        preferred = [{"weight": 1, "preference": item} for item in expressions]
        rule = {"preferredDuringSchedulingIgnoredDuringExecution": preferred}
    return {"affinity": {"nodeAffinity": rule}}


def refused(typ: str, props: dict[str, Any]) -> bool:
    return RULE in {item.rule for item in Pack().evaluate_resource(Given(typ, props, "run"))}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("4h", True), ("1h30m", True), ("false", False), ("soon", False), (UNKNOWN, False)],
)
def test_what_karpenter_takes_for_a_refusal(value: object, expected: bool) -> None:
    assert refused(JOB, {"spec": {"template": template(value)}}) is expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"nodeSelector": {KEY: "on-demand"}}, False),
        ({"nodeSelector": {KEY: "reserved"}}, False),
        ({"nodeSelector": {"falaj/profile": "system"}}, False),
        ({"nodeSelector": {"falaj/capacity": "on-demand"}}, False),
        ({"nodeSelector": {KEY: "spot"}}, True),
        ({"nodeSelector": {"falaj/capacity": "spot-first"}}, True),
        ({"nodeSelector": {"falaj/pool": "train"}}, True),
        (affinity([(KEY, "In", ["on-demand"])]), False),
        (affinity([(KEY, "NotIn", ["spot"])]), False),
        (affinity([("falaj/pool", "In", ["train"]), (KEY, "NotIn", ["spot"])]), False),
        # The label of a node of a spot-first pool says nothing about the node.
        (affinity([("falaj/capacity", "NotIn", ["spot"])]), True),
        (affinity([(KEY, "In", ["on-demand", "spot"])]), True),
        (affinity([(KEY, "In", [])]), True),
        (affinity([(KEY, "Exists", [])]), True),
        # Alternatives: one of them suffices for a node.
        (affinity([(KEY, "In", ["on-demand"])], [("falaj/pool", "In", ["train"])]), True),
        (affinity([(KEY, "In", ["on-demand"])], required=False), True),
    ],
)
def test_what_keeps_a_pod_off_spot_nodes(spec: dict[str, Any], expected: bool) -> None:
    assert refused(JOB, {"spec": {"template": template(**spec)}}) is expected


def test_pods_are_found_in_other_kinds() -> None:
    worker = {"replicatedJobs": [{"name": "w", "template": {"spec": {"template": template()}}}]}
    assert refused(JOB_SET, {"spec": worker})
    assert refused("kubernetes:core/v1:Pod", template())


@pytest.mark.parametrize("nodes", [1, 2])
@pytest.mark.parametrize("interruptible", [True, False])
def test_the_platforms_own_runs_pass(nodes: int, interruptible: bool) -> None:
    run = started(nodes=nodes, interruptible=interruptible)
    assert not refused(run.typ, run.inputs)

"""Numbers of pods and machines in custom resources of any kind, and in values of any chart (FJ-COST-126)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import KUBE, TAGS, crd, k8s, meta, pod
from .harness import Given, Pack, rules

PACK = Pack()
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
NAMES = st.sampled_from((
    ("replicas",), ("maxReplicas",), ("replicaCount",), ("replicas", "max"), ("numWorkers",), ("instances",),
    ("autoscaling", "maxReplicas"), ("max_replicas",), ("nodeGroups", "minSize"), ("numNodes",),
    ("maxScale",), ("maxNodes",),
))  # fmt: skip


def refused(*plan: Given) -> bool:
    """Returns whether the rule refuses a plan."""
    return "FJ-COST-126" in rules(PACK.evaluate_plan(STACK, *plan))


def release(values: object) -> Given:
    """Returns a release of a chart."""
    return Given("kubernetes:helm.sh/v3:Release", {"chart": "c", "values": values}, "c", provider=KUBE)


def nested(above: list[str], value: object) -> object:
    """Returns a value below some keys."""
    for name in reversed(above):
        value = {name: value}
    return value


@settings(max_examples=many(60), deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{2,8}", fullmatch=True), max_size=3), NAMES, st.sampled_from((2000, "2000", 9e5)))
def test_a_very_large_number_is_refused_at_any_depth(above: list[str], name: tuple[str, ...], number: object) -> None:
    many, few = (nested([*above, *name], value) for value in (number, 8))
    for build in (release, lambda spec: crd("serving.kserve.io/v1beta1:InferenceService", spec)):
        assert refused(build(many))
        assert not refused(build(few))
        assert refused(k8s("core/v1:List", {"items": [{
            "apiVersion": "ray.io/v1", "kind": "RayCluster", "spec": many}]}))  # fmt: skip


@pytest.mark.parametrize("values", [
    {"port": 8080}, {"retention": {"max": 5000}}, {"resources": {"limits": {"memory": 99999}}},
    {"maxConnections": 5000}, {"cache": {"maxSize": 10000}}, {"queue": {"maxSize": 5000, "minSize": 100}},
    {"replicaCount": 12, "autoscaling": {"minReplicas": 2, "maxReplicas": 40}}, {"minSize": 0, "maxSize": 50},
])  # fmt: skip
def test_other_numbers_pass(values: object) -> None:
    assert not refused(release(values))
    assert not refused(crd("ray.io/v1:RayCluster", {"x": values}))


def test_a_training_without_pods_has_machines_of_a_size() -> None:
    def training(nodes: int, gpus: int) -> Given:
        return crd("trainer.kubeflow.org/v1alpha1:TrainJob", {"trainer": {
            "numNodes": nodes, "resourcesPerNode": {"limits": {"nvidia.com/gpu": gpus, "cpu": "32"}}}})  # fmt: skip

    assert not refused(training(8, 8))
    assert refused(training(9, 8))


@pytest.mark.parametrize(("kind", "is_in_list"), [
    ("Service", False), ("Configuration", False), ("Service", True), ("Configuration", True),
])  # fmt: skip
def test_pods_of_knative_are_counted_wherever_their_template_stands(kind: str, *, is_in_list: bool) -> None:
    def knative(most: str) -> Given:
        container = {"resources": {"limits": {"nvidia.com/gpu": "1", "cpu": "4", "memory": "16Gi"}}}
        template = {"metadata": {"labels": TAGS, "annotations": {"autoscaling.knative.dev/max-scale": most}},
                    "spec": pod(container)}  # fmt: skip
        props = {"apiVersion": "serving.knative.dev/v1", "kind": kind, "metadata": meta(),
                 "spec": {"template": template}}  # fmt: skip
        return k8s("core/v1:List", {"items": [props]}) if is_in_list else k8s(f"serving.knative.dev/v1:{kind}", props)

    assert refused(knative("500"))
    assert not refused(knative("5"))

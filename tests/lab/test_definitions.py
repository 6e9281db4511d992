"""Custom resources are judged by their released definitions: a good one is accepted, one with a mistake is not."""

import copy
from typing import Any, NamedTuple

import pytest

from falaj.sandbox.lab.api import ApiError
from tests.lab.objects import Place, container, pod_spec, pool

CONTAINERS = {"template": {"spec": pod_spec(None, container())}}


class Case(NamedTuple):
    """A good object, and what breaks it: a path (dots between), the wrong value, and what is said of it."""

    good: dict[str, Any]
    path: str
    wrong: Any
    said: str


def _object(version: str, kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "case"}, "spec": spec}


CASES = [
    Case(pool("case"), "spec.template.spec.requirements.0.operator", "Maybe", "requirements"),
    Case(pool("case"), "spec.template.spec.nodeClassRef.group", "", "group"),
    Case(pool("case"), "spec.disruption.consolidateAfter", "soon", "consolidateAfter"),
    Case(pool("case"), "spec.template.spec.taints.0.effect", "Never", "effect"),
    Case(pool("case"), "spec.limit", {}, "limit"),
    Case(
        _object("kueue.x-k8s.io/v1beta2", "ResourceFlavor", {"nodeLabels": {"falaj/capacity": "spot"}}),
        "spec.nodeLabels",
        {"falaj/capacity": "not a label!"},
        "nodeLabels",
    ),
    Case(
        _object(
            "kueue.x-k8s.io/v1beta2",
            "ClusterQueue",
            {
                "namespaceSelector": {},
                "resourceGroups": [
                    {
                        "coveredResources": ["cpu"],
                        "flavors": [{"name": "spot", "resources": [{"name": "cpu", "nominalQuota": "8"}]}],
                    }
                ],
            },
        ),
        "spec.resourceGroups.0.coveredResources",
        ["cpu", "memory"],
        "resources",
    ),
    Case(
        _object("kueue.x-k8s.io/v1beta2", "LocalQueue", {"clusterQueue": "case"}),
        "spec.clusterQueue",
        "No_Name",
        "clusterQueue",
    ),
    Case(
        _object(
            "jobset.x-k8s.io/v1alpha2",
            "JobSet",
            {"replicatedJobs": [{"name": "workers", "replicas": 1, "template": {"spec": CONTAINERS}}]},
        ),
        "spec.failurePolicy",
        {"maxRestarts": 1, "rules": [{"name": "r", "action": "Perhaps"}]},
        "action",
    ),
    Case(
        _object(
            "keda.sh/v1alpha1",
            "ScaledObject",
            {"scaleTargetRef": {"name": "server"}, "triggers": [{"type": "cpu", "metadata": {"value": "60"}}]},
        ),
        "spec.triggers.0.metadata.value",
        60,
        "metadata.value",
    ),
    Case(
        _object(
            "http.keda.sh/v1beta1",
            "InterceptorRoute",
            {"target": {"service": "server", "port": 80}, "scalingMetric": {"concurrency": {"targetValue": 4}}},
        ),
        "spec.target.portName",
        "http",
        "port",
    ),
    Case(
        _object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            {"rules": [{"backendRefs": [{"name": "a", "port": 80, "weight": 90}]}]},
        ),
        "spec.rules.0.backendRefs.0.weight",
        1_000_001,
        "weight",
    ),
    Case(
        _object(
            "gateway.networking.k8s.io/v1",
            "Gateway",
            {"gatewayClassName": "c", "listeners": [{"name": "http", "port": 80, "protocol": "HTTP"}]},
        ),
        "spec.listeners",
        [],
        "listeners",
    ),
    Case(
        _object(
            "monitoring.coreos.com/v1",
            "PrometheusRule",
            {"groups": [{"name": "g", "rules": [{"alert": "A", "expr": "1"}]}]},
        ),
        "spec.groups.0.rules.0.for",
        "five minutes",
        "for",
    ),
]


def _broken(case: Case) -> dict[str, Any]:
    one = copy.deepcopy(case.good)
    *parents, last = case.path.split(".")
    part: Any = one
    for step in parents:
        part = part[int(step)] if isinstance(part, list) else part[step]
    part[last] = case.wrong
    return one


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.good['kind']}-{case.path.rpartition('.')[2]}")
def test_a_custom_resource_is_judged(place: Place, case: Case) -> None:
    good, broken = (
        {**one, "metadata": {"name": place.name, "namespace": place.name}} for one in (case.good, _broken(case))
    )
    with pytest.raises(ApiError, match=case.said) as refused:
        place.api.create(broken)
    assert refused.value.status in (400, 403, 422)
    place.apply(good)

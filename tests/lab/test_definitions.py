"""Custom resources are validated by their released CRDs: a valid one is accepted, an invalid one is refused."""

import copy
from typing import Any, NamedTuple

import pytest

from falaj.sandbox.lab.api import ApiError
from tests.lab.objects import LabNamespace, container, pod_spec, pool

CONTAINERS = {"template": {"spec": pod_spec(None, container())}}


class Case(NamedTuple):
    """A valid object, the dotted path of a field, an invalid value for it, and part of the error message."""

    good: dict[str, Any]
    path: str
    wrong: Any
    message: str


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
    manifest = copy.deepcopy(case.good)
    *parents, last = case.path.split(".")
    target: Any = manifest
    for key in parents:
        target = target[int(key)] if isinstance(target, list) else target[key]
    target[last] = case.wrong
    return manifest


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.good['kind']}-{case.path.rpartition('.')[2]}")
def test_a_custom_resource_is_validated(namespace: LabNamespace, case: Case) -> None:
    good, broken = (
        {**manifest, "metadata": {"name": namespace.name, "namespace": namespace.name}}
        for manifest in (case.good, _broken(case))
    )
    with pytest.raises(ApiError, match=case.message) as refused:
        namespace.api.create(broken)
    assert refused.value.status in (400, 403, 422)
    namespace.apply(good)

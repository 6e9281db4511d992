"""Custom resources are validated by their released CRDs: a valid one is accepted, an invalid one is refused."""

import copy
from typing import Any, NamedTuple

import pytest
import yaml

from falaj.sandbox.lab import upstream_files
from falaj.sandbox.lab.api import Api, ApiError
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.installation import manifests
from tests.lab.objects import LabNamespace, container, pod_spec, pool

_CRD = "CustomResourceDefinition"

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


def test_all_released_definitions_are_served_and_kueue_converts_with_this_laboratory(lab: Lab, api: Api) -> None:
    folder = upstream_files.ensure(print)
    files = [file for source in upstream_files.DEFINITIONS for file in upstream_files.files(folder, source)]
    released = {manifest["metadata"]["name"] for manifest in manifests(files) if manifest["kind"] == _CRD}
    served = {item["metadata"]["name"]: item for item in api.list("apiextensions.k8s.io/v1", _CRD)}
    assert set(served) == released
    for item in served.values():
        assert {"Established": "True"}.items() <= {c["type"]: c["status"] for c in item["status"]["conditions"]}.items()
    clients = [
        item["spec"]["conversion"]["webhook"]["clientConfig"]
        for item in served.values()
        if item["spec"]["conversion"]["strategy"] == "Webhook"
    ]
    authority = yaml.safe_load(lab.kubeconfig.read_text())["clusters"][0]["cluster"]["certificate-authority-data"]
    assert clients
    assert {client["caBundle"] for client in clients} == {authority}


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

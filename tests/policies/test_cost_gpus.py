"""GPUs by parts and by claims, sums over a stack, processors of services, defaults, queues and jobs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from guardrails.cost.gpu_counts import counted, gpus_named
from guardrails.engine.reading import Plain

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
DEPLOYMENT = "kubernetes:apps/v1:Deployment"


def _refused(*plan: Given) -> bool:
    reports = PACK.evaluate_plan(*plan)
    return "FJ-COST-126" in blocking(reports)


def _service(replicas: object, resources: Mapping[str, object], name: str = "it", **spec: Any) -> Given:
    pod = {"containers": [{"name": "a", "resources": resources}], **spec}
    head = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}}
    return Given(DEPLOYMENT, {**head, "spec": {"replicas": replicas, "template": {"spec": pod}}}, name)


def _object(token: str, spec: Mapping[str, object], name: str = "x") -> Given:
    group, _, kind = token.rpartition(":")
    return Given(f"kubernetes:{token}", {"apiVersion": group, "kind": kind, "metadata": {"name": name}, "spec": spec})


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("nvidia.com/gpu", 1), ("nvidia.com/mig-7g.80gb", 1), ("nvidia.com/mig-1g.10gb", 1 / 7), ("amd.com/gpu", 1),
        ("aws.amazon.com/neuron", 1), ("cpu", 0), ("nvidia.com/mig-xg.1gb", 0), ("example.ae/licence", 0),
    ],
)  # fmt: skip
def test_units_of_resources_are_gpus_or_parts_of_one(name: str, count: float) -> None:
    assert gpus_named(name) == pytest.approx(count)


@pytest.mark.parametrize(
    ("replicas", "resource", "expected"),
    [
        (64, "nvidia.com/mig-7g.80gb", False),
        (65, "nvidia.com/mig-7g.80gb", True),
        (400, "nvidia.com/mig-1g.10gb", False),
        (500, "nvidia.com/mig-1g.10gb", True),
        (UNKNOWN, "nvidia.com/mig-7g.80gb", False),
    ],
)
def test_parts_of_gpus_count(replicas: object, resource: str, *, expected: bool) -> None:
    assert _refused(_service(replicas, {"limits": {resource: "1"}})) is expected


def _claims(request: dict[str, object], version: str = "v1") -> Given:
    spec = {"spec": {"devices": {"requests": [{"name": "gpus", **request}]}}}
    return _object(f"resource.k8s.io/{version}:ResourceClaimTemplate", spec, "eight")


def _domain(template: object) -> Given:
    """Returns a domain of NVLink with the name of the template of its channels."""
    return _object("resource.nvidia.com/v1beta1:ComputeDomain", {
        "numNodes": 18, "channel": {"resourceClaimTemplate": {"name": template}}})  # fmt: skip


CLASS = {"deviceClassName": "gpu.nvidia.com"}
CLAIMED: dict[str, Any] = {"resourceClaims": [{"name": "gpus", "resourceClaimTemplateName": "eight"}]}


@pytest.mark.parametrize(
    ("replicas", "template", "expected"),
    [
        (9, _claims({"exactly": {**CLASS, "count": 8}}), True),
        (8, _claims({"exactly": {**CLASS, "count": 8}}), False),
        (9, _claims({**CLASS, "count": 8}, "v1beta1"), True),
        (9, _claims({"exactly": {**CLASS, "allocationMode": "All"}}), True),
        (64, _claims({"exactly": CLASS}), False),
        (500, _claims({"exactly": {"deviceClassName": "nic.example.ae", "count": 8}}), False),
        (65, _object("resource.k8s.io/v1:ResourceClaimTemplate", {}, "another"), True),
        (65, _domain("eight"), False),
        (65, _domain("another"), True),
        (65, _domain(UNKNOWN), True),
    ],
)
def test_claims_of_devices_count(replicas: int, template: Given, *, expected: bool) -> None:
    assert _refused(template, _service(replicas, {}, **CLAIMED)) is expected


@pytest.mark.parametrize(
    ("of_pods", "of_claims", "expected"),
    [
        ("team-a", "team-a", True),
        ("team-a", "team-b", False),
        (None, "team-b", False),
        (None, "default", True),
        (UNKNOWN, "team-b", True),
        ("team-a", UNKNOWN, True),
    ],
)
def test_claims_of_devices_are_of_one_namespace(of_pods: object, of_claims: object, *, expected: bool) -> None:
    template, service = _claims({"exactly": {**CLASS, "count": 8}}), _service(9, {}, **CLAIMED)
    template, service = (
        replace(given, props={**given.props, "metadata": {"name": name, "namespace": namespace}})
        for given, name, namespace in ((template, "eight", of_claims), (service, "it", of_pods))
    )
    assert _refused(template, service) is expected


@pytest.mark.parametrize(("services", "expected"), [(4, False), (5, True)])
def test_services_of_a_stack_add_up(services: int, *, expected: bool) -> None:
    limits = {"limits": {"nvidia.com/gpu": "1"}}
    assert _refused(STACK, *(_service(60, limits, f"m{number}") for number in range(services))) is expected


def _queue(name: str, quota: str) -> Given:
    resources = [{"name": name, "nominalQuota": quota}]
    return _object("kueue.x-k8s.io/v1beta1:ClusterQueue", {"resourceGroups": [{"flavors": [{"resources": resources}]}]})


def _limit_range(key: str, cpu: str) -> Given:
    return _object("core/v1:LimitRange", {"limits": [{"type": "Container", key: {"cpu": cpu}}]})


def _job(cron: str, timeout: int, copies: int) -> Given:
    trigger = {"cronExpression": cron, "parallelism": copies}
    configuration = {"triggerType": "Schedule", "replicaTimeout": timeout, "scheduleTriggerConfig": trigger}
    container = {"name": "a", "resources": {"cpu": 4}}
    return Given("azure-native:app:Job", {"configuration": configuration, "template": {"containers": [container]}})


def _target(**batch: int) -> Given:
    return Given("aws:cloudwatch/eventTarget:EventTarget", {"batchTarget": batch})


def _brake(kind: str, value: int) -> Given:
    threshold = {"actionThresholdType": kind, "actionThresholdValue": value}
    return Given("aws:budgets/budgetAction:BudgetAction", {"actionThreshold": threshold})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (_service(1000, {"requests": {"cpu": "16"}}), True),
        (_service(100, {"requests": {"cpu": "500m"}}), False),
        (_queue("cpu", "1000000"), True),
        (_queue("cpu", "1000"), False),
        (_queue("nvidia.com/mig-7g.80gb", "2000"), True),
        (_limit_range("default", "64"), True),
        (_limit_range("defaultRequest", "17"), True),
        (_limit_range("default", "500m"), False),
        (_limit_range("max", "64"), False),
        (_job("* * * * *", 86_400, 100), True),
        (_job("0 2 * * *", 3_600, 100), False),
        (_target(arraySize=10_000), True),
        (_target(arraySize=100, jobAttempts=3), False),
        (_target(jobAttempts=10), True),
        (_brake("PERCENTAGE", 1_000_000), True),
        (_brake("PERCENTAGE", 90), False),
        (_brake("ABSOLUTE_VALUE", 1_000_000), False),
    ],
)
def test_large_numbers_are_approved_first(given: Given, *, expected: bool) -> None:
    assert _refused(given) is expected


def test_what_a_part_has_is_counted_for_each_pod_of_the_parts_above() -> None:
    groups: dict[str, Plain] = {"sections": [{"replicas": 3, "pods": {"replicas": 2, "weight": 5}}, {"weight": 1}]}
    assert counted(groups, lambda part: float(str(part.get("weight", 0)))) == 3 * 2 * 5 + 1
    one_pod: dict[str, Plain] = {"replicas": 9, **groups}
    assert counted(one_pod, lambda part: float(str(part.get("weight", 0)))) == 9 * 31
    assert counted(one_pod, lambda part: float(str(part.get("weight", 0))), of_one_pod=True) == 31

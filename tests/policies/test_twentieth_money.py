"""Numbers, budgets, quotas and settings of providers at the edge of what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.cost.budget_coverage import why_not_counted
from guardrails.cost.cron import runs_an_hour
from guardrails.cost.schedules import _judge_tasks
from guardrails.engine.reading import MISSING, Resource
from guardrails.engine.reading import UNKNOWN as LATER
from guardrails.engine.verdicts import Verdict

from .blind import ME, TAGS, THEM, aws, az, k8s
from .harness import UNKNOWN, Given, Pack, blocking

NETWORK = "/subscriptions/own/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
PIPELINE = {"name": "sums", "type": "ExecuteDataFlow", "dataFlow": {"referenceName": "s", "type": "DataFlowReference"}}


def _refused(*plan: Given) -> set[str]:
    return blocking(Pack().evaluate_plan(*plan))


@pytest.mark.parametrize(("expression", "runs"), [
    ("rate(1 minute)", 60), ("rate(5 minutes)", 12), ("rate(90 minutes)", 60 / 90), ("rate(1 hour)", 1),
    ("cron(* * * * ? *)", 60), ("cron(0/15 * * * ? *)", 4), ("cron(*/2 * * * ? *)", 30), ("cron(10-14 * * * ? *)", 5),
    ("cron(50-10 * * * ? *)", 21), ("cron(0,20,40 * * * ? *)", 3), ("cron(0-29/10 * * * ? *)", 3),
    ("cron(* 6 * * ? *)", 1), ("cron(7 * * * ? *)", 1), ("at(2026-12-01T00:00:00)", 1), (MISSING, 1),
])  # fmt: skip
def test_runs_of_an_expression_are_counted(expression: Any, runs: float) -> None:
    assert runs_an_hour(expression) == runs


@pytest.mark.parametrize(("tasks", "expression", "is_refused"), [
    ({"taskCount": 4}, "rate(1 minute)", False), ({"taskCount": 5}, "rate(1 minute)", True),
    ({}, "rate(1 minute)", False), (MISSING, "rate(1 minute)", False), ({"taskCount": 50}, "rate(1 hour)", False),
    ({"taskCount": "20"}, "cron(0/4 * * * ? *)", True), ({"taskCount": UNKNOWN}, "rate(1 minute)", False),
])  # fmt: skip
def test_tasks_of_an_hour_are_bounded(tasks: Any, expression: str, *, is_refused: bool) -> None:
    assert (_judge_tasks(tasks, expression, "x").verdict is Verdict.FAIL) is is_refused


def _trigger(interval: float, frequency: str = "Minute", names: str = "sums") -> Given:
    return az("datafactory:Trigger", {"properties": {
        "type": "ScheduleTrigger", "recurrence": {"frequency": frequency, "interval": interval},
        "pipelines": [{"pipelineReference": {"referenceName": names, "type": "PipelineReference"}}]}}, "t")  # fmt: skip


@pytest.mark.parametrize(("trigger", "activity", "is_refused"), [
    (_trigger(3), {"compute": {"coreCount": 16}}, False), (_trigger(2), {"compute": {"coreCount": 16}}, True),
    (_trigger(2), {}, False), (_trigger(1), {}, True),
    (_trigger(1, names="other"), {"compute": {"coreCount": 272}}, False),
    (_trigger(1, "Hour"), {"compute": {"coreCount": 272}}, False), (_trigger(5), {"type": "Copy"}, False),
    (_trigger(5), {"type": "Copy", "dataIntegrationUnits": 26}, False),
    (_trigger(5), {"type": "Copy", "dataIntegrationUnits": 27}, True),
])  # fmt: skip
def test_cores_of_data_flows_of_an_hour_are_bounded(
    trigger: Given, activity: Mapping[str, object], *, is_refused: bool
) -> None:
    pipeline = az("datafactory:Pipeline", {"pipelineName": "sums", "activities": [{**PIPELINE, **activity}]}, "p")
    assert ("FJ-COST-126" in _refused(pipeline, trigger)) is is_refused


def _target(namespace: str, **limits: int) -> Given:
    return aws("appautoscaling/Target", {"serviceNamespace": namespace, "tags": TAGS, **limits})


def _workers(size: str, count: int) -> Given:
    return aws("glue/Job", {"workerType": size, "numberOfWorkers": count, "tags": TAGS})


@pytest.mark.parametrize(("given", "is_refused"), [
    (_target("elasticache", maxCapacity=50), False), (_target("elasticache", maxCapacity=51), True),
    (_target("neptune", minCapacity=51), True), (_target("a-new-service", maxCapacity=51), True),
    (_target("kafka", maxCapacity=10_000), False), (_target("custom-resource", maxCapacity=10_001), True),
    (_workers("G.4X", 25), False), (_workers("R.4X", 26), True), (_workers("G.8X", 12), False),
    (_workers("R.8X", 13), True), (_workers("G.12X", 8), False), (_workers("G.12X", 9), True),
    (_workers("G.16X", 6), False), (_workers("G.16X", 7), True), (_workers("G.2X", 50), False),
    (az("app:ContainerApp", {"template": {"scale": {"maxReplicas": 300}}}), False),
    (az("app:ContainerApp", {"template": {"scale": {"maxReplicas": 301}}}), True),
    (az("app:Job", {"configuration": {"eventTriggerConfig": {"scale": {"maxExecutions": 301}}}}), True),
    (az("app:Job", {"configuration": {"eventTriggerConfig": {"scale": {}}}}), False),
    (az("web:WebAppSlot", {"functionAppConfig": {"scaleAndConcurrency": {"maximumInstanceCount": 301}}}), True),
])  # fmt: skip
def test_numbers_that_services_reach_are_bounded(given: Given, *, is_refused: bool) -> None:
    assert ("FJ-COST-126" in _refused(given)) is is_refused


@pytest.mark.parametrize(("version", "highest", "is_refused"), [
    ("cluster.x-k8s.io/v1beta1", 50, False), ("cluster.x-k8s.io/v1beta1", 51, True),
    ("infrastructure.cluster.x-k8s.io/v1beta2", 51, True), ("karpenter.sh/v1", 51, True), ("apps/v1", 51, False),
    ("machine.sapcloud.io/v1alpha1", 51, True), ("notcluster.x-k8s.io.example/v1", 51, False),
])  # fmt: skip
def test_scales_of_machines_are_bounded(version: str, highest: int, *, is_refused: bool) -> None:
    scaler = k8s("autoscaling/v2:HorizontalPodAutoscaler", {"spec": {
        "scaleTargetRef": {"apiVersion": version, "kind": "Any", "name": "x"}, "maxReplicas": highest}})  # fmt: skip
    assert ("FJ-COST-126" in _refused(scaler)) is is_refused


def _resource(token: str, props: Mapping[str, Any]) -> Resource:
    return Resource(Given(token, props).urn, token, "it", dict(props))


ROLE = f"arn:aws:iam::{ME}:role/eks"
AZURE = "azure-native:containerservice:ManagedCluster"


@pytest.mark.parametrize(("budget", "machine", "is_counted"), [
    ({"costFilters": [{"name": "LinkedAccount", "values": [ME]}]}, {"roleArn": ROLE}, True),
    ({"costFilters": [{"name": "LinkedAccount", "values": [THEM]}]}, {"roleArn": ROLE}, False),
    ({"costFilters": [{"name": "LinkedAccount", "values": [THEM, ME]}]}, {"roleArn": ROLE}, True),
    ({"costFilters": [{"name": "LinkedAccount", "values": [LATER]}]}, {"roleArn": ROLE}, True),
    ({"costFilters": [{"name": "LinkedAccount", "values": [THEM]}]}, {"keyArn": f"arn:aws:kms:x:{ME}:key/1"}, True),
    ({"timePeriodEnd": "2026-11-30_00:00"}, {}, False), ({"timePeriodEnd": "2087-06-15_00:00"}, {}, True),
])  # fmt: skip
def test_a_budget_of_aws_counts_the_account(
    budget: Mapping[str, Any], machine: Mapping[str, Any], *, is_counted: bool
) -> None:
    machines = [_resource("aws:eks/cluster:Cluster", machine)]
    assert (why_not_counted(_resource("aws:budgets/budget:Budget", budget), machines, None) == "") is is_counted


def _group(*names: object) -> dict[str, object]:
    return {"filter": {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": list(names)}}}


@pytest.mark.parametrize(("budget", "machine", "is_counted"), [
    (_group("RG-Own"), {"resourceGroupName": "rg-own"}, True), (_group("rg-b"), {"resourceGroupName": "rg-own"}, False),
    (_group("rg-b"), {"resourceGroupName": LATER}, True), (_group("MC_x"), {"resourceGroupName": "rg-own"}, True),
    (_group("rg-n"), {"resourceGroupName": "rg-own", "nodeResourceGroup": "rg-n"}, True),
    (_group("rg-b", LATER), {"resourceGroupName": "rg-own"}, True),
    ({"scope": "/subscriptions/own"}, {"vnetSubnetID": NETWORK}, True),
    ({"scope": "subscriptions/other"}, {"vnetSubnetID": NETWORK}, False),
    ({"scope": "/subscriptions/own/resourceGroups/rg-b"}, {"resourceGroupName": "rg-own"}, False),
    ({"scope": "/subscriptions/own/resourceGroups/rg-own"}, {"resourceGroupName": "rg-own"}, True),
    ({"scope": "/providers/Microsoft.Management/managementGroups/bank"}, {"vnetSubnetID": NETWORK}, True),
    ({"scope": LATER}, {"vnetSubnetID": NETWORK}, True),
    ({"filter": {"dimensions": {"name": "SubscriptionID", "values": ["other"]}}}, {"vnetSubnetID": NETWORK}, False),
])  # fmt: skip
def test_a_budget_of_azure_counts_the_group(
    budget: Mapping[str, Any], machine: Mapping[str, Any], *, is_counted: bool
) -> None:
    found = why_not_counted(_resource("azure-native:consumption:Budget", budget), [_resource(AZURE, machine)], None)
    assert (found == "") is is_counted


@pytest.mark.parametrize(("spec", "is_limited"), [
    ({"hard": {"requests.cpu": "4"}}, True), ({"hard": {"count/pods": "4"}}, True),
    ({"hard": {"requests.nvidia.com/gpu": "4"}}, True), ({"hard": {"configmaps": "4"}}, False),
    ({"hard": UNKNOWN}, True), ({}, True), ({"hard": {"pods": "4"}, "scopes": ["NotTerminating"]}, True),
    ({"hard": {"pods": "4"}, "scopes": ["BestEffort"]}, False),
    ({"hard": {"pods": "4"}, "scopeSelector": {"matchExpressions": [{"scopeName": "Terminating"}]}}, False),
])  # fmt: skip
def test_a_quota_limits_the_pods_of_a_tenant(spec: Mapping[str, object], *, is_limited: bool) -> None:
    tenant = k8s("core/v1:Namespace", {"metadata": {"name": "a", "labels": {"tenant": "a"}}}, "a")
    quota = k8s("core/v1:ResourceQuota", {"metadata": {"name": "q", "namespace": "a"}, "spec": spec}, "q")
    assert ("FJ-COST-301" not in _refused(tenant, quota)) is is_limited


@pytest.mark.parametrize(("settings", "is_refused"), [
    ({"driver": "configmap"}, True), ('{"driver": "ConfigMaps"}', True), ('{"driver": "secret"}', False),
    ({}, False), (UNKNOWN, False), ("{", False),
])  # fmt: skip
def test_a_provider_keeps_values_of_releases_in_secrets(settings: object, *, is_refused: bool) -> None:
    provider = Given("pulumi:providers:kubernetes", {"kubeconfig": UNKNOWN, "helmReleaseSettings": settings}, "site")
    assert ("FJ-EXP-326" in _refused(provider)) is is_refused


def test_a_budget_of_azure_may_be_of_a_group_that_one_machine_does_not_state() -> None:
    machines = [_resource(AZURE, {"resourceGroupName": "rg-own"}), _resource(AZURE, {"resourceGroupName": LATER})]
    assert why_not_counted(_resource("azure-native:consumption:Budget", _group("rg-b")), machines, None) == ""

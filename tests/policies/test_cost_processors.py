"""Processors of autoscalers and operators, schedules that start machines, and kinds that change what is bought."""

import pytest

from .blind import Props, aws, az, crd, k8s, meta, workload
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
PIPELINE = "arn:aws:sagemaker:me-central-1:123456789012:pipeline/finetune"
TRAINING = "arn:aws:scheduler:::aws-sdk:sagemaker:createTrainingJob"
FUNCTION = "arn:aws:lambda:me-central-1:123456789012:function:tick"


def _refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


def _is_large(*plan: Given) -> bool:
    return "FJ-COST-126" in _refused(*plan)


@pytest.mark.parametrize(("kind", "field"), [("autoscaling/v2:HorizontalPodAutoscaler", "maxReplicas"),
                                             ("keda.sh/v1alpha1:ScaledObject", "maxReplicaCount")])  # fmt: skip
@pytest.mark.parametrize(("highest", "is_large"), [(512, False), (513, True)])
def test_an_autoscaler_multiplies_the_processors_of_its_workload(
    kind: str, field: str, highest: int, *, is_large: bool
) -> None:
    app = workload("apps/v1:Deployment", {"resources": {"requests": {"cpu": "8"}}})
    spec = {field: highest, "scaleTargetRef": {"kind": "Deployment", "name": "x"}}
    scaler = k8s(kind, {"metadata": meta(), "spec": spec}, "scaler")
    assert _is_large(app, scaler) is is_large
    assert not _is_large(scaler)


@pytest.mark.parametrize(("executor", "dynamic", "is_large"), [
    ({"cores": 16, "instances": 2000}, {}, True), ({"cores": 16, "instances": 256}, {}, False),
    ({"cores": 16, "instances": 1}, {"maxExecutors": 4000}, True), ({"cores": 4}, {"maxExecutors": 1000}, False),
    ({"instances": 5000}, {}, True), ({}, {}, False),
])  # fmt: skip
def test_executors_of_spark_are_counted(executor: Props, dynamic: Props, *, is_large: bool) -> None:
    spec = {"executor": executor, "dynamicAllocation": dynamic}
    assert _is_large(crd("sparkoperator.k8s.io/v1beta2:SparkApplication", spec)) is is_large
    scheduled = crd("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication", {"template": spec})
    assert _is_large(scheduled) is is_large


@pytest.mark.parametrize(("workers", "is_large"), [(64, False), (65, True)])
def test_pods_of_an_operator_are_counted(workers: int, *, is_large: bool) -> None:
    container = {"name": "a", "image": "a:1", "resources": {"limits": {"cpu": "64"}}}
    group = {"maxReplicas": workers, "template": {"spec": {"containers": [container]}}}
    assert _is_large(crd("ray.io/v1:RayCluster", {"workerGroupSpecs": [group]})) is is_large


@pytest.mark.parametrize(("expression", "target", "is_large"), [
    ("rate(1 minute)", PIPELINE, True), ("rate(59 minutes)", TRAINING, True), ("cron(* * * * ? *)", PIPELINE, True),
    ("cron(0/15 * * * ? *)", PIPELINE, True), ("cron(0,30 * * * ? *)", PIPELINE, True),
    ("rate(60 minutes)", PIPELINE, False), ("rate(1 day)", PIPELINE, False), ("cron(0 * * * ? *)", PIPELINE, False),
    ("cron(0,30 2 * * ? *)", PIPELINE, False), ("rate(1 minute)", FUNCTION, False), (UNKNOWN, PIPELINE, False),
    ("at(2026-12-01T00:00:00)", TRAINING, False),
])  # fmt: skip
def test_schedules_that_start_machines_are_hourly_at_most(expression: str, target: str, *, is_large: bool) -> None:
    schedule = aws("scheduler/Schedule", {"scheduleExpression": expression, "target": {"arn": target}})
    assert _is_large(schedule) is is_large
    rule = aws("cloudwatch/EventRule", {"name": "tick", "scheduleExpression": expression}, "rule")
    unnamed = aws("cloudwatch/EventRule", {"scheduleExpression": expression}, "rule")
    assert _is_large(rule, aws("cloudwatch/EventTarget", {"rule": "tick", "arn": target})) is is_large
    assert not _is_large(rule, aws("cloudwatch/EventTarget", {"rule": "other", "arn": target}))
    linked = aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": target}, links={"rule": ("rule",)})
    assert _is_large(unnamed, linked) is is_large


def test_a_pipeline_of_the_same_stack_is_known_by_its_parameters() -> None:
    target = {"arn": UNKNOWN, "sagemakerPipelineParameters": {"pipelineParameters": []}}
    assert _is_large(aws("scheduler/Schedule", {"scheduleExpression": "rate(5 minutes)", "target": target}))


@pytest.mark.parametrize(("frequency", "action", "is_large"), [
    ("Minute", "CreateJob", True), ("Hour", "CreateJob", False), ("Minute", "InvokeBatchEndpoint", False)])  # fmt: skip
def test_schedules_of_a_workspace_are_hourly_at_most(frequency: str, action: str, *, is_large: bool) -> None:
    trigger = {"triggerType": "Recurrence", "frequency": frequency, "interval": 1}
    schedule = {"properties": {"action": {"actionType": action}, "trigger": trigger}}
    assert _is_large(az("machinelearningservices:Schedule", schedule)) is is_large


@pytest.mark.parametrize(("kind", "is_refused"), [
    ("karpenter.sh/v1alpha1:NodeOverlay", True), ("karpenter.sh/v1:NodePool", False),
    ("karpenter.sh/v1alpha1:NodeOverlayList", True), ("karpenter.k8s.aws/v1:EC2NodeClass", False),
    ("karpenter.k8s.aws/v1:Tomorrow", True), ("monitoring.coreos.com/v1:PodMonitor", False),
])  # fmt: skip
def test_an_unknown_kind_of_a_group_that_buys_machines_is_refused(kind: str, *, is_refused: bool) -> None:
    assert ("FJ-ESC-103" in _refused(k8s(kind, {"metadata": meta(), "spec": {}}))) is is_refused


TYPES = {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["g6.12xlarge"]}
ON_DEMAND = {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]}
FAMILY = {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["g6"]}


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"requirements": [TYPES, ON_DEMAND], "price": "5.65046"}, False),
    ({"requirements": [TYPES], "price": "0.57", "weight": 10}, False),
    ({"requirements": [TYPES], "price": "0.56"}, True),
    ({"requirements": [FAMILY], "price": "5.65"}, True),
    ({"requirements": [{**TYPES, "operator": "NotIn"}], "price": "5.65"}, True),
    ({"requirements": [{**TYPES, "values": ["g6.12xlarge", "p99.48xlarge"]}], "price": "5.65"}, True),
    ({"requirements": [{**TYPES, "values": UNKNOWN}], "price": "5.65"}, True),
    ({"requirements": [TYPES], "price": UNKNOWN}, True), ({"requirements": [TYPES], "price": "NaN"}, True),
    ({"requirements": [TYPES], "price": "free"}, True), ({"requirements": [TYPES]}, True),
    ({"requirements": [TYPES], "price": "5.65", "priceAdjustment": "-90%"}, True),
    ({"requirements": [TYPES], "price": "5.65", "priceAdjustment": "-40%"}, True),
    ({"requirements": [TYPES, ON_DEMAND], "priceAdjustment": "-40%", "weight": 10}, False),
    ({"requirements": [TYPES], "priceAdjustment": "-73%"}, True),
    ({"requirements": [TYPES], "priceAdjustment": "-5.5"}, True),
    ({"requirements": [TYPES], "priceAdjustment": UNKNOWN}, True),
    ({"requirements": [FAMILY], "priceAdjustment": "-40%"}, True),
    ({"requirements": [{**TYPES, "values": ["p99.48xlarge"]}], "priceAdjustment": "-40%"}, True),
    ({"requirements": [TYPES], "priceAdjustment": "-40%", "capacity": {"nvidia.com/gpu": "64"}}, True),
    ({"requirements": [TYPES], "price": "5.65", "capacity": {"nvidia.com/gpu": "64"}}, True),
])  # fmt: skip
def test_an_overlay_may_state_the_prices_of_machine_types(spec: Props, *, is_refused: bool) -> None:
    overlay = k8s("karpenter.sh/v1alpha1:NodeOverlay", {"metadata": meta(), "spec": spec})
    assert ("FJ-ESC-103" in _refused(overlay)) is is_refused

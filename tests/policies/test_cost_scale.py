"""Numbers up to which services and workloads scale."""

import json

import pytest

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
JOB, TARGET = "aws:glue/job:Job", "aws:appautoscaling/target:Target"
FUNCTION, PROVIDER = "aws:lambda/function:Function", "aws:lambda/capacityProvider:CapacityProvider"
ENVIRONMENTS = "aws:lambda/functionScalingConfig:FunctionScalingConfig"
DEPLOYMENT, SCALER = "kubernetes:apps/v1:Deployment", "kubernetes:autoscaling/v2:HorizontalPodAutoscaler"


def containers(gpus: object) -> dict[str, object]:
    limits = {"nvidia.com/gpu": gpus}
    resources = {"requests": limits, "limits": limits}
    return {"spec": {"containers": [{"name": "a", "image": "a:1", "resources": resources}]}}


def is_refused(*plan: Given) -> bool:
    reports = PACK.evaluate_plan(*plan)
    return "FJ-COST-126" in blocking(reports)


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (JOB, {"numberOfWorkers": 10}, False),
        (JOB, {}, False),
        (JOB, {"numberOfWorkers": 299}, True),
        (JOB, {"numberOfWorkers": 10, "executionProperty": {"maxConcurrentRuns": 50}}, True),
        (TARGET, {"serviceNamespace": "sagemaker", "maxCapacity": 4}, False),
        (TARGET, {"serviceNamespace": "sagemaker", "maxCapacity": 2000}, True),
        (TARGET, {"serviceNamespace": "dynamodb", "maxCapacity": 2000}, False),
        (FUNCTION, {"memorySize": 10_240}, False),
        (FUNCTION, {"reservedConcurrentExecutions": -1}, False),
        (FUNCTION, {"reservedConcurrentExecutions": 0}, False),
        (FUNCTION, {"reservedConcurrentExecutions": 1000}, False),
        (FUNCTION, {"reservedConcurrentExecutions": 1001}, True),
        (ENVIRONMENTS, {"functionScalingConfig": {"maxExecutionEnvironments": 400}}, False),
        (ENVIRONMENTS, {"functionScalingConfig": {"maxExecutionEnvironments": 5000}}, True),
        (PROVIDER, {"capacityProviderScalingConfigs": [{"maxVcpuCount": 400}]}, False),
        (PROVIDER, {"capacityProviderScalingConfigs": [{"maxVcpuCount": 15_000}]}, True),
        (PROVIDER, {}, False),
        (DEPLOYMENT, {"spec": {"replicas": 8, "template": containers(8)}}, False),
        (DEPLOYMENT, {"spec": {"replicas": 9, "template": containers("8")}}, True),
        (DEPLOYMENT, {"spec": {"replicas": UNKNOWN, "template": containers(8)}}, False),
        (DEPLOYMENT, {"spec": {"replicas": 900, "template": {"spec": {"containers": [{"name": "a"}]}}}}, False),
    ],
)
def test_numbers(token: str, props: dict[str, object], expected: bool) -> None:
    assert is_refused(Given(token, props)) == expected


@pytest.mark.parametrize(("highest", "expected"), [(8, False), (9, True)])
def test_an_autoscaler_multiplies_the_gpus_of_its_workload(highest: int, expected: bool) -> None:
    spec = {"replicas": 1, "template": containers(8)}
    workload = Given(DEPLOYMENT, {"metadata": {"name": "llm"}, "spec": spec}, "workload")
    scaler = Given(SCALER, {"spec": {"maxReplicas": highest, "scaleTargetRef": {"name": "llm"}}}, "scaler")
    assert is_refused(workload, scaler) == expected


def deployment(cpus: str, replicas: int = 1) -> Given:
    """Returns a deployment of that many pods with that many processors."""
    containers_of = [{"name": "a", "image": "a:1", "resources": {"requests": {"cpu": cpus}}}]
    spec = {"replicas": replicas, "template": {"spec": {"containers": containers_of}}}
    return Given(DEPLOYMENT, {"metadata": {"name": "x"}, "spec": spec}, "x")


@pytest.mark.parametrize(
    ("annotations", "spec", "expected"),
    [
        ({"autoscaling.keda.sh/paused-replicas": "1500"}, {}, True),
        ({"autoscaling.keda.sh/paused-replicas": "3"}, {}, False),
        ({}, {"fallback": {"failureThreshold": 1, "replicas": 2000}}, True),
        ({}, {"fallback": {"failureThreshold": 1, "replicas": 4}}, False),
        ({}, {"idleReplicaCount": 2000}, True),
        ({"autoscaling.keda.sh/paused": "true"}, {}, False),
    ],
)
def test_numbers_beside_the_highest_one_of_keda(annotations: object, spec: dict[str, object], expected: bool) -> None:
    props = {
        "metadata": {"name": "x", "annotations": annotations},
        "spec": {"scaleTargetRef": {"name": "x"}, "maxReplicaCount": 4, **spec},
    }
    assert is_refused(deployment("8"), Given("kubernetes:keda.sh/v1alpha1:ScaledObject", props, "scaler")) is expected


@pytest.mark.parametrize(("least", "expected"), [("96", True), ("17", True), ("16", False), ("500m", False)])
def test_processors_that_a_vertical_autoscaler_gives_unasked(least: str, expected: bool) -> None:
    policies = [{"containerName": "*", "minAllowed": {"cpu": least}, "maxAllowed": {"cpu": "128"}}]
    spec = {"targetRef": {"name": "x"}, "resourcePolicy": {"containerPolicies": policies}}
    assert is_refused(Given("kubernetes:autoscaling.k8s.io/v1:VerticalPodAutoscaler", {"spec": spec})) is expected


@pytest.mark.parametrize(
    ("bounds", "gpus", "expected"),
    [
        ({"min-scale": "500", "max-scale": "0"}, 1, True),
        ({"max-scale": "65"}, 1, True),
        ({"max-scale": "64"}, 1, False),
        ({"maxScale": "2"}, 8, False),
        ({"min-scale": "100", "max-scale": "100"}, 0, False),
        ({}, 0, True),
    ],
)
def test_services_of_knative(bounds: dict[str, str], gpus: int, expected: bool) -> None:
    annotations = {f"autoscaling.knative.dev/{key}": value for key, value in bounds.items()}
    template = {"metadata": {"annotations": annotations}, **containers(gpus)}
    props = {"metadata": {"name": "x"}, "spec": {"template": template}}
    assert is_refused(Given("kubernetes:serving.knative.dev/v1:Service", props, "x")) is expected


@pytest.mark.parametrize(("parameters", "expected"), [
    ([{"Name": "Count", "Type": "Integer", "DefaultValue": 2}], False),
    ([{"Name": "Count", "Type": "Integer", "DefaultValue": 2, "EnumValues": [1, 2, 8]}], False),
    ([{"Name": "Count", "Type": "Integer", "DefaultValue": 64}], True),
    ([{"Name": "Count", "Type": "Integer", "DefaultValue": 1, "EnumValues": [1, 200]}], True),
    ([{"Name": "Count", "Type": "Integer"}], True),
    ([{"Name": "Other", "Type": "Integer", "DefaultValue": 1}], True),
    ("none", True),
])  # fmt: skip
def test_machines_of_a_step_are_counted_by_the_parameter_that_says_them(parameters: object, *, expected: bool) -> None:
    resources = {"InstanceType": "ml.g5.xlarge", "InstanceCount": {"Get": "Parameters.Count"}, "VolumeSizeInGB": 30}
    definition = {"Parameters": parameters, "Steps": [{"Arguments": {"ResourceConfig": resources}}]}
    given = Given("aws:sagemaker/pipeline:Pipeline", {"pipelineDefinition": json.dumps(definition)})
    assert is_refused(given) is expected

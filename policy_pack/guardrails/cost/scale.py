"""Numbers up to which services and workloads scale: a number that is very large needs approval first.

What is charged by use has no estimate (FJ-COST-004 reports it only), and pods cost nothing themselves: machines that
another stack scales do. The limits are judged, not read anywhere: a platform of a bank trains on fewer than 64 GPUs.
Properties by pulumi-aws 7.51.1.
"""

from collections.abc import Iterator

from ..engine.conditions import one_of
from ..engine.families import cost_rule
from ..engine.number_conditions import at_most, number_of
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from .workload_sizes import check_sizes

_LARGEST_GPUS = 64
"""GPUs of one workload: eight machines of eight."""
_MACHINES = ("serviceNamespace", one_of("sagemaker", "ec2", "elasticmapreduce", "appstream", "comprehend", "rds"))
"""Namespaces of Application Auto Scaling whose capacity is a number of machines."""
_UNITS = ("serviceNamespace", one_of("dynamodb", "cassandra", "lambda", "ecs"))
"""Namespaces of Application Auto Scaling whose capacity is a number of units or tasks."""
_AT_MOST_50 = at_most(50, missing=Verdict.PASS)

SCALE_ROWS = (
    Check(aws("glue/Job"), "numberOfWorkers", _AT_MOST_50),
    Check(aws("glue/Job"), "maxCapacity", at_most(100, missing=Verdict.PASS)),
    Check(aws("glue/Job"), "executionProperty?.maxConcurrentRuns", at_most(10, missing=Verdict.PASS)),
    Check(aws("glue/DevEndpoint"), "numberOfWorkers", _AT_MOST_50),
    Check(aws("appautoscaling/Target"), "maxCapacity", _AT_MOST_50, when=_MACHINES),
    *(Check(aws("appautoscaling/Target"), key, at_most(10_000, missing=Verdict.PASS), when=_UNITS)
      for key in ("minCapacity", "maxCapacity")),
    *(Check(aws("appautoscaling/ScheduledAction"), f"scalableTargetAction.{limit}Capacity", _AT_MOST_50, when=_MACHINES)
      for limit in ("min", "max")),
    *(Check(aws("autoscaling/Schedule"), key, _AT_MOST_50) for key in ("desiredCapacity", "minSize", "maxSize")),
    Check(aws("emr/ManagedScalingPolicy"), "computeLimits[*].maximumCapacityUnits", at_most(200)),
    Check(aws("kinesisanalyticsv2/Application"),
          "applicationConfiguration?.flinkApplicationConfiguration?.parallelismConfiguration?.parallelism",
          at_most(64, missing=Verdict.PASS)),
)  # fmt: skip

_MOST_QUOTA = 1024
"""GPUs of all quotas of a queue or cohort: 128 machines of eight."""
_COUNTS = ("replicas", "minReplicas", "maxReplicas", "parallelism", "maxReplicaCount")
"""Keys of numbers of pods, of which the largest counts; the next ones multiply it."""
_FACTORS = ("numOfHosts", "size")
_SCALERS = {"HorizontalPodAutoscaler": "maxReplicas", "ScaledObject": "maxReplicaCount"}
"""Kind of an autoscaler -> field of its highest number."""
_TARGETS = ("Deployment", "StatefulSet", "ReplicaSet", "Rollout", "LeaderWorkerSet")


def _gpus(value: Plain) -> float:
    """Returns the GPUs of all pods in a value."""
    if isinstance(value, list):
        return sum(map(_gpus, value))
    if not isinstance(value, dict):
        return 0
    counts = [number for key in _COUNTS if (number := number_of(value.get(key))) is not None]
    pods = max(counts, default=1)
    for key in _FACTORS:
        pods *= number_of(value.get(key)) or 1
    return max(pods, 0) * (_own_gpus(value) + sum(_gpus(item) for key, item in value.items() if key != "resources"))


def _own_gpus(container: dict[str, Plain]) -> float:
    """Returns the GPUs that a container asks for."""
    resources = container.get("resources")
    lists = [resources.get(key) for key in ("limits", "requests")] if isinstance(resources, dict) else []
    return max(
        (sum(number_of(number) or 0 for name, number in item.items() if name.endswith("/gpu"))
         for item in lists if isinstance(item, dict)),
        default=0,
    )  # fmt: skip


def _check_workload(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    gpus = _gpus(resource.props.get("spec"))
    yield _judge(gpus, "spec") if gpus else passed()
    for kind, field in _SCALERS.items():
        for scaler in objects(resource, kind):
            spec = scaler.child("spec")
            highest = max(number_of(spec.get(key)) or 1 for key in (field, "minReplicas", "minReplicaCount"))
            yield _judge(highest * _gpus_of_a_replica(spec.child("scaleTargetRef"), plan), spec.path_to(field))


def _quota(queue: ObjectPart) -> float:
    """Returns the GPUs that a queue or a cohort gives, of all flavors."""
    resources = (
        resource
        for group in queue.child("spec").children("resourceGroups")
        for flavor in group.children("flavors")
        for resource in flavor.children("resources")
    )
    return sum(number_of(item.get("nominalQuota")) or 0 for item in resources if str(item.get("name")).endswith("/gpu"))


def _check_quotas(resource: Resource) -> Iterator[Outcome]:
    yield from check_sizes(resource)
    for queue in objects(resource, "ClusterQueue", "Cohort"):
        gpus = _quota(queue)
        if gpus > _MOST_QUOTA:
            yield failed(f"spec.resourceGroups give {gpus:,.0f} GPUs, more than {_MOST_QUOTA:,}", "spec.resourceGroups")
        else:
            yield passed()


def _gpus_of_a_replica(target: ObjectPart, plan: Plan) -> float:
    for resource in plan.with_prefix(*KUBERNETES_TYPES):
        for item in objects(resource, *_TARGETS):
            spec = item.child("spec").data
            if item.child("metadata").get("name") == target.get("name"):
                return _gpus({key: value for key, value in spec.items() if key not in _COUNTS})
    return 0


def _judge(gpus: float, path: str) -> Outcome:
    if gpus <= _LARGEST_GPUS:
        return passed()
    return failed(f"{path} has up to {gpus:,.0f} GPUs, more than {_LARGEST_GPUS}", path)


SCALE: tuple[Guardrail, ...] = (
    cost_rule(126, Severity.HIGH, "Numbers up to which services scale are approved when they are very large",
              "what is charged by use has no estimate, and machines that another stack scales are not in this one",
              "Reduce the number in the message, or have it approved: list the resource in exemptions.yaml, with the "
              "reason and who approved it",
              checks=SCALE_ROWS, predicate=_check_quotas, plan_predicate=_check_workload, types=KUBERNETES_TYPES),
)  # fmt: skip

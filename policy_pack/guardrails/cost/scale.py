"""Numbers up to which services and workloads scale: a number that is very large needs approval first.

What is charged by use has no estimate (FJ-COST-004 reports it only), and pods cost nothing themselves: machines that
another stack scales do. The limits are judged, not read: a bank trains on fewer than 64 GPUs. By pulumi-aws 7.51.1.
"""

import re
from collections.abc import Collection, Iterator
from functools import partial

from ..engine.conditions import none_of, one_of
from ..engine.families import cost_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import at_most, number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.chart_defaults import check_chart_defaults
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, name_key, objects
from .argo_retries import check_argo_retries
from .azure_use import AZURE_USE_ROWS, AZURE_USERS, check_azure_use
from .called_counts import CALLERS, MOST_UNITS, WORKER_UNITS, check_called
from .container_jobs import CONTAINER_JOB, check_container_job
from .endless_retries import RETRIERS, check_retries
from .endless_runs import check_endless_runs
from .gpu_counts import claimed, claims_of, gpus, gpus_named
from .kept_copies import MAKERS, check_kept_copies
from .kept_machines import check_kept_machines
from .largest_numbers import NUMBER_ROWS
from .loops import LOOPED, check_loops
from .mirrored_topics import check_mirrored
from .pipeline_machines import FEW_MACHINES
from .processors import check_operators, processors
from .request_scaling import check_services
from .scalable_targets import TARGET_ROWS
from .scheduled_builds import check_builds, check_workflows_often
from .schedules import (
    EVENT_TARGET,
    FACTORY_TRIGGER,
    SCHEDULE,
    TRIGGER,
    check_event_target,
    check_factory_trigger,
    check_schedule,
    check_trigger,
)
from .self_calls import SELF_CALLERS, check_self_calls
from .spark_settings import SPARK_USERS, check_spark
from .unseen_counts import check_counts
from .workflow_steps import check_workflows
from .workload_sizes import FEW_PROCESSORS, LARGEST_CPUS, check_sizes, cores, judge_cpus, judge_unstated, processors_of

_LARGEST_GPUS = 64
"""GPUs of one workload: eight machines of eight."""
_LARGEST_UNSEEN = 1_000
"""Pods of a workload that is in no plan, as in the rule on numbers of custom resources."""
_LARGEST_SUM = 256
"""GPUs of all workloads of a stack: the largest quota of one namespace."""
_LARGEST_CPU_SUM = 16_384
"""Processors of all workloads of a stack: 256 machines of 64, half of the largest quota of a queue."""
_STACK = "pulumi:pulumi:Stack"
_AT_MOST_50 = at_most(50, missing=Verdict.PASS)

SCALE_ROWS = (
    Check(aws("glue/Job"), "numberOfWorkers", _AT_MOST_50, when=("workerType", none_of(*WORKER_UNITS))),
    Check(aws("glue/Job"), "maxCapacity", at_most(MOST_UNITS, missing=Verdict.PASS)),
    Check(aws("glue/Job"), "executionProperty?.maxConcurrentRuns", at_most(10, missing=Verdict.PASS)),
    # As many units as by maxCapacity: a worker of G.8X or R.8X has eight ("AWS Glue worker types", read 2026-11-30).
    *(Check(aws("glue/Job"), "numberOfWorkers", at_most(MOST_UNITS // size, missing=Verdict.PASS),
            when=("workerType", one_of(name))) for name, size in WORKER_UNITS.items()),
    *TARGET_ROWS,
    Check(aws("cloudwatch/EventTarget"), "batchTarget?.arraySize", at_most(1_000, missing=Verdict.PASS)),
    Check(aws("cloudwatch/EventTarget"), "batchTarget?.jobAttempts", at_most(5, missing=Verdict.PASS)),
    Check(aws("cloudwatch/EventTarget"), "ecsTarget?.taskCount", _AT_MOST_50),
    Check(aws("scheduler/Schedule"), "target.ecsParameters?.taskCount", _AT_MOST_50),
    Check(aws("pipes/Pipe"), "targetParameters?.ecsTaskParameters?.taskCount", _AT_MOST_50),
    Check(aws("pipes/Pipe"), "targetParameters?.batchJobParameters?.arrayProperties?.size",
          at_most(1_000, missing=Verdict.PASS)),
    Check(aws("pipes/Pipe"), "targetParameters?.batchJobParameters?.retryStrategy?.attempts",
          at_most(5, missing=Verdict.PASS)),
    # Jobs that look for drift, most often of one machine (Amazon SageMaker API, MonitoringClusterConfig, botocore
    # 1.44.8, read 2026-11-29: up to 100 machines).
    Check(aws("sagemaker/DataQualityJobDefinition"), "jobResources.clusterConfig?.instanceCount",
          at_most(8, missing=Verdict.PASS)),
    Check(aws("sagemaker/MonitoringSchedule"),
          "monitoringScheduleConfig.monitoringJobDefinition?.monitoringResources?.clusterConfig?.instanceCount",
          at_most(8, missing=Verdict.PASS)),
    # Charged once for each unit above what a table has, 4,000 writes and 12,000 reads (Amazon DynamoDB,
    # "Understanding DynamoDB warm throughput" and its scenarios, read 2026-11-30).
    *(Check(aws("dynamodb/Table"), path, at_most(100_000, missing=Verdict.PASS))
      for kind in ("read", "write")
      for path in (f"warmThroughput?.{kind}UnitsPerSecond",
                   f"globalSecondaryIndexes[*].warmThroughput?.{kind}UnitsPerSecond")),
    Check(aws("glue/Workflow"), "maxConcurrentRuns", at_most(10, missing=Verdict.PASS)),
    *(Check(aws("sagemaker/FeatureGroup"), f"throughputConfig?.provisioned{kind}CapacityUnits",
            at_most(10_000, missing=Verdict.PASS)) for kind in ("Read", "Write")),
    Check(aws("budgets/BudgetAction"), "actionThreshold.actionThresholdValue", at_most(150),
          when=("actionThreshold.actionThresholdType", one_of("PERCENTAGE"))),
    # A rule without metrics keeps its own least number (pulumi-azure-native 3.29.0 docs, ScaleCapacity, read
    # 2026-11-29; without metrics 80 % of the processor: kubernetes/api 10b39a39 autoscaling/v2/types.go).
    *(Check(azure("monitor:AutoscaleSetting"), f"profiles[*].capacity?.{key}", _AT_MOST_50)
      for key in ("minimum", "default", "maximum")),
    Check(aws("emrserverless/Application"), "maximumCapacity.cpu", FEW_PROCESSORS),
    Check(aws("batch/ComputeEnvironment"), "computeResources?.maxVcpus", at_most(LARGEST_CPUS, missing=Verdict.PASS)),
    Check(aws("emr/ManagedScalingPolicy"), "computeLimits[*].maximumCapacityUnits", at_most(200)),
    Check(aws("kinesisanalyticsv2/Application"),
          "applicationConfiguration?.flinkApplicationConfiguration?.parallelismConfiguration?.parallelism",
          at_most(64, missing=Verdict.PASS)),
    # A least throughput of all streams of the account is charged day and night (Amazon Kinesis Data Streams API
    # Reference, MinimumThroughputBillingCommitmentInput; read 2026-11-29).
    Check(aws("kinesis/AccountSettings"), "minimumThroughputBillingCommitment?.status", none_of("ENABLED")),
    Check(aws("sagemaker/Pipeline"), "pipelineDefinition", FEW_MACHINES),
    *AZURE_USE_ROWS,
    *NUMBER_ROWS,
)  # fmt: skip

_MOST_QUOTA = {"gpu": (1_024, "GPUs"), "cpu": (32_768, "processors")}
"""Kind -> the most of all quotas of a queue or cohort, and what it is: 128 machines of eight GPUs, 512 of 64
processors."""
_SCALERS = {
    "HorizontalPodAutoscaler": "maxReplicas", "ScaledObject": "maxReplicaCount", "HTTPScaledObject": "replicas.max",
}  # fmt: skip
"""Kind of an autoscaler -> path of its highest number below `spec`."""
_DEFAULT_HIGHEST = {"maxReplicaCount": 100, "replicas.max": 100}
"""Path of the highest number -> what it is if it is not set (KEDA 2.15, "ScaledObject specification", and issue 607 of
kedacore/http-add-on, which leaves it to KEDA; read 2026-11-29)."""
_MACHINE_SCALES = lazy_regex(
    r"(?:(?:[\w.-]+\.)?cluster\.x-k8s\.io|machine\.openshift\.io|machine\.sapcloud\.io|karpenter\.sh)/", re.IGNORECASE
)
"""API groups of kinds whose scale is a number of machines (kubernetes-sigs/cluster-api, pull request 582;
kubernetes-sigs/karpenter 226646810, pkg/apis/v1/nodepool.go, read 2026-11-30; openshift/api 2a3d7391
machine/v1beta1/types_machineset.go and gardener/machine-controller-manager 54caf546 kubernetes/crds, read
2026-12-01)."""
_TARGETS = ("Deployment", "StatefulSet", "ReplicaSet", "Rollout", "LeaderWorkerSet")


def _check_workload(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type == _STACK:
        yield _judge_sum(plan)
        yield _judge_processors(plan)
        return
    if resource.type == EVENT_TARGET:
        yield from check_event_target(resource, plan)
    if resource.type == TRIGGER:
        yield check_trigger(resource, plan)
    if resource.type == FACTORY_TRIGGER:
        yield from check_factory_trigger(resource, plan)
    for check in (check_loops, check_mirrored, check_builds, check_workflows_often):
        yield from check(resource, plan)
    if not resource.type.startswith(KUBERNETES_TYPES):
        return
    claims = claims_of(plan, resource)
    count = gpus(resource.props.get("spec"), claims)
    yield _judge(count, "spec") if count else passed()
    for claim in objects(resource, "ResourceClaim"):
        yield _judge(claimed(claim), "spec.devices.requests")
    for kind, field in _SCALERS.items():
        for scaler in objects(resource, kind):
            spec = scaler.child("spec")
            highest = _highest(scaler, field)
            replica = _replica(spec.child("scaleTargetRef"), plan)
            yield from _judge_unseen(highest, spec, field) if replica is None else ()
            yield _judge(highest * gpus(replica, claims, of_one_pod=True), spec.path_to(field))
            cpus = processors(replica, of_one_pod=True)
            yield judge_cpus(highest * cpus, spec.path_to(field))
            if by_default := _unstated(scaler, field):
                yield judge_unstated(by_default, cpus, spec.path_to(field))
    for job in objects(resource, "ScaledJob"):
        spec, field = job.child("spec"), "maxReplicaCount"
        by_default = _unstated(job, field)
        yield judge_unstated(by_default, processors(spec.data.get("jobTargetRef")), spec.path_to(field))
        yield _judge(by_default * gpus(spec.data.get("jobTargetRef"), claims), spec.path_to(field))


def _judge_unseen(highest: float, spec: ObjectPart, field: str) -> Iterator[Outcome]:
    """Yields a failure for a number of machines, or of pods of a workload that is in no plan, that is very large."""
    is_of_machines = _MACHINE_SCALES.match(str(spec.child("scaleTargetRef").get("apiVersion"))) is not None
    most, what = (50, "machines") if is_of_machines else (_LARGEST_UNSEEN, "pods of a size that no plan shows")
    if highest > most:
        yield failed(f"{spec.path_to(field)} is up to {highest:,.0f} {what}, more than {most:,}", spec.path_to(field))


def _stated_highest(scaler: ObjectPart, field: str) -> Plain:
    above, _, key = field.rpartition(".")
    spec = scaler.child("spec")
    return (spec.child(above) if above else spec).get(key)


def _unstated(scaler: ObjectPart, field: str) -> float:
    """Returns the highest number of pods of an autoscaler that states none; 0 if it does, or is a patch."""
    is_stated = scaler.is_patch or _stated_highest(scaler, field) is not MISSING
    return 0 if is_stated else _DEFAULT_HIGHEST.get(field, 0)


def _highest(scaler: ObjectPart, field: str) -> float:
    """Returns the highest number of pods of an autoscaler. The numbers of KEDA for a pause and for missing metrics are
    not bounded by the highest one: its operator sets both itself (kedacore/keda, issue 6659, of exactly
    fallback.replicas; "ScaledObject specification", paused-replicas; both read 2026-11-28)."""
    spec = scaler.child("spec")
    stated = (
        _stated_highest(scaler, field),
        *(spec.get(key) for key in ("minReplicas", "minReplicaCount", "idleReplicaCount")),
    )
    paused = scaler.child("metadata").child("annotations").get("autoscaling.keda.sh/paused-replicas")
    return max(
        number_of(value) or 1
        for value in (*stated, _unstated(scaler, field), spec.child("fallback").get("replicas"), paused)
    )


def _judge_sum(plan: Plan) -> Outcome:
    """Evaluates the GPUs of all workloads of a plan: many that are each below the bound add up."""
    total = sum(gpus(item.props.get("spec"), claims_of(plan, item)) for item in plan.with_prefix(*KUBERNETES_TYPES))
    if total <= _LARGEST_SUM:
        return passed()
    return failed(f"its workloads have up to {total:,.0f} GPUs together, more than {_LARGEST_SUM}")


def _judge_processors(plan: Plan) -> Outcome:
    """Evaluates the processors of all workloads of a plan, as `_judge_sum` their GPUs."""
    total = sum(processors_of(item) for item in plan.with_prefix(*KUBERNETES_TYPES))
    if total <= _LARGEST_CPU_SUM:
        return passed()
    return failed(f"its workloads have up to {total:,.0f} processors together, more than {_LARGEST_CPU_SUM:,}")


def _quota(queue: ObjectPart, kind: str) -> float:
    """Returns the GPUs (`gpu`) or processors (`cpu`) that a queue or a cohort gives, of all flavors."""
    resources = (
        resource
        for group in queue.child("spec").children("resourceGroups")
        for flavor in group.children("flavors")
        for resource in flavor.children("resources")
    )
    units = ((gpus_named(str(item.get("name"))) if kind == "gpu" else item.get("name") == kind, item)
             for item in resources)  # fmt: skip
    return sum(unit * cores(item.get("nominalQuota")) for unit, item in units)


_OF_CLOUDS = (check_called, check_azure_use, check_kept_copies, check_self_calls, check_retries, check_spark)
_OF_TYPES = {CONTAINER_JOB: check_container_job, SCHEDULE: check_schedule}
_OF_OBJECTS = (check_counts, check_endless_runs, check_argo_retries, check_kept_machines)


def _check_quotas(resource: Resource, privileged: Collection[str]) -> Iterator[Outcome]:
    if check_one := _OF_TYPES.get(resource.type):
        yield check_one(resource)
    for check in _OF_CLOUDS:
        yield from check(resource)
    if not resource.type.startswith(KUBERNETES_TYPES):
        return
    yield from check_sizes(resource, privileged)
    yield from check_operators(resource, _judge)
    yield from check_workflows(resource, _judge)
    yield from check_services(resource, _judge)
    for check in _OF_OBJECTS:
        yield from check(resource)
    yield from check_chart_defaults(resource, "cost")
    for queue in objects(resource, "ClusterQueue", "Cohort"):
        for kind, (most, name) in _MOST_QUOTA.items():
            amount, path = _quota(queue, kind), "spec.resourceGroups"
            text = f"{path} give {amount:,.0f} {name}, more than {most:,}"
            yield failed(text, path) if amount > most else passed()


def _replica(target: ObjectPart, plan: Plan) -> Plain:
    """Returns the spec of the workload that an autoscaler scales; None if it is in no plan."""
    named = plan.by_key(_target_names).get(name_key(target.get("name")), ())
    for resource in plan.by_type_order(named):
        for item in objects(resource, *_TARGETS):
            if item.child("metadata").get("name") == target.get("name"):
                return item.child("spec").data
    return None


def _target_names(resource: Resource) -> Iterator[str]:
    for item in objects(resource, *_TARGETS):
        yield name_key(item.child("metadata").get("name"))


def _judge(count: float, path: str) -> Outcome:
    if count <= _LARGEST_GPUS:
        return passed()
    return failed(f"{path} has up to {count:,.0f} GPUs, more than {_LARGEST_GPUS}", path)


def scale_guardrail(privileged: Collection[str]) -> Guardrail:
    """Returns the guardrail. `privileged`: namespaces of the platform that the settings list, whose pods may have the
    priority of the system."""
    return cost_rule(
        126, Severity.HIGH, "Numbers up to which services scale are approved when they are very large",
        "what is charged by use has no estimate, and machines that another stack scales are not in this one",
        "Reduce the number in the message, or state one where nothing limits it, let what grew shrink again, or have "
        "it approved: list the resource in exemptions.yaml, with the reason and who approved it",
        checks=SCALE_ROWS, predicate=partial(_check_quotas, privileged=privileged), plan_predicate=_check_workload,
        types=(*KUBERNETES_TYPES, _STACK, CONTAINER_JOB, SCHEDULE, EVENT_TARGET, TRIGGER, FACTORY_TRIGGER,
               *CALLERS, *MAKERS, *AZURE_USERS, *SELF_CALLERS, *SPARK_USERS, *LOOPED, *RETRIERS),
    )  # fmt: skip

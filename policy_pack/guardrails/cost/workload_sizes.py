"""Processors of jobs, quotas of namespaces and the priority of pods: a number that is very large needs approval first.

Pods cost nothing themselves; machines that another stack scales for them do. The limits are judged, not read anywhere.
"""

import math
from collections.abc import Collection, Iterator

from ..engine.conditions import Condition
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, objects, pods
from ..readers.webhooks import is_of_platform
from .gpu_counts import gpus_named
from .machines_of_pods import judge_machines

LARGEST_CPUS = 4_096
"""Processors of all pods of one job or service: 64 machines of 64."""
FEW_PROCESSORS = Condition(
    f"must name at most {LARGEST_CPUS:,} processors, such as `64 vCPU`",
    lambda value: 0 < (number_of(str(value).lower().removesuffix("vcpu").strip()) or 0) <= LARGEST_CPUS,
)
"""The most of an application without servers, which has no bound unless it is stated (botocore 1.44.8, emr-serverless,
MaximumAllowedResources)."""
_LARGEST_MEMORY = 65_536
"""Gibibytes of memory of all pods of one workload: 64 machines of one tebibyte."""
_LARGEST_UNSTATED = 512
"""Processors of pods of which nobody stated the highest number."""
_LARGEST_QUOTA = {"gpu": 256, "cpu": 8_192, "memory": 131_072, "storage": 1_048_576, "devices": 256}
"""End of the name of a resource -> the largest quota of one namespace: GPUs of 32 machines of eight, processors,
gibibytes of memory and of disks, devices of a class (kubernetes/api 10b39a39 core/v1, ResourceClaimsPerClass)."""
_LARGEST_DEFAULT = {"cpu": (16, "processors"), "memory": (128, "GiB of memory")}
"""Resource -> the most of a container that states nothing."""
_LARGEST_OVERHEAD = {"cpu": 4.0, "memory": 16.0}
_GIBIBYTES = {
    "Ki": 2**-20, "Mi": 2**-10, "Gi": 1.0, "Ti": 2.0**10, "Pi": 2.0**20, "Ei": 2.0**30, "k": 1e3 / 2**30,
    "M": 1e6 / 2**30, "G": 1e9 / 2**30, "T": 1e12 / 2**30, "P": 1e15 / 2**30, "E": 1e18 / 2**30,
}  # fmt: skip
_MEMORY = lazy_regex(r"(?P<number>\d{1,15}(?:\.\d{1,9})?)(?P<unit>[KMGTPE]i?|k|)")
"""What a class of runtimes may add to each pod: processors, and gibibytes; units of memory. Kata Containers
add 0.25 to 1 processors and 0.1 to 10 GiB (kata-containers/kata-containers 7c6ba40c tools/packaging/kata-deploy/
helm-chart/kata-deploy/templates/runtimeclasses.yaml, read 2026-11-29); ten classes of gVisor in public
repositories state no overhead (read 2026-11-30)."""
_LARGEST_DEFAULT_PRIORITY = 1_000_000
"""Priority of pods without a class, above which they displace those of a platform."""
_CLASSES = ("priorityClassName", "podPriorityClassName")
"""Fields with the class of pods, in pods and in what becomes one (argoproj/argo-workflows f016ad89, WorkflowSpec)."""
_REPLICATED = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")
_RUN_SECONDS = 3_600
"""Length of a run without a deadline."""


def check_sizes(resource: Resource, privileged: Collection[str] = ()) -> Iterator[Outcome]:
    """Yields an outcome for each job, quota of a namespace and class of priority that a resource creates.
    `privileged`: namespaces of the platform that the settings list."""
    for job in objects(resource, "Job"):
        yield from _judge_size(resource, _pods_of(job.child("spec")), job.child("spec").path)
    for cron_job in objects(resource, "CronJob"):
        spec = cron_job.child("spec")
        job = spec.child("jobTemplate").child("spec")
        yield from _judge_size(resource, _pods_of(job) * runs_at_once(spec, job), spec.path)
    for workload in objects(resource, *_REPLICATED):
        spec = workload.child("spec")
        count = number_of(spec.get("replicas")) or 1
        yield from _judge_size(resource, count, spec.path_to("replicas"))
        yield from judge_machines(resource, count, spec.path_to("replicas"))
    for limits in objects(resource, "LimitRange"):
        yield from _judge_defaults(limits)
    for runtime in objects(resource, "RuntimeClass"):
        yield from _judge_overhead(runtime.child("overhead").child("podFixed"))
    for autoscaler in objects(resource, "VerticalPodAutoscaler"):
        yield from _judge_least(autoscaler)
    for quota in objects(resource, "ResourceQuota"):
        yield from _judge_quota(quota.child("spec").child("hard"))
    for priority in objects(resource, "PriorityClass"):
        yield _judge_priority(priority)
    for item in expand_list(resource):
        yield from _judge_class(item, privileged)


def processors_of(resource: Resource) -> float:
    """Returns the processors of all pods of the jobs and workloads of a resource that run at once."""
    jobs = [(job.child("spec"), 1) for job in objects(resource, "Job")]
    for cron_job in objects(resource, "CronJob"):
        job = cron_job.child("spec").child("jobTemplate").child("spec")
        jobs.append((job, runs_at_once(cron_job.child("spec"), job)))
    count = sum(_pods_of(job) * runs for job, runs in jobs)
    for workload in objects(resource, *_REPLICATED):
        replicas = workload.child("spec").get("replicas")
        count += 1 if replicas is MISSING else number_of(replicas) or 0
    return count * _requested(resource, "cpu") if count else 0


def _pods_of(job: ObjectPart) -> float:
    """Returns how many pods of a job run at once."""
    return number_of(job.get("parallelism")) or 1


def runs_at_once(cron_job: ObjectPart, job: ObjectPart) -> int:
    """Returns how many runs of a schedule overlap, if each lasts until its deadline."""
    if cron_job.get("concurrencyPolicy") not in (MISSING, "Allow"):
        return 1
    return overlapping(str(cron_job.get("schedule")), number_of(job.get("activeDeadlineSeconds")) or _RUN_SECONDS)


def overlapping(schedule: str, seconds: float) -> int:
    """Returns how many runs of a cron schedule overlap that last so many seconds; one an hour unless minutes say
    more."""
    minutes, _, step = schedule.split(" ")[0].partition("/")
    period = 60 * (number_of(step) or 1) if minutes == "*" else _RUN_SECONDS
    return max(1, math.ceil(seconds / period))


def _judge_size(resource: Resource, count: float, path: str) -> Iterator[Outcome]:
    yield judge_cpus(count * _requested(resource, "cpu"), path)
    memory = count * _requested(resource, "memory")
    text = f"{path} has up to {memory:,.0f} GiB of memory at once, more than {_LARGEST_MEMORY:,}"
    yield failed(text, path) if memory > _LARGEST_MEMORY else passed()


def _requested(resource: Resource, name: str) -> float:
    """Returns the processors, or gibibytes of memory, that all containers of a pod ask for, or the pod itself, with
    what its runtime adds (kubernetes/api 10b39a39 core/v1 PodSpec.resources and overhead, read 2026-11-29)."""
    return sum(
        max(sum(_most(container, name) for container in pod.containers), _most(pod.spec, name))
        + _amount(name, pod.spec.child("overhead").get(name))
        for pod in pods(resource)
    )


def _most(part: ObjectPart, name: str) -> float:
    resources = part.child("resources")
    return max(_amount(name, resources.child(key).get(name)) for key in ("requests", "limits"))


def cores(value: Plain) -> float:
    """Returns a quantity of processors: 0.5 of `500m`, 2000 of `2k`."""
    text = str(value).strip()
    factor = {"m": 0.001, "k": 1_000.0}.get(text[-1:], 1.0)
    return (number_of(text if factor == 1 else text[:-1]) or 0) * factor


def judge_cpus(cpus: float, path: str) -> Outcome:
    """Returns the outcome for the processors of a workload that run at once; `path` is where their number stands."""
    if cpus <= LARGEST_CPUS:
        return passed()
    return failed(f"{path} has up to {cpus:,.0f} processors at once, more than {LARGEST_CPUS:,}", path)


def judge_unstated(pods_by_default: float, cpus: float, path: str) -> Outcome:
    """Returns the outcome for pods of which nobody stated the highest number."""
    if pods_by_default * cpus <= _LARGEST_UNSTATED:
        return passed()
    total = pods_by_default * cpus
    text = f"{path} is not set, so that up to {pods_by_default:,.0f} pods with {total:,.0f} processors start"
    return failed(text, path)


def _judge_defaults(limits: ObjectPart) -> Iterator[Outcome]:
    for item in limits.child("spec").children("limits"):
        for key in ("default", "defaultRequest"):
            given = item.child(key)
            for name, (most, unit) in _LARGEST_DEFAULT.items():
                path, amount = given.path_to(name), _amount(name, given.get(name))
                text = f"{path} gives each container {amount:,.0f} {unit} unasked, more than {most}"
                yield failed(text, path) if amount > most else passed()
            for name in filter(gpus_named, given.data):
                yield failed(f"{given.path_to(name)} gives each container GPUs unasked", given.path_to(name))


def _judge_overhead(added: ObjectPart) -> Iterator[Outcome]:
    """Evaluates what each pod of a class of runtimes books beside what its containers ask for (kubernetes/api 10b39a39
    node/v1/types.go, Overhead, read 2026-11-29)."""
    for key, value in added.data.items():
        is_large = key in _LARGEST_OVERHEAD and _amount(key, value) > _LARGEST_OVERHEAD[key]
        text = f"{added.path_to(key)} adds {value} to each pod of the class unasked"
        yield failed(text, added.path_to(key)) if is_large else passed()


def _amount(key: str, value: Plain) -> float:
    """Returns processors, or gibibytes of memory."""
    if key == "cpu":
        return cores(value)
    memory = _MEMORY.fullmatch(str(value).strip())
    if memory is None:
        return 0
    return float(memory["number"]) * _GIBIBYTES.get(memory["unit"], 2.0**-30)


def _judge_least(autoscaler: ObjectPart) -> Iterator[Outcome]:
    """Evaluates what a vertical autoscaler gives each container at least, whatever the container asks for
    (kubernetes/autoscaler 55c37cd5 vertical-pod-autoscaler/pkg/apis/autoscaling.k8s.io/v1/types.go, MinAllowed, read
    2026-11-29)."""
    for policy in autoscaler.child("spec").child("resourcePolicy").children("containerPolicies"):
        path, cpus = policy.child("minAllowed").path_to("cpu"), cores(policy.child("minAllowed").get("cpu"))
        most, unit = _LARGEST_DEFAULT["cpu"]
        text = f"{path} gives each container {cpus:,.0f} {unit} unasked, more than {most}"
        yield failed(text, path) if cpus > most else passed()


def _judge_quota(hard: ObjectPart) -> Iterator[Outcome]:
    for name, value in hard.data.items():
        kind = next((kind for kind in _LARGEST_QUOTA if name.endswith(("/" + kind, "." + kind)) or name == kind), "")
        amount = _amount(kind, value) if kind in ("memory", "storage") else cores(value)
        if kind and amount > _LARGEST_QUOTA[kind]:
            text = f"{hard.path_to(name)} is {amount:,.0f}, more than {_LARGEST_QUOTA[kind]:,}"
            yield failed(text, hard.path_to(name))
        else:
            yield passed()


def _judge_class(item: Resource, privileged: Collection[str]) -> Iterator[Outcome]:
    """Evaluates the priority of pods of a team's namespace: classes of the system displace the platform's pods too, and
    every namespace may use them (kubernetes/api 10b39a39 core/v1, priorityClassName: the highest, read 2026-11-29; that
    no namespace is refused: kubernetes/website 0b3f2a70, "Guaranteed Scheduling For Critical Add-On Pods", which names
    none, and kubernetes/kubernetes 07ef5fd7, plugin/pkg/admission/priority/admission.go; read 2026-11-30)."""
    namespace = ObjectPart("", item.props).child("metadata").get("namespace")
    if not isinstance(namespace, str) or is_of_platform(namespace) or namespace in privileged:
        return
    for path, key, name in leaves(item.props.get("spec"), "spec"):
        is_of_system = key in _CLASSES and isinstance(name, str) and name.startswith("system-")
        # Agents of each node are what this class is for.
        is_of_system &= not (name == "system-node-critical" and item.type.endswith(":DaemonSet"))
        yield failed(f"{path} is {name}, so that its pods displace those of others", path) if is_of_system else passed()


def _judge_priority(item: ObjectPart) -> Outcome:
    value = number_of(item.get("value")) or 0
    is_default = str(item.get("globalDefault")).lower() == "true"
    if is_default and value > _LARGEST_DEFAULT_PRIORITY and item.get("preemptionPolicy") != "Never":
        return failed(f"pods without a class have the priority {value:,.0f} and displace those of others", "value")
    return passed()

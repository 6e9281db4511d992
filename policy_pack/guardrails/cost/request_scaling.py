"""Numbers of pods of services of Knative, which stand in annotations (knative/serving 98e5ef90,
pkg/apis/autoscaling/register.go and config-autoscaler, read 2026-11-28: without max-scale, or with 0, there is no
bound; min-scale pods run always).
"""

from collections.abc import Callable, Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.number_conditions import number_of
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from .gpu_counts import gpus
from .processors import processors
from .workload_sizes import judge_cpus

_KNATIVE = "kubernetes:serving.knative.dev/"
_KINDS = ("Service", "Configuration")
"""Kinds with a template of pods, to which a service is no more than a route (knative/serving 98e5ef90
pkg/apis/serving/v1/service_types.go, ConfigurationSpec and RouteSpec, read 2026-11-29)."""
_PREFIX = "autoscaling.knative.dev/"


def check_services(resource: Resource, judge_gpus: Callable[[float, str], Outcome]) -> Iterator[Outcome]:
    """Yields the outcomes for the pods of each service of Knative. `judge_gpus` evaluates a number of GPUs and the path
    where it stands."""
    for item in expand_list(resource):
        for service in objects(item, *_KINDS) if item.type.startswith(_KNATIVE) else ():
            yield from _check_service(service, judge_gpus)


def _check_service(service: ObjectPart, judge_gpus: Callable[[float, str], Outcome]) -> Iterator[Outcome]:
    template = service.child("spec").child("template")
    path = template.child("metadata").path_to("annotations")
    if not _bound(template, "max"):
        yield failed(f"{path} have no {_PREFIX}max-scale, so that the service starts any number of pods", path)
    count = max(_bound(template, "max"), _bound(template, "min"))
    pod = template.child("spec").data
    yield judge_gpus(count * gpus(pod, {}), path)
    yield judge_cpus(count * processors(pod), path)


def _bound(template: ObjectPart, end: str) -> float:
    annotations = template.child("metadata").child("annotations")
    return max(number_of(annotations.get(f"{_PREFIX}{key}")) or 0 for key in (f"{end}-scale", f"{end}Scale"))

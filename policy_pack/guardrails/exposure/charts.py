"""Helm charts of gateways and ingress controllers, which create public load balancers unless their values differ."""

from collections.abc import Collection, Iterator

from falaj.facts.chart_names import chart_name
from falaj.facts.chart_services import CHART_SERVICES, SERVICE_SWITCHES
from falaj.facts.clouds import Cloud

from ..engine.conditions import FALSE
from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.chart_defaults import check_chart_defaults
from ..readers.known_later import resolve_from
from ..readers.kubernetes_objects import ObjectPart
from ..readers.service_values import annotated_services
from .by_cloud import CloudCheck
from .load_balancers import is_internal

_RELEASE = "kubernetes:helm.sh/v1:Release"
"""A Helm release of any SDK version, as normalised type."""


def _service(values: ObjectPart, chart: str) -> ObjectPart:
    for key in CHART_SERVICES[chart][0]:
        values = values.child(key)
    return values


def _value_at(section: ObjectPart, path: tuple[str, ...]) -> Plain:
    *parents, last = path
    for key in parents:
        section = section.child(key)
    return section.get(last)


def _check_annotated(chart: str, values: Plain, clouds: Collection[Cloud]) -> Iterator[Outcome]:
    """Evaluates the load balancers whose annotations the values have."""
    for path, annotations in annotated_services(chart, values):
        internal = is_internal(annotations, MISSING, clouds)
        if internal is None:
            yield undetermined("whether its load balancer is internal is not known before deployment", path)
        elif internal:
            yield passed()
        else:
            where = " and ".join(sorted(cloud.value for cloud in clouds))
            yield failed(f"{path}: its annotations leave the load balancer of chart {chart} public on {where}", path)


def _check_release(resource: Resource, clouds: Collection[Cloud]) -> Iterator[Outcome]:
    chart = chart_name(str(resource.get("chart")))
    values = resource.get("values")
    yield from check_chart_defaults(resource, "exposure")
    yield from _check_annotated(chart, values, clouds)
    if chart not in CHART_SERVICES:
        return
    service = _service(ObjectPart("values", values if isinstance(values, dict) else {}), chart)
    is_off = any(FALSE.test(_value_at(service, path)) for path in SERVICE_SWITCHES[chart])
    # The chart of Traefik has the spec of its Service below (traefik/traefik-helm-chart a8a66d00, values.yaml).
    stated = [part for part in (service, service.child("spec")) if part.get("type") is not MISSING]
    kind = stated[0].get("type") if stated else MISSING
    internal = is_internal(service.get("annotations"), service.get("loadBalancerClass"), clouds)
    if is_off or kind not in (MISSING, UNKNOWN, "LoadBalancer") or internal:
        yield passed()
    elif UNKNOWN in (values, kind) or internal is None:
        yield undetermined("whether its load balancer is internal is not known before deployment", service.path)
    else:
        where = " and ".join(sorted(cloud.value for cloud in clouds))
        path = service.path_to("annotations")
        yield failed(f"{path} leaves the load balancer of chart {chart} public on {where}", path)


def chart_guardrail(on_premises: Collection[str]) -> Guardrail:
    """Returns the guardrail of charts. `on_premises`: contexts of clusters outside the clouds."""
    check = CloudCheck(_check_release, on_premises)
    return exposure_rule(
        332,
        Severity.HIGH,
        "Charts of gateways and ingress controllers create internal load balancers",
        "their default is a public one, which the objects of the program do not show",
        "Set type of the chart's service to ClusterIP, or its annotations to those of an internal load balancer of the "
        "cluster's cloud, as for FJ-EXP-321",
        predicate=check.evaluate_resource,
        plan_predicate=check.evaluate_with_plan,
        resolve=resolve_from(("values",)),
        types=(_RELEASE,),
    )

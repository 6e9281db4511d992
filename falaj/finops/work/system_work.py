"""The pods that a cluster runs for itself: charts, add-ons and what the cloud installs (`falaj.facts.system_pods`)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from falaj.facts.labels import PROFILE_LABEL
from falaj.facts.system_pods import SystemPods, parts, pods_of
from falaj.finops.balanced import ISTIO
from falaj.finops.charts import RELEASE, chart_of
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_path, get_str
from falaj.finops.work.apart import Namespace, Others
from falaj.finops.work.placement import Placement
from falaj.finops.work.requests import CPU, MEMORY, PODS
from falaj.finops.work.workloads import Work

PROFILE = "system"
"""Workload profile of the pools on which these pods run."""

Parts = Iterable[tuple[str, Mapping[str, Any]]]
"""Parts that a resource installs, with their configuration."""
PartsFunction = Callable[[Planned], Parts]

_PART_LABEL = "part"
_NAMESPACE = Namespace("kube-system")
_ON_SYSTEM_NODES = Placement(selector={PROFILE_LABEL: PROFILE}, tolerates_all=True, key="system nodes")
_ANYWHERE = Placement(tolerates_all=True, key="any node")


def system_work(context: PricingContext, functions: Mapping[str, PartsFunction]) -> Iterable[Work]:
    """Yields the pods of the charts, gateways and add-ons of all sites. `functions` are those of the clouds."""
    known = {**PARTS, **functions}
    for item in context.plan.resources:
        if item.type in known:
            for part, configuration in known[item.type](item):
                if part in parts():
                    yield from (_work(context.site(item), pods, configuration) for pods in pods_of(part))


def _work(site: str, pods: SystemPods, configuration: Mapping[str, Any]) -> Work:
    replicas, label = _replicas(pods, configuration), f"{pods.part}-{pods.pods}"
    return Work(
        site=site,
        name=pods.part,
        requests={CPU: pods.cpu_m, MEMORY: pods.memory_mib * 1024 * 1024, PODS: 1},
        placement=_ANYWHERE if replicas is None else _ON_SYSTEM_NODES,
        least=replicas,
        expected=replicas,
        most=replicas,
        labels={_PART_LABEL: label},
        apart=(Others({"matchLabels": {_PART_LABEL: label}}, frozenset({_NAMESPACE.name})),) if pods.apart else (),
        namespace=_NAMESPACE,
    )


def _replicas(pods: SystemPods, configuration: Mapping[str, Any]) -> int | None:
    planned = get_path(configuration, *pods.replicas_at.split(".")) if pods.is_scaled else None
    return int(planned) if isinstance(planned, int | float) else pods.replicas


def _chart(item: Planned) -> Parts:
    """Yields the chart of a release, or its name if only that is known."""
    values, release = get_dict(item.props, "values"), get_str(item.props, "name")
    chart = chart_of(item)
    yield (release if chart not in parts() and release in parts() else chart or release), values


def _gateway(item: Planned) -> Parts:
    """Yields the proxies that Istio starts for a gateway of its class."""
    if get_str(item.props, "spec", "gatewayClassName", default=ISTIO) == ISTIO:
        yield "istio-gateway", {}


PARTS: Mapping[str, PartsFunction] = {
    RELEASE: _chart,
    "kubernetes:gateway.networking.k8s.io/v1:Gateway": _gateway,
}

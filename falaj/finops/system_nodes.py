"""Nodes that the pods of a cluster's own need: what runs besides the workloads, from the charts and add-ons of a plan.

Pods that do not fit on the minimum of a system pool start another node, which then always runs.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.machines import find
from falaj.facts.node_capacity import Demand, nodes_needed
from falaj.facts.system_pods import SystemPods, parts, pods_of
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_path, get_str

PROFILE = "system"
"""Workload profile of the pools on which these pods run."""

_RELEASE = "kubernetes:helm.sh/v3:Release"
_GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"
_GATEWAY_PODS = "istio-gateway"


def least_nodes(
    context: PricingContext,
    item: Planned,
    cloud: Cloud,
    machines: Sequence[str],
    own_parts: Mapping[str, Mapping[str, Any]],
    max_pods: int | None = None,
) -> int:
    """Returns the nodes of a system pool that always run, whatever its minimum: as many as the pods of its site need on
    the smallest of its machine types. Returns 0 if no size is known.

    `own_parts` are parts that the cloud installs, with their configuration.
    """
    facts = [machine for name in machines if (machine := find(context.region(item), name))]
    capacity_of = CLOUDS[cloud].node_capacity
    sizes = [
        capacity_of(machine.vcpu, machine.memory_gib, max_pods or machine.max_pods or CLOUDS[cloud].node_pods)
        for machine in facts
        if capacity_of is not None and machine.vcpu is not None and machine.memory_gib is not None
    ]
    demands = list(_demands({**_charts(context, item), **own_parts}))
    if not sizes or not demands:
        return 0
    smallest = min(sizes, key=lambda size: (size.cpu_m, size.memory_mib))
    return nodes_needed(demands, smallest) or 0


def too_few_nodes(min_nodes: int, needed: int) -> str:
    """Returns the note of a system pool whose minimum does not hold what its site installs; empty if it does."""
    return (
        f"{needed} nodes hold what the site installs, the minimum of {min_nodes} does not" if needed > min_nodes else ""
    )


def of_site(context: PricingContext, item: Planned, kind: str) -> Iterable[Planned]:
    """Yields the resources of a type in the site of a resource."""
    site = context.site(item)
    return (other for other in context.plan.resources if other.type == kind and context.site(other) == site)


def configuration(text: object) -> Mapping[str, Any]:
    """Returns a configuration that is written as JSON; an empty one if it is not known."""
    try:
        return get_dict({"value": json.loads(text)}, "value") if isinstance(text, str) else {}
    except ValueError:
        return {}


def _charts(context: PricingContext, item: Planned) -> dict[str, Mapping[str, Any]]:
    releases = of_site(context, item, _RELEASE)
    charts = {get_str(release.props, "name"): get_dict(release.props, "values") for release in releases}
    return charts | {_GATEWAY_PODS: {}} if any(of_site(context, item, _GATEWAY)) else charts


def _demands(installed: Mapping[str, Mapping[str, Any]]) -> Iterable[Demand]:
    for part, values in installed.items():
        if part in parts():
            yield from (Demand(pods, _replicas(pods, values)) for pods in pods_of(part))


def _replicas(pods: SystemPods, values: Mapping[str, Any]) -> int | None:
    planned = get_path(values, *pods.replicas_at.split(".")) if pods.is_scaled else None
    return int(planned) if isinstance(planned, int | float) else pods.replicas

"""Which resources have a load balancer of the cloud, whether it is internal, and how many rules it needs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from falaj.facts.clouds import CLOUDS
from falaj.finops.charts import RELEASE, balanced_ports, service_of
from falaj.finops.ingress import ingress_groups
from falaj.finops.plan import Planned
from falaj.finops.properties import get_dict, get_list, get_path, get_str

SERVICE = "kubernetes:core/v1:Service"
GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway"

_WAYPOINT = "istio-waypoint"
"""Gateway class of proxies within the mesh, whose Service has no load balancer (Istio, ambient mode, waypoints)."""
LATTICE = "amazon-vpc-lattice"
"""Gateway class of the controller of VPC Lattice, which starts no load balancer (its documentation; 2026-11-27)."""
ISTIO = "istio"
"""Gateway class whose controller adds a port for health checks, 15021, to the Service of a gateway (istio/istio,
pilot/pkg/config/kube/gateway, extractServicePorts)."""


def rules_of(item: Planned) -> int:
    """Returns the number of load balancing rules of a Service, gateway or chart, one per port; 0 if it has no load
    balancer.
    """
    if item.type == SERVICE and get_str(item.props, "spec", "type") == "LoadBalancer":
        return max(1, len(get_list(item.props, "spec", "ports")))
    if ports := balanced_ports(item):
        return ports
    gateway_class = get_str(item.props, "spec", "gatewayClassName")
    if item.type != GATEWAY or not gateway_class or gateway_class in (_WAYPOINT, LATTICE):
        return 0
    ports = {str(get_path(listener, "port")) for listener in get_list(item.props, "spec", "listeners")}
    return max(1, len(ports)) + (gateway_class == ISTIO)


def is_internal(item: Planned) -> bool:
    """Returns whether the load balancer of a Service or gateway has addresses of the site's network only."""
    chart = get_dict(service_of(item), "annotations") if item.type == RELEASE else {}
    stated = {**_annotations(item, "metadata"), **_annotations(item, "spec", "infrastructure"), **chart}
    return any(
        stated.get(key) == value for entry in CLOUDS.values() for key, value in entry.internal_load_balancer.items()
    )


def _annotations(item: Planned, *path: str) -> Mapping[str, Any]:
    return get_dict(item.props, *path, "annotations")


class Balancers:
    """The load balancers of a plan, of which `site` returns the site of a resource.

    `ingresses` are the groups of Ingresses with one, by the URN of the first of each. `rules` are by URN the rules of a
    Service, gateway or group, `earlier` those before it in its site that may share its load balancer: of those that are
    public, or internal, like it.
    """

    def __init__(self, resources: Sequence[Planned], site: Callable[[Planned], str]) -> None:
        self.ingresses = ingress_groups(resources, site)
        self.rules: dict[str, int] = {}
        self.earlier: dict[str, int] = {}
        self._number: Counter[str] = Counter()
        before: Counter[tuple[str, bool]] = Counter()
        for item in resources:
            group = self.ingresses.get(item.urn)
            rules = rules_of(item) if group is None else group.controller.rules
            if rules or group is not None or item.type.rpartition(":")[2] == "LoadBalancer":
                self._number[site(item)] += 1
            if rules:
                key = site(item), is_internal(item)
                self.rules[item.urn], self.earlier[item.urn] = rules, before[key]
                before[key] += rules

    def number(self, site: str) -> int:
        """Returns the number of load balancers of a site, those included that the plan itself creates."""
        return self._number[site]

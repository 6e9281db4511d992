"""Helm releases: their charts, and the Services of type LoadBalancer that charts have by default."""

from collections.abc import Mapping
from typing import Any

from falaj.facts.chart_names import chart_name
from falaj.facts.chart_services import CHART_SERVICES, SERVICE_SWITCHES
from falaj.finops.plan import Planned
from falaj.finops.properties import get_dict, get_path, get_str

RELEASE = "kubernetes:helm.sh/v3:Release"


def chart_of(item: Planned) -> str:
    """Returns the name of the chart of a Helm release, without its registry."""
    return chart_name(get_str(item.props, "chart"))


def balanced_ports(item: Planned) -> int:
    """Returns the number of ports of a release's Service of type LoadBalancer; 0 if it has none."""
    if item.type != RELEASE or chart_of(item) not in CHART_SERVICES:
        return 0
    service = service_of(item)
    is_off = any(get_path(service, *path) is False for path in SERVICE_SWITCHES[chart_of(item)])
    is_balanced = get_str(service, "type", default="LoadBalancer") == "LoadBalancer" and not is_off
    return CHART_SERVICES[chart_of(item)][1] if is_balanced else 0


def service_of(item: Planned) -> Mapping[str, Any]:
    """Returns what the values of a release say about the Service of its chart."""
    path, _ = CHART_SERVICES.get(chart_of(item), ((), 0))
    return get_dict(item.props, "values", *path) if path else {}

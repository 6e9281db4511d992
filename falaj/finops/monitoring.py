"""Prometheus servers that a plan uses and does not install: nobody counts their volume and machines."""

from collections.abc import Iterable, Iterator

from falaj.finops.charts import RELEASE, chart_of
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list, get_str

CHART = "kube-prometheus-stack"
_MONITORS = ("ServiceMonitor", "PodMonitor", "PrometheusRule")


def foreign_prometheus(context: PricingContext, resources: Iterable[Planned]) -> Iterator[str]:
    """Yields a sentence for each site with objects for a Prometheus that the plan does not install."""
    users: dict[str, str] = {}
    installed: set[str] = set()
    for item in resources:
        if item.type == RELEASE and chart_of(item) == CHART:
            installed.add(context.site(item))
        elif _uses_prometheus(item):
            users.setdefault(context.site(item), item.name)
    for site, name in sorted(users.items()):
        if site not in installed:
            yield (
                f"{site or 'the plan'} uses a Prometheus that this plan does not install ({name}): "
                "its volume and its machine are not in the estimate"
            )


def _uses_prometheus(item: Planned) -> bool:
    kind = item.type.rpartition(":")[2]
    if item.type.startswith("kubernetes:monitoring.coreos.com/"):
        return kind in _MONITORS
    triggers = get_list(item.props, "spec", "triggers") if kind == "ScaledObject" else []
    return any(get_str(trigger, "type") == "prometheus" for trigger in triggers)

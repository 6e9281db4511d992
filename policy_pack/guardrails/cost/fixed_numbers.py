"""Groups of machines whose number stays what it is, whether there is work or not.

AKS pools without autoscaling and web apps whose plan has none (flexera-public/policy_templates c4528fa1,
operational/azure/aks_nodepools_without_autoscaling and cost/azure/unoptimized_web_app_scaling; read 2026-12-01). Three
machines are one for each zone, and judged, not read anywhere.
"""

from collections.abc import Iterator

from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, items_of, walk
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from .pools import MANUAL, manual_counts

_MOST_FIXED = 3
_NODE_GROUP, _GROUP = aws("eks/NodeGroup", "autoscaling/Group")
_POOL, _AKS, _SCALE_SET, _PLAN = azure(
    "containerservice:AgentPool", "containerservice:ManagedCluster", "compute:VirtualMachineScaleSet",
    "web:AppServicePlan",
)  # fmt: skip
_SETTINGS = azure("monitor:AutoscaleSetting")


def _at(value: Plain, path: str) -> Plain:
    return next((item for _, item in walk(value, path)), MISSING)


def _fixed(resource: Resource) -> Iterator[tuple[str, float]]:
    """Yields the path of each number that nothing changes, and the number."""
    if resource.type in (_NODE_GROUP, _GROUP):
        prefix = "scalingConfig." if resource.type == _NODE_GROUP else ""
        least, most = (number_of(_at(resource.props, f"{prefix}{key}")) for key in ("minSize", "maxSize"))
        if least is not None and least == most:
            yield f"{prefix}minSize", least
    elif resource.type == _POOL:
        yield from _of_pool(resource.props, "")
    elif resource.type == _AKS:
        for index, pool in enumerate(items_of(resource.get("agentPoolProfiles"))):
            yield from _of_pool(pool, f"agentPoolProfiles[{index}].")
    else:
        scales = str(resource.get("elasticScaleEnabled")).lower() == "true"
        count = None if scales else number_of(_at(resource.props, "sku.capacity"))
        if count is not None:
            yield "sku.capacity", count


def _of_pool(pool: Plain, prefix: str) -> Iterator[tuple[str, float]]:
    if isinstance(pool, dict):
        manual = manual_counts(pool)
        if manual:
            yield f"{prefix}{MANUAL}", sum(number_of(item.get("count")) or 0 for _, item in manual)
        count = number_of(pool.get("count"))
        if count is not None and pool.get("enableAutoScaling", False) in (False, None, "false"):
            yield f"{prefix}count", count


def _scaled_by(item: Resource) -> Iterator[str]:
    """Yields the URNs of what an autoscale setting names."""
    for urns in item.dependencies.values() if item.type in _SETTINGS else ():
        yield from urns


def _check_fixed(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    is_scaled = resource.type in (_SCALE_SET, _PLAN) and resource.urn in plan.by_key(_scaled_by)
    found = [] if is_scaled else [(path, count) for path, count in _fixed(resource) if count > _MOST_FIXED]
    for path, count in found:
        yield failed(f"{path} keeps {count:,.0f} machines whether there is work or not", path)
    if not found:
        yield passed()


FIXED_NUMBERS: tuple[Guardrail, ...] = (
    cost_rule(130, Severity.LOW, "Groups of more than three machines scale with their work",
              "machines that wait for work cost as much as those that do it",
              "Let the number of machines follow the work: enable_auto_scaling with min_count and max_count, a "
              "max_size above min_size, or an AutoscaleSetting",
              plan_predicate=_check_fixed, types=(_NODE_GROUP, _GROUP, _POOL, _AKS, _SCALE_SET, _PLAN)),
)  # fmt: skip

"""Charges of RDS Proxy on AWS, which depend on the databases behind it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.facts.machines import find
from falaj.finops.aws_databases import CLUSTER, INSTANCE, MEMBER, is_member
from falaj.finops.free import without_model
from falaj.finops.lines import Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_number, get_path, get_str

_PROXY, _TARGET = "aws:rds/proxy:Proxy", "aws:rds/proxyTarget:ProxyTarget"
_LEAST_VCPU, _LEAST_ACU = Decimal(2), Decimal(8)
"""Processors of a database, and capacity units (ACU) of all serverless ones, for which a proxy is paid at least
(`code-52028092187`; `code-66552317116`, an interview with its maker; read 2026-12-02)."""


def _proxy(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a proxy, which is paid for by the processors of the databases behind it; those of serverless ones are
    capacity units, at most the maximum of their cluster."""
    targets = [target for target in context.plan.of_type(_TARGET) if _is_of(context, target, item)]
    behind = [list(_databases(context, target)) for target in targets]
    databases = {each.urn: (each, get_str(each.props, "instanceClass")) for found in behind for each in found}.values()
    if not behind or not all(behind) or not all(name for _, name in databases):
        yield without_model(item.type, "the databases behind it, or their classes, are not in the plan")
        return
    cpus = [_vcpu(context.region(item), name) for _, name in databases if name != _SERVERLESS]
    if not all(cpus):
        yield without_model(item.type, "the processors of a class behind it are not known")
    elif cpus:
        yield Charge("rds-proxy", "vcpu", fixed(sum(cpus, Decimal(0)) * context.hours))
    if serverless := [each for each, name in databases if name == _SERVERLESS]:
        yield _units(context, item, serverless)


_SERVERLESS = "db.serverless"


def _is_of(context: PricingContext, target: Planned, proxy: Planned) -> bool:
    """Returns whether a target is behind a proxy, by its dependencies or by the proxy's name."""
    linked = [found for found in context.plan.sources(target, "dbProxyName") if found.type == _PROXY]
    name = get_str(target.props, "dbProxyName")
    if linked:
        return any(found is proxy for found in linked)
    return bool(name) and name == get_str(proxy.props, "name")


def _databases(context: PricingContext, target: Planned) -> Iterable[Planned]:
    """Yields the instances of a target: one database, or all instances of a cluster."""
    name, cluster = (get_str(target.props, key) for key in ("dbInstanceIdentifier", "dbClusterIdentifier"))
    yield from context.plan.named_by(target, "dbInstanceIdentifier", INSTANCE, "identifier", name)
    for found in context.plan.named_by(target, "dbClusterIdentifier", CLUSTER, "clusterIdentifier", cluster):
        yield from (member for member in context.plan.of_type(MEMBER) if is_member(context, member, found))


def _vcpu(region: str, name: str) -> Decimal:
    """Returns the processors of a class of databases, which are those of the machine of its name; zero if no region of
    the catalogue has such a machine."""
    machine = find(region, name.removeprefix("db."))
    return max(_LEAST_VCPU, Decimal(machine.vcpu)) if machine and machine.vcpu else Decimal(0)


def _units(context: PricingContext, item: Planned, serverless: list[Planned]) -> Charge:
    clusters = [next((each for each in context.plan.of_type(CLUSTER) if is_member(context, member, each)), None)
                for member in serverless]  # fmt: skip
    most = [get_number(get_path(each.props if each else {}, "serverlessv2ScalingConfiguration", "maxCapacity"), 0)
            for each in clusters]  # fmt: skip
    if not all(most):
        return without_model(item.type, "the maximum of a serverless database behind it is not in the plan")
    total = max(_LEAST_ACU, sum(most, Decimal(0)))
    return Charge("rds-proxy", "acu", Range(_LEAST_ACU, total, total).times(context.hours))


METERS: Mapping[str, MeterFunction] = {_PROXY: _proxy}

"""Charges on AWS of capacity that is kept ready: warm functions of Lambda, workers of EMR Serverless, compute units of
OpenSearch Serverless, private certificate authorities and ports of Direct Connect."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.aws_scaling import least_capacity
from falaj.finops.free import by_use, without_model
from falaj.finops.lines import ZERO, Charge, Range, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at
from falaj.finops.sized_types import decided_by

_FUNCTION = "aws:lambda/function:Function"
_DEFAULT_MIB = 128
"""Memory of a function that states none (pulumi-aws 7.51.1, lambda.Function)."""


@decided_by("provisionedConcurrentExecutions")
def _warm(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the memory of functions that wait for calls, at the price of x86 processors, which is the higher one."""
    name = get_str(item.props, "functionName")
    functions = context.plan.named_by(item, "functionName", _FUNCTION, "name", name)
    stated = get_number(get_path(item.props, "provisionedConcurrentExecutions"), 0)
    count = max(stated, least_capacity(context, item, "lambda", "ProvisionedConcurrency"))
    if len(functions) != 1 or not count or unknown_at(functions[0].props, "memorySize"):
        yield without_model(item.type, "the memory of its function, or the number of its copies, is not in the plan")
        return
    gib = get_number(get_path(functions[0].props, "memorySize"), _DEFAULT_MIB) / 1024
    yield Charge("lambda", "provisioned-concurrency", fixed(count * gib * context.hours * 3600))


_FREE_DISK_GB = 20
"""Disk of a worker that the price of its processors and memory includes (EMR Serverless User Guide,
"Understanding application behavior", read 2026-12-02)."""
_AMOUNT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s?(?:vCPU|GB)?", re.ASCII | re.IGNORECASE)
"""As CloudFormation permits it (AWS::EMRServerless::Application WorkerConfiguration, read 2026-12-02)."""
_WORKERS = ("initialCapacityConfig", "workerCount")
_SIZE = ("initialCapacityConfig", "workerConfiguration")


@decided_by("initialCapacities", "architecture")
def _spark(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the workers that an application of EMR Serverless keeps ready, as if it never stopped. Jobs, and the
    workers that they add, are charged by use. Those of ARM processors count at the price of x86, which is higher."""
    kept = [get_dict(each) for each in get_list(item.props, "initialCapacities")]
    workers = [_worker(each) for each in kept]
    if not kept:
        yield by_use(item.type)
    elif any(each is None for each in workers):
        yield without_model(item.type, "the number or the size of its initial workers is not in the plan")
    else:
        for sku, amounts in zip(("vcpu", "gib", "disk"), zip(*filter(None, workers), strict=True), strict=True):
            yield Charge("emr-serverless", sku, fixed(sum(amounts, ZERO) * context.hours))
        yield by_use(item.type)


def _worker(kept: Mapping[str, Any]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Returns vCPU, GB of memory and GB of disk beyond the free ones of all workers of a kind."""
    count = get_number(get_path(kept, *_WORKERS), 0)
    cpu, memory, disk = (_amount(get_dict(kept, *_SIZE).get(key)) for key in ("cpu", "memory", "disk"))
    if not count or not cpu or not memory or disk is None:
        return None
    return count * cpu, count * memory, count * max(ZERO, disk - _FREE_DISK_GB)


def _amount(text: object) -> Decimal | None:
    """Returns the number of `4 vCPU` or `16 GB`; zero if nothing is stated, None if it cannot be read."""
    if text is UNKNOWN:
        return None
    match = _AMOUNT.fullmatch(str(text)) if text else None
    return Decimal(match[1]) if match else None if text else ZERO


_GROUP = "aws:opensearch/serverlessCollectionGroup:ServerlessCollectionGroup"
_LIMITS = "capacityLimits"
_BOUNDS = [(f"m{edge}IndexingCapacityInOcu", f"m{edge}SearchCapacityInOcu") for edge in ("in", "ax")]


def _collection(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the storage of a collection. Its compute units are those of its group, which has charges of its own;
    without a group they are shared by all collections of an account, and only the account's settings bound them."""
    name = get_str(item.props, "collectionGroupName")
    groups = context.plan.named_by(item, "collectionGroupName", _GROUP, "name", name)
    in_group = name or unknown_at(item.props, "collectionGroupName")
    if groups and in_group:
        yield by_use(item.type)
    else:
        yield without_model(item.type, "no collection group of the plan bounds its compute units")


@decided_by(_LIMITS)
def _group(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the compute units (OCU) of a group of collections. How many it uses is not known: the most that its limits
    allow is expected."""
    stated = get_path(item.props, _LIMITS)
    limits = [get_dict(each) for each in (stated if isinstance(stated, list) else [stated])]
    least, most = (sum((get_number(each.get(key), 0) for each in limits for key in keys), ZERO) for keys in _BOUNDS)
    complete = all(get_number(each.get(key), 0) for each in limits for key in _BOUNDS[1])
    if not limits or not complete:
        yield without_model(item.type, "no limit bounds its compute units for indexes and searches")
        return
    units = Range(min(least, most), most, most)
    yield Charge("opensearch-serverless", "ocu", units.times(context.hours))


@decided_by("usageMode")
def _authority(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a private certificate authority; its certificates are charged by use."""
    short = get_str(item.props, "usageMode") == "SHORT_LIVED_CERTIFICATE"
    yield Charge("acm-pca", "short-lived" if short else "general", fixed(1))
    yield by_use(item.type)


@decided_by("bandwidth")
def _port(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the hours of a port, at the price of dedicated ones outside Japan."""
    yield Charge("direct-connect", get_str(item.props, "bandwidth", default="unknown").lower(), fixed(context.hours))


METERS: Mapping[str, MeterFunction] = {
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": _warm,
    "aws:emrserverless/application:Application": _spark,
    "aws:opensearch/serverlessCollection:ServerlessCollection": _collection,
    _GROUP: _group,
    "aws:acmpca/certificateAuthority:CertificateAuthority": _authority,
    "aws:directconnect/connection:Connection": _port,
}

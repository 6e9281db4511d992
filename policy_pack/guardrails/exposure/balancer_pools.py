"""Addresses that load balancers of clusters, and services, get."""

from collections.abc import Iterator

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, stated_items
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.cidrs import is_private
from ..readers.kubernetes_objects import ObjectPart, objects

_POOLS: dict[str, tuple[str, ...]] = {
    "IPAddressPool": ("addresses",),
    "CiliumLoadBalancerIPPool": ("blocks", "cidrs"),
    "ServiceCIDR": ("cidrs",),
}
"""Kind of MetalLB, Cilium or Kubernetes -> fields of `spec` with the addresses that load balancers, or services, get: a
node sends what is for the address of a service to its pods (kubernetes/api 10b39a39 networking/v1, ServiceCIDR, read
2026-11-29)."""


def check_pools(resource: Resource) -> Iterator[Outcome]:
    """Checks that the addresses of load balancers on premises are private."""
    for kind, fields in _POOLS.items():
        for pool in objects(resource, kind):
            spec = pool.child("spec")
            for field in fields:
                yield from (_judge_pool(value, spec.path_to(field)) for value in _ranges(spec, field))


def _ranges(spec: ObjectPart, field: str) -> Iterator[Plain]:
    """Yields the ranges in a field: texts, or mappings with a network or the first and the last address."""
    for item in stated_items(spec.get(field)):
        if not isinstance(item, dict):
            yield item
        elif "start" in item:
            yield f"{item['start']}-{item.get('stop') or item['start']}"
        else:
            yield item.get("cidr", MISSING)


def _judge_pool(value: Plain, path: str) -> Outcome:
    if value is UNKNOWN:
        return undetermined(f"{path} is not known before deployment", path)
    return (
        passed()
        if is_private(value)
        else failed(f"{path} {value} gives load balancers or services public addresses", path)
    )

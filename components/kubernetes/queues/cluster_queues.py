"""Kueue's objects: a flavor for each pool, and for each tenant a queue that uses its own quota first."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE, Borrowing, QueueSpec
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.validation.quantities import amount
from falaj.facts.labels import TENANT_LABEL

VERSION = "kueue.x-k8s.io/v1beta2"
"""Storage version of Kueue 0.17 (its CustomResourceDefinitions)."""

COHORT = "falaj"
"""Cohort of the queues: they lend idle quota to each other."""

RESOURCES = ("cpu", "memory", GPU)
"""Resources that quotas cover."""


def resource_flavor(
    name: str, flavor: Flavor, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> CustomResource:
    """The ResourceFlavor. Kueue skips it for work whose node selector or affinity contradicts its labels, or that does
    not tolerate its taints. It adds the labels and the spot toleration to pods that it admits there."""
    spec: dict[str, Any] = {"nodeLabels": dict(flavor.labels)}
    if flavor.taints:
        spec["nodeTaints"] = [
            {"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in flavor.taints
        ]
    if flavor.tolerated:
        spec["tolerations"] = [_tolerated(taint) for taint in flavor.tolerated]
    return CustomResource(
        name,
        api_version=VERSION,
        kind="ResourceFlavor",
        metadata={"name": flavor.name, "labels": labels},
        spec=spec,
        opts=opts,
    )


def _tolerated(taint: Taint) -> dict[str, str]:
    return {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}


def cluster_queue(
    name: str,
    tenant: str,
    queue: QueueSpec,
    quota: Sequence[tuple[Flavor, int]],
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """A tenant's ClusterQueue: flavors in the order in which they are tried, each with its units."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="ClusterQueue",
        metadata={"name": tenant, "labels": labels},
        spec={
            "cohortName": COHORT,
            "namespaceSelector": {"matchLabels": {TENANT_LABEL: tenant}},
            # Work that fits may overtake work that does not: a request for eight GPUs does not block one for one.
            "queueingStrategy": "BestEffortFIFO",
            # Borrow idle spot, then reclaim lent spot, before own on-demand quota that costs three times as much.
            "flavorFungibility": {"whenCanBorrow": "MayStopSearch", "whenCanPreempt": "MayStopSearch"},
            "preemption": {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"},
            # Idle quota is shared in proportion to the budgets.
            "fairSharing": {"weight": amount(queue.aed_per_month)},
            "resourceGroups": [
                {
                    "coveredResources": [*RESOURCES],
                    "flavors": [_flavor_quota(flavor, units, queue.borrows) for flavor, units in quota],
                }
            ],
        },
        opts=opts,
    )


def _flavor_quota(flavor: Flavor, units: int, borrows: Borrowing) -> dict[str, Any]:
    closed = {"borrowingLimit": "0"} if not _may_borrow(flavor, borrows) else {}
    amounts = flavor.resources(units)
    return {
        "name": flavor.name,
        "resources": [{"name": key, "nominalQuota": amounts[key], **closed} for key in RESOURCES],
    }


def _may_borrow(flavor: Flavor, borrows: Borrowing) -> bool:
    return borrows is Borrowing.ALL or (borrows is Borrowing.SPOT and flavor.priority is not FlavorPriority.ON_DEMAND)


def local_queue(name: str, tenant: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> CustomResource:
    """The LocalQueue in the tenant's namespace."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="LocalQueue",
        metadata={"name": LOCAL_QUEUE, "namespace": namespace_of(tenant), "labels": labels},
        spec={"clusterQueue": tenant},
        opts=opts,
    )

"""Kueue's objects: a flavor for each way to run, and for each tenant a queue that spends its own quota first."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.tenancy.flavors import Flavor, Turn
from falaj.components.core.tenancy.queue_specs import Borrowing, CheckedQueue
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.validation.quantities import amount
from falaj.facts.labels import TENANT_LABEL

VERSION = "kueue.x-k8s.io/v1beta2"
"""What Kueue 0.17 stores (its CustomResourceDefinitions)."""

COHORT = "falaj"
"""Queues that lend to each other what they do not use."""

LOCAL_QUEUE = "default"
"""The queue in a tenant's namespace. Work that names none goes to that of this name (Kueue, LocalQueueDefaulting)."""

RESOURCES = ("cpu", "memory", GPU)


def resource_flavor(
    name: str, flavor: Flavor, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> CustomResource:
    """The nodes of a flavor. Kueue passes it over for work whose node selector or affinity disagrees with its labels,
    or that does not tolerate its taints, and puts the labels and the spot toleration on pods that it admits there."""
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
    queue: CheckedQueue,
    quota: Sequence[tuple[Flavor, int]],
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """A tenant's queue: flavors in the order in which they are tried, each with its units."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="ClusterQueue",
        metadata={"name": tenant, "labels": labels},
        spec={
            "cohortName": COHORT,
            "namespaceSelector": {"matchLabels": {TENANT_LABEL: tenant}},
            # What fits may pass what does not: a wish for eight GPUs does not hold up one for one.
            "queueingStrategy": "BestEffortFIFO",
            # Idle spot of others, then spot that is lent to others, before machines of one's own that cost three times
            # as much.
            "flavorFungibility": {"whenCanBorrow": "MayStopSearch", "whenCanPreempt": "MayStopSearch"},
            "preemption": {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"},
            # Who pays more gets more of what is idle.
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
    return borrows is Borrowing.ALL or (borrows is Borrowing.SPOT and flavor.turn is not Turn.ON_DEMAND)


def local_queue(name: str, tenant: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> CustomResource:
    """The door to it in the tenant's namespace."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="LocalQueue",
        metadata={"name": LOCAL_QUEUE, "namespace": namespace_of(tenant), "labels": labels},
        spec={"clusterQueue": tenant},
        opts=opts,
    )

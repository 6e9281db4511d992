"""Kueue objects: a ResourceFlavor for each pool, and a ClusterQueue and a LocalQueue for each tenant."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.node_pools.gpu_resources import GPU
from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.tenancy.flavors import Flavor
from falaj.components.core.tenancy.queue_limits import SERVICES_FLAVOR, services_quota
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE, QueueSpec
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.tenancy.topology import NAME as TOPOLOGY
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.quantities import amount
from falaj.components.kubernetes.queues.controlled_queue import FORCED_ANNOTATION
from falaj.facts.labels import PROFILE_LABEL, TENANT_LABEL

VERSION = "kueue.x-k8s.io/v1beta2"
"""Storage version of Kueue 0.17 (its CustomResourceDefinitions)."""

COHORT = "falaj"
"""Cohort of all queues, within which they lend idle quota to each other."""

CONTROLLED = ["spec.resourceGroups"]
"""Fields of a ClusterQueue that the controller changes after the deployment where quotas follow the spend. It also
writes `stopPolicy` and an annotation, which the deployment does not set."""

STATIC = {FORCED_ANNOTATION: "true"}
"""Annotations of a ClusterQueue whose quota is static. They take its quota and stop policy back from the controller,
which owned them while the quota followed the spend: the API server refuses to apply fields of another owner."""

RESOURCES = ("cpu", "memory", GPU)
"""Resources that quotas cover."""


def topology(
    name: str, levels: Sequence[Mapping[str, str]], labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> CustomResource:
    """Creates the Topology of the cluster's nodes, whose levels are immutable."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="Topology",
        metadata={"name": TOPOLOGY, "labels": labels},
        spec={"levels": [dict(level) for level in levels]},
        opts=pulumi.ResourceOptions.merge(
            opts, pulumi.ResourceOptions(delete_before_replace=True, replace_on_changes=["spec"])
        ),
    )


def resource_flavor(
    name: str, flavor: Flavor, labels: Mapping[str, str], has_topology: bool, opts: pulumi.ResourceOptions
) -> CustomResource:
    """Creates the ResourceFlavor of a flavor.

    Kueue skips it for jobs whose node selector or affinity contradicts its labels, or that do not tolerate its taints.
    Kueue adds the labels and the spot toleration to pods that it admits to the flavor.
    """
    spec: dict[str, Any] = {"nodeLabels": dict(flavor.labels)}
    if has_topology:
        spec["topologyName"] = TOPOLOGY
    if flavor.taints:
        spec["nodeTaints"] = [
            {"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in flavor.taints
        ]
    if flavor.tolerated:
        spec["tolerations"] = [_toleration(taint) for taint in flavor.tolerated]
    return CustomResource(
        name,
        api_version=VERSION,
        kind="ResourceFlavor",
        metadata={"name": flavor.name, "labels": labels},
        spec=spec,
        opts=opts,
    )


def services_flavor(name: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> CustomResource:
    """Creates the ResourceFlavor of small jobs beside served models."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="ResourceFlavor",
        metadata={"name": SERVICES_FLAVOR, "labels": labels},
        spec={"nodeLabels": {PROFILE_LABEL: Profile.INFERENCE_CPU.value}},
        opts=opts,
    )


def _toleration(taint: Taint) -> dict[str, str]:
    return {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect}


def cluster_queue(
    name: str,
    tenant: str,
    queue: QueueSpec,
    quota: Sequence[tuple[Flavor, int]],
    borrowing: Mapping[str, int],
    labels: Mapping[str, str],
    is_static: bool,
    opts: pulumi.ResourceOptions,
) -> CustomResource:
    """Creates a tenant's ClusterQueue, whose quota is static or follows the spend.

    `quota` is the tenant's units by flavor, in the order in which Kueue tries them. `borrowing` is the units that it
    may borrow, for flavors in which that is limited.
    """
    return CustomResource(
        name,
        api_version=VERSION,
        kind="ClusterQueue",
        metadata={"name": tenant, "labels": labels, **({"annotations": STATIC} if is_static else {})},
        spec={
            **({"stopPolicy": "None"} if is_static else {}),
            "cohortName": COHORT,
            "namespaceSelector": {"matchLabels": {TENANT_LABEL: tenant}},
            # A job that fits may overtake one that does not: a request for 8 GPUs does not block a request for 1.
            "queueingStrategy": "BestEffortFIFO",
            # Borrow idle spot, then reclaim lent spot, before using on-demand quota, which costs three times as much.
            "flavorFungibility": {"whenCanBorrow": "MayStopSearch", "whenCanPreempt": "MayStopSearch"},
            "preemption": {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"},
            # Idle quota is divided in proportion to the budgets.
            "fairSharing": {"weight": amount(queue.aed_per_month)},
            "resourceGroups": [
                {
                    "coveredResources": [*RESOURCES],
                    "flavors": [
                        *(_flavor_quota(flavor, units, borrowing.get(flavor.name)) for flavor, units in quota),
                        services_quota(),
                    ],
                }
            ],
        },
        opts=opts,
    )


def _flavor_quota(flavor: Flavor, units: int, borrowing: int | None) -> dict[str, Any]:
    amounts = flavor.resources(units)
    limits = {} if borrowing is None else flavor.resources(borrowing)
    return {
        "name": flavor.name,
        "resources": [
            {"name": key, "nominalQuota": amounts[key], **({"borrowingLimit": limits[key]} if limits else {})}
            for key in RESOURCES
        ],
    }


def local_queue(name: str, tenant: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> CustomResource:
    """Creates the LocalQueue in the tenant's namespace."""
    return CustomResource(
        name,
        api_version=VERSION,
        kind="LocalQueue",
        metadata={"name": LOCAL_QUEUE, "namespace": namespace_of(tenant), "labels": labels},
        spec={"clusterQueue": tenant},
        opts=opts,
    )

"""Every field of a node pool has an effect on every component that creates node pools, or a reason why it has none.

A new field of `NodePoolSpec` fails here until VALUES has a value for it and each component below uses it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.core.node_pools.karpenter_checks import PROVISIONED_OPTIONS
from falaj.components.core.node_pools.spec import AwsPoolOptions, AzurePoolOptions, NodePoolSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from tests.samples import COST_TAGS
from tests.unit.components import aws_samples, azure_samples
from tests.unit.components.samples import Component, recorded

Fields = Mapping[str, Any]

AWS_POOL: Fields = {**aws_samples.POOL["pool"], "capacity": Capacity.ON_DEMAND}
AZURE_POOL: Fields = {**azure_samples.POOL["pool"], "capacity": Capacity.ON_DEMAND}
ON_GROUP = {
    "network_id": "vpc-uae",
    "cluster_security_group_id": "sg-cluster",
    "node_subnet_ids": ["subnet-a", "subnet-b"],
}
NON_PRODUCTION = {"tags": {**COST_TAGS, "environment": "dev"}}

CREATORS: Mapping[str, tuple[Component, Fields, Fields]] = {
    "managed node group": (aws.NodePool, {**aws_samples.POOL, **ON_GROUP}, AWS_POOL),
    "Karpenter": (aws.Karpenter, {**aws_samples.KARPENTER, **NON_PRODUCTION}, AWS_POOL),
    "AKS agent pool": (azure.NodePool, azure_samples.POOL, AZURE_POOL),
    "node auto-provisioning": (azure.NodeProvisioning, azure_samples.PROVISIONING, AZURE_POOL),
}
"""Component, its arguments, and the pool that fields are changed of."""

ON_AWS = ("managed node group", "Karpenter")
ON_AZURE = ("AKS agent pool", "node auto-provisioning")


def on(creators: Iterable[str], value: Fields, needs: Fields | None = None) -> dict[str, tuple[Fields, Fields]]:
    """Returns by component the fields that a value needs, and the value."""
    return {creator: (needs or {}, value) for creator in creators}


TENANT: Fields = {"tenant": "retail"}
RESERVED: Fields = {
    "capacity": Capacity.RESERVED,
    "machines": ["g5.12xlarge"],
    "zone": "me-central-1a",
    "aws": {"reservation": "cr-0123456789abcdef0"},
}
IN_A_PLACEMENT_GROUP: Fields = {"machines": ["g6.24xlarge"], "zone": "me-central-1a"}

RESERVATION_GROUP = azure_samples.id_of("Microsoft.Compute/capacityReservationGroups/h100")
PLACEMENT_GROUP = azure_samples.id_of("Microsoft.Compute/proximityPlacementGroups/train")

VALUES: Mapping[str, Mapping[str, tuple[Fields, Fields]]] = {
    "profile": on(CREATORS, {"profile": Profile.BATCH}),
    "machines": on(ON_AWS, {"machines": ["g5.24xlarge", "g6.24xlarge"]})
    | on(ON_AZURE, {"machines": ["Standard_ND96isr_H100_v5"]}),
    "capacity": on(CREATORS, {"capacity": Capacity.SPOT}),
    "min": on(CREATORS, {"min": 2}),
    "max": on(CREATORS, {"max": 9}),
    "disk_gib": on(CREATORS, {"disk_gib": 333}),
    "tenant": on(CREATORS, TENANT),
    "zone": on(ON_AWS, {"zone": "me-central-1b"}) | on(ON_AZURE, {"zone": "2"}),
    "zones": on(ON_AWS, {"zones": ["me-central-1b"]}) | on(ON_AZURE, {"zones": ["1", "3"]}),
    "labels": on(CREATORS, {"labels": {"example.ae/team": "vision"}}),
    "taints": on(CREATORS, {"taints": [{"key": "example.ae/team", "value": "vision", "effect": "NoExecute"}]}),
    "sharing": on(CREATORS, {"sharing": {"time_slices": 2}}, TENANT),
    "aws.sleeps": on(ON_AWS, {"aws": {"sleeps": True}}),
    "aws.reservation": on(ON_AWS, {"aws": {"reservation": "cr-0123456789abcdef1"}}, RESERVED),
    "aws.interconnect": on(ON_AWS, {"aws": {"interconnect": True}}, IN_A_PLACEMENT_GROUP),
    "aws.max_pods": on(ON_AWS, {"aws": {"max_pods": 60}}),
    "aws.exact_gpus": on(ON_AWS, {"aws": {"exact_gpus": True}}),
    "aws.disk_iops": on(ON_AWS, {"aws": {"disk_iops": 9000}}),
    "aws.disk_throughput_mbps": on(ON_AWS, {"aws": {"disk_throughput_mbps": 700}}),
    "aws.instance_requirements": on(
        ON_AWS,
        {"machines": [], "aws": {"instance_requirements": {"families": ["g6"], "gpus": {"least": 4, "most": 4}}}},
    ),
    "azure.gpu_partition": on(ON_AZURE, {"azure": {"gpu_partition": "MIG1g"}}),
    "azure.deallocate": on(ON_AZURE, {"azure": {"deallocate": True}}),
    "azure.spot_max_usd": on(ON_AZURE, {"azure": {"spot_max_usd": 9.5}}, {"capacity": Capacity.SPOT}),
    "azure.os_disk_type": on(ON_AZURE, {"azure": {"os_disk_type": "Managed"}}),
    "azure.os_sku": on(ON_AZURE, {"azure": {"os_sku": "AzureLinux"}}),
    "azure.max_pods": on(ON_AZURE, {"azure": {"max_pods": 60}}),
    "azure.kubelet": on(ON_AZURE, {"azure": {"kubelet": {"cpu_manager_policy": "static", "image_gc_low_percent": 70}}}),
    "azure.capacity_reservation_group": on(ON_AZURE, {"azure": {"capacity_reservation_group": RESERVATION_GROUP}}),
    "azure.proximity_placement_group": on(
        ON_AZURE, {"zone": "1", "azure": {"proximity_placement_group": PLACEMENT_GROUP}}, {"zone": "1"}
    ),
    "azure.upgrade": on(ON_AZURE, {"azure": {"upgrade": {"max_surge": "33%", "drain_minutes": 60}}}),
    "azure.disable_ssh": on(ON_AZURE, {"azure": {"disable_ssh": True}}),
}
"""Field -> component -> what the value needs, and the value."""

REFUSED = {
    ("Karpenter", "aws.interconnect"),
    ("Karpenter", "aws.reservation"),
    ("Karpenter", "sharing"),
    ("managed node group", "aws.max_pods"),
    ("managed node group", "aws.exact_gpus"),
    *(
        ("node auto-provisioning", field)
        for field in VALUES
        if field.startswith("azure.") and field.partition(".")[2] not in PROVISIONED_OPTIONS
    ),
    ("node auto-provisioning", "min"),
    ("node auto-provisioning", "sharing"),
}
"""Component and field whose value it refuses."""

ELSEWHERE = {
    ("managed node group", "aws.sleeps"): "`aws.Sleep` schedules the group's Auto Scaling group",
    ("Karpenter", "aws.exact_gpus"): "pods of the stack's runs ask for the number of GPUs",
}
"""Component and field -> who acts on it instead."""


def plan(component: Component, args: Fields, pool: Fields) -> str:
    """Returns everything that a component registers for one pool, as text."""
    given = {**args, "pool": pool} if "pool" in args else {**args, "pools": {"train": pool}}
    resources = recorded(component, given).custom()
    return json.dumps([(item.typ, item.name, item.inputs) for item in resources], default=str)


def leaves() -> Iterator[str]:
    for name in NodePoolSpec.model_fields:
        options = {"aws": AwsPoolOptions, "azure": AzurePoolOptions}.get(name)
        yield from (f"{name}.{option}" for option in options.model_fields) if options else (name,)


def test_every_field_has_a_value() -> None:
    assert set(VALUES) == set(leaves())


@pytest.mark.parametrize(("field", "creator"), [(field, creator) for field in VALUES for creator in VALUES[field]])
def test_a_field_changes_what_a_component_creates_or_is_refused(field: str, creator: str) -> None:
    component, args, pool = CREATORS[creator]
    needs, value = VALUES[field][creator]
    changed = {**pool, **needs, **value}
    if (creator, field) in REFUSED:
        with pytest.raises(BadArguments, match=rf"{field.partition('.')[2] or field}|capacity: "):
            plan(component, args, changed)
        return
    has_effect = plan(component, args, changed) != plan(component, args, {**pool, **needs})
    assert has_effect != ((creator, field) in ELSEWHERE)

"""Karpenter's node pools and node classes, made from ours. Pure but for what is passed through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self

import pulumi
from pydantic import StringConstraints, model_validator

from falaj.components.aws.nodes.launch_template import ROOT_DEVICE
from falaj.components.aws.nodes.local_disks import have_local_disks
from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.disruption import SLEEPERS_GRACE
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.pod_addresses import pods_per_node
from falaj.components.core.node_pools.pools import NODE_GROUP_ONLY, CheckedPool
from falaj.components.core.node_pools.profiles import TRAITS, labels, taints
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import AwsRegion
from falaj.components.core.validation.tags import merged

GROUP = "karpenter.k8s.aws"
NODE_POOL, NODE_CLASS = "karpenter.sh/v1", f"{GROUP}/v1"

PoolName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
"""Name of a pool: of an object in Kubernetes, and the value of a label."""


class KarpenterPool(CheckedPool):
    """A pool whose nodes Karpenter makes one by one."""

    name: PoolName
    region: AwsRegion

    @model_validator(mode="after")
    def _is_for_karpenter(self) -> Self:
        group = "a managed node group for this pool"
        if self.profile is Profile.SYSTEM:
            raise refusal("any but system: Karpenter runs there itself", f"make {group}", "profile", "system")
        if self.capacity in NODE_GROUP_ONLY:
            allowed = "spot, on-demand or spot-first: what was paid in advance has a group of its own"
            raise refusal(allowed, f"make {group}", "capacity", self.capacity.value)
        if self.sharing:
            raise refusal(karpenter.NO_SHARING, f"make {group}", "sharing")
        if self.interconnect:
            raise refusal("false: machines that stand close together are one group", f"make {group}", "interconnect")
        return self

    @property
    def all_tags(self) -> dict[str, str]:
        """Cost tags, and the tenant's where it has one: whose money its machines spend."""
        return dict(self.tags) if self.tenant is None else merged(self.tags, tenant=self.tenant)

    @property
    def local_disks(self) -> bool:
        """Whether every machine of the pool has disks of its own."""
        return have_local_disks(self.offered)


@dataclass(frozen=True)
class NodePlace:
    """What nodes are made with, the same for all pools."""

    ami_alias: str
    instance_profile: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[str]]
    security_group_id: pulumi.Input[str]
    disk_key: pulumi.Input[str]


def node_class(pool: KarpenterPool, place: NodePlace) -> dict[str, Any]:
    """The spec of the pool's EC2NodeClass: the same machine that a managed node group's launch template makes."""
    traits = TRAITS[pool.profile]
    subnets = pulumi.Output.from_input(place.subnet_ids)
    spec: dict[str, Any] = {
        # A version, never `latest`: with that one nodes are replaced whenever AWS publishes an image.
        "amiSelectorTerms": [{"alias": place.ami_alias}],
        # Made beforehand: with `role` Karpenter makes one itself, through IAM, which has no private endpoint.
        "instanceProfile": place.instance_profile,
        "subnetSelectorTerms": subnets.apply(lambda ids: [{"id": subnet} for subnet in ids]),
        "securityGroupSelectorTerms": [{"id": place.security_group_id}],
        "associatePublicIPAddress": False,
        "blockDeviceMappings": [
            {
                "deviceName": ROOT_DEVICE,
                "rootVolume": True,
                "ebs": {
                    "volumeType": "gp3",
                    "volumeSize": f"{pool.root_disk_gib}Gi",
                    "throughput": traits.disk_throughput_mbps,
                    "iops": traits.disk_iops,
                    "encrypted": True,
                    "kmsKeyID": place.disk_key,
                    "deleteOnTermination": True,
                },
            }
        ],
        # Version 2 with one hop: a request from a pod's own network never gets the node's credentials.
        "metadataOptions": {
            "httpEndpoint": "enabled",
            "httpProtocolIPv6": "disabled",
            "httpPutResponseHopLimit": 1,
            "httpTokens": "required",
        },
        # Karpenter would count as if each address were taken alone, and not by the /28 as the VPC CNI does here.
        "kubelet": {"maxPods": min(pods_per_node(pool.region, machine) for machine in pool.machines)},
        "tags": pool.all_tags,
    }
    return spec | {"instanceStorePolicy": "RAID0"} if pool.local_disks else spec


def node_pool(pool: KarpenterPool, hours: OfficeHours) -> dict[str, Any]:
    """The spec of the pool's NodePool. One that sleeps lets pods less time to leave: Karpenter itself goes soon."""
    zone = [] if pool.zone is None else [karpenter.requirement("topology.kubernetes.io/zone", [pool.zone])]
    spec = karpenter.node_pool(
        pool,
        {"group": GROUP, "kind": "EC2NodeClass", "name": pool.name},
        labels(pool.profile, pool.name, pool.capacity, pool.tenant),
        taints(pool.profile, pool.gpus),
        [*karpenter.machine_requirements(pool, "node.kubernetes.io/instance-type"), *zone],
        hours,
    )
    if pool.sleeps:
        spec["template"]["spec"]["terminationGracePeriod"] = SLEEPERS_GRACE
    return spec

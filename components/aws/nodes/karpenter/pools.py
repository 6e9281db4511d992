"""Karpenter's node pools and node classes, made from ours. Pure but for what is passed through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from falaj.components.aws.nodes.launch_template import ROOT_DEVICE
from falaj.components.aws.nodes.local_disks import have_local_disks
from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.checks import NODE_GROUP_ONLY
from falaj.components.core.node_pools.disruption import SLEEPERS_GRACE
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.pod_addresses import pods_per_node
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem

GROUP = "karpenter.k8s.aws"
NODE_POOL, NODE_CLASS = "karpenter.sh/v1", f"{GROUP}/v1"


@dataclass(frozen=True)
class KarpenterPool(RegionalPool):
    """A pool whose nodes Karpenter creates one by one."""

    @property
    def local_disks(self) -> bool:
        """Whether every machine of the pool has disks of its own."""
        return have_local_disks(self.offered)


def karpenter_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    """What keeps Karpenter from creating a pool's nodes, with paths inside the pool."""
    fix = "make a managed node group for this pool"
    if pool.profile is Profile.SYSTEM:
        yield Problem("profile", "system", "any but system: Karpenter runs there itself", fix)
    if pool.capacity in NODE_GROUP_ONLY:
        allowed = "spot, on-demand or spot-first: what was paid in advance has a group of its own"
        yield Problem("capacity", pool.capacity.value, allowed, fix)
    if pool.sharing:
        yield Problem("sharing", pool.sharing.model_dump(exclude_none=True), karpenter.NO_SHARING, fix)
    if pool.aws.interconnect:
        yield Problem("aws.interconnect", True, "false: nodes in a placement group are one node group", fix)


@dataclass(frozen=True)
class NodeTemplate:
    """What nodes are made with, the same for all pools."""

    ami_alias: str
    instance_profile: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    security_group_id: pulumi.Input[str]
    disk_key: pulumi.Input[str]


def node_class(pool: KarpenterPool, template: NodeTemplate) -> dict[str, Any]:
    """The spec of the pool's EC2NodeClass: the same machine that a managed node group's launch template makes."""
    subnets = pulumi.Output.from_input(template.subnet_ids)
    spec: dict[str, Any] = {
        # A version, never `latest`: with that one nodes are replaced whenever AWS publishes an image.
        "amiSelectorTerms": [{"alias": template.ami_alias}],
        # Made beforehand: with `role` Karpenter makes one itself, through IAM, which has no private endpoint.
        "instanceProfile": template.instance_profile,
        "subnetSelectorTerms": subnets.apply(lambda ids: [{"id": subnet} for subnet in ids]),
        "securityGroupSelectorTerms": [{"id": template.security_group_id}],
        "associatePublicIPAddress": False,
        "blockDeviceMappings": [
            {
                "deviceName": ROOT_DEVICE,
                "rootVolume": True,
                "ebs": {
                    "volumeType": "gp3",
                    "volumeSize": f"{pool.root_disk_gib}Gi",
                    "throughput": pool.traits.disk_throughput_mbps,
                    "iops": pool.traits.disk_iops,
                    "encrypted": True,
                    "kmsKeyID": template.disk_key,
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
        "kubelet": {"maxPods": min(pods_per_node(pool.region, machine) for machine in pool.spec.machines)},
        "tags": pool.tags,
    }
    return spec | {"instanceStorePolicy": "RAID0"} if pool.local_disks else spec


def node_pool(pool: KarpenterPool, hours: OfficeHours) -> dict[str, Any]:
    """The spec of the pool's NodePool. One that sleeps lets pods less time to leave: Karpenter itself goes soon."""
    zone = [] if pool.spec.zone is None else [karpenter.requirement("topology.kubernetes.io/zone", [pool.spec.zone])]
    spec = karpenter.node_pool(
        pool,
        {"group": GROUP, "kind": "EC2NodeClass", "name": pool.name},
        pool.labels,
        pool.taints,
        [*karpenter.machine_requirements(pool, "node.kubernetes.io/instance-type"), *zone],
        hours,
    )
    if pool.spec.aws.sleeps:
        spec["template"]["spec"]["terminationGracePeriod"] = SLEEPERS_GRACE
    return spec

"""Specs of Karpenter's NodePools and EC2NodeClasses, built from node pool specs. Pure: Outputs are passed through."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from falaj.components.aws.nodes.launch_template import ROOT_DEVICE
from falaj.components.aws.nodes.local_disks import have_local_disks
from falaj.components.core.network.zones import ZONE_ID_LABEL
from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.aws_instance_requirements import karpenter_requirements
from falaj.components.core.node_pools.disruption import NOTICE_GRACE, SLEEPERS_GRACE
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.pod_addresses import most_pods
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.validation.regions import UAE_AWS_REGION
from falaj.facts.regions import REGIONS

GROUP = "karpenter.k8s.aws"
ZONE_NAME = "topology.kubernetes.io/zone"
NODE_POOL, NODE_CLASS = "karpenter.sh/v1", f"{GROUP}/v1"


@dataclass(frozen=True)
class KarpenterPool(RegionalPool):
    """A pool whose nodes Karpenter creates."""

    @property
    def local_disks(self) -> bool:
        """Returns whether every machine type of the pool has local disks."""
        return have_local_disks(self.offered)


@dataclass(frozen=True)
class NodeTemplate:
    """Settings of nodes that are the same for all pools."""

    ami_alias: pulumi.Input[str]
    instance_profile: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    security_group_id: pulumi.Input[str]
    disk_key: pulumi.Input[str]
    user_data: pulumi.Output[str] | None = None


def node_class(pool: KarpenterPool, template: NodeTemplate) -> dict[str, Any]:
    """Returns the spec of the pool's EC2NodeClass, with the same machine settings as a managed node group's launch
    template."""
    subnets = pulumi.Output.from_input(template.subnet_ids)
    spec: dict[str, Any] = {
        # A pinned version: with `latest`, nodes are replaced whenever AWS publishes an AMI.
        "amiSelectorTerms": [{"alias": template.ami_alias}],
        # Created beforehand: with `role`, Karpenter would create one through IAM, which has no private endpoint.
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
                    "throughput": pool.disk_throughput_mbps,
                    "iops": pool.disk_iops,
                    "encrypted": True,
                    "kmsKeyID": template.disk_key,
                    "deleteOnTermination": True,
                },
            }
        ],
        # IMDSv2 with a hop limit of 1: a pod outside the host network never gets the node's credentials.
        "metadataOptions": {
            "httpEndpoint": "enabled",
            "httpProtocolIPv6": "disabled",
            "httpPutResponseHopLimit": 1,
            "httpTokens": "required",
        },
        # Karpenter would assume single addresses per pod, but the VPC CNI assigns /28 prefixes here.
        "kubelet": {"maxPods": pool.spec.aws.max_pods or most_pods(pool.region, pool.spec.machines)},
        "tags": pool.tags,
    }
    if template.user_data is not None:
        spec["userData"] = template.user_data
    return spec | {"instanceStorePolicy": "RAID0"} if pool.local_disks else spec


def _zone_requirement(zones: Sequence[str]) -> dict[str, Any]:
    """Returns the requirement for zones that are given all by ID or all by name (Karpenter, well-known labels,
    1.14)."""
    by_id = set(zones) <= set(REGIONS[UAE_AWS_REGION].zone_ids)
    return karpenter.requirement(ZONE_ID_LABEL if by_id else ZONE_NAME, zones)


def node_pool(pool: KarpenterPool, hours: OfficeHours) -> dict[str, Any]:
    """Returns the spec of the pool's NodePool. A pool that sleeps has a shorter termination grace period, because
    Karpenter itself stops soon after, unless that of its capacity type is shorter still."""
    zones, requirements = pool.spec.pinned_zones, pool.spec.aws.instance_requirements
    zone = [] if zones is None else [_zone_requirement(zones)]
    by_requirement = [*karpenter_requirements(requirements)] if requirements is not None else list[dict[str, Any]]()
    spec = karpenter.node_pool(
        pool,
        {"group": GROUP, "kind": "EC2NodeClass", "name": pool.name},
        pool.labels,
        pool.taints,
        [*karpenter.machine_requirements(pool, "node.kubernetes.io/instance-type"), *by_requirement, *zone],
        hours,
    )
    nodes = spec["template"]["spec"]
    if pool.spec.aws.sleeps and nodes["terminationGracePeriod"] != NOTICE_GRACE:
        nodes["terminationGracePeriod"] = SLEEPERS_GRACE
    return spec

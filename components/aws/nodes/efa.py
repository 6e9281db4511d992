"""Elastic Fabric Adapter (EFA): cluster placement group and network interfaces for multi-node training."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.core.validation.tags import with_name_tag

RESOURCE = "vpc.amazonaws.com/efa"
"""Extended resource that a pod requests to get an EFA interface (AWS's EFA device plugin)."""


@dataclass(frozen=True)
class Interconnect:
    """Placement group and network interfaces of a pool's machines."""

    placement: aws.ec2.LaunchTemplatePlacementArgs
    interfaces: list[aws.ec2.LaunchTemplateNetworkInterfaceArgs]


def interconnect(
    name: str,
    interfaces: int,
    network_id: pulumi.Input[str],
    cluster_group: pulumi.Input[str],
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> Interconnect:
    """Creates a pool's placement group and security group, and returns the settings of its launch template.

    `interfaces` is the number of EFA interfaces per machine. A launch template with network interfaces must name all
    their security groups, including the cluster's.
    """
    placement_group = aws.ec2.PlacementGroup(
        f"{name}-together",
        strategy="cluster",
        tags=with_name_tag(tags, f"{name}-together"),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    groups = [cluster_group, _security_group(name, network_id, tags, parent).id]
    return Interconnect(
        aws.ec2.LaunchTemplatePlacementArgs(group_name=placement_group.name),
        [_interface(card, groups) for card in range(interfaces)],
    )


def _interface(card: int, groups: list[pulumi.Input[str]]) -> aws.ec2.LaunchTemplateNetworkInterfaceArgs:
    """Returns the interface on a network card. Only the first has an IP address; the others use no address of the
    subnet."""
    return aws.ec2.LaunchTemplateNetworkInterfaceArgs(
        network_card_index=card,
        device_index=min(card, 1),
        interface_type="efa-only" if card else "efa",
        security_groups=groups,
        delete_on_termination="true",
    )


def _security_group(
    name: str, network_id: pulumi.Input[str], tags: Mapping[str, str], parent: pulumi.Resource
) -> aws.ec2.SecurityGroup:
    """Creates the security group that EFA needs: it allows all traffic to and from itself (EC2 User Guide, get started
    with EFA) and no other traffic."""
    child = pulumi.ResourceOptions(parent=parent)
    group = aws.ec2.SecurityGroup(
        f"{name}-interconnect",
        description="Machines of one pool, among themselves",
        vpc_id=network_id,
        tags=with_name_tag(tags, f"{name}-interconnect"),
        opts=child,
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{name}-interconnect-in",
        security_group_id=group.id,
        referenced_security_group_id=group.id,
        ip_protocol="-1",
        description="Everything from the same pool",
        tags=dict(tags),
        opts=child,
    )
    aws.vpc.SecurityGroupEgressRule(
        f"{name}-interconnect-out",
        security_group_id=group.id,
        referenced_security_group_id=group.id,
        ip_protocol="-1",
        description="Everything to the same pool",
        tags=dict(tags),
        opts=child,
    )
    return group

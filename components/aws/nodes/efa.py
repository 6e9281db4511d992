"""Machines that stand close together and speak through EFA, which training over several nodes needs."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from falaj.components.core.validation.tags import named

RESOURCE = "vpc.amazonaws.com/efa"
"""What a pod asks for to get an interface (AWS's EFA device plugin)."""


@dataclass(frozen=True)
class Interconnect:
    """Where a pool's machines are put, and with which network interfaces."""

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
    """A placement group and a security group of a pool, and in it all EFA `interfaces` that each machine takes.

    A template that names interfaces must name their security groups too, the cluster's own among them.
    """
    close = aws.ec2.PlacementGroup(
        f"{name}-together",
        strategy="cluster",
        tags=named(tags, f"{name}-together"),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    groups = [cluster_group, _among_themselves(name, network_id, tags, parent).id]
    return Interconnect(
        aws.ec2.LaunchTemplatePlacementArgs(group_name=close.name),
        [_interface(card, groups) for card in range(interfaces)],
    )


def _interface(card: int, groups: list[pulumi.Input[str]]) -> aws.ec2.LaunchTemplateNetworkInterfaceArgs:
    """The interface on a network card; only the first has an address, so that the others take none of the subnet."""
    return aws.ec2.LaunchTemplateNetworkInterfaceArgs(
        network_card_index=card,
        device_index=min(card, 1),
        interface_type="efa-only" if card else "efa",
        security_groups=groups,
        delete_on_termination="true",
    )


def _among_themselves(
    name: str, network_id: pulumi.Input[str], tags: Mapping[str, str], parent: pulumi.Resource
) -> aws.ec2.SecurityGroup:
    """EFA works only in a group that allows everything to and from itself, and nothing else is allowed (EC2 User Guide,
    get started with EFA)."""
    child = pulumi.ResourceOptions(parent=parent)
    group = aws.ec2.SecurityGroup(
        f"{name}-interconnect",
        description="Machines of one pool, among themselves",
        vpc_id=network_id,
        tags=named(tags, f"{name}-interconnect"),
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

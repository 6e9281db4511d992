"""The security group before a file system: only a cluster's machines come in, on the ports of its protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import pulumi
import pulumi_aws as aws

from falaj.components.core.validation.tags import named

Ports = tuple[int, int]
Rule = TypeVar("Rule", aws.vpc.SecurityGroupIngressRule, aws.vpc.SecurityGroupEgressRule)


@dataclass(frozen=True)
class Door:
    """Where a file system is and who comes to it. `clients` is the id of the machines' security group."""

    name: str
    network_id: pulumi.Input[str]
    clients: pulumi.Input[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def door(at: Door, protocol: str) -> aws.ec2.SecurityGroup:
    """A group without a rule: nothing comes in, nothing goes out."""
    return aws.ec2.SecurityGroup(
        f"{at.name}-door",
        description=f"{protocol} between machines of the cluster and {at.name}",
        vpc_id=at.network_id,
        tags=named(at.tags, f"{at.name}-door"),
        opts=pulumi.ResourceOptions(parent=at.parent),
    )


def let_in(
    at: Door, suffix: str, group: pulumi.Input[str], ports: Ports, peer: pulumi.Input[str]
) -> aws.vpc.SecurityGroupIngressRule:
    """`group` is called by `peer`."""
    return _rule(aws.vpc.SecurityGroupIngressRule, at, suffix, group, ports, peer)


def let_out(
    at: Door, suffix: str, group: pulumi.Input[str], ports: Ports, peer: pulumi.Input[str]
) -> aws.vpc.SecurityGroupEgressRule:
    """`group` calls `peer`."""
    return _rule(aws.vpc.SecurityGroupEgressRule, at, suffix, group, ports, peer)


def _rule(
    kind: type[Rule], at: Door, suffix: str, group: pulumi.Input[str], ports: Ports, peer: pulumi.Input[str]
) -> Rule:
    return kind(
        f"{at.name}-{suffix}",
        security_group_id=group,
        ip_protocol="tcp",
        from_port=ports[0],
        to_port=ports[1],
        referenced_security_group_id=peer,
        description=f"{at.name} {suffix}",
        tags=dict(at.tags),
        opts=pulumi.ResourceOptions(parent=at.parent),
    )

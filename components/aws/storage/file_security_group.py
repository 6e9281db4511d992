"""Security group of a file system, which only a cluster's machines reach, on the ports of its protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import pulumi
import pulumi_aws as aws

from falaj.components.core.validation.tags import with_name_tag

Ports = tuple[int, int]
Rule = TypeVar("Rule", aws.vpc.SecurityGroupIngressRule, aws.vpc.SecurityGroupEgressRule)


@dataclass(frozen=True)
class FileSystemNetwork:
    """Network of a file system. `clients` is the ID of the security group of the machines that mount it."""

    name: str
    network_id: pulumi.Input[str]
    clients: pulumi.Input[str]
    tags: Mapping[str, str]
    parent: pulumi.Resource


def file_security_group(network: FileSystemNetwork, protocol: str) -> aws.ec2.SecurityGroup:
    """Creates a security group without rules, so that no traffic is allowed."""
    return aws.ec2.SecurityGroup(
        f"{network.name}-door",
        description=f"{protocol} between machines of the cluster and {network.name}",
        vpc_id=network.network_id,
        tags=with_name_tag(network.tags, f"{network.name}-door"),
        opts=pulumi.ResourceOptions(parent=network.parent),
    )


def allow_ingress(
    network: FileSystemNetwork, suffix: str, group: pulumi.Input[str], ports: Ports, peer: pulumi.Input[str]
) -> aws.vpc.SecurityGroupIngressRule:
    """Allows traffic from `peer` to `group`."""
    return _rule(aws.vpc.SecurityGroupIngressRule, network, suffix, group, ports, peer)


def allow_egress(
    network: FileSystemNetwork, suffix: str, group: pulumi.Input[str], ports: Ports, peer: pulumi.Input[str]
) -> aws.vpc.SecurityGroupEgressRule:
    """Allows traffic from `group` to `peer`."""
    return _rule(aws.vpc.SecurityGroupEgressRule, network, suffix, group, ports, peer)


def _rule(
    kind: type[Rule],
    network: FileSystemNetwork,
    suffix: str,
    group: pulumi.Input[str],
    ports: Ports,
    peer: pulumi.Input[str],
) -> Rule:
    return kind(
        f"{network.name}-{suffix}",
        security_group_id=group,
        ip_protocol="tcp",
        from_port=ports[0],
        to_port=ports[1],
        referenced_security_group_id=peer,
        description=f"{network.name} {suffix}",
        tags=dict(network.tags),
        opts=pulumi.ResourceOptions(parent=network.parent),
    )

"""Existing subnets of a site: what a preview looks up, and refuses before anything is created."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi
from pulumi_azure_native import network

from falaj.components.core.network.azure_ids import group_of_id, name_of_id
from falaj.components.core.network.azure_specs import ExistingSubnets
from falaj.components.core.network.cidr import CONTROL_PLANE_PREFIX
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import Problem, below

AKS_DELEGATION = "Microsoft.ContainerService/managedClusters"
"""Delegation of the API server's subnet (azure-aks-docs api-server-vnet-integration.md, 2023-05-19)."""

RESERVED_ADDRESSES = 5
"""Addresses of each subnet that Azure keeps for itself (learn.microsoft.com/azure/virtual-network, FAQ)."""

SMALLEST_NODE_SUBNET = 16 - RESERVED_ADDRESSES
"""Addresses of a /28, with which a cluster can replace its nodes one at a time during an upgrade."""


@dataclass(frozen=True)
class FoundSubnet:
    """The properties of an existing subnet that matter to a site."""

    prefixes: Sequence[str]
    delegations: Sequence[str]
    has_security_group: bool
    has_nat_gateway: bool
    has_route_table: bool

    @property
    def addresses(self) -> int:
        """Number of IPv4 addresses that resources can have."""
        blocks = [IPv4Network(prefix) for prefix in self.prefixes if ":" not in prefix]
        return sum(block.num_addresses for block in blocks) - RESERVED_ADDRESSES

    @property
    def shown(self) -> str:
        """The blocks of the subnet, for messages."""
        return ", ".join(self.prefixes)


def verified_subnets(
    name: str, subnets: ExistingSubnets, egress: Egress, nodes: int, parent: pulumi.Resource
) -> dict[str, pulumi.Output[str]]:
    """Returns the ids of the subnets by kind, once they have been looked up and fit: with all problems in one error.

    The names are those of the subnets that a site creates: `nodes`, `control-plane` and `endpoints`.
    """
    ids: dict[str, pulumi.Input[str]] = {
        "nodes": subnets.node_subnet_id,
        "control-plane": subnets.api_server_subnet_id,
        "endpoints": subnets.endpoint_subnet_id,
    }
    found = pulumi.Output.all(*(_look_up(subnet_id, parent) for subnet_id in ids.values()))
    known_ids = pulumi.Output.all(subnets.vnet_id, *ids.values())

    def verified(values: Sequence[Sequence[object]]) -> list[str]:
        (vnet_id, *subnet_ids), results = values
        by_kind = dict(zip(ids, (_found(result) for result in results), strict=True))
        problems = [
            *_foreign_subnets(str(vnet_id), dict(zip(ids, map(str, subnet_ids), strict=True))),
            *subnet_problems(by_kind, egress, nodes),
        ]
        if problems:
            raise BadArguments(name, list(below("existing", problems)))
        return [str(subnet_id) for subnet_id in subnet_ids]

    checked = pulumi.Output.all(known_ids, found).apply(verified)
    return {kind: checked[index] for index, kind in enumerate(ids)}


def subnet_blocks(subnet_id: pulumi.Input[str], parent: pulumi.Resource) -> pulumi.Output[Sequence[str]]:
    """Returns the IPv4 blocks of an existing subnet."""
    return _look_up(subnet_id, parent).apply(
        lambda result: [prefix for prefix in _found(result).prefixes if ":" not in prefix]
    )


FIELDS = {"nodes": "node_subnet_id", "control-plane": "api_server_subnet_id", "endpoints": "endpoint_subnet_id"}
"""Kind of a subnet -> the setting that names it."""


def subnet_problems(found: dict[str, FoundSubnet], egress: Egress, nodes: int) -> Iterator[Problem]:
    """Yields what makes existing subnets unfit for a site with that egress and at most so many nodes."""
    yield from _node_problems(found["nodes"], egress, nodes)
    api_server = found["control-plane"]
    if list(api_server.delegations) != [AKS_DELEGATION]:
        given = list(api_server.delegations) or "no delegation"
        yield Problem(FIELDS["control-plane"], given, f"a subnet delegated to {AKS_DELEGATION}", "delegate it")
    if api_server.addresses + RESERVED_ADDRESSES < 2 ** (32 - CONTROL_PLANE_PREFIX):
        allowed = f"a subnet of /{CONTROL_PLANE_PREFIX} or larger"
        yield Problem(FIELDS["control-plane"], api_server.shown, allowed, "name a larger one")
    for kind in ("nodes", "endpoints"):
        if found[kind].delegations:
            given = list(found[kind].delegations)
            yield Problem(FIELDS[kind], given, "a subnet without a delegation", "name another one")
        if not found[kind].has_security_group:
            allowed = "a subnet with a network security group"
            yield Problem(FIELDS[kind], found[kind].shown, allowed, "associate one that denies the internet")


def _node_problems(subnet: FoundSubnet, egress: Egress, nodes: int) -> Iterator[Problem]:
    needed = max(nodes, SMALLEST_NODE_SUBNET)
    if subnet.addresses < needed:
        allowed = f"a subnet with {needed} free addresses, one for each node that the pools may have"
        yield Problem(FIELDS["nodes"], subnet.shown, allowed, "name a larger one, or lower `max` of the pools")
    if egress is Egress.NAT_SINGLE and not subnet.has_nat_gateway:
        allowed = "a subnet with a NAT gateway where egress is nat-single"
        yield Problem(FIELDS["nodes"], subnet.shown, allowed, "associate one, or set egress to firewall or none")
    if egress is Egress.FIREWALL and not subnet.has_route_table:
        allowed = "a subnet with a route table where egress is firewall"
        yield Problem(FIELDS["nodes"], subnet.shown, allowed, "associate one with a route for 0.0.0.0/0")


def _foreign_subnets(vnet_id: str, subnet_ids: dict[str, str]) -> Iterator[Problem]:
    for kind, subnet_id in subnet_ids.items():
        if subnet_id.rpartition("/subnets/")[0].lower() != vnet_id.lower():
            yield Problem(FIELDS[kind], subnet_id, f"a subnet of {vnet_id}", "name subnets of one network")


def _look_up(subnet_id: pulumi.Input[str], parent: pulumi.Resource) -> pulumi.Output[network.GetSubnetResult]:
    return network.get_subnet_output(
        resource_group_name=map_inputs(group_of_id, subnet_id),
        virtual_network_name=map_inputs(lambda id_: id_.split("/")[8], subnet_id),
        subnet_name=map_inputs(name_of_id, subnet_id),
        opts=pulumi.InvokeOutputOptions(parent=parent),
    )


def _found(result: object) -> FoundSubnet:
    assert isinstance(result, network.GetSubnetResult)  # noqa: S101 - the result of `_look_up`
    prefixes = [*(result.address_prefixes or []), *([result.address_prefix] if result.address_prefix else [])]
    return FoundSubnet(
        prefixes,
        [delegation.service_name or "" for delegation in result.delegations or []],
        result.network_security_group is not None,
        result.nat_gateway is not None,
        result.route_table is not None,
    )

"""The virtual network of a site on Azure."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network
from typing import Self

import pulumi
from pulumi_azure_native import network
from pydantic import Field, model_validator

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.azure.network.egress import AzureEgress, Nat, nat_gateway, node_routes
from falaj.components.azure.network.existing import subnet_blocks, verified_subnets
from falaj.components.azure.network.hub import connect_hub
from falaj.components.azure.network.private_zones import API_SERVER, ZoneArgs, private_zones
from falaj.components.azure.network.subnets import SubnetRoutes, subnets
from falaj.components.core.network.addresses import PrivateAddress
from falaj.components.core.network.azure_blocks import AzureSiteBlock
from falaj.components.core.network.azure_specs import AzureNetworkSpec
from falaj.components.core.network.cidr import Layout, layout
from falaj.components.core.validation.args import Accepts, Input, default
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.regions import zones_of


class NetworkArgs(AzureNetworkSpec, ResourceGroupArgs):
    """Arguments of `Network`, the virtual network of a site."""

    cidr: Accepts[AzureSiteBlock, IPv4Network | str]
    """IPv4 block of the site, /16 to /20, outside 100.64.0.0/10."""
    zones: int = Field(ge=1, le=3)
    """Number of availability zones that the NAT gateway's address spans, 1 to 3; ignored in a region without zones. The
    gateway itself is in one zone: without that zone there is no outbound traffic.
    Azure subnets span all zones, so there is one subnet for nodes."""
    egress: Accepts[AzureEgress, Egress | str] = default(Egress.NAT_SINGLE)
    """Egress type: `none`, `nat-single` (default) or `firewall`. `nat-per-zone` is not supported, because an Azure
    subnet takes one NAT gateway. Changing the egress of an existing cluster replaces the cluster."""
    firewall_address: Accepts[Input[PrivateAddress] | None, Input[PrivateAddress | str] | None] = default()
    """Private IPv4 address of the firewall that all outbound traffic is routed to; required with egress `firewall`
    unless the subnets exist, and not allowed otherwise. `hub` connects the network with the firewall's."""
    nodes: int = 0
    """Highest number of nodes in the network, for which existing subnets must have room. Default 0: not checked."""

    @model_validator(mode="after")
    def _can_be_a_network(self) -> Self:
        refuse_if(self._network_problems())
        return self

    def _network_problems(self) -> Iterator[Problem]:
        address, has_firewall = self.firewall_address, self.egress is Egress.FIREWALL
        if has_firewall and address is None and self.existing is None:
            yield Problem.missing(
                "firewall_address", "egress is firewall", "add the private IPv4 address of your firewall"
            )
        if address is not None and (not has_firewall or self.existing is not None):
            given = str(address) if isinstance(address, IPv4Address) else address
            allowed = "nothing unless egress is firewall and the network is created here"
            yield Problem("firewall_address", given, allowed, "remove it")

    @property
    def layout(self) -> Layout:
        """Address plan of the site's block, with one subnet of each kind, because Azure subnets span all zones."""
        return layout(self.cidr, 1)


class Network(pulumi.ComponentResource):
    """A virtual network with subnets for nodes, the API server and private endpoints. Inbound traffic from the internet
    is denied."""

    network_id: pulumi.Output[str]
    """Id of the virtual network."""
    node_subnet_ids: pulumi.Output[Sequence[str]]
    """Ids of the node subnets; Azure has one."""
    control_plane_subnet_ids: pulumi.Output[Sequence[str]]
    """Ids of the subnets delegated to the API server; Azure has one."""
    endpoint_subnet_id: pulumi.Output[str]
    """Id of the subnet of the private endpoints."""
    endpoint_cidrs: pulumi.Output[Sequence[str]]
    """CIDR blocks of the subnet of the private endpoints: argument `endpoint_cidrs` of a `Foundation`."""
    key_zone_id: pulumi.Output[str]
    """Id of the private DNS zone of Key Vaults."""
    blob_zone_id: pulumi.Output[str]
    """Id of the private DNS zone of Blob storage."""
    file_zone_id: pulumi.Output[str]
    """Id of the private DNS zone of Azure Files."""
    registry_zone_id: pulumi.Output[str]
    """Id of the private DNS zone of container registries."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public source addresses of outbound traffic; empty without a NAT gateway of the site's own."""
    api_server_zone: pulumi.Output[str]
    """Id of the private DNS zone of the API server's name; `system` if AKS creates it."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = NetworkArgs.of(name, args)
        super().__init__("falaj:azure:Network", name, {}, opts)
        self.network_id, subnet_ids = self._existing(name, args) if args.existing else self._created(name, args)
        zones = private_zones(name, ZoneArgs(args, args, self.network_id, self))
        self.node_subnet_ids = pulumi.Output.all(subnet_ids["nodes"])
        self.control_plane_subnet_ids = pulumi.Output.all(subnet_ids["control-plane"])
        self.endpoint_subnet_id = subnet_ids["endpoints"]
        self.key_zone_id, self.blob_zone_id = zones["keys"], zones["blob"]
        self.file_zone_id, self.registry_zone_id = zones["file"], zones["registry"]
        self.api_server_zone = zones[API_SERVER]
        self.register_outputs({output: getattr(self, output) for output in Network.__annotations__})

    def _created(self, name: str, args: NetworkArgs) -> tuple[pulumi.Output[str], dict[str, pulumi.Output[str]]]:
        """Creates the network; returns its id and those of its subnets by kind."""
        child = pulumi.ResourceOptions(parent=self)
        vnet = _virtual_network(name, args, child)
        nat = _nat(name, args, child)
        self.nat_addresses = nat.addresses if nat else pulumi.Output.from_input([])
        self.endpoint_cidrs = pulumi.Output.from_input([str(block) for block in args.layout.endpoints])
        by_kind = subnets(name, args, args.layout, vnet, _routes(name, args, nat, child), child)
        if args.hub is not None:
            connect_hub(name, args, args.hub, vnet, [*by_kind.values()], self)
        return vnet.id, {kind: subnet.id for kind, subnet in by_kind.items()}

    def _existing(self, name: str, args: NetworkArgs) -> tuple[pulumi.Output[str], dict[str, pulumi.Output[str]]]:
        """Looks up the existing subnets; returns the id of their network and their own by kind."""
        assert args.existing is not None  # noqa: S101 - checked by the caller
        self.nat_addresses = pulumi.Output.from_input([])
        network_id = pulumi.Output.from_input(args.existing.vnet_id)
        self.endpoint_cidrs = subnet_blocks(args.existing.endpoint_subnet_id, self)
        return network_id, verified_subnets(name, args.existing, args.egress, args.nodes, self)


def _virtual_network(name: str, args: NetworkArgs, opts: pulumi.ResourceOptions) -> network.VirtualNetwork:
    return network.VirtualNetwork(
        f"{name}-vnet",
        location=args.region,
        resource_group_name=args.resource_group_name,
        address_space=network.AddressSpaceArgs(address_prefixes=[str(args.cidr)]),
        dhcp_options=network.DhcpOptionsArgs(dns_servers=[map_inputs(str, server) for server in args.dns_servers])
        if args.dns_servers
        else None,
        tags=args.tags,
        opts=opts,
    )


def _nat(name: str, args: NetworkArgs, opts: pulumi.ResourceOptions) -> Nat | None:
    if args.egress is not Egress.NAT_SINGLE:
        return None
    return nat_gateway(name, args, args.nat, zones_of(args.region, args.zones), opts)


def _routes(name: str, args: NetworkArgs, nat: Nat | None, opts: pulumi.ResourceOptions) -> SubnetRoutes:
    return {
        "nat_gateway": nat.gateway if nat else None,
        "route_table": node_routes(name, args, args.firewall_address, args.routes, opts),
    }

"""A site's private network on Azure."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pulumi_azure_native import network
from pydantic import Field, field_validator, model_validator

from falaj.components.azure.common.location import Placed
from falaj.components.azure.network.egress import AzureEgress, Nat, nat_gateway, routes
from falaj.components.azure.network.private_zones import private_zones
from falaj.components.azure.network.subnets import Ways, subnets
from falaj.components.core.network.blocks import SiteBlock
from falaj.components.core.network.cidr import POD_BLOCK, SERVICE_BLOCK, Layout, layout
from falaj.components.core.validation.enums import Egress
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import zones_of


class NetworkArgs(TypedDict):
    """Arguments of a `Network`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group that the network is in."""
    cidr: str
    """IPv4 block of the site, /16 to /20, outside 100.64.0.0/10."""
    zones: int
    """Zones, 1 to 3, that the NAT gateway's address is spread over, where the region has zones. An Azure subnet spans
    all zones, so there is one for nodes."""
    egress: NotRequired[Egress]
    """The way out: `none`, `nat-single`, which is the default, or `firewall`. An Azure subnet takes one NAT gateway
    only. A cluster is born with its way out: azure-native makes a new one for another."""
    firewall_address: NotRequired[str]
    """Private IPv4 address of the firewall that egress `firewall` routes everything to; the network reaches it through
    a peering of yours."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    cidr: SiteBlock
    zones: Annotated[int, Field(ge=1, le=3)]
    egress: AzureEgress = Egress.NAT_SINGLE
    firewall_address: IPv4Address | None = None

    @field_validator("cidr")
    @classmethod
    def _apart(cls, block: IPv4Network) -> IPv4Network:
        if any(block.overlaps(taken) for taken in (POD_BLOCK, SERVICE_BLOCK)):
            allowed = f"a block outside {POD_BLOCK} (pods) and {SERVICE_BLOCK} (services)"
            raise refusal(allowed, "take another block", given=str(block))
        return block

    @model_validator(mode="after")
    def _firewall_where_it_is_used(self) -> Self:
        given, wanted = self.firewall_address, self.egress is Egress.FIREWALL
        if wanted and not (given and given.is_private):
            allowed = "the private IPv4 address of your firewall, because egress is firewall"
            raise refusal(allowed, "add its address", "firewall_address", given and str(given))
        if given and not wanted:
            raise refusal("nothing unless egress is firewall", "remove it", "firewall_address", str(given))
        return self

    @property
    def layout(self) -> Layout:
        """The site's block shared out; one subnet a kind, because Azure's subnets span the zones."""
        return layout(self.cidr, 1)


class Network(pulumi.ComponentResource):
    """A network with subnets for nodes, the API server and private endpoints; nothing reaches it from the internet."""

    network_id: pulumi.Output[str]
    """Id of the virtual network."""
    node_subnet_ids: pulumi.Output[Sequence[str]]
    """Subnets of the nodes: one on Azure."""
    control_plane_subnet_ids: pulumi.Output[Sequence[str]]
    """Subnets delegated to the API server: one on Azure."""
    endpoint_subnet_id: pulumi.Output[str]
    """Subnet of the private endpoints."""
    key_zone_id: pulumi.Output[str]
    """Private DNS zone of Key Vaults."""
    blob_zone_id: pulumi.Output[str]
    """Private DNS zone of Blob storage."""
    file_zone_id: pulumi.Output[str]
    """Private DNS zone of Azure Files."""
    registry_zone_id: pulumi.Output[str]
    """Private DNS zone of container registries."""
    nat_addresses: pulumi.Output[Sequence[str]]
    """Public addresses that the network is seen under; none without a NAT gateway."""

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:Network", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        vnet = _virtual_network(name, settings, child)
        nat = _nat(name, settings, child)
        made = subnets(name, settings, settings.layout, vnet, _ways(name, settings, nat, child), child)
        zones = private_zones(name, settings, vnet.id, child)
        self.network_id = vnet.id
        self.node_subnet_ids = pulumi.Output.all(made["nodes"].id)
        self.control_plane_subnet_ids = pulumi.Output.all(made["control-plane"].id)
        self.endpoint_subnet_id = made["endpoints"].id
        self.key_zone_id, self.blob_zone_id = zones["keys"], zones["blob"]
        self.file_zone_id, self.registry_zone_id = zones["file"], zones["registry"]
        self.nat_addresses = pulumi.Output.all(*([nat.address] if nat else []))
        self.register_outputs({output: getattr(self, output) for output in Network.__annotations__})


def _virtual_network(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> network.VirtualNetwork:
    return network.VirtualNetwork(
        f"{name}-vnet",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        address_space=network.AddressSpaceArgs(address_prefixes=[str(settings.cidr)]),
        tags=settings.tags,
        opts=opts,
    )


def _nat(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> Nat | None:
    if settings.egress is not Egress.NAT_SINGLE:
        return None
    return nat_gateway(name, settings, zones_of(settings.region, settings.zones), opts)


def _ways(name: str, settings: _Checked, nat: Nat | None, opts: pulumi.ResourceOptions) -> Ways:
    return {
        "nat_gateway": nat.gateway if nat else None,
        "route_table": routes(name, settings, settings.firewall_address, opts) if settings.firewall_address else None,
    }

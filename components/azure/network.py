"""A site's private network on Azure."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native import network, privatedns
from pydantic import Field, field_validator

from components.azure.place import Placed
from components.core.blocks import SiteBlock
from components.core.cidr import POD_BLOCK, SERVICE_BLOCK, Layout, layout
from components.core.places import zones_of
from components.core.problems import refusal
from components.core.words import Egress

KEY_ZONE = "privatelink.vaultcore.azure.net"
BLOB_ZONE = "privatelink.blob.core.windows.net"


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
    """The way out: `none` or `nat-single`, which is the default. An Azure subnet takes one NAT gateway only."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Checked(Placed):
    cidr: SiteBlock
    zones: Annotated[int, Field(ge=1, le=3)]
    egress: Egress = Egress.NAT_SINGLE

    @field_validator("cidr")
    @classmethod
    def _apart(cls, block: IPv4Network) -> IPv4Network:
        if any(block.overlaps(taken) for taken in (POD_BLOCK, SERVICE_BLOCK)):
            allowed = f"a block outside {POD_BLOCK} (pods) and {SERVICE_BLOCK} (services)"
            raise refusal(allowed, "take another block", given=str(block))
        return block

    @field_validator("egress")
    @classmethod
    def _possible(cls, egress: Egress) -> Egress:
        if egress is Egress.NAT_PER_ZONE:
            raise refusal("none or nat-single: an Azure subnet takes one NAT gateway", "write nat-single")
        return egress

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

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:Network", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        vnet = _virtual_network(name, settings, child)
        subnets = _subnets(name, settings, vnet, child)
        zone_ids = [
            _private_zone(f"{name}-{label}", settings, zone, vnet, child)
            for label, zone in (("keys", KEY_ZONE), ("blob", BLOB_ZONE))
        ]
        self.network_id = vnet.id
        self.node_subnet_ids = pulumi.Output.all(subnets["nodes"].id)
        self.control_plane_subnet_ids = pulumi.Output.all(subnets["control-plane"].id)
        self.endpoint_subnet_id = subnets["endpoints"].id
        self.key_zone_id, self.blob_zone_id = zone_ids
        self.register_outputs(
            {
                "network_id": self.network_id,
                "node_subnet_ids": self.node_subnet_ids,
                "control_plane_subnet_ids": self.control_plane_subnet_ids,
                "endpoint_subnet_id": self.endpoint_subnet_id,
                "key_zone_id": self.key_zone_id,
                "blob_zone_id": self.blob_zone_id,
            }
        )


def _virtual_network(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> network.VirtualNetwork:
    return network.VirtualNetwork(
        f"{name}-vnet",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        address_space=network.AddressSpaceArgs(address_prefixes=[str(settings.cidr)]),
        tags=settings.tags,
        opts=opts,
    )


def _subnets(
    name: str, settings: _Checked, vnet: network.VirtualNetwork, opts: pulumi.ResourceOptions
) -> dict[str, network.Subnet]:
    internal = _security_group(f"{name}-internal", settings, [_FROM_INTERNET], opts)
    endpoints = _security_group(f"{name}-private-endpoints", settings, [_HTTPS_FROM_NETWORK, _FROM_ANYWHERE], opts)
    blocks = settings.layout
    wanted = {
        "nodes": network.SubnetInitArgs(
            address_prefix=str(blocks.nodes[0]),
            network_security_group=network.NetworkSecurityGroupArgs(id=internal.id),
            nat_gateway=_nat_gateway(name, settings, opts),
            **_common(settings, vnet),
        ),
        "control-plane": network.SubnetInitArgs(
            address_prefix=str(blocks.control_plane[0]),
            network_security_group=network.NetworkSecurityGroupArgs(id=internal.id),
            delegations=[network.DelegationArgs(name="aks", service_name="Microsoft.ContainerService/managedClusters")],
            **_common(settings, vnet),
        ),
        "endpoints": network.SubnetInitArgs(
            address_prefix=str(blocks.endpoints[0]),
            network_security_group=network.NetworkSecurityGroupArgs(id=endpoints.id),
            # Without this a security group is not asked about traffic to private endpoints.
            private_endpoint_network_policies=network.VirtualNetworkPrivateEndpointNetworkPolicies.ENABLED,
            **_common(settings, vnet),
        ),
    }
    made: dict[str, network.Subnet] = {}
    for kind, subnet in wanted.items():
        subnet.subnet_name = kind
        # One after the other: Azure refuses a change of a network while another one runs.
        one_by_one = pulumi.ResourceOptions(parent=opts.parent, depends_on=list(made.values()))
        made[kind] = network.Subnet(f"{name}-{kind}", subnet, one_by_one)
    return made


class _SubnetPlace(TypedDict):
    resource_group_name: pulumi.Input[str]
    virtual_network_name: pulumi.Input[str]
    default_outbound_access: bool


def _common(settings: _Checked, vnet: network.VirtualNetwork) -> _SubnetPlace:
    return {
        "resource_group_name": settings.resource_group_name,
        "virtual_network_name": vnet.name,
        # Azure's implicit way out has no address of ours and is being retired.
        "default_outbound_access": False,
    }


def _rule(name: str, priority: int, source: str, ports: str, allow: bool) -> network.SecurityRuleArgs:
    access = network.SecurityRuleAccess.ALLOW if allow else network.SecurityRuleAccess.DENY
    return network.SecurityRuleArgs(
        name=name,
        priority=priority,
        direction=network.SecurityRuleDirection.INBOUND,
        access=access,
        protocol=network.SecurityRuleProtocol.TCP if allow else network.SecurityRuleProtocol.ASTERISK,
        source_address_prefix=source,
        source_port_range="*",
        destination_address_prefix="*",
        destination_port_range=ports,
    )


_FROM_INTERNET = _rule("deny-internet", 4096, "Internet", "*", allow=False)
_HTTPS_FROM_NETWORK = _rule("allow-https-from-network", 100, "VirtualNetwork", "443", allow=True)
_FROM_ANYWHERE = _rule("deny-everything-else", 4096, "*", "*", allow=False)


def _security_group(
    name: str, settings: _Checked, rules: Sequence[network.SecurityRuleArgs], opts: pulumi.ResourceOptions
) -> network.NetworkSecurityGroup:
    return network.NetworkSecurityGroup(
        name,
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        security_rules=rules,
        tags=settings.tags,
        opts=opts,
    )


def _nat_gateway(name: str, settings: _Checked, opts: pulumi.ResourceOptions) -> network.SubResourceArgs | None:
    """One gateway whose address is spread over the zones; None for a network without a way out."""
    if settings.egress is Egress.NONE:
        return None
    address = network.PublicIPAddress(
        f"{name}-nat-address",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        sku=network.PublicIPAddressSkuArgs(name=network.PublicIPAddressSkuName.STANDARD),
        public_ip_allocation_method=network.IPAllocationMethod.STATIC,
        zones=zones_of(settings.region, settings.zones),
        tags=settings.tags,
        opts=opts,
    )
    gateway = network.NatGateway(
        f"{name}-nat",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        sku=network.NatGatewaySkuArgs(name=network.NatGatewaySkuName.STANDARD),
        public_ip_addresses=[network.SubResourceArgs(id=address.id)],
        tags=settings.tags,
        opts=opts,
    )
    return network.SubResourceArgs(id=gateway.id)


def _private_zone(
    name: str, settings: _Checked, zone: str, vnet: network.VirtualNetwork, opts: pulumi.ResourceOptions
) -> pulumi.Output[str]:
    """A zone that answers inside this network only; its id."""
    made = privatedns.PrivateZone(
        f"{name}-zone",
        location="global",
        resource_group_name=settings.resource_group_name,
        private_zone_name=zone,
        tags=settings.tags,
        opts=opts,
    )
    privatedns.VirtualNetworkLink(
        f"{name}-zone-link",
        location="global",
        resource_group_name=settings.resource_group_name,
        private_zone_name=made.name,
        virtual_network=privatedns.SubResourceArgs(id=vnet.id),
        registration_enabled=False,
        tags=settings.tags,
        opts=opts,
    )
    return made.id

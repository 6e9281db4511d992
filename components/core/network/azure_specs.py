"""The network of a site on Azure beyond its block and egress: hub, existing subnets, DNS, routes and NAT addresses."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.network.addresses import PrivateAddress
from falaj.components.core.network.azure_ids import (
    ApiServerZoneId,
    BlobZoneId,
    FileZoneId,
    KeyVaultZoneId,
    PrefixId,
    PublicAddressId,
    RegistryZoneId,
    SubnetId,
    VirtualHubId,
    VnetId,
)
from falaj.components.core.network.blocks import InsideBlock
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refuse_if

ONE_HUB = "one of vnet_id and virtual_hub_id"


class HubSpec(Spec):
    """The hub that a site's network is connected to, before the cluster is created."""

    vnet_id: Input[VnetId] | None = None
    """Id of the hub's virtual network, which is peered with the site's."""
    virtual_hub_id: Input[VirtualHubId] | None = None
    """Id of the hub of Azure Virtual WAN that the site's network is connected to, instead of `vnet_id`."""
    peer_back: bool = True
    """Whether the peering from the hub to the site is created as well, with the same credentials in the hub's
    subscription. Set it to false where the owner of the hub creates it; until then nothing reaches the site."""
    use_gateway: bool = False
    """Whether the site uses the hub's VPN or ExpressRoute gateway."""

    def _problems(self) -> Iterator[Problem]:
        if (self.vnet_id is None) == (self.virtual_hub_id is None):
            yield Problem("vnet_id", self.vnet_id or "nothing", ONE_HUB, "name one hub")


class ExistingSubnets(Spec):
    """Existing subnets that a site uses instead of a network of its own. They are looked up in every preview."""

    vnet_id: Input[VnetId]
    """Id of the virtual network."""
    node_subnet_id: Input[SubnetId]
    """Id of the subnet of the nodes. Its NAT gateway or route table must fit the site's `egress`."""
    api_server_subnet_id: Input[SubnetId]
    """Id of the subnet of the API server: at least a /28, delegated to `Microsoft.ContainerService/managedClusters`."""
    endpoint_subnet_id: Input[SubnetId]
    """Id of the subnet of private endpoints. Its network security group must admit TCP 443 and 2049 (shared files) from
    the nodes."""


class DnsZones(Spec):
    """Existing private DNS zones, such as those of a hub's subscription."""

    api_server: Input[ApiServerZoneId] | None = None
    """Zone of the API server's name. AKS writes its record and links the zone to the site's network."""
    key_vault: Input[KeyVaultZoneId] | None = None
    """Zone `privatelink.vaultcore.azure.net`."""
    blob: Input[BlobZoneId] | None = None
    """Zone `privatelink.blob.core.windows.net`."""
    file: Input[FileZoneId] | None = None
    """Zone `privatelink.file.core.windows.net`."""
    registry: Input[RegistryZoneId] | None = None
    """Zone `privatelink.azurecr.io`."""
    link: bool = True
    """Whether the zones other than `api_server` are linked to the site's network. Set it to false where the network's
    DNS servers resolve them, or a policy of the hub links them."""


class RouteSpec(Spec):
    """A route of the nodes' traffic to one block of addresses."""

    destination: Accepts[InsideBlock, InsideBlock | str]
    """Private block of addresses."""
    next_hop: Accepts[Input[PrivateAddress], Input[PrivateAddress | str]]
    """Private IPv4 address of the appliance that the traffic is sent to."""


class NatSpec(Spec):
    """Public source addresses of a NAT gateway."""

    addresses: int = Field(default=1, ge=1, le=16)
    """Number of public addresses, 1 to 16. Each adds 64,512 ports for connections to one destination."""
    prefix_id: Input[PrefixId] | None = None
    """Id of an existing public IP prefix, whose addresses are used instead of new ones."""
    address_ids: Sequence[Input[PublicAddressId]] = Field(default=(), max_length=16)
    """Ids of existing public addresses of SKU Standard in the site's subscription, at most 16, that are used instead of
    new ones, such as addresses that partners have allowed. None by default."""
    idle_minutes: Input[Annotated[int, Field(ge=4, le=120)]] | None = None
    """Minutes after which an idle connection is closed, 4 to 120. Default: Azure's, 4."""

    def _problems(self) -> Iterator[Problem]:
        existing = [name for name in ("prefix_id", "address_ids") if getattr(self, name)]
        if existing and self.addresses != 1:
            yield Problem("addresses", self.addresses, f"nothing with {existing[0]}", "remove one of the two")
        if len(existing) > 1:
            yield Problem("address_ids", list(self.address_ids), "nothing with prefix_id", "remove one of the two")

    @property
    def uses_existing(self) -> bool:
        """Whether the addresses exist already."""
        return self.prefix_id is not None or bool(self.address_ids)


class AzureNetworkSpec(Spec):
    """Options of a site's network on Azure."""

    existing: ExistingSubnets | None = None
    """Existing subnets; the site creates a network of its own if absent."""
    hub: HubSpec | None = None
    """Hub that the network is connected to; none if absent."""
    dns_servers: Accepts[Sequence[Input[PrivateAddress]], Sequence[Input[PrivateAddress | str]]] = default(())
    """DNS servers of the network, such as the inbound endpoint of a resolver in the hub. Default: Azure's DNS."""
    dns_zones: DnsZones = DnsZones()
    """Existing private DNS zones; the site creates those that are absent."""
    dns_links: Mapping[Label, Input[VnetId]] = Field(default={})
    """Other networks in which the names of the site's own zones are resolved, including that of the API server, by a
    name of your choice: for example the network of the pipeline's runners."""
    routes: Mapping[Label, RouteSpec] = Field(default={})
    """Further routes of the nodes, by name."""
    nat: NatSpec = NatSpec()
    """Public addresses of the NAT gateway, with egress `nat-single`."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse_if(self._option_problems())
        return self

    def _option_problems(self) -> Iterator[Problem]:
        if self.existing is not None:
            given = {"hub": self.hub, "dns_servers": self.dns_servers, "routes": self.routes}
            for field, value in given.items():
                if value:
                    allowed = "nothing with existing: it belongs to the owner of that network"
                    yield Problem(field, _shown(value), allowed, "remove it, or existing")
        if self.dns_zones.api_server is not None and self.dns_links and self._has_all_zones:
            yield Problem("dns_links", sorted(self.dns_links), "nothing if every zone exists", "remove it")

    @property
    def _has_all_zones(self) -> bool:
        zones = self.dns_zones
        return None not in (zones.key_vault, zones.blob, zones.file, zones.registry)

    @property
    def has_api_server_zone(self) -> bool:
        """Whether the API server's private DNS zone is given, or created by the site to link it elsewhere; AKS creates
        it otherwise."""
        return self.dns_zones.api_server is not None or bool(self.dns_links)

    @property
    def reaches_runners(self) -> bool:
        """Whether anything connects the site with another network of yours."""
        return bool(self.existing or self.hub) and (
            self.has_api_server_zone or self.existing is not None or bool(self.dns_servers)
        )


def _shown(value: object) -> object:
    return value.model_dump(mode="json", exclude_none=True) if isinstance(value, Spec) else list(value)  # type: ignore[call-overload]

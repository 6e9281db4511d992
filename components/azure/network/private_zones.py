"""Private DNS zones of the services that a network reaches through private endpoints, and of its API server."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import privatedns

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.azure.network.hub import other_subscription
from falaj.components.core.network.azure_ids import group_of_id, name_of_id
from falaj.components.core.network.azure_specs import AzureNetworkSpec, DnsZones
from falaj.components.core.validation.inputs import map_inputs

ZONES = {
    "keys": "privatelink.vaultcore.azure.net",
    "blob": "privatelink.blob.core.windows.net",
    "file": "privatelink.file.core.windows.net",
    "registry": "privatelink.azurecr.io",
}
"""Service -> its private DNS zone (learn.microsoft.com/azure/private-link/private-endpoint-dns, 2026-11-24). The data
endpoints of a registry use the same zone as the registry. Each zone costs 0.50 USD a month."""

API_SERVER = "api-server"
"""The API server among the services: its zone is created only where other networks resolve its name."""

AKS_ZONE = "system"
"""AKS's word for a zone that it creates itself, in the cluster's node resource group."""

_SUBZONE_LENGTH = 32
"""Longest name of a subzone (azure-aks-docs private-clusters.md, 2026-08-05)."""


@dataclass(frozen=True)
class ZoneArgs:
    """Where zones are created, and the networks that resolve their names."""

    group: ResourceGroupArgs
    options: AzureNetworkSpec
    network_id: pulumi.Input[str]
    parent: pulumi.Resource


def private_zones(name: str, args: ZoneArgs) -> dict[str, pulumi.Output[str]]:
    """Returns the ids of all zones by service: existing ones, and those created here and linked to the network."""
    zones = args.options.dns_zones
    given = {"keys": zones.key_vault, "blob": zones.blob, "file": zones.file, "registry": zones.registry}
    existing = {service: zone_id for service, zone_id in given.items() if zone_id is not None}
    if existing and zones.link:
        _link_existing(name, args, existing)
    by_service = {
        service: pulumi.Output.from_input(existing[service])
        if service in existing
        else _zone(f"{name}-{service}", args, zone, {"": args.network_id, **args.options.dns_links})
        for service, zone in ZONES.items()
    }
    return {**by_service, API_SERVER: _api_server_zone(name, args, zones)}


def _api_server_zone(name: str, args: ZoneArgs, zones: DnsZones) -> pulumi.Output[str]:
    """Returns the zone of the API server's name.

    A network cannot be linked to two zones of one name, and each site has a zone, so a site's zone is a subzone. AKS
    links it to the site's own network.
    """
    if zones.api_server is not None:
        return pulumi.Output.from_input(zones.api_server)
    if not args.options.dns_links:
        return pulumi.Output.from_input(AKS_ZONE)
    zone = f"{name[:_SUBZONE_LENGTH].strip('-')}.private.{args.group.region}.azmk8s.io"
    return _zone(f"{name}-{API_SERVER}", args, zone, args.options.dns_links)


def _zone(name: str, args: ZoneArgs, zone: str, networks: Mapping[str, pulumi.Input[str]]) -> pulumi.Output[str]:
    opts = pulumi.ResourceOptions(parent=args.parent)
    private_zone = privatedns.PrivateZone(
        f"{name}-zone",
        location="global",
        resource_group_name=args.group.resource_group_name,
        private_zone_name=zone,
        tags=args.group.tags,
        opts=opts,
    )
    links = [
        _link(
            f"{name}-zone-link" + (f"-{label}" if label else ""),
            args.group,
            args.group.resource_group_name,
            private_zone.name,
            network_id,
            opts,
        )
        for label, network_id in networks.items()
    ]
    # The name is resolved wherever it must be before anything uses the zone.
    return pulumi.Output.all(private_zone.id, *(link.id for link in links)).apply(lambda ids: ids[0])


def _link_existing(name: str, args: ZoneArgs, zones: Mapping[str, pulumi.Input[str]]) -> None:
    """Links existing zones to the site's network, in the zones' subscription."""
    opts = other_subscription(f"{name}-dns", args.group, next(iter(zones.values())), args.parent)
    for service, zone_id in zones.items():
        _link(
            f"{name}-{service}-zone-link",
            args.group,
            map_inputs(group_of_id, zone_id),
            map_inputs(name_of_id, zone_id),
            args.network_id,
            opts,
        )


def _link(
    name: str,
    args: ResourceGroupArgs,
    zone_group: pulumi.Input[str],
    zone_name: pulumi.Input[str],
    network_id: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> privatedns.VirtualNetworkLink:
    return privatedns.VirtualNetworkLink(
        name,
        location="global",
        resource_group_name=zone_group,
        private_zone_name=zone_name,
        virtual_network=privatedns.SubResourceArgs(id=network_id),
        registration_enabled=False,
        tags=args.tags,
        opts=opts,
    )

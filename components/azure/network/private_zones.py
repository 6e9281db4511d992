"""Private DNS zones of the services that a network reaches through private endpoints."""

import pulumi
from pulumi_azure_native import privatedns

from falaj.components.azure.common.args import ResourceGroupArgs

ZONES = {
    "keys": "privatelink.vaultcore.azure.net",
    "blob": "privatelink.blob.core.windows.net",
    "file": "privatelink.file.core.windows.net",
    "registry": "privatelink.azurecr.io",
}
"""Service -> its private DNS zone (learn.microsoft.com/azure/private-link/private-endpoint-dns, 2026-11-24). The data
endpoints of a registry use the same zone as the registry. Each zone costs 0.50 USD a month."""


def private_zones(
    name: str, args: ResourceGroupArgs, network_id: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> dict[str, pulumi.Output[str]]:
    """Creates all zones, linked to this network only; returns their ids by service."""
    return {service: _zone(f"{name}-{service}", args, zone, network_id, opts) for service, zone in ZONES.items()}


def _zone(
    name: str, args: ResourceGroupArgs, zone: str, network_id: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> pulumi.Output[str]:
    private_zone = privatedns.PrivateZone(
        f"{name}-zone",
        location="global",
        resource_group_name=args.resource_group_name,
        private_zone_name=zone,
        tags=args.tags,
        opts=opts,
    )
    privatedns.VirtualNetworkLink(
        f"{name}-zone-link",
        location="global",
        resource_group_name=args.resource_group_name,
        private_zone_name=private_zone.name,
        virtual_network=privatedns.SubResourceArgs(id=network_id),
        registration_enabled=False,
        tags=args.tags,
        opts=opts,
    )
    return private_zone.id

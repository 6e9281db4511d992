"""Private DNS zones: the names under which a network finds the services that it reaches privately."""

import pulumi
from pulumi_azure_native import privatedns

from falaj.components.azure.common.args import ResourceGroupArgs

ZONES = {
    "keys": "privatelink.vaultcore.azure.net",
    "blob": "privatelink.blob.core.windows.net",
    "file": "privatelink.file.core.windows.net",
    "registry": "privatelink.azurecr.io",
}
"""Part of a site -> zone of its service (learn.microsoft.com/azure/private-link/private-endpoint-dns, 2026-11-24). A
registry's data endpoints have their names in the same zone. Each zone costs half a dollar a month."""


def private_zones(
    name: str, args: ResourceGroupArgs, network_id: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> dict[str, pulumi.Output[str]]:
    """The ids of all zones by the part that needs them; they answer inside this network only."""
    return {part: _zone(f"{name}-{part}", args, zone, network_id, opts) for part, zone in ZONES.items()}


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

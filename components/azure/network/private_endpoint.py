"""Private endpoints: addresses in a site's network for Azure's services."""

import pulumi
from pulumi_azure_native import network

from falaj.components.azure.common.args import PrivateServiceArgs


def private_endpoint(
    name: str,
    args: PrivateServiceArgs,
    resource_id: pulumi.Input[str],
    group: str,
    opts: pulumi.ResourceOptions,
) -> network.PrivateEndpoint:
    """A private address for a resource's sub-resource `group`, such as `blob`, under its usual name.

    The zone group keeps that name's record in the network's private DNS zone.
    """
    endpoint = network.PrivateEndpoint(
        name,
        location=args.region,
        resource_group_name=args.resource_group_name,
        subnet=network.SubnetArgs(id=args.endpoint_subnet_id),
        private_link_service_connections=[
            network.PrivateLinkServiceConnectionArgs(name=group, private_link_service_id=resource_id, group_ids=[group])
        ],
        tags=args.tags,
        opts=opts,
    )
    network.PrivateDnsZoneGroup(
        f"{name}-names",
        resource_group_name=args.resource_group_name,
        private_endpoint_name=endpoint.name,
        private_dns_zone_group_name="default",
        private_dns_zone_configs=[
            network.PrivateDnsZoneConfigArgs(name=group.lower(), private_dns_zone_id=args.dns_zone_id)
        ],
        opts=opts,
    )
    return endpoint

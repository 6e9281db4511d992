"""Private endpoints: addresses of Azure services in a site's network."""

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
    """Creates a private endpoint for the sub-resource `group` of a resource, such as `blob`.

    The endpoint's DNS zone group registers the resource's host name in the network's private DNS zone.
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

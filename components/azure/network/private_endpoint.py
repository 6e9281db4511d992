"""A private address in the site's network for one Azure service."""

import pulumi
from pulumi_azure_native import network

from falaj.components.azure.common.location import Placed


def private_endpoint(
    name: str,
    place: Placed,
    service: tuple[pulumi.Input[str], str],
    subnet_id: pulumi.Input[str],
    dns_zone_id: pulumi.Input[str],
    opts: pulumi.ResourceOptions,
) -> network.PrivateEndpoint:
    """Reach `service` (resource id, group such as `blob`) under its usual name from inside the network only.

    The zone group keeps the name's record in the private zone `dns_zone_id`.
    """
    resource_id, group = service
    endpoint = network.PrivateEndpoint(
        name,
        location=place.region,
        resource_group_name=place.resource_group_name,
        subnet=network.SubnetArgs(id=subnet_id),
        private_link_service_connections=[
            network.PrivateLinkServiceConnectionArgs(name=group, private_link_service_id=resource_id, group_ids=[group])
        ],
        tags=place.tags,
        opts=opts,
    )
    network.PrivateDnsZoneGroup(
        f"{name}-names",
        resource_group_name=place.resource_group_name,
        private_endpoint_name=endpoint.name,
        private_dns_zone_group_name="default",
        private_dns_zone_configs=[
            network.PrivateDnsZoneConfigArgs(name=group.lower(), private_dns_zone_id=dns_zone_id)
        ],
        opts=opts,
    )
    return endpoint

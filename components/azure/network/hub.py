"""Connection of a site's network with a hub: a peering in both directions, or a connection to a virtual hub."""

import pulumi
import pulumi_azure_native as azure_native
from pulumi_azure_native import network

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.network.azure_ids import group_of_id, name_of_id, subscription_of_id
from falaj.components.core.network.azure_specs import HubSpec
from falaj.components.core.validation.inputs import map_inputs


def other_subscription(
    name: str, args: ResourceGroupArgs, resource_id: pulumi.Input[str], parent: pulumi.Resource | None
) -> pulumi.ResourceOptions:
    """Returns options of resources in the subscription of an existing resource: those of a provider of its own, with
    the credentials of the site's."""
    provider = azure_native.Provider(
        f"{name}-subscription",
        location=args.region,
        subscription_id=map_inputs(subscription_of_id, resource_id),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return pulumi.ResourceOptions(parent=parent, provider=provider)


def connect_hub(
    name: str,
    args: ResourceGroupArgs,
    hub: HubSpec,
    vnet: network.VirtualNetwork,
    subnets: list[pulumi.Resource],
    parent: pulumi.Resource,
) -> None:
    """Connects the network with the hub, after its subnets: Azure refuses a change of a network during another."""
    if hub.virtual_hub_id is not None:
        _hub_connection(name, args, hub.virtual_hub_id, vnet, subnets, parent)
    elif hub.vnet_id is not None:
        _peerings(name, args, hub, hub.vnet_id, vnet, subnets, parent)


def _peerings(
    name: str,
    args: ResourceGroupArgs,
    hub: HubSpec,
    hub_vnet_id: pulumi.Input[str],
    vnet: network.VirtualNetwork,
    subnets: list[pulumi.Resource],
    parent: pulumi.Resource,
) -> None:
    """Peers the networks. The hub's side comes first: only it can offer the gateway that the site's side uses."""
    before = list(subnets)
    if hub.peer_back:
        options = other_subscription(f"{name}-hub", args, hub_vnet_id, parent)
        options.depends_on = subnets
        before.append(
            network.VirtualNetworkPeering(
                f"{name}-from-hub",
                resource_group_name=map_inputs(group_of_id, hub_vnet_id),
                virtual_network_name=map_inputs(name_of_id, hub_vnet_id),
                virtual_network_peering_name=vnet.name,
                remote_virtual_network=network.SubResourceArgs(id=vnet.id),
                allow_virtual_network_access=True,
                allow_forwarded_traffic=True,
                allow_gateway_transit=hub.use_gateway,
                use_remote_gateways=False,
                opts=options,
            )
        )
    network.VirtualNetworkPeering(
        f"{name}-to-hub",
        resource_group_name=args.resource_group_name,
        virtual_network_name=vnet.name,
        virtual_network_peering_name="hub",
        remote_virtual_network=network.SubResourceArgs(id=hub_vnet_id),
        allow_virtual_network_access=True,
        # The hub's firewall and gateway forward traffic of other networks.
        allow_forwarded_traffic=True,
        allow_gateway_transit=False,
        use_remote_gateways=hub.use_gateway,
        opts=pulumi.ResourceOptions(parent=parent, depends_on=before),
    )


def _hub_connection(
    name: str,
    args: ResourceGroupArgs,
    virtual_hub_id: pulumi.Input[str],
    vnet: network.VirtualNetwork,
    subnets: list[pulumi.Resource],
    parent: pulumi.Resource,
) -> None:
    options = other_subscription(f"{name}-hub", args, virtual_hub_id, parent)
    options.depends_on = subnets
    network.HubVirtualNetworkConnection(
        f"{name}-to-hub",
        resource_group_name=map_inputs(group_of_id, virtual_hub_id),
        virtual_hub_name=map_inputs(name_of_id, virtual_hub_id),
        connection_name=vnet.name,
        remote_virtual_network=network.SubResourceArgs(id=vnet.id),
        enable_internet_security=True,
        opts=options,
    )

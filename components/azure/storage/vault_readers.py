"""Access to a vault from networks other than the site's: network rules, private endpoints and roles."""

import pulumi
from pulumi_azure_native import authorization, network, storage

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.blob_roles import grant_on_container, writer_role
from falaj.components.azure.identity.propagation import RESOURCE_MANAGER_SECONDS, effective
from falaj.components.azure.network.hub import other_subscription
from falaj.components.core.network.azure_ids import group_of_id
from falaj.components.core.site.azure_role_ids import Role
from falaj.components.core.site.azure_vault_readers import AzureVaultReaders, VaultEndpointSpec, address_rules
from falaj.components.core.validation.inputs import map_inputs


def network_rules(readers: AzureVaultReaders | None, bypass: storage.Bypass) -> storage.NetworkRuleSetArgs:
    """Returns rules that deny every network, except those of the readers."""
    rules = storage.NetworkRuleSetArgs(default_action=storage.DefaultAction.DENY, bypass=bypass)
    if readers is not None and readers.addresses:
        rules.ip_rules = pulumi.Output.all(*readers.addresses).apply(
            lambda blocks: [
                storage.IPRuleArgs(i_p_address_or_range=rule, action=storage.Action.ALLOW)
                for rule in address_rules(*blocks)
            ]
        )
    if readers is not None and readers.subnet_ids:
        rules.virtual_network_rules = [
            storage.VirtualNetworkRuleArgs(virtual_network_resource_id=subnet_id, action=storage.Action.ALLOW)
            for subnet_id in readers.subnet_ids
        ]
    return rules


def admit_readers(
    name: str,
    args: ResourceGroupIdArgs,
    readers: AzureVaultReaders,
    account_id: pulumi.Input[str],
    container_id: pulumi.Input[str],
    parent: pulumi.Resource,
) -> None:
    """Creates the readers' private endpoints and role assignments."""
    for label, endpoint in readers.endpoints.items():
        _endpoint(f"{name}-reader-{label}", args, endpoint, account_id, parent)
    if readers.groups:
        _roles(name, args, readers, container_id, parent)


def _endpoint(
    name: str,
    args: ResourceGroupIdArgs,
    spec: VaultEndpointSpec,
    account_id: pulumi.Input[str],
    parent: pulumi.Resource,
) -> None:
    """Creates an endpoint beside its network: it must be in the network's region and subscription (learn.microsoft.com,
    private-endpoint-overview, 2026-11-26)."""
    opts = other_subscription(name, args, spec.subnet_id, parent)
    group_name = map_inputs(group_of_id, spec.subnet_id)
    endpoint = network.PrivateEndpoint(
        f"{name}-endpoint",
        location=args.region,
        resource_group_name=group_name,
        subnet=network.SubnetArgs(id=spec.subnet_id),
        private_link_service_connections=[
            network.PrivateLinkServiceConnectionArgs(
                name="blob", private_link_service_id=account_id, group_ids=["blob"]
            )
        ],
        tags=args.tags,
        opts=opts,
    )
    if spec.dns_zone_id is not None:
        network.PrivateDnsZoneGroup(
            f"{name}-endpoint-names",
            resource_group_name=group_name,
            private_endpoint_name=endpoint.name,
            private_dns_zone_group_name="default",
            private_dns_zone_configs=[
                network.PrivateDnsZoneConfigArgs(name="blob", private_dns_zone_id=spec.dns_zone_id)
            ],
            opts=opts,
        )


def _roles(
    name: str,
    args: ResourceGroupIdArgs,
    readers: AzureVaultReaders,
    container_id: pulumi.Input[str],
    parent: pulumi.Resource,
) -> None:
    opts = pulumi.ResourceOptions(parent=parent)
    writer = writer_role(f"{name}-reader-writes", args.resource_group_id, opts) if readers.writes else None
    role = writer.guid if writer else pulumi.Output.from_input(Role.STORAGE_BLOB_DATA_READER.value)
    ready = [effective(writer.definition, RESOURCE_MANAGER_SECONDS)] if writer else []
    for index, group in enumerate(readers.groups):
        grant_on_container(
            f"{name}-reader-group-{group[:8] if isinstance(group, str) else index}",
            role,
            group,
            container_id,
            pulumi.ResourceOptions(parent=parent, depends_on=ready),
            principal_type=authorization.PrincipalType.GROUP,
        )

"""Who uses the API server of an AKS cluster: role assignments of the deploying identity, readers and tenants."""

import pulumi
from pulumi_azure_native import authorization

from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.azure.identity.custom_roles import CustomRole, custom_role
from falaj.components.azure.identity.propagation import RESOURCE_MANAGER_SECONDS, effective
from falaj.components.azure.identity.roles import Role, subscription_of

READ_ACTIONS = ("Microsoft.ContainerService/managedClusters/*/read",)
"""Data actions of a reader of the whole cluster. The built-in RBAC Reader reads neither custom resources nor the
secrets in which Helm keeps its state (azure-aks-docs manage-azure-rbac.md)."""


def grant_deployer(
    name: str, args: ClusterArgs, group_id: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Makes the identity that runs the first `pulumi up` an administrator of the clusters of the resource group.

    The assignment precedes the cluster, because AKS takes up to five minutes to see a new one (azure-aks-docs
    manage-azure-rbac.md), which the cluster's creation takes as well. Later runs of other identities keep it. The type
    of the identity is a setting, because azure-native's getClientConfig does not return it.
    """
    if not args.grant_deployer:
        return []
    client = authorization.get_client_config_output(opts=pulumi.InvokeOutputOptions(parent=opts.parent))
    return [
        _assign(
            f"{name}-deployer",
            Role.AKS_RBAC_CLUSTER_ADMIN.value,
            group_id,
            client.object_id,
            authorization.PrincipalType(args.deployer_type.value),
            pulumi.ResourceOptions(parent=opts.parent, ignore_changes=["principalId", "principalType"]),
        )
    ]


def grant_users(name: str, args: ClusterArgs, cluster_id: pulumi.Output[str], opts: pulumi.ResourceOptions) -> None:
    """Grants readers the whole cluster, and groups of tenants their namespaces; all may fetch the kubeconfig."""
    group_type = authorization.PrincipalType.GROUP
    reader = _reader_role(name, cluster_id, opts) if args.viewers else None
    for index, viewer in enumerate(args.viewers):
        label = f"{name}-viewer-{_label(viewer, index)}"
        _assign(f"{label}-kubeconfig", Role.AKS_CLUSTER_USER.value, cluster_id, viewer, group_type, opts)
        if reader is not None:
            after = pulumi.ResourceOptions(
                parent=opts.parent, depends_on=[effective(reader.definition, RESOURCE_MANAGER_SECONDS)]
            )
            _assign(f"{label}-reads", reader.guid, cluster_id, viewer, group_type, after)
    for index, access in enumerate(args.namespace_groups):
        label = f"{name}-tenant-{_label(access.group, index)}"
        _assign(f"{label}-kubeconfig", Role.AKS_CLUSTER_USER.value, cluster_id, access.group, group_type, opts)
        namespace_role = Role.AKS_RBAC_WRITER if access.writes else Role.AKS_RBAC_READER
        for namespace in access.namespaces:
            scope = pulumi.Output.concat(cluster_id, "/namespaces/", namespace)
            _assign(f"{label}-{namespace}", namespace_role.value, scope, access.group, group_type, opts)


def grant_kubeconfig(
    name: str, scope: pulumi.Input[str], group: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> authorization.RoleAssignment:
    """Lets an Entra group fetch the kubeconfig of the clusters in `scope`, which gives it no right on their objects."""
    return _assign(
        f"{name}-{_label(group, 0)}-kubeconfig",
        Role.AKS_CLUSTER_USER.value,
        scope,
        group,
        authorization.PrincipalType.GROUP,
        opts,
    )


def _label(group: pulumi.Input[str], index: int) -> str:
    return group[:8] if isinstance(group, str) else str(index)


def _reader_role(name: str, cluster_id: pulumi.Output[str], opts: pulumi.ResourceOptions) -> CustomRole:
    return custom_role(
        f"{name}-reader",
        cluster_id.apply(lambda id_: id_.partition("/providers/")[0]),
        f"Falaj cluster reader {name}",
        "Reads all objects of one AKS cluster, and changes none",
        authorization.PermissionArgs(actions=[], data_actions=[*READ_ACTIONS]),
        opts,
    )


def _assign(
    name: str,
    role_guid: pulumi.Input[str],
    scope: pulumi.Input[str],
    principal_id: pulumi.Input[str],
    principal_type: authorization.PrincipalType,
    opts: pulumi.ResourceOptions,
) -> authorization.RoleAssignment:
    """Assigns a role. Azure refuses a principal of another type; without one, the SDK states `User`
    (pulumi_azure_native 3.29, authorization/role_assignment.py)."""
    definition = pulumi.Output.all(scope, role_guid).apply(
        lambda known: f"{subscription_of(known[0])}/providers/Microsoft.Authorization/roleDefinitions/{known[1]}"
    )
    return authorization.RoleAssignment(
        name,
        principal_id=principal_id,
        principal_type=principal_type,
        role_definition_id=definition,
        scope=scope,
        opts=opts,
    )

"""An AKS cluster with a private API server, whose secrets and disks are encrypted with the site's keys."""

import pulumi
from pulumi_azure_native import containerservice

from falaj.components.azure.cluster import profiles, scaling
from falaj.components.azure.cluster.access import grant_deployer, grant_users
from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.azure.cluster.keys import ClusterKeys, cluster_keys
from falaj.components.azure.cluster.kubeconfig import kubeconfig
from falaj.components.azure.cluster.maintenance import maintenance_windows
from falaj.components.azure.cluster.system_pool import UNTRACKED_PATHS, bootstrap_profile, pool_version
from falaj.components.azure.monitoring.audit_log import diagnostic_setting


class Cluster(pulumi.ComponentResource):
    """An AKS cluster with a private API server, Entra authentication and Azure role-based access control. Local
    accounts are disabled."""

    cluster_name: pulumi.Output[str]
    """Name of the cluster."""
    cluster_id: pulumi.Output[str]
    """Id of the cluster."""
    endpoint: pulumi.Output[str]
    """URL of the API server, `https://…:443`."""
    oidc_issuer_url: pulumi.Output[str]
    """OIDC issuer URL of the cluster's service account tokens."""
    disk_key: pulumi.Output[str]
    """Id of the disk encryption set of nodes and volumes."""
    control_plane_principal_id: pulumi.Output[str]
    """Principal id of the control plane's identity, with which storage drivers attach volumes to claims."""
    kubelet_principal_id: pulumi.Output[str]
    """Principal id of the nodes' identity, which pulls images."""
    kubeconfig: pulumi.Output[str]
    """Kubeconfig of the cluster as JSON. It contains no secret: `kubelogin` fetches the token."""
    node_resource_group: pulumi.Output[str]
    """Resource group in which AKS creates the machines and disks; most of the cost arises there."""

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ClusterArgs.of(name, args)
        super().__init__("falaj:azure:Cluster", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        keys = cluster_keys(name, args, child)
        group_id = keys.disks.id.apply(lambda disks_id: disks_id.partition("/providers/")[0])
        grants = [*keys.grants, *grant_deployer(name, args, group_id, child)]
        cluster = containerservice.ManagedCluster(
            f"{name}-aks",
            _managed_cluster(name, args, keys),
            pulumi.ResourceOptions(
                parent=self,
                depends_on=grants,
                protect=args.protect,
                ignore_changes=[*UNTRACKED_PATHS, *profiles.untracked_key(args)],
            ),
        )
        grant_users(name, args, cluster.id, child)
        pool_version(name, args, cluster, self)
        logs = [log.value for log in args.control_plane_logs]
        diagnostic_setting(f"{name}-audit", cluster.id, args.workspace_id, logs, child)
        maintenance_windows(name, args, cluster.name, args.awake, args.change_freezes, child)
        self.cluster_name = cluster.name
        self.cluster_id = cluster.id
        self.endpoint = _endpoint(cluster, is_private=not args.public_access_cidrs)
        self.oidc_issuer_url = cluster.oidc_issuer_profile.apply(lambda issuer: issuer.issuer_url if issuer else "")
        self.disk_key = keys.disks.id
        self.control_plane_principal_id = keys.control.principal_id
        self.kubelet_principal_id = keys.kubelet.principal_id
        self.kubeconfig = kubeconfig(args.resource_group_name, cluster.name, self)
        self.node_resource_group = cluster.node_resource_group.apply(lambda group: group or "")
        self.register_outputs({output: getattr(self, output) for output in Cluster.__annotations__})


def _managed_cluster(name: str, args: ClusterArgs, keys: ClusterKeys) -> containerservice.ManagedClusterArgs:
    return containerservice.ManagedClusterArgs(
        location=args.region,
        resource_group_name=args.resource_group_name,
        dns_prefix=None if args.fqdn_subdomain is not None else args.dns_prefix or name,
        fqdn_subdomain=args.fqdn_subdomain,
        node_resource_group=args.node_resource_group,
        kubernetes_version=args.kubernetes_version,
        sku=profiles.tier(args.support_plan, args.tier),
        support_plan=profiles.SUPPORT_PLANS[args.support_plan],
        identity=containerservice.ManagedClusterIdentityArgs(
            type=containerservice.ResourceIdentityType.USER_ASSIGNED, user_assigned_identities=[keys.control.id]
        ),
        identity_profile={"kubeletidentity": _kubelet(keys)},
        aad_profile=profiles.entra_profile(args.administrators),
        enable_rbac=True,
        disable_local_accounts=True,
        api_server_access_profile=profiles.api_server_profile(
            args.control_plane_subnet_id, args.public_access_cidrs, args.api_server_zone_id
        ),
        network_profile=profiles.network_profile(args),
        http_proxy_config=profiles.proxy_config(args),
        bootstrap_profile=profiles.bootstrap_profile(args.egress),
        security_profile=profiles.security_profile(keys.etcd_key, args),
        oidc_issuer_profile=containerservice.ManagedClusterOIDCIssuerProfileArgs(enabled=True),
        disk_encryption_set_id=keys.disks.id,
        auto_scaler_profile=_autoscaler(args),
        node_provisioning_profile=scaling.node_provisioning(args.provisions_nodes),
        workload_auto_scaler_profile=scaling.workload_autoscalers(args.keda, args.vertical_pod_autoscaler),
        addon_profiles=profiles.addons(args.azure_policy),
        metrics_profile=profiles.cost_analysis(args.tier),
        auto_upgrade_profile=profiles.upgrade_profile(args),
        agent_pool_profiles=[bootstrap_profile(args)],
        tags=args.tags,
    )


def _kubelet(keys: ClusterKeys) -> containerservice.UserAssignedIdentityArgs:
    return containerservice.UserAssignedIdentityArgs(
        resource_id=keys.kubelet.id, client_id=keys.kubelet.client_id, object_id=keys.kubelet.principal_id
    )


def _autoscaler(
    args: ClusterArgs,
) -> containerservice.ManagedClusterPropertiesAutoScalerProfileArgs | None:
    return None if args.provisions_nodes else scaling.autoscaler_profile(args.workloads, args.has_spot)


def _endpoint(cluster: containerservice.ManagedCluster, is_private: bool) -> pulumi.Output[str]:
    host = cluster.private_fqdn if is_private else cluster.fqdn
    return pulumi.Output.concat("https://", host, ":443")

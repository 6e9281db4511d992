"""Compute resources of a site on Azure: network, audit log, keys, cluster, node pools and the sleep schedule."""

from typing import TypedDict

import pulumi

from falaj.components.azure.cluster.cluster import Cluster
from falaj.components.azure.cluster.cluster_args import ClusterArgs, SystemPoolSpec
from falaj.components.azure.common.args import PrivateServiceArgs
from falaj.components.azure.identity.key_vault import KeyStore, KeyStoreArgs
from falaj.components.azure.monitoring.audit_log import AuditLog, AuditLogArgs
from falaj.components.azure.network.network import Network, NetworkArgs
from falaj.components.azure.network.private_endpoint import private_endpoint
from falaj.components.azure.nodes.node_pool import NodePool, NodePoolArgs
from falaj.components.azure.nodes.node_provisioning import NodeProvisioning, NodeProvisioningArgs
from falaj.components.azure.nodes.sleep import Sleep, SleepArgs
from falaj.components.azure.site.args import SiteArgs, SiteBuild
from falaj.components.core.network.azure_ids import vault_of_key
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.cluster_options import AksOptions
from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.kubernetes.site.provider import site_kubernetes


def needs_key_store(args: SiteArgs) -> bool:
    """Returns whether a site needs a Key Vault of its own: unless the key of each use exists."""
    keys, storage = args.options.keys, args.storage
    used = [keys.disks_key, keys.secrets_key, keys.logs_key]
    used += [keys.vaults_key] if args.vaults else []
    used += [keys.files_key] if storage.shared_files else []
    used += [keys.registry_key] if storage.registry else []
    return None in used


class _PrivateName(TypedDict, total=False):
    linked_network_id: pulumi.Input[str]
    api_server_zone_id: pulumi.Input[str]


class Compute:
    """Creates a site's compute resources in the order of their dependencies."""

    def __init__(self, build: SiteBuild) -> None:
        self.build, self.args = build, build.args
        self.network = self._network()
        self.workspace_id = self.args.options.workspace_id or self._audit_log().workspace_id
        self.keys = self._key_store() if needs_key_store(self.args) else None
        self.cluster = self._cluster()
        self.pools = [self._pool(name, pool) for name, pool in build.agent_pools.items()]
        # Deletes workloads in the cluster before the node pools, the cluster and the network.
        self.kubernetes = site_kubernetes(
            build.name, self.cluster.kubeconfig, build.site, [self.network, self.cluster, *self.pools]
        )
        if build.provisioned_pools:
            self._node_provisioning()
        if self.args.sleeps:
            self._sleep()

    def _network(self) -> Network:
        return Network(
            f"{self.build.name}-network",
            NetworkArgs(
                region=self.args.region,
                resource_group_name=self.build.group_name,
                cidr=self.args.network.cidr,
                zones=self.args.network.zones,
                egress=self.args.network.egress,
                firewall_address=self.args.network.firewall_address,
                nodes=sum(pool.max for pool in self.args.pools.values()),
                **dict(self.args.options.network),
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _audit_log(self) -> AuditLog:
        return AuditLog(
            f"{self.build.name}-log",
            AuditLogArgs(
                region=self.args.region,
                resource_group_name=self.build.group_name,
                log_retention_days=self.args.log_retention_days,
                log_tables=self.args.options.log_tables,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _key_store(self) -> KeyStore:
        return KeyStore(
            f"{self.build.name}-keys",
            KeyStoreArgs(
                region=self.args.region,
                resource_group_name=self.build.group_name,
                resource_group_id=self.build.group_id,
                endpoint_subnet_id=self.network.endpoint_subnet_id,
                dns_zone_id=self.network.key_zone_id,
                workspace_id=self.workspace_id,
                hsm=self.args.options.hsm,
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _key_endpoints(self) -> list[pulumi.Resource]:
        """Returns what gives the network an address of the Key Vault of Kubernetes secrets."""
        keys = self.args.options.keys
        if keys.secrets_key is None:
            return [self.keys] if self.keys else []
        return [self._existing_vault_endpoint(keys.secrets_key)] if keys.endpoint else []

    def _existing_vault_endpoint(self, key_id: pulumi.Input[str]) -> pulumi.Resource:
        args = PrivateServiceArgs(
            region=self.args.region,
            resource_group_name=self.build.group_name,
            resource_group_id=self.build.group_id,
            endpoint_subnet_id=self.network.endpoint_subnet_id,
            dns_zone_id=self.network.key_zone_id,
            workspace_id=self.workspace_id,
            tags=self.build.tags,
        )
        name, vault_id = f"{self.build.name}-keys-endpoint", map_inputs(vault_of_key, key_id)
        return private_endpoint(name, args, vault_id, "vault", self.build.after())

    def _cluster(self) -> Cluster:
        system, pools = self.args.first_system_pool, self.args.pools
        return Cluster(
            f"{self.build.name}-cluster",
            ClusterArgs(
                region=self.args.region,
                resource_group_name=self.build.group_name,
                kubernetes_version=self.args.kubernetes_version,
                node_subnet_id=self.network.node_subnet_ids[0],
                control_plane_subnet_id=self.network.control_plane_subnet_ids[0],
                egress=self.args.network.egress,
                key_vault_id=self.keys.key_vault_id if self.keys else None,
                key_vault_name=self.keys.key_vault_name if self.keys else None,
                disk_key_id=self.args.options.keys.disks_key,
                secrets_key_id=self.args.options.keys.secrets_key,
                key_identity_id=self.args.options.keys.identity_id,
                hsm=self.args.options.hsm,
                workspace_id=self.workspace_id,
                system_pool=SystemPoolSpec(name=system, zones=self.args.network.zones, pool=pools[system]),
                node_autoscaler=self.build.autoscaler,
                workloads=[pool.profile for pool in pools.values()],
                has_spot=any(pool.capacity is Capacity.SPOT for pool in pools.values()),
                sleeps=self.args.sleeps,
                opens=self.args.office_hours.opens,
                closes=self.args.office_hours.closes,
                **{field: getattr(self.args.options, field) for field in AksOptions.model_fields},
                **self._private_name(),
                keda=self.args.keda,
                public_access_cidrs=self.args.public_access_cidrs,
                administrators=self.args.administrators,
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            # The control plane reads its key through the Key Vault's private endpoint and private DNS zone.
            self.build.after(self.network, *self._key_endpoints()),
        )

    def _private_name(self) -> _PrivateName:
        """Returns the zone of a private API server's name and the network that AKS links it to, where AKS does not
        create the zone, or the network has DNS servers of its own."""
        options = self.args.options.network
        if self.args.public_access_cidrs or not (options.has_api_server_zone or options.dns_servers):
            return {}
        name: _PrivateName = {"linked_network_id": self.network.network_id}
        if options.has_api_server_zone:
            name["api_server_zone_id"] = self.network.api_server_zone
        return name

    def _pool(self, name: str, pool: NodePoolSpec) -> NodePool:
        return NodePool(
            f"{self.build.name}-pool-{name}",
            NodePoolArgs(
                region=self.args.region,
                resource_group_name=self.build.group_name,
                cluster_name=self.cluster.cluster_name,
                node_subnet_id=self.network.node_subnet_ids[0],
                name=name,
                kubernetes_version=self.args.kubernetes_version,
                zones=self.args.network.zones,
                pool=pool,
                node_autoscaler=self.build.autoscaler,
                tags=self.build.tags,
            ),
            # An upgrade of Kubernetes reaches the control plane first, then the system pool, then the other pools.
            self.build.after(self.cluster),
        )

    def _node_provisioning(self) -> NodeProvisioning:
        return NodeProvisioning(
            f"{self.build.name}-provisioning",
            NodeProvisioningArgs(
                region=self.args.region,
                node_subnet_id=self.network.node_subnet_ids[0],
                zones=self.args.network.zones,
                pools=self.build.provisioned_pools,
                opens=self.args.office_hours.opens,
                closes=self.args.office_hours.closes,
                tags=self.build.tags,
            ),
            self.build.after(provider=self.kubernetes),
        )

    def _sleep(self) -> Sleep:
        return Sleep(
            f"{self.build.name}-sleep",
            SleepArgs(
                region=self.args.region,
                resource_group_name=self.build.group_name,
                resource_group_id=self.build.group_id,
                cluster_id=self.cluster.cluster_id,
                workspace_id=self.workspace_id,
                opens=self.args.office_hours.opens,
                closes=self.args.office_hours.closes,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

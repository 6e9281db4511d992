"""What a site on Azure runs on: its network, keys, cluster, machines, and who adds and removes them."""

from falaj.components.azure.cluster.cluster import Cluster
from falaj.components.azure.cluster.cluster_args import ClusterArgs
from falaj.components.azure.identity.key_vault import KeyStore, KeyStoreArgs
from falaj.components.azure.monitoring.audit_log import AuditLog, AuditLogArgs
from falaj.components.azure.network.network import Network, NetworkArgs
from falaj.components.azure.nodes.node_pool import NodePool
from falaj.components.azure.nodes.node_provisioning import NodeProvisioning
from falaj.components.azure.nodes.sleep import Sleep, SleepArgs
from falaj.components.azure.site.args import Placed
from falaj.components.core.site.specs import PoolSpec
from falaj.components.core.validation.enums import Capacity
from falaj.components.kubernetes.site.provider import site_kubernetes


class Compute:
    """Makes a site's machines and what they lean on, in the order in which the parts need each other."""

    def __init__(self, place: Placed) -> None:
        self.place, self.settings = place, place.settings
        self.network = self._network()
        self.log = self._audit_log()
        self.keys = self._key_store()
        self.cluster = self._cluster()
        self.pools = [self._pool(name, pool) for name, pool in place.agent_pools.items()]
        # What runs in the cluster is gone before the machines and the way to them are.
        self.kubernetes = site_kubernetes(
            place.name, self.cluster.kubeconfig, place.site, [self.network, self.cluster, *self.pools]
        )
        if place.provisioned_pools:
            self._node_provisioning()
        if self.settings.sleeps:
            self._sleep()

    def _network(self) -> Network:
        return Network(
            f"{self.place.name}-network",
            NetworkArgs(
                region=self.settings.region,
                resource_group_name=self.place.group_name,
                cidr=self.settings.cidr,
                zones=self.settings.zones,
                egress=self.settings.egress,
                firewall_address=self.settings.firewall_address,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

    def _audit_log(self) -> AuditLog:
        return AuditLog(
            f"{self.place.name}-log",
            AuditLogArgs(
                region=self.settings.region,
                resource_group_name=self.place.group_name,
                log_retention_days=self.settings.log_retention_days,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

    def _key_store(self) -> KeyStore:
        return KeyStore(
            f"{self.place.name}-keys",
            KeyStoreArgs(
                region=self.settings.region,
                resource_group_name=self.place.group_name,
                resource_group_id=self.place.group_id,
                endpoint_subnet_id=self.network.endpoint_subnet_id,
                dns_zone_id=self.network.key_zone_id,
                workspace_id=self.log.workspace_id,
                hsm=self.settings.hsm,
                protect=self.settings.protect,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

    def _cluster(self) -> Cluster:
        system = self.settings.first_system_pool
        pools = self.place.args["pools"]
        return Cluster(
            f"{self.place.name}-cluster",
            ClusterArgs(
                region=self.settings.region,
                resource_group_name=self.place.group_name,
                version=self.settings.kubernetes_version,
                node_subnet_id=self.network.node_subnet_ids[0],
                control_plane_subnet_id=self.network.control_plane_subnet_ids[0],
                egress=self.settings.egress,
                key_vault_id=self.keys.key_vault_id,
                key_vault_name=self.keys.key_vault_name,
                hsm=self.settings.hsm,
                workspace_id=self.log.workspace_id,
                system_pool={**pools[system], "name": system, "zones": self.settings.zones},
                node_autoscaler=self.place.autoscaler,
                workloads=[pool["profile"] for pool in pools.values()],
                has_spot=any(Capacity(pool["capacity"]) is Capacity.SPOT for pool in pools.values()),
                sleeps=self.settings.sleeps,
                opens=self.settings.office_hours.opens,
                closes=self.settings.office_hours.closes,
                defender=self.settings.defender,
                azure_policy=self.settings.azure_policy,
                keda=self.settings.keda,
                public_access_cidrs=self.settings.public_access_cidrs,
                administrators=self.settings.administrators,
                protect=self.settings.protect,
                tags=self.place.tags,
            ),
            # The control plane reads its key through the Key Vault's private endpoint and the zone that names it.
            self.place.after(self.network, self.keys),
        )

    def _pool(self, pool: str, spec: PoolSpec) -> NodePool:
        return NodePool(
            f"{self.place.name}-pool-{pool}",
            {
                **spec,
                **self.place.grouped,
                "name": pool,
                "cluster_name": self.cluster.cluster_name,
                "node_subnet_id": self.network.node_subnet_ids[0],
                "version": self.settings.kubernetes_version,
                "zones": self.settings.zones,
                "node_autoscaler": self.place.autoscaler,
            },
            self.place.after(),
        )

    def _node_provisioning(self) -> NodeProvisioning:
        return NodeProvisioning(
            f"{self.place.name}-provisioning",
            {
                "region": self.settings.region,
                "node_subnet_id": self.network.node_subnet_ids[0],
                "zones": self.settings.zones,
                "pools": self.place.provisioned_pools,
                "opens": self.settings.office_hours.opens,
                "closes": self.settings.office_hours.closes,
                "tags": self.place.tags,
            },
            self.place.after(provider=self.kubernetes),
        )

    def _sleep(self) -> Sleep:
        return Sleep(
            f"{self.place.name}-sleep",
            SleepArgs(
                region=self.settings.region,
                resource_group_name=self.place.group_name,
                resource_group_id=self.place.group_id,
                cluster_id=self.cluster.cluster_id,
                workspace_id=self.log.workspace_id,
                opens=self.settings.office_hours.opens,
                closes=self.settings.office_hours.closes,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

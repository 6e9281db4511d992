"""One place on Azure where a cluster runs."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import resources

from components.azure.audit_log import AuditLog
from components.azure.budget_alarm import BudgetAlarm
from components.azure.cluster import Cluster
from components.azure.key_store import KeyStore
from components.azure.network import Network
from components.azure.node_pool import NodePool
from components.azure.vault import Vault
from components.core.checked_site import CheckedSite
from components.core.places import AzureRegion
from components.core.specs import SiteArgs


class _Checked(CheckedSite):
    region: AzureRegion


class Site(pulumi.ComponentResource):
    """A resource group with network, keys, audit log, cluster, node pools, vaults and a budget."""

    region: pulumi.Output[str]
    """The region."""
    cluster_name: pulumi.Output[str]
    """Name of the cluster."""
    endpoint: pulumi.Output[str]
    """Address of the API server."""
    oidc_issuer_url: pulumi.Output[str]
    """Issuer of the pods' identity tokens."""
    vault_uris: pulumi.Output[Mapping[str, str]]
    """Address of each vault by purpose."""
    pool_names: pulumi.Output[Sequence[str]]
    """Names of the node pools."""

    def __init__(self, name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:Site", name, {}, opts)
        parts = _Parts(self, name, settings, args)
        network = parts.network()
        log = parts.audit_log()
        keys = parts.key_store(network, log)
        cluster = parts.cluster(network, log, keys)
        pools = parts.pools(network, cluster)
        vaults = parts.vaults(network, log, keys)
        parts.budget(cluster)
        self.region = pulumi.Output.from_input(settings.region)
        self.cluster_name = cluster.cluster_name
        self.endpoint = cluster.endpoint
        self.oidc_issuer_url = cluster.oidc_issuer_url
        self.vault_uris = pulumi.Output.all(**{purpose: vault.uri for purpose, vault in vaults.items()})
        self.pool_names = pulumi.Output.all(settings.first_system_pool, *(pool.pool_name for pool in pools))
        self.register_outputs(
            {
                "region": self.region,
                "cluster_name": self.cluster_name,
                "endpoint": self.endpoint,
                "oidc_issuer_url": self.oidc_issuer_url,
                "vault_uris": self.vault_uris,
                "pool_names": self.pool_names,
            }
        )


class _Parts:
    """Makes a site's parts; each method says what the part is given."""

    def __init__(self, site: Site, name: str, settings: _Checked, args: SiteArgs) -> None:
        self.name, self.settings, self.args = name, settings, args
        self.child = pulumi.ResourceOptions(parent=site)
        group = resources.ResourceGroup(
            f"{name}-group",
            location=settings.region,
            tags=settings.tags,
            opts=pulumi.ResourceOptions(parent=site, protect=settings.protect),
        )
        self.group_name, self.group_id = group.name, group.id

    def network(self) -> Network:
        return Network(
            f"{self.name}-network",
            {
                "region": self.settings.region,
                "resource_group_name": self.group_name,
                "cidr": self.settings.cidr,
                "zones": self.settings.zones,
                "egress": self.settings.egress,
                "tags": self.settings.tags,
            },
            self.child,
        )

    def audit_log(self) -> AuditLog:
        return AuditLog(
            f"{self.name}-log",
            {
                "region": self.settings.region,
                "resource_group_name": self.group_name,
                "log_retention_days": self.settings.log_retention_days,
                "tags": self.settings.tags,
            },
            self.child,
        )

    def key_store(self, network: Network, log: AuditLog) -> KeyStore:
        return KeyStore(
            f"{self.name}-keys",
            {
                "region": self.settings.region,
                "resource_group_name": self.group_name,
                "resource_group_id": self.group_id,
                "endpoint_subnet_id": network.endpoint_subnet_id,
                "dns_zone_id": network.key_zone_id,
                "workspace_id": log.workspace_id,
                "protect": self.settings.protect,
                "tags": self.settings.tags,
            },
            self.child,
        )

    def cluster(self, network: Network, log: AuditLog, keys: KeyStore) -> Cluster:
        system = self.settings.first_system_pool
        return Cluster(
            f"{self.name}-cluster",
            {
                "region": self.settings.region,
                "resource_group_name": self.group_name,
                "version": self.settings.kubernetes_version,
                "node_subnet_id": network.node_subnet_ids[0],
                "control_plane_subnet_id": network.control_plane_subnet_ids[0],
                "egress": self.settings.egress,
                "key_vault_id": keys.key_vault_id,
                "key_vault_name": keys.key_vault_name,
                "workspace_id": log.workspace_id,
                "system_pool": {**self.args["pools"][system], "name": system, "zones": self.settings.zones},
                "public_access_cidrs": self.settings.public_access_cidrs,
                "administrators": self.settings.administrators,
                "protect": self.settings.protect,
                "tags": self.settings.tags,
            },
            # The control plane reads its key through the vault's private endpoint and the zone that names it.
            pulumi.ResourceOptions(parent=self.child.parent, depends_on=[network, keys]),
        )

    def pools(self, network: Network, cluster: Cluster) -> list[NodePool]:
        return [
            NodePool(
                f"{self.name}-pool-{pool}",
                {
                    **spec,
                    "name": pool,
                    "region": self.settings.region,
                    "resource_group_name": self.group_name,
                    "cluster_name": cluster.cluster_name,
                    "node_subnet_id": network.node_subnet_ids[0],
                    "version": self.settings.kubernetes_version,
                    "zones": self.settings.zones,
                    "tags": self.settings.tags,
                },
                self.child,
            )
            for pool, spec in self.args["pools"].items()
            if pool != self.settings.first_system_pool
        ]

    def vaults(self, network: Network, log: AuditLog, keys: KeyStore) -> dict[str, Vault]:
        return {
            purpose.value: Vault(
                f"{self.name}-{purpose.value}",
                {
                    "region": self.settings.region,
                    "resource_group_name": self.group_name,
                    "resource_group_id": self.group_id,
                    "purpose": purpose,
                    "endpoint_subnet_id": network.endpoint_subnet_id,
                    "dns_zone_id": network.blob_zone_id,
                    "key_vault_name": keys.key_vault_name,
                    "key_vault_uri": keys.key_vault_uri,
                    "workspace_id": log.workspace_id,
                    "protect": self.settings.protect,
                    "tags": self.settings.tags,
                },
                self.child,
            )
            for purpose in self.settings.vaults
        }

    def budget(self, cluster: Cluster) -> BudgetAlarm:
        return BudgetAlarm(
            f"{self.name}-budget",
            {
                **self.args["budget"],
                "region": self.settings.region,
                "resource_group_name": self.group_name,
                "resource_group_id": self.group_id,
                "scope": self.name,
                "cost_groups": [self.group_name, cluster.node_resource_group],
                "aed_per_usd": self.settings.aed_per_usd,
                "tags": self.settings.tags,
            },
            self.child,
        )

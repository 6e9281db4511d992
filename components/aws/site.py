"""One place on AWS where a cluster runs."""

from collections.abc import Mapping, Sequence

import pulumi

from components.aws.addons import Addons
from components.aws.budget_alarm import BudgetAlarm
from components.aws.cluster import Cluster
from components.aws.network import Network
from components.aws.node_pool import NodePool
from components.aws.retention import RetentionDays
from components.aws.vault import Vault
from components.core.administrators import RoleArn
from components.core.checked_site import CheckedSite
from components.core.places import AwsRegion
from components.core.specs import SiteArgs


class _Checked(CheckedSite):
    region: AwsRegion
    log_retention_days: RetentionDays = 90
    administrators: tuple[RoleArn, ...] = ()


class Site(pulumi.ComponentResource):
    """A network, a cluster with its node pools and add-ons, vaults and a budget."""

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
        super().__init__("falaj:aws:Site", name, {}, opts)
        parts = _Parts(self, name, settings, args)
        network = parts.network()
        cluster = parts.cluster(network)
        pools = parts.pools(network, cluster)
        parts.addons(cluster, pools)
        vaults = parts.vaults()
        parts.budget()
        self.region = pulumi.Output.from_input(settings.region)
        self.cluster_name = cluster.cluster_name
        self.endpoint = cluster.endpoint
        self.oidc_issuer_url = cluster.oidc_issuer_url
        self.vault_uris = pulumi.Output.all(**{purpose: vault.uri for purpose, vault in vaults.items()})
        self.pool_names = pulumi.Output.all(*(pool.pool_name for pool in pools))
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
        self.site, self.name, self.settings, self.args = site, name, settings, args

    def network(self) -> Network:
        return Network(
            f"{self.name}-network",
            {
                "region": self.settings.region,
                "cidr": self.settings.cidr,
                "zones": self.settings.zones,
                "egress": self.settings.egress,
                "log_retention_days": self.settings.log_retention_days,
                "tags": self.settings.tags,
            },
            self._after(),
        )

    def cluster(self, network: Network) -> Cluster:
        return Cluster(
            f"{self.name}-cluster",
            {
                "region": self.settings.region,
                "version": self.settings.kubernetes_version,
                "control_plane_subnet_ids": network.control_plane_subnet_ids,
                "log_retention_days": self.settings.log_retention_days,
                "public_access_cidrs": self.settings.public_access_cidrs,
                "administrators": self.settings.administrators,
                "protect": self.settings.protect,
                "tags": self.settings.tags,
            },
            self._after(),
        )

    def pools(self, network: Network, cluster: Cluster) -> list[NodePool]:
        return [
            NodePool(
                f"{self.name}-pool-{pool}",
                {
                    **spec,
                    "name": pool,
                    "region": self.settings.region,
                    "cluster_name": cluster.cluster_name,
                    "version": self.settings.kubernetes_version,
                    "node_role_arn": cluster.node_role_arn,
                    "node_subnet_ids": network.node_subnet_ids,
                    "disk_key": cluster.disk_key,
                    "tags": self.settings.tags,
                },
                # A node joins over the routes and endpoints, with the policies of its role and the agents in place.
                self._after(network, cluster),
            )
            for pool, spec in self.args["pools"].items()
        ]

    def addons(self, cluster: Cluster, pools: Sequence[NodePool]) -> Addons:
        return Addons(
            f"{self.name}-addons",
            {
                "cluster_name": cluster.cluster_name,
                "version": self.settings.kubernetes_version,
                "disk_key": cluster.disk_key,
                "tags": self.settings.tags,
            },
            self._after(*pools),
        )

    def vaults(self) -> dict[str, Vault]:
        return {
            purpose.value: Vault(
                f"{self.name}-{purpose.value}",
                {
                    "region": self.settings.region,
                    "purpose": purpose,
                    "protect": self.settings.protect,
                    "tags": self.settings.tags,
                },
                self._after(),
            )
            for purpose in self.settings.vaults
        }

    def budget(self) -> BudgetAlarm:
        return BudgetAlarm(
            f"{self.name}-budget",
            {
                **self.args["budget"],
                "aed_per_usd": self.args["aed_per_usd"],
                "scope": self.name,
                "tags": self.settings.tags,
            },
            self._after(),
        )

    def _after(self, *parts: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self.site, depends_on=list(parts))

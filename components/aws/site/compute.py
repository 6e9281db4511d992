"""What a site on AWS runs on: its network, its cluster, the machines, and who adds and removes them."""

import pulumi

from falaj.components.aws.cluster.addons import Addons, AddonsArgs
from falaj.components.aws.cluster.cluster import Cluster, ClusterArgs
from falaj.components.aws.network.network import Network, NetworkArgs
from falaj.components.aws.nodes.cluster_autoscaler import ClusterAutoscaler, ClusterAutoscalerArgs
from falaj.components.aws.nodes.karpenter.charts import IMAGES as KARPENTER_IMAGES
from falaj.components.aws.nodes.karpenter.karpenter import Karpenter, KarpenterArgs
from falaj.components.aws.nodes.node_pool import NodePool
from falaj.components.aws.nodes.sleep import Sleep, SleepArgs, SleepingGroup
from falaj.components.aws.site.args import Placed
from falaj.components.core.charts.images import mirrored
from falaj.components.core.site.specs import PoolSpec, is_system
from falaj.components.core.validation.enums import Capacity
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.sleep.pool_sleep import kubectl

CLUSTER_AUTOSCALER_PATH = "autoscaling/cluster-autoscaler"
"""Path of its image in every registry."""


class Compute:
    """Makes a site's machines, in the order in which the parts need each other."""

    def __init__(self, place: Placed) -> None:
        self.place, self.settings = place, place.settings
        self.network = self._network()
        self.cluster = self._cluster()
        self.groups = {name: self._group(name, pool) for name, pool in place.groups.items()}
        self.addons = self._addons()
        # What runs in the cluster is gone before the machines, the agents and the way to them are.
        self.kubernetes = site_kubernetes(
            place.name, self.cluster.kubeconfig, place.site, [self.network, self.cluster, self.addons]
        )
        if any(pool["min"] < pool["max"] for pool in place.groups.values()):
            self._cluster_autoscaler()
        self.karpenter = self._karpenter() if place.karpenter_pools else None
        if sleepers := self._sleeping_groups():
            self._sleep(sleepers)

    @property
    def node_role_arns(self) -> list[pulumi.Output[str]]:
        """Roles that the site's machines have."""
        return [self.cluster.node_role_arn, *([self.karpenter.node_role_arn] if self.karpenter else [])]

    @property
    def node_role_names(self) -> dict[str, pulumi.Output[str]]:
        """Names of these roles."""
        names = {"groups": self.cluster.node_role_arn.apply(_name_of)}
        return names | ({"karpenter": self.karpenter.node_role_name} if self.karpenter else {})

    def _network(self) -> Network:
        return Network(
            f"{self.place.name}-network",
            NetworkArgs(
                region=self.settings.region,
                cidr=self.settings.cidr,
                zones=self.settings.zones,
                egress=self.settings.egress,
                services=self.place.services,
                log_retention_days=self.settings.log_retention_days,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

    def _cluster(self) -> Cluster:
        return Cluster(
            f"{self.place.name}-cluster",
            ClusterArgs(
                region=self.settings.region,
                version=self.settings.kubernetes_version,
                control_plane_subnet_ids=self.network.control_plane_subnet_ids,
                log_retention_days=self.settings.log_retention_days,
                public_access_cidrs=self.settings.public_access_cidrs,
                administrators=self.settings.administrators,
                private_access_cidrs=self.settings.private_access_cidrs,
                addon_versions=self.settings.addon_versions,
                protect=self.settings.protect,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

    def _group(self, pool: str, spec: PoolSpec) -> NodePool:
        return NodePool(
            f"{self.place.name}-pool-{pool}",
            {
                **spec,
                "name": pool,
                "region": self.settings.region,
                "cluster_name": self.cluster.cluster_name,
                "version": self.settings.kubernetes_version,
                "node_role_arn": self.cluster.node_role_arn,
                "node_subnet_ids": self.network.node_subnet_ids,
                "network_id": self.network.network_id,
                "cluster_security_group_id": self.cluster.security_group_id,
                "disk_key": self.cluster.disk_key,
                "tags": self.place.tags,
            },
            # A node joins over the routes and endpoints, with the policies of its role and the agents in place.
            self.place.after(self.network, self.cluster),
        )

    def _addons(self) -> Addons:
        return Addons(
            f"{self.place.name}-addons",
            AddonsArgs(
                cluster_name=self.cluster.cluster_name,
                version=self.settings.kubernetes_version,
                disk_key=self.cluster.disk_key,
                optional=self.place.optional_addons,
                addon_versions=self.settings.addon_versions,
                tags=self.place.tags,
            ),
            self.place.after(*self.groups.values()),
        )

    def _cluster_autoscaler(self) -> ClusterAutoscaler:
        """For the groups, whoever adds the other machines: each of the two only starts what the other cannot."""
        mirror = self.settings.image_mirror
        return ClusterAutoscaler(
            f"{self.place.name}-autoscaler",
            ClusterAutoscalerArgs(
                region=self.settings.region,
                cluster_name=self.cluster.cluster_name,
                version=self.settings.kubernetes_version,
                prefer=self._spot_groups() or None,
                image_repository=f"{mirror}/{CLUSTER_AUTOSCALER_PATH}" if mirror else None,
                tags=self.place.tags,
            ),
            self.place.after(provider=self.kubernetes),
        )

    def _karpenter(self) -> Karpenter:
        args: KarpenterArgs = {
            "region": self.settings.region,
            "cluster_name": self.cluster.cluster_name,
            "version": self.settings.kubernetes_version,
            "node_subnet_ids": self.network.node_subnet_ids,
            "security_group_id": self.cluster.security_group_id,
            "disk_key": self.cluster.disk_key,
            "egress": self.settings.egress,
            "pools": {name: self._may_sleep(pool) for name, pool in self.place.karpenter_pools.items()},
            "opens": self.settings.office_hours.opens,
            "closes": self.settings.office_hours.closes,
            "pause_image": mirrored(PAUSE, self.settings.image_mirror),
            "kubectl_image": mirrored(kubectl(self.settings.kubernetes_version), self.settings.image_mirror),
            "tags": self.place.tags,
        }
        if mirror := self.settings.image_mirror:
            args["image_registry"] = mirrored(KARPENTER_IMAGES, mirror)
        # A destroy drains the nodes while the controller, its machines and the way to AWS are still there.
        opts = self.place.after(self.network, self.cluster, self.addons, provider=self.kubernetes)
        return Karpenter(f"{self.place.name}-karpenter", args, opts)

    def _may_sleep(self, pool: PoolSpec) -> PoolSpec:
        """The pool, asleep with its site."""
        return {**pool, "sleeps": True} if self.settings.sleeps else pool

    def _sleeping_groups(self) -> dict[str, SleepingGroup]:
        return {
            name: SleepingGroup(
                scaling_group_name=self.groups[name].scaling_group_name,
                min=pool["min"],
                max=pool["max"],
                system=is_system(pool),
            )
            for name, pool in self.place.groups.items()
            if self._may_sleep(pool).get("sleeps")
        }

    def _sleep(self, groups: dict[str, SleepingGroup]) -> Sleep:
        return Sleep(
            f"{self.place.name}-sleep",
            SleepArgs(
                groups=groups,
                opens=self.settings.office_hours.opens,
                closes=self.settings.office_hours.closes,
                tags=self.place.tags,
            ),
            self.place.after(),
        )

    def _spot_groups(self) -> list[pulumi.Output[str]]:
        spot = (name for name, pool in self.place.groups.items() if Capacity(pool["capacity"]) is Capacity.SPOT)
        return [self.groups[name].scaling_group_name for name in spot]


def _name_of(role: str) -> str:
    return role.rsplit("/", 1)[-1]

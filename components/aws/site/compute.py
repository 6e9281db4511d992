"""Compute of a site on AWS: network, cluster, node pools and autoscalers."""

from collections.abc import Sequence

import pulumi

from falaj.components.aws.cluster.addons import Addons, AddonsArgs
from falaj.components.aws.cluster.cluster import Cluster, ClusterArgs
from falaj.components.aws.cluster.kubeconfig import assuming
from falaj.components.aws.cluster.load_balancer_controller import LoadBalancerController, LoadBalancerControllerArgs
from falaj.components.aws.network.network import Network, NetworkArgs
from falaj.components.aws.nodes.cluster_autoscaler import ClusterAutoscaler, ClusterAutoscalerArgs
from falaj.components.aws.nodes.karpenter.charts import IMAGES as KARPENTER_IMAGES
from falaj.components.aws.nodes.karpenter.karpenter import Karpenter, KarpenterArgs
from falaj.components.aws.nodes.node_pool import NodePool, NodePoolArgs
from falaj.components.aws.nodes.sleep import Sleep, SleepArgs, SleepingGroup
from falaj.components.aws.site.args import SiteBuild
from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.kubernetes.cluster.keep_warm import PAUSE
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.sleep.pool_sleep import kubectl

CLUSTER_AUTOSCALER_PATH = "autoscaling/cluster-autoscaler"
"""Path of the Cluster Autoscaler's image in every registry."""


class Compute:
    """Creates a site's network, cluster and node pools, in the order of their dependencies."""

    def __init__(self, build: SiteBuild) -> None:
        self.build, self.args = build, build.args
        self.network = self._network()
        self.cluster = self._cluster()
        self.groups = {name: self._group(name, pool) for name, pool in build.groups.items()}
        self.addons = self._addons()
        # Objects in the cluster are deleted before the nodes, the add-ons and the network.
        self.kubernetes = site_kubernetes(
            build.name, self._kubeconfig(), build.site, [self.network, self.cluster, self.addons]
        )
        autoscaler = self._cluster_autoscaler() if any(pool.min < pool.max for pool in build.groups.values()) else None
        self.karpenter = self._karpenter() if build.karpenter_pools else None
        if self.args.load_balancer_controller:
            self._load_balancer_controller([chart for chart in (autoscaler, self.karpenter) if chart is not None])
        if sleeping_groups := self._sleeping_groups():
            self._sleep(sleeping_groups)

    @property
    def node_role_arns(self) -> list[pulumi.Output[str]]:
        """Returns the ARNs of the IAM roles of the site's nodes."""
        return [self.cluster.node_role_arn, *([self.karpenter.node_role_arn] if self.karpenter else [])]

    @property
    def node_role_names(self) -> dict[str, pulumi.Output[str]]:
        """Returns the names of the roles that the site creates, by label, `groups` or `karpenter`. The policies of an
        existing role are its owner's."""
        roles = self.args.options.roles
        groups = {} if roles.nodes else {"groups": self.cluster.node_role_arn.apply(_role_name)}
        is_created = self.karpenter is not None and roles.karpenter_nodes is None
        return groups | ({"karpenter": self.karpenter.node_role_name} if self.karpenter and is_created else {})

    def _network(self) -> Network:
        return Network(
            f"{self.build.name}-network",
            NetworkArgs(
                region=self.args.region,
                cidr=self.args.network.cidr,
                zones=self.args.network.zones,
                zone_ids=self.args.network.zone_ids,
                egress=self.args.network.egress,
                endpoints=self.args.options.endpoints,
                flow_log_seconds=self.args.options.flow_log_seconds,
                flow_log_destination=self.args.options.flow_log_destination,
                flow_log_traffic=self.args.options.flow_log_traffic,
                services=self.build.services,
                public_load_balancers=self.args.public_load_balancers,
                node_addresses=self.build.node_addresses,
                **dict(self.args.options.network),
                log_key=self.args.options.keys.logs,
                log_retention_days=self.args.log_retention_days,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _cluster(self) -> Cluster:
        return Cluster(
            f"{self.build.name}-cluster",
            ClusterArgs(
                region=self.args.region,
                kubernetes_version=self.args.kubernetes_version,
                control_plane_subnet_ids=self.network.control_plane_subnet_ids,
                pod_subnet_ids=self.network.pod_subnet_ids if self.args.options.network.pods_apart else None,
                zone_ids=self.args.network.zone_ids,
                log_retention_days=self.args.log_retention_days,
                public_access_cidrs=self.args.public_access_cidrs,
                administrators=self.args.administrators,
                private_access_cidrs=self.args.options.private_access_cidrs,
                support_type=self.args.options.support_type,
                deployer=self.args.options.deployer,
                viewers=self.args.options.viewers,
                namespace_roles=self.args.options.namespace_roles,
                keys=self.args.options.keys,
                roles=self.args.options.roles,
                service_cidr=self.args.options.service_cidr,
                addon_versions=self.args.options.addon_versions,
                log_types=self.args.options.log_types,
                protect=self.args.protect,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _kubeconfig(self) -> pulumi.Output[str]:
        """Returns the kubeconfig for the identity of the site's AWS provider."""
        kubeconfig, role = self.cluster.kubeconfig, self.args.assumed_role
        if role is None:
            return kubeconfig
        return pulumi.Output.all(kubeconfig, role).apply(lambda resolved: assuming(*resolved))

    def _group(self, name: str, pool: NodePoolSpec) -> NodePool:
        return NodePool(
            f"{self.build.name}-pool-{name}",
            NodePoolArgs(
                region=self.args.region,
                name=name,
                cluster_name=self.cluster.cluster_name,
                kubernetes_version=self.args.kubernetes_version,
                node_role_arn=self.cluster.node_role_arn,
                node_subnet_ids=self.network.node_subnet_ids,
                zone_ids=self.args.network.zone_ids,
                network_id=self.network.network_id,
                cluster_security_group_id=self.cluster.security_group_id,
                disk_key=self.cluster.disk_key,
                pool=pool,
                proxy=self.build.proxy,
                tags=self.build.tags,
            ),
            # To join, a node needs the routes and endpoints, the policies of its role and the agents.
            self.build.after(self.network, self.cluster),
        )

    def _addons(self) -> Addons:
        return Addons(
            f"{self.build.name}-addons",
            AddonsArgs(
                cluster_name=self.cluster.cluster_name,
                kubernetes_version=self.args.kubernetes_version,
                disk_key=self.cluster.disk_key,
                optional=self.build.optional_addons,
                addon_versions=self.args.options.addon_versions,
                replicas=self.build.replicas,
                addons=self.args.options.addons,
                tags=self.build.tags,
            ),
            self.build.after(*self.groups.values()),
        )

    def _cluster_autoscaler(self) -> ClusterAutoscaler:
        """Creates the Cluster Autoscaler for managed node groups. With Karpenter beside it, each adds only the nodes
        that the other cannot add."""
        mirror = self.args.network.image_mirror
        return ClusterAutoscaler(
            f"{self.build.name}-autoscaler",
            ClusterAutoscalerArgs(
                region=self.args.region,
                cluster_name=self.cluster.cluster_name,
                kubernetes_version=self.args.kubernetes_version,
                prefer=self._spot_groups() or None,
                image_repository=None if mirror is None else map_inputs(_autoscaler_repository, mirror),
                chart_version=self.args.options.cluster_autoscaler_version,
                replicas=self.build.replicas,
                proxy=self.build.proxy,
                tags=self.build.tags,
            ),
            self.build.after(provider=self.kubernetes),
        )

    def _karpenter(self) -> Karpenter:
        mirror = self.args.network.image_mirror
        args = KarpenterArgs(
            region=self.args.region,
            cluster_name=self.cluster.cluster_name,
            kubernetes_version=self.args.kubernetes_version,
            node_subnet_ids=self.network.node_subnet_ids,
            security_group_id=self.cluster.security_group_id,
            disk_key=self.cluster.disk_key,
            egress=self.args.network.egress,
            pools={name: self.build.with_site_sleep(pool) for name, pool in self.build.karpenter_pools.items()},
            opens=self.args.office_hours.opens,
            closes=self.args.office_hours.closes,
            pause_image=mirrored_input(PAUSE, mirror),
            kubectl_image=mirrored_input(kubectl(self.args.kubernetes_version), mirror),
            image_registry=mirrored_input(KARPENTER_IMAGES, mirror),
            node_role=self.args.options.roles.karpenter_nodes,
            ami_alias=self.args.options.ami_alias,
            chart_version=self.args.options.karpenter_version,
            replicas=self.build.replicas,
            proxy=self.build.proxy,
            tags=self.build.tags,
        )
        # A destroy drains Karpenter's nodes while the controller, its nodes and the network still exist.
        opts = self.build.after(self.network, self.cluster, self.addons, provider=self.kubernetes)
        return Karpenter(f"{self.build.name}-karpenter", args, opts)

    def _load_balancer_controller(self, charts: Sequence[pulumi.Resource]) -> LoadBalancerController:
        """Creates the controller after the site's other charts, whose services its webhook would refuse meanwhile."""
        return LoadBalancerController(
            f"{self.build.name}-balancers",
            LoadBalancerControllerArgs(
                region=self.args.region,
                cluster_name=self.cluster.cluster_name,
                network_id=self.network.network_id,
                image_mirror=self.args.network.image_mirror,
                replicas=self.build.replicas,
                tags=self.build.tags,
            ),
            self.build.after(*charts, provider=self.kubernetes),
        )

    def _sleeping_groups(self) -> dict[str, SleepingGroup]:
        return {
            name: SleepingGroup(
                scaling_group_name=self.groups[name].scaling_group_name,
                min=pool.min,
                max=pool.max,
                system=pool.profile is Profile.SYSTEM,
            )
            for name, pool in self.build.groups.items()
            if self.build.with_site_sleep(pool).aws.sleeps
        }

    def _sleep(self, groups: dict[str, SleepingGroup]) -> Sleep:
        return Sleep(
            f"{self.build.name}-sleep",
            SleepArgs(
                groups=groups,
                opens=self.args.office_hours.opens,
                closes=self.args.office_hours.closes,
                tags=self.build.tags,
            ),
            self.build.after(),
        )

    def _spot_groups(self) -> list[pulumi.Output[str]]:
        spot = (name for name, pool in self.build.groups.items() if pool.capacity is Capacity.SPOT)
        return [self.groups[name].scaling_group_name for name in spot]


def _autoscaler_repository(mirror: str) -> str:
    return f"{mirror}/{CLUSTER_AUTOSCALER_PATH}"


def _role_name(role: str) -> str:
    return role.rsplit("/", 1)[-1]

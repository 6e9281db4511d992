"""Queues for training and batch jobs, with quotas derived from budgets."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.charts.charts import JOBSET, KUEUE, Chart
from falaj.components.core.tenancy.queue_admission import POLICIES
from falaj.components.core.tenancy.queue_limits import SERVICES_FLAVOR
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.topology import levels
from falaj.components.core.validation.inputs import outputs_by_name
from falaj.components.kubernetes.cluster.admission_policy import admission_policy
from falaj.components.kubernetes.cluster.chart_release import chart_release
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.queues.cluster_queues import (
    CONTROLLED,
    cluster_queue,
    local_queue,
    resource_flavor,
    services_flavor,
    topology,
)
from falaj.components.kubernetes.queues.kueue import (
    JOBSET_NAMESPACE,
    JOBSET_TRAFFIC,
    NAMESPACE,
    TRAFFIC,
    PodsReadyPolicy,
    jobset_values,
    kueue_values,
)
from falaj.components.kubernetes.queues.queue_budgets import queue_budgets
from falaj.components.kubernetes.queues.run_deadlines import run_deadlines
from falaj.facts.labels import QUEUED_LABEL, TENANT_LABEL


class Queueing(pulumi.ComponentResource):
    """Kueue with a flavor for each pool, and a queue for each tenant whose quota follows what its work costs.

    Kueue manages only tenants whose space says `queued`; the jobs of others start at once. Takes the `kubernetes`
    provider of the cluster from its options. Make it depend on the `Foundation` and on the pools of profile `system`,
    and make jobs depend on it. A destroy deletes queues first, whose jobs must have ended, then flavors, and finally
    Kueue and its CRDs.
    """

    cluster_queues: pulumi.Output[Mapping[str, str]]
    """Name of the ClusterQueue of each tenant."""
    queue: pulumi.Output[str]
    """Name of the LocalQueue in each tenant's namespace, for the label `kueue.x-k8s.io/queue-name`."""
    flavors: pulumi.Output[Sequence[str]]
    """Names of the flavors, in the order in which Kueue tries them."""
    quotas: pulumi.Output[Mapping[str, Mapping[str, int]]]
    """Quota by tenant and flavor in units: GPUs, or vCPUs if the flavor has no GPUs."""
    aed_per_unit_hour: pulumi.Output[Mapping[str, float]]
    """Price in AED per unit and hour by flavor, on which the quotas are based; 0 for prepaid machines."""

    def __init__(self, name: str, args: QueueingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = QueueingArgs.of(name, args)
        super().__init__("falaj:kubernetes:Queueing", name, {}, opts)
        for policy in POLICIES:
            child = f"{name}-admission-{policy.name.removeprefix('falaj-')}"
            admission_policy(child, policy, QUEUED_LABEL, args.tags, pulumi.ResourceOptions(parent=self))
        flavors = self._flavors(name, args, self._controllers(name, args) if args.install else [])
        queues = {tenant: self._queue(name, tenant, args, flavors) for tenant in args.tenants}
        if args.metering is not None and args.controlled:
            queue_budgets(f"{name}-budgets", args, args.metering, self, list(queues.values()))
        if args.deadlines:
            run_deadlines(f"{name}-deadlines", args, self, list(queues.values()))
        self.cluster_queues = outputs_by_name({tenant: _named(queue, tenant) for tenant, queue in queues.items()})
        self.queue = pulumi.Output.from_input(LOCAL_QUEUE)
        self.flavors = pulumi.Output.from_input([flavor.name for flavor in args.flavors])
        self.quotas = pulumi.Output.from_input(args.units)
        prices = {flavor: float(usd * args.rate) for flavor, usd in args.usd_per_unit_hour.items()}
        self.aed_per_unit_hour = pulumi.Output.from_input({key: round(price, 4) for key, price in prices.items()})
        self.register_outputs(
            {
                "cluster_queues": self.cluster_queues,
                "queue": self.queue,
                "flavors": self.flavors,
                "quotas": self.quotas,
                "aed_per_unit_hour": self.aed_per_unit_hour,
            }
        )

    def _controllers(self, name: str, args: QueueingArgs) -> list[pulumi.Resource]:
        pods_ready = PodsReadyPolicy(args.start_minutes, args.recover_minutes, args.requeues)
        kueue = kueue_values(pods_ready, args.replicas, args.image_mirror, args.metering is not None)
        jobset = jobset_values(args.replicas, args.image_mirror)
        # Kueue checks for the JobSet CRD when it starts, so JobSet is installed first.
        jobset_release = (
            [self._controller(f"{name}-jobset", args, JOBSET, JOBSET_NAMESPACE, JOBSET_TRAFFIC, jobset, [])]
            if args.jobset
            else []
        )
        return [self._controller(f"{name}-kueue", args, KUEUE, NAMESPACE, TRAFFIC, kueue, jobset_release)]

    def _controller(
        self,
        name: str,
        args: QueueingArgs,
        chart: Chart,
        namespace_name: str,
        traffic: TrafficRules,
        values: Mapping[str, object],
        after: Sequence[pulumi.Resource],
    ) -> kubernetes.helm.v3.Release:
        """Installs a controller in a separate namespace, restricted to `traffic`."""
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": namespace_name, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = controller_policy(
            f"{name}-policy", namespace_name, traffic, args.prometheus_namespace, args.tags, after_namespace
        )
        after_policy = pulumi.ResourceOptions(parent=self, depends_on=[policy, *after])
        return chart_release(f"{name}-release", chart, namespace_name, values, after_policy, args.chart_repository)

    def _flavors(self, name: str, args: QueueingArgs, after: Sequence[pulumi.Resource]) -> dict[str, CustomResource]:
        opts = after_nodes = pulumi.ResourceOptions(parent=self, depends_on=list(after))
        if args.topology:
            nodes = topology(f"{name}-topology", levels(args.topology), args.tags, opts)
            after_nodes = pulumi.ResourceOptions(parent=self, depends_on=[*after, nodes])
        has_topology = bool(args.topology)
        of_pools = {
            flavor.name: resource_flavor(f"{name}-flavor-{flavor.name}", flavor, args.tags, has_topology, after_nodes)
            for flavor in args.flavors
        }
        return of_pools | {SERVICES_FLAVOR: services_flavor(f"{name}-flavor-{SERVICES_FLAVOR}", args.tags, opts)}

    def _queue(
        self, name: str, tenant: str, args: QueueingArgs, flavors: Mapping[str, CustomResource]
    ) -> CustomResource:
        units, labels = args.units[tenant], {**args.tags, TENANT_LABEL: tenant}
        quota = [(flavor, units[flavor.name]) for flavor in args.flavors if flavor.name in units]
        # Kueue blocks the deletion of flavors that queues reference, and of queues that still have jobs.
        used = [*(flavors[flavor.name] for flavor, _ in quota), flavors[SERVICES_FLAVOR]]
        is_static = tenant not in args.controlled
        ignored = None if is_static else CONTROLLED
        after_flavors = pulumi.ResourceOptions(parent=self, depends_on=used, ignore_changes=ignored)
        spec, borrowing = args.tenants[tenant], args.borrowing(tenant)
        queue = cluster_queue(
            f"{name}-queue-{tenant}", tenant, spec, quota, borrowing, labels, is_static, after_flavors
        )
        local_queue(f"{name}-door-{tenant}", tenant, labels, pulumi.ResourceOptions(parent=self, depends_on=[queue]))
        return queue


def _named(queue: CustomResource, tenant: str) -> pulumi.Output[str]:
    """Returns the name of a ClusterQueue, once it exists."""
    return queue.urn.apply(lambda _: tenant)

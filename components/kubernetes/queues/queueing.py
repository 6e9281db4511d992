"""Queues for training and batch work, with quotas that follow from budgets."""

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.charts.charts import JOBSET, KUEUE, Chart
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.kubernetes.cluster.chart_release import chart_release
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.queues.cluster_queues import cluster_queue, local_queue, resource_flavor
from falaj.components.kubernetes.queues.kueue import (
    JOBSET_NAMESPACE,
    JOBSET_TRAFFIC,
    NAMESPACE,
    TRAFFIC,
    PodsReadyPolicy,
    jobset_values,
    kueue_values,
)
from falaj.facts.labels import TENANT_LABEL


class Queueing(pulumi.ComponentResource):
    """Kueue with a flavor for each pool, and for each tenant a queue with a quota that follows from its budget.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the `Foundation` and on the
    pools of profile `system`, and make work depend on it: a destroy deletes queues first, whose work must have ended,
    then flavors, and Kueue with its resource definitions last.
    """

    cluster_queues: pulumi.Output[Mapping[str, str]]
    """ClusterQueue of each tenant."""
    queue: pulumi.Output[str]
    """Name of the LocalQueue in each tenant's namespace: value of the label `kueue.x-k8s.io/queue-name`."""
    flavors: pulumi.Output[Sequence[str]]
    """Names of the flavors, in the order in which they are tried."""
    quotas: pulumi.Output[Mapping[str, Mapping[str, int]]]
    """Own quota by tenant and flavor, in units: GPUs, or processors where there are none."""
    aed_per_unit_hour: pulumi.Output[Mapping[str, float]]
    """Dirhams per unit and hour, by flavor, on which the quotas are based; 0 where machines are paid anyway."""

    def __init__(self, name: str, args: QueueingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = QueueingArgs.of(name, args)
        super().__init__("falaj:kubernetes:Queueing", name, {}, opts)
        flavors = self._flavors(name, args, self._controllers(name, args) if args.install else [])
        queues = {tenant: self._queue(name, tenant, args, flavors) for tenant in args.tenants}
        self.cluster_queues = pulumi.Output.all(**queues)
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
        ready = PodsReadyPolicy(args.start_minutes, args.recover_minutes, args.requeues)
        kueue = kueue_values(ready, args.replicas, args.image_mirror)
        jobset = jobset_values(args.replicas, args.image_mirror)
        # Kueue looks for JobSet's definition as it starts.
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
        """A controller in a namespace of its own, restricted to this traffic."""
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": namespace_name, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = controller_policy(f"{name}-policy", namespace_name, traffic, args.scraped_from, args.tags, inside)
        ready = pulumi.ResourceOptions(parent=self, depends_on=[policy, *after])
        return chart_release(f"{name}-release", chart, namespace_name, values, ready, args.chart_repository)

    def _flavors(self, name: str, args: QueueingArgs, after: Sequence[pulumi.Resource]) -> dict[str, CustomResource]:
        opts = pulumi.ResourceOptions(parent=self, depends_on=list(after))
        return {
            flavor.name: resource_flavor(f"{name}-flavor-{flavor.name}", flavor, args.tags, opts)
            for flavor in args.flavors
        }

    def _queue(
        self, name: str, tenant: str, args: QueueingArgs, flavors: Mapping[str, CustomResource]
    ) -> pulumi.Output[str]:
        units, labels = args.units[tenant], {**args.tags, TENANT_LABEL: tenant}
        quota = [(flavor, units[flavor.name]) for flavor in args.flavors if flavor.name in units]
        # Kueue keeps a flavor that a queue references, and a queue that still has work.
        after_flavors = pulumi.ResourceOptions(parent=self, depends_on=[flavors[flavor.name] for flavor, _ in quota])
        queue = cluster_queue(f"{name}-queue-{tenant}", tenant, args.tenants[tenant], quota, labels, after_flavors)
        local_queue(f"{name}-door-{tenant}", tenant, labels, pulumi.ResourceOptions(parent=self, depends_on=[queue]))
        return queue.urn.apply(lambda _: tenant)

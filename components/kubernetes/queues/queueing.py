"""Who runs when, on which machines, for whose money: queues for training and batch."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.charts.charts import JOBSET, KUEUE, Chart
from falaj.components.core.node_pools.spec import NodePoolSpec as PoolSpec
from falaj.components.core.tenancy.queue_specs import OwnMachineSpec, QueueSpec
from falaj.components.core.tenancy.queueing_args import CheckedQueueing
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.kubernetes.cluster.chart_release import chart_release
from falaj.components.kubernetes.cluster.controller_policy import Ways, controller_policy
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.queues.cluster_queues import LOCAL_QUEUE, cluster_queue, local_queue, resource_flavor
from falaj.components.kubernetes.queues.kueue import (
    JOBSET_NAMESPACE,
    JOBSET_WAYS,
    NAMESPACE,
    WAYS,
    Waiting,
    jobset_values,
    kueue_values,
)
from falaj.facts.labels import TENANT_LABEL


class QueueingArgs(TypedDict):
    """Arguments of `Queueing`."""

    region: NotRequired[str]
    """The region whose machines the pools have; absent where all of them are of your own."""
    node_autoscaler: NodeAutoscaler
    """Who makes the nodes of pools: it decides which label says how a machine was bought."""
    pools: Mapping[str, PoolSpec]
    """All pools of the site by name. Those of profile `training` and `batch` become flavors."""
    own_machines: NotRequired[Mapping[str, OwnMachineSpec]]
    """Machines of an on-premises cluster, by the name that pools give them: paid whether they work or not."""
    tenants: Mapping[str, QueueSpec]
    """Tenants by name, each with the money of its queue."""
    aed_per_usd: float
    """Dirhams for one US dollar, in which machines are priced."""
    spot_hours_percent: NotRequired[int]
    """Of the hours in pools of capacity `spot-first`, the percentage that is expected on spot; 0 if absent: then the
    budget holds without any."""
    start_minutes: NotRequired[int]
    """Minutes after which admitted work without all of its pods makes room and is queued again; 20 if absent, for a GPU
    machine to start and to pull a large image."""
    recover_minutes: NotRequired[int]
    """Minutes that work which ran may be without one of its pods before it is queued again; 10 if absent."""
    requeues: NotRequired[int]
    """How often it is queued again, after pauses of up to half an hour; 20 if absent, some 15 hours."""
    install: NotRequired[bool]
    """Whether Kueue is installed; yes if absent. No where the cluster has it: then how it is configured is not said
    here."""
    jobset: NotRequired[bool]
    """Whether JobSet is installed with it, for training over several machines. Yes if absent."""
    replicas: NotRequired[int]
    """Controllers, one of which works; 2 if absent."""
    chart_repository: NotRequired[str]
    """`oci://` folder of your own registry with the charts; where they are from if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path; where they are from if absent."""
    scraped_from: NotRequired[str]
    """Namespace of Prometheus, which may read the metrics; nobody if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class Queueing(pulumi.ComponentResource):
    """Kueue with a flavor for each pool, and for each tenant a queue with a quota that follows from its money.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the `Foundation` and on the
    pools of profile `system`, and work depend on it: a destroy takes queues first, whose work must have ended, then
    flavors, and Kueue with its kinds of objects last.
    """

    cluster_queues: pulumi.Output[Mapping[str, str]]
    """ClusterQueue of each tenant."""
    queue: pulumi.Output[str]
    """Name of the LocalQueue in each tenant's namespace: value of the label `kueue.x-k8s.io/queue-name`."""
    flavors: pulumi.Output[Sequence[str]]
    """Names of the flavors, in the order in which they are tried."""
    quotas: pulumi.Output[Mapping[str, Mapping[str, int]]]
    """By tenant and flavor the GPUs, or processors where there are none, that are its own."""
    aed_per_unit_hour: pulumi.Output[Mapping[str, float]]
    """Dirhams for one of these and an hour, by flavor, as the quotas were counted; 0 where they are paid anyway."""

    def __init__(self, name: str, args: QueueingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = CheckedQueueing.of(name, args)
        super().__init__("falaj:kubernetes:Queueing", name, {}, opts)
        flavors = self._flavors(name, settings, self._controllers(name, settings) if settings.install else [])
        queues = {tenant: self._queue(name, tenant, settings, flavors) for tenant in settings.tenants}
        self.cluster_queues = pulumi.Output.all(**queues)
        self.queue = pulumi.Output.from_input(LOCAL_QUEUE)
        self.flavors = pulumi.Output.from_input([flavor.name for flavor in settings.flavors])
        self.quotas = pulumi.Output.from_input(settings.units)
        prices = {flavor: float(usd * settings.rate) for flavor, usd in settings.usd_per_unit_hour.items()}
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

    def _controllers(self, name: str, settings: CheckedQueueing) -> list[pulumi.Resource]:
        waiting = Waiting(settings.start_minutes, settings.recover_minutes, settings.requeues)
        kueue = kueue_values(waiting, settings.replicas, settings.image_mirror)
        jobset = jobset_values(settings.replicas, settings.image_mirror)
        # Kueue looks for JobSet's kind as it starts.
        kinds = (
            [self._controller(f"{name}-jobset", settings, JOBSET, JOBSET_NAMESPACE, JOBSET_WAYS, jobset, [])]
            if settings.jobset
            else []
        )
        return [self._controller(f"{name}-kueue", settings, KUEUE, NAMESPACE, WAYS, kueue, kinds)]

    def _controller(
        self,
        name: str,
        settings: CheckedQueueing,
        chart: Chart,
        where: str,
        ways: Ways,
        values: Mapping[str, object],
        after: Sequence[pulumi.Resource],
    ) -> kubernetes.helm.v3.Release:
        """A controller in a namespace of its own that goes these ways only."""
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": where, "labels": restricted_namespace(settings.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = controller_policy(f"{name}-policy", where, ways, settings.scraped_from, settings.tags, inside)
        ready = pulumi.ResourceOptions(parent=self, depends_on=[policy, *after])
        return chart_release(f"{name}-release", chart, where, values, ready, settings.chart_repository)

    def _flavors(
        self, name: str, settings: CheckedQueueing, after: Sequence[pulumi.Resource]
    ) -> dict[str, CustomResource]:
        opts = pulumi.ResourceOptions(parent=self, depends_on=list(after))
        return {
            flavor.name: resource_flavor(f"{name}-flavor-{flavor.name}", flavor, settings.tags, opts)
            for flavor in settings.flavors
        }

    def _queue(
        self, name: str, tenant: str, settings: CheckedQueueing, flavors: Mapping[str, CustomResource]
    ) -> pulumi.Output[str]:
        units, labels = settings.units[tenant], {**settings.tags, TENANT_LABEL: tenant}
        quota = [(flavor, units[flavor.name]) for flavor in settings.flavors if flavor.name in units]
        # Kueue keeps a flavor that a queue names, and a queue that still has work.
        needed = pulumi.ResourceOptions(parent=self, depends_on=[flavors[flavor.name] for flavor, _ in quota])
        made = cluster_queue(f"{name}-queue-{tenant}", tenant, settings.tenants[tenant], quota, labels, needed)
        local_queue(f"{name}-door-{tenant}", tenant, labels, pulumi.ResourceOptions(parent=self, depends_on=[made]))
        return made.urn.apply(lambda _: tenant)

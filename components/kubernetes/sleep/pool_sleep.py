"""Scales Karpenter's node pools to zero outside office hours, from inside the cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Self

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import Namespace, ServiceAccount
from pydantic import Field, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.office_hours import EVERY_DAY, OfficeHours, cron, refuse_production
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, Input, default
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.sleep.pod import Command, drain_nodes, job, set_node_limit
from falaj.components.kubernetes.sleep.rbac import ACCOUNT, create_roles
from falaj.facts.calendar import TIMEZONE

NAMESPACE = "falaj-sleep"


def kubectl(version: str) -> str:
    """Returns the upstream kubectl image for a minor version such as `1.36`."""
    return f"registry.k8s.io/kubectl:v{version}.0"


class PoolSleepArgs(Args, OfficeHours):
    """Arguments of `PoolSleep`: Karpenter node pools that are scaled to zero outside office hours."""

    moved_keys: ClassVar[Mapping[str, str]] = {"version": "kubernetes_version"}

    kubernetes_version: Input[KubernetesVersion]
    """Kubernetes minor version of kubectl, such as `1.36`: that of the cluster."""
    nodes: Mapping[str, Annotated[int, Field(ge=1)]] = Field(min_length=1)
    """Node limit in office hours by name of the NodePool, 1 or more."""
    warm: Mapping[str, Annotated[int, Field(ge=1)]] = default({})
    """Number of keep-warm pods (namespace `falaj-keep-warm`) in office hours by name of the NodePool."""
    image: Input[PinnedImage] | None = None
    """kubectl image with a version tag, for clusters that cannot reach the public registry; the upstream image if
    absent."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels. The environment must not be `prod`."""

    @model_validator(mode="after")
    def _are_pools_that_may_sleep(self) -> Self:
        refuse_production(self.tags)
        allowed = f"one of {', '.join(self.nodes)}"
        refuse_if(
            Problem(f"warm.{pool}", self.warm[pool], allowed, "name a pool that sleeps")
            for pool in sorted(self.warm.keys() - self.nodes.keys())
        )
        return self

    @property
    def kubectl(self) -> Input[str]:
        """The kubectl image in use."""
        return map_inputs(kubectl, self.kubernetes_version) if self.image is None else self.image

    def scheduled_jobs(self, pool: str) -> Iterator[tuple[str, str, Sequence[Command]]]:
        """Yields name, schedule and commands of a pool's jobs.

        The pool closes every day, which also corrects a missed evening, or nodes that were started on a weekend.
        """
        nodes, warm = self.nodes[pool], self.warm.get(pool)
        yield "close", cron(self.closes, days=EVERY_DAY), (*set_node_limit(pool, 0, warm and 0), drain_nodes(pool))
        yield "open", cron(self.opens), set_node_limit(pool, nodes, warm)


class PoolSleep(pulumi.ComponentResource):
    """Two CronJobs for each pool, which scale it to zero when offices close and restore it when they open.

    At closing time, the node limit of the pool is set to 0 and its nodes are drained. At opening time, the limit is
    restored; nodes are created only for pending pods. A failed job is retried twice. A job that is missed by more than
    an hour is skipped until the next run, at the latest on the next working day.

    Takes the `kubernetes` provider of the cluster from its options. Make it depend on the node pools. The jobs write
    `spec.limits.nodes` of the pools and the replicas of keep-warm Deployments, so these resources must ignore changes
    of these fields. Remove a pool from the schedule during office hours only: at other times the API server reports a
    conflict with the jobs. If the system nodes sleep too, the closing jobs of a weekend wait ten minutes for a node and
    then fail, which has no effect.
    """

    namespace: pulumi.Output[str]
    """Namespace of the jobs."""

    def __init__(self, name: str, args: PoolSleepArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = PoolSleepArgs.of(name, args)
        super().__init__("falaj:kubernetes:PoolSleep", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = egress_only(f"{name}-https-only", NAMESPACE, args.tags, after_namespace)
        account = ServiceAccount(
            f"{name}-account",
            metadata={"name": ACCOUNT, "namespace": NAMESPACE, "labels": args.tags},
            automount_service_account_token=False,
            opts=after_namespace,
        )
        roles = create_roles(name, list(args.nodes), list(args.warm), NAMESPACE, args.tags, after_namespace)
        prerequisites = pulumi.ResourceOptions(parent=self, depends_on=[policy, account, *roles])
        for pool in args.nodes:
            self._jobs(name, pool, args, prerequisites)
        self.namespace = namespace.metadata.name
        self.register_outputs({"namespace": self.namespace})

    def _jobs(self, name: str, pool: str, args: PoolSleepArgs, opts: pulumi.ResourceOptions) -> None:
        for action, schedule, commands in args.scheduled_jobs(pool):
            CronJob(
                f"{name}-{pool}-{action}",
                metadata={"name": f"{pool}-{action}", "namespace": NAMESPACE, "labels": args.tags},
                spec={
                    "schedule": schedule,
                    "time_zone": TIMEZONE,
                    "concurrency_policy": "Forbid",
                    "starting_deadline_seconds": 3600,
                    "successful_jobs_history_limit": 1,
                    "failed_jobs_history_limit": 3,
                    "job_template": {
                        "metadata": {"labels": args.tags},
                        "spec": job(commands, args.kubectl, args.tags),
                    },
                },
                opts=opts,
            )

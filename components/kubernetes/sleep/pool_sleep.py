"""Scales Karpenter's node pools to zero outside office hours, from inside the cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Self

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import Namespace, ServiceAccount
from pydantic import Field, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.office_hours import EVERY_DAY, OfficeHours, cron, refuse_production
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Args, default
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.sleep.pod import Command, allow, drain, job
from falaj.components.kubernetes.sleep.rbac import ACCOUNT, rights
from falaj.facts.calendar import TIMEZONE

NAMESPACE = "falaj-sleep"


def kubectl(version: str) -> str:
    """Upstream image of kubectl for a minor version such as `1.34`."""
    return f"registry.k8s.io/kubectl:v{version}.0"


class PoolSleepArgs(Args, OfficeHours):
    """Node pools of Karpenter that are scaled to zero outside office hours."""

    version: KubernetesVersion
    """Kubernetes minor version, such as `1.34`: kubectl has the same."""
    nodes: Mapping[str, Annotated[int, Field(ge=1)]] = Field(min_length=1)
    """NodePool by name -> its node limit in office hours."""
    warm: Mapping[str, Annotated[int, Field(ge=1)]] = default({})
    """NodePool by name -> pods in `falaj-keep-warm` that keep nodes of it."""
    image: PinnedImage | None = None
    """Image of kubectl with its version; from a registry of your own where the cluster cannot reach the public one."""
    tags: CostTags
    """The mandatory cost tags; labels here. An environment `prod` never sleeps."""

    @model_validator(mode="after")
    def _are_pools_that_may_sleep(self) -> Self:
        refuse_production(self.tags)
        allowed = f"one of {', '.join(self.nodes)}"
        refuse_if(
            Problem(f"warm.{pool}", self.warm[pool], allowed, "name a pool that sleeps")
            for pool in self.warm.keys() - self.nodes.keys()
        )
        return self

    @property
    def kubectl(self) -> str:
        """Image of kubectl."""
        return self.image or kubectl(self.version)

    def acts(self, pool: str) -> Iterator[tuple[str, str, Sequence[Command]]]:
        """Jobs of a pool: name, schedule and commands. It closes every day, so that a missed evening, or nodes that
        came up on a weekend, are corrected."""
        nodes, warm = self.nodes[pool], self.warm.get(pool)
        yield "close", cron(self.closes, days=EVERY_DAY), (*allow(pool, 0, warm and 0), drain(pool))
        yield "open", cron(self.opens), allow(pool, nodes, warm)


class PoolSleep(pulumi.ComponentResource):
    """A pair of jobs for each pool: when offices close, its node limit becomes 0 and its nodes are drained; when they
    open, the limit is restored. Nodes come back only for pending pods.

    A failed run is retried twice; one that is missed by an hour is left to the next, at the latest on the next working
    day. Takes the `kubernetes` provider of the cluster from its options. Make it depend on the node pools: it writes
    their `spec.limits.nodes`, and the replicas of the pods that keep nodes warm, so these must ignore changes there.
    Remove a pool from the schedule in office hours only: at night the API server reports a conflict with these jobs.
    Where the system nodes sleep too, the jobs of a weekend's evenings wait ten minutes for a node and fail without
    harm.
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
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = egress_only(f"{name}-https-only", NAMESPACE, args.tags, inside)
        account = ServiceAccount(
            f"{name}-account",
            metadata={"name": ACCOUNT, "namespace": NAMESPACE, "labels": args.tags},
            automount_service_account_token=False,
            opts=inside,
        )
        allowed = rights(name, list(args.nodes), list(args.warm), NAMESPACE, args.tags, inside)
        ready = pulumi.ResourceOptions(parent=self, depends_on=[closed, account, *allowed])
        for pool in args.nodes:
            self._jobs(name, pool, args, ready)
        self.namespace = namespace.metadata.name
        self.register_outputs({"namespace": self.namespace})

    def _jobs(self, name: str, pool: str, args: PoolSleepArgs, opts: pulumi.ResourceOptions) -> None:
        for act, schedule, commands in args.acts(pool):
            CronJob(
                f"{name}-{pool}-{act}",
                metadata={"name": f"{pool}-{act}", "namespace": NAMESPACE, "labels": args.tags},
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

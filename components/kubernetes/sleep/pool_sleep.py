"""Puts Karpenter's node pools to sleep outside office hours, from inside the cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NotRequired, Self, TypedDict

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import Namespace, ServiceAccount
from pydantic import Field, model_validator

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.node_pools.office_hours import EVERY_DAY, OfficeHours, cron, refuse_production
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.sleep.pod import Command, allow, drain, job
from falaj.components.kubernetes.sleep.rbac import ACCOUNT, rights
from falaj.facts.calendar import TIMEZONE

NAMESPACE = "falaj-sleep"


def kubectl(version: str) -> str:
    """Kubernetes' own image of kubectl, for a minor version such as `1.34`."""
    return f"registry.k8s.io/kubectl:v{version}.0"


class PoolSleepArgs(TypedDict):
    """Node pools of Karpenter that sleep."""

    version: str
    """Kubernetes minor version, such as `1.34`: kubectl is of the same."""
    nodes: Mapping[str, int]
    """NodePool by name -> nodes that it may have in office hours."""
    warm: NotRequired[Mapping[str, int]]
    """NodePool by name -> pods in `falaj-keep-warm` that keep nodes of it; none if absent."""
    opens: NotRequired[str]
    """When offices open, `HH:MM` in Dubai; 07:00 if absent."""
    closes: NotRequired[str]
    """When they close; 19:00 if absent."""
    image: NotRequired[str]
    """Image of kubectl with its version; from a registry of your own where there is no way out."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here. An environment `prod` never sleeps."""


class _Checked(OfficeHours):
    version: KubernetesVersion
    nodes: Annotated[dict[str, Annotated[int, Field(ge=1)]], Field(min_length=1)]
    warm: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    image: PinnedImage | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _are_pools_that_may_sleep(self) -> Self:
        refuse_production(self.tags)
        for pool in self.warm.keys() - self.nodes.keys():
            raise refusal(f"one of {', '.join(self.nodes)}", "name a pool that sleeps", f"warm.{pool}", self.warm[pool])
        return self

    @property
    def kubectl(self) -> str:
        """The image."""
        return self.image or kubectl(self.version)

    def acts(self, pool: str) -> Iterator[tuple[str, str, Sequence[Command]]]:
        """What is done with a pool, and when: closing every day, so that a missed evening or a weekend's waking is
        mended."""
        nodes, warm = self.nodes[pool], self.warm.get(pool)
        yield "close", cron(self.closes, days=EVERY_DAY), (*allow(pool, 0, warm and 0), drain(pool))
        yield "open", cron(self.opens), allow(pool, nodes, warm)


class PoolSleep(pulumi.ComponentResource):
    """A pair of jobs for each pool: when offices close its limit becomes no node at all and its nodes are drained, and
    when they open it may grow again. Nothing here says when a node comes: pods that wait do.

    A run that fails is tried twice again; one that is missed by an hour is left to the next, at the latest on the next
    working day. Takes the `kubernetes` provider of the cluster from its options. Make it depend on the node pools: it
    writes their `spec.limits.nodes`, and the replicas of the pods that keep nodes warm, so these ignore changes there.
    Let a pool stop sleeping in office hours only: at night the API server tells of a conflict with these jobs. Where
    the system nodes sleep too, the jobs of a weekend's evenings wait ten minutes for a node and fail, harming nothing.
    """

    namespace: pulumi.Output[str]
    """Where the jobs are."""

    def __init__(self, name: str, args: PoolSleepArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:kubernetes:PoolSleep", name, {}, opts)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(settings.tags)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = egress_only(f"{name}-https-only", NAMESPACE, settings.tags, inside)
        account = ServiceAccount(
            f"{name}-account",
            metadata={"name": ACCOUNT, "namespace": NAMESPACE, "labels": settings.tags},
            automount_service_account_token=False,
            opts=inside,
        )
        allowed = rights(name, list(settings.nodes), list(settings.warm), NAMESPACE, settings.tags, inside)
        ready = pulumi.ResourceOptions(parent=self, depends_on=[closed, account, *allowed])
        for pool in settings.nodes:
            self._jobs(name, pool, settings, ready)
        self.namespace = namespace.metadata.name
        self.register_outputs({"namespace": self.namespace})

    def _jobs(self, name: str, pool: str, settings: _Checked, opts: pulumi.ResourceOptions) -> None:
        for act, schedule, commands in settings.acts(pool):
            CronJob(
                f"{name}-{pool}-{act}",
                metadata={"name": f"{pool}-{act}", "namespace": NAMESPACE, "labels": settings.tags},
                spec={
                    "schedule": schedule,
                    "time_zone": TIMEZONE,
                    "concurrency_policy": "Forbid",
                    "starting_deadline_seconds": 3600,
                    "successful_jobs_history_limit": 1,
                    "failed_jobs_history_limit": 3,
                    "job_template": {
                        "metadata": {"labels": settings.tags},
                        "spec": job(commands, settings.kubectl, settings.tags),
                    },
                },
                opts=opts,
            )

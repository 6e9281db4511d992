"""The pods that copy vaults between the clouds, on a schedule."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import Namespace, ServiceAccount
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict

from falaj.components.core.storage.replication import NAMESPACE, Direction, late, pod_labels, service_account
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.copies.copy_pod import CheckedFlow, CheckedReplicator, copying_job
from falaj.facts.calendar import TIMEZONE


class CopyFlow(TypedDict):
    """One purpose that is copied, and how often."""

    direction: Direction
    """`to-azure` or `to-aws`."""
    bucket_name: pulumi.Input[str]
    """The vault on AWS."""
    bucket_key: pulumi.Input[str]
    """ARN of its KMS key."""
    role_arn: pulumi.Input[str]
    """The role on AWS that the copying pod takes."""
    container_id: pulumi.Input[str]
    """Id of the container of the vault on Azure."""
    client_id: pulumi.Input[str]
    """Client id of the identity on Azure that the copying pod has."""
    schedule: NotRequired[str]
    """Cron of the starts, in Dubai's time; every hour if absent. A start is left out while the last run goes on."""
    late_hours: NotRequired[int]
    """Hours without a finished copy after which `alerts` says so; 6 if absent."""
    immutable: NotRequired[bool]
    """Whether what was copied once may never change: then a changed file is a failed run. No if absent."""


class ReplicatorArgs(TypedDict):
    """Arguments of a `Replicator`."""

    bucket_region: str
    """Region of the buckets, in the UAE."""
    tenant_id: pulumi.Input[str]
    """Entra tenant of the identities on Azure."""
    flows: Mapping[str, CopyFlow]
    """What is copied, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    mib_per_second: int
    """MiB a second at most, for each purpose."""
    s3_endpoint: NotRequired[pulumi.Input[str]]
    """Address of S3 on a private line; the region's public one if absent."""
    deadline_hours: NotRequired[int]
    """Hours after which a run is ended, to be taken up by the next; 12 if absent."""
    image: NotRequired[str]
    """Image of rclone with its version, and its digest if wanted; from a registry of your own where there is no way
    out."""
    profile: NotRequired[Profile]
    """Workload profile of the nodes that copy; `system` if absent, which every site has."""
    tags: Mapping[str, str]
    """The mandatory cost tags; labels here."""


class Replicator(pulumi.ComponentResource):
    """A namespace of its own with a job for each purpose: no privileges, no secret, and no way but DNS and HTTPS out.

    Takes the `kubernetes` provider of the cluster from its options.
    """

    namespace: pulumi.Output[str]
    """Where the jobs are."""
    alerts: pulumi.Output[Mapping[str, str]]
    """By purpose the PromQL expression, over the metrics of kube-state-metrics, that holds when its copy is late."""

    def __init__(self, name: str, args: ReplicatorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = CheckedReplicator.of(name, args)
        super().__init__("falaj:kubernetes:Replicator", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(settings.tags)},
            opts=child,
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = egress_only(f"{name}-https-only", NAMESPACE, settings.tags, inside)
        for purpose, flow in settings.flows.items():
            # Pods start when the policy that keeps them in is there.
            self._job(name, purpose, flow, settings, pulumi.ResourceOptions(parent=self, depends_on=[closed]))
        self.namespace = namespace.metadata.name
        self.alerts = pulumi.Output.from_input(
            {purpose.value: late(purpose, flow.late_hours) for purpose, flow in settings.flows.items()}
        )
        self.register_outputs({"namespace": self.namespace, "alerts": self.alerts})

    def _job(
        self, name: str, purpose: Purpose, flow: CheckedFlow, settings: CheckedReplicator, opts: pulumi.ResourceOptions
    ) -> CronJob:
        metadata: ObjectMetaArgsDict = {
            "name": service_account(purpose),
            "namespace": NAMESPACE,
            "labels": pod_labels(purpose, settings.tags),
        }
        account = ServiceAccount(
            f"{name}-{purpose.value}-account", metadata=metadata, automount_service_account_token=False, opts=opts
        )
        return CronJob(
            f"{name}-{purpose.value}",
            metadata=metadata,
            spec={
                "schedule": flow.schedule,
                "time_zone": TIMEZONE,
                "concurrency_policy": "Forbid",
                "starting_deadline_seconds": 600,
                "successful_jobs_history_limit": 1,
                "failed_jobs_history_limit": 3,
                "job_template": {
                    "metadata": {"labels": metadata["labels"]},
                    "spec": copying_job(purpose, flow, settings),
                },
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[account]),
        )

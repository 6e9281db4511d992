"""Scheduled jobs that copy vaults between the clouds."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import Namespace, ServiceAccount
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict

from falaj.components.core.storage.replication import NAMESPACE, late_copy_expression, pod_labels, service_account
from falaj.components.core.validation.enums import Purpose
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.copies.copy_pod import CopyFlow, ReplicatorArgs, copying_job
from falaj.facts.calendar import TIMEZONE


class Replicator(pulumi.ComponentResource):
    """A namespace with a job for each purpose: no privileges, no secret, and egress to DNS and HTTPS only.

    Takes the `kubernetes` provider of the cluster from its options.
    """

    namespace: pulumi.Output[str]
    """Namespace of the jobs."""
    alerts: pulumi.Output[Mapping[str, str]]
    """By purpose the PromQL expression, over the metrics of kube-state-metrics, that holds when its copy is late."""

    def __init__(self, name: str, args: ReplicatorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ReplicatorArgs.of(name, args)
        super().__init__("falaj:kubernetes:Replicator", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=child,
        )
        inside = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        closed = egress_only(f"{name}-https-only", NAMESPACE, args.tags, inside)
        for purpose, flow in args.flows.items():
            # Pods start after the policy that restricts them.
            self._job(name, purpose, flow, args, pulumi.ResourceOptions(parent=self, depends_on=[closed]))
        self.namespace = namespace.metadata.name
        self.alerts = pulumi.Output.from_input(
            {purpose.value: late_copy_expression(purpose, flow.late_hours) for purpose, flow in args.flows.items()}
        )
        self.register_outputs({"namespace": self.namespace, "alerts": self.alerts})

    def _job(
        self, name: str, purpose: Purpose, flow: CopyFlow, args: ReplicatorArgs, opts: pulumi.ResourceOptions
    ) -> CronJob:
        metadata: ObjectMetaArgsDict = {
            "name": service_account(purpose),
            "namespace": NAMESPACE,
            "labels": pod_labels(purpose, args.tags),
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
                    "spec": copying_job(purpose, flow, args),
                },
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[account]),
        )

"""CronJobs that replicate vaults between AWS and Azure."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.batch.v1 import CronJob
from pulumi_kubernetes.core.v1 import Namespace, ServiceAccount
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict

from falaj.components.core.storage.replication import NAMESPACE, late_copy_expression, pod_labels, service_account
from falaj.components.core.validation.enums import Purpose
from falaj.components.kubernetes.cluster.egress_only import egress_only
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace
from falaj.components.kubernetes.copies.copy_pod import CopyFlow, ReplicatorArgs, copy_job_spec
from falaj.facts.calendar import TIMEZONE


class Replicator(pulumi.ComponentResource):
    """CronJobs that replicate vaults, one per purpose, without privileges or secrets and with DNS and HTTPS egress
    only.

    Takes the `kubernetes` provider of the cluster from its options.
    """

    namespace: pulumi.Output[str]
    """Namespace of the jobs."""
    alerts: pulumi.Output[Mapping[str, str]]
    """PromQL expression by purpose, over metrics of kube-state-metrics, that is true if the replication is late."""

    def __init__(self, name: str, args: ReplicatorArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ReplicatorArgs.of(name, args)
        super().__init__("falaj:kubernetes:Replicator", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        namespace = Namespace(
            f"{name}-namespace",
            metadata={"name": NAMESPACE, "labels": restricted_namespace(args.tags)},
            opts=child,
        )
        after_namespace = pulumi.ResourceOptions(parent=self, depends_on=[namespace])
        policy = egress_only(f"{name}-https-only", NAMESPACE, args.tags, after_namespace)
        for purpose, flow in args.flows.items():
            # The network policy must exist before the first pod starts.
            self._job(name, purpose, flow, args, pulumi.ResourceOptions(parent=self, depends_on=[policy]))
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
                    "spec": copy_job_spec(purpose, flow, args),
                },
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[account]),
        )

"""A training run that survives the loss of its machines."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.batch.v1 import Job
from pulumi_kubernetes.core.v1 import ConfigMap, ServiceAccount

from falaj.components.core.site.rules import node_traits
from falaj.components.core.training.contract import (
    CONTRACT_VERSION,
    MASTER_PORT,
    SCRATCH,
    Learning,
    document,
    variables,
)
from falaj.components.core.training.training_args import NamedRun, TrainingRunArgs
from falaj.components.kubernetes.training.training_jobs import JOBSET_VERSION, job, job_set, master, queue_labels
from falaj.components.kubernetes.training.training_pod import Contract, pod_template, run_labels

FILE_KEY = "run.json"
"""Key of the contract's file in its ConfigMap."""

ACCEPTED = {"pulumi.com/waitFor": "jsonpath={.metadata.uid}"}
"""A deployment is done when the run is accepted, not hours later when it ends. It still waits for a deletion, unlike
with Pulumi's `skipAwait`: a new run of the same name would collide with the old one."""


class TrainingRun(pulumi.ComponentResource):
    """One run: a Job on one machine, a JobSet on several, and the contract with its program.

    Takes the `kubernetes` provider of the cluster from its options. The resource's name is the run's, in the cluster
    and in the vault: a run of the same name continues where the last one stopped. Any change restarts it from its last
    checkpoint; removing it stops it. It exists until it is removed, finished or not: the next deployment would start a
    run that had deleted itself again.
    """

    job_name: pulumi.Output[str]
    """Name of the Job or JobSet."""
    kind: pulumi.Output[str]
    """`Job` or `JobSet`."""
    namespace: pulumi.Output[str]
    """Its namespace."""
    service_account: pulumi.Output[str]
    """Service account of its pods, which gets an identity of the cloud."""
    contract: pulumi.Output[Mapping[str, str]]
    """The contract with its program, as environment variables."""
    checkpoint_interval_seconds: pulumi.Output[int]
    """Seconds between two checkpoints."""
    expected_overhead: pulumi.Output[float]
    """Expected share of additional time for saving and for lost machines, at the proposed interval."""

    def __init__(self, name: str, args: TrainingRunArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        run = NamedRun.for_run(name, args)
        super().__init__("falaj:kubernetes:TrainingRun", name, {}, opts)
        contract = _contract(run)
        account = _account(name, run, self)
        file = self._file(name, run, contract)
        template = pod_template(run, account, contract)
        started = self._started(name, run, template, [file])
        self.job_name = started.urn.apply(lambda _: run.name)
        self.kind = pulumi.Output.from_input("Job" if run.nodes == 1 else "JobSet")
        self.namespace = pulumi.Output.from_input(run.namespace)
        self.service_account = pulumi.Output.from_input(account)
        self.contract = pulumi.Output.all(**contract.variables)
        self.checkpoint_interval_seconds = pulumi.Output.from_input(_interval(run))
        self.expected_overhead = pulumi.Output.from_input(run.proposal.overhead)
        self.register_outputs(
            {
                "job_name": self.job_name,
                "kind": self.kind,
                "namespace": self.namespace,
                "service_account": self.service_account,
                "contract": self.contract,
                "checkpoint_interval_seconds": self.checkpoint_interval_seconds,
                "expected_overhead": self.expected_overhead,
            }
        )

    def _file(self, name: str, run: NamedRun, contract: Contract) -> ConfigMap:
        return ConfigMap(
            f"{name}-contract",
            metadata={"name": run.name, "namespace": run.namespace, "labels": run_labels(run)},
            data={FILE_KEY: contract.document},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _started(
        self, name: str, run: NamedRun, template: dict[str, Any], after: list[pulumi.Resource]
    ) -> Job | CustomResource:
        metadata: Any = {
            "name": run.name,
            "namespace": run.namespace,
            "labels": run_labels(run) | queue_labels(run),
            "annotations": ACCEPTED,
        }
        if run.nodes == 1:
            spec: Any = job(run, template)
            # A run has one name, and so one Job at a time.
            opts = pulumi.ResourceOptions(parent=self, depends_on=after, delete_before_replace=True)
            return Job(f"{name}-job", metadata=metadata, spec=spec, opts=opts)
        # The spec of a JobSet is immutable too.
        opts = pulumi.ResourceOptions(
            parent=self, depends_on=after, delete_before_replace=True, replace_on_changes=["spec"]
        )
        return CustomResource(
            f"{name}-jobs",
            api_version=JOBSET_VERSION,
            kind="JobSet",
            metadata=metadata,
            spec=job_set(run, template),
            opts=opts,
        )


def _account(name: str, run: NamedRun, parent: pulumi.Resource) -> pulumi.Input[str]:
    if run.service_account is not None:
        return run.service_account
    client = {} if run.azure_client_id is None else {"azure.workload.identity/client-id": run.azure_client_id}
    account = ServiceAccount(
        f"{name}-account",
        metadata={"name": run.name, "namespace": run.namespace, "labels": run_labels(run), "annotations": client},
        automount_service_account_token=False,
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return account.metadata.name


def _interval(run: NamedRun) -> int:
    return run.efficiency.checkpoint_interval_seconds or run.proposal.seconds


def _contract(run: NamedRun) -> Contract:
    """The contract as environment variables and as a file."""
    efficiency = run.efficiency
    has_base = efficiency.base_model_uri is not None
    values: dict[str, Any] = {
        "version": CONTRACT_VERSION,
        "run": run.name,
        "dataset_uri": run.dataset_uri,
        "checkpoint_uri": pulumi.Output.concat(run.checkpoint_uri, "/", run.name),
        "model_uri": run.model_uri,
        "base_model_uri": efficiency.base_model_uri,
        "learning": (efficiency.learning or Learning.INCREMENTAL) if has_base else None,
        "precision": run.precision,
        "gradient_checkpointing": efficiency.gradient_checkpointing,
        "strategy": run.strategy,
        "checkpoint_interval_seconds": _interval(run),
        "checkpoints_kept": efficiency.checkpoints_kept,
        "grace_seconds": node_traits(run.cloud).grace_seconds,
        "nodes": run.nodes,
        "processes_per_node": run.processes_per_node,
        "threads": max(int(run.cpu // run.processes_per_node), 1),
        "master_address": master(run),
        "master_port": MASTER_PORT,
        "scratch": SCRATCH,
        "parameters": dict(run.parameters),
    }
    plain = {key: _plain(value) for key, value in values.items()}
    return Contract(
        variables={**run.environment, **variables(plain)},
        document=pulumi.Output.all(**plain).apply(document),
    )


def _plain(value: Any) -> Any:
    """The value of an enum's member; anything else as it is."""
    return value.value if isinstance(value, Enum) else value

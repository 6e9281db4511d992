"""A training run that survives the loss of its machines."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import pulumi
from pulumi_kubernetes.core.v1 import ConfigMap, ServiceAccount

from falaj.components.core.site.rules import node_traits
from falaj.components.core.training.contract import (
    CONTRACT_VERSION,
    MASTER_PORT,
    SCRATCH,
    Learning,
    document,
    torchrun_variables,
    variables,
)
from falaj.components.core.training.training_args import NamedRun, TrainingRunArgs
from falaj.components.kubernetes.training.training_jobs import master_address
from falaj.components.kubernetes.training.training_pod import Contract, pod_template, run_labels
from falaj.components.kubernetes.training.training_workload import training_workload

FILE_KEY = "run.json"
"""Key of the contract's file in its ConfigMap."""


class TrainingRun(pulumi.ComponentResource):
    """A training run: a Job on one machine or a JobSet on several, or an object of Kubeflow Trainer or KubeRay, and the
    contract with its program.

    The name of the resource is the name of the run in the cluster and in the vault: a run of the same name resumes from
    the last checkpoint. Any change restarts the run from its last checkpoint; removing the resource stops it. Finished
    runs are not deleted automatically, because the next deployment would start them again. Takes the `kubernetes`
    provider of the cluster from its options.
    """

    job_name: pulumi.Output[str]
    """Name of the Job, JobSet, TrainJob or RayJob."""
    kind: pulumi.Output[str]
    """`Job`, `JobSet`, `TrainJob` or `RayJob`."""
    namespace: pulumi.Output[str]
    """Namespace of the run."""
    service_account: pulumi.Output[str]
    """Service account of the pods, to which a cloud identity is bound."""
    contract: pulumi.Output[Mapping[str, str]]
    """The contract with its program, as environment variables."""
    checkpoint_interval_seconds: pulumi.Output[int]
    """Seconds between two checkpoints."""
    expected_overhead: pulumi.Output[float]
    """Expected share of additional time for checkpoints and lost machines, at the proposed interval."""

    def __init__(self, name: str, args: TrainingRunArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        run = NamedRun.for_run(name, args)
        super().__init__("falaj:kubernetes:TrainingRun", name, {}, opts)
        contract = _contract(run)
        account = _account(name, run, self)
        config_map = self._config_map(name, run, contract)
        template = pod_template(run, account, contract)
        workload = training_workload(name, run, template, self, [config_map])
        self.job_name = workload.urn.apply(lambda _: run.name)
        self.kind = pulumi.Output.from_input(run.kind.kind)
        self.namespace = pulumi.Output.from_input(run.namespace)
        self.service_account = pulumi.Output.from_input(account)
        self.contract = pulumi.Output.all(**contract.variables)
        self.checkpoint_interval_seconds = pulumi.Output.from_input(run.checkpoint_interval)
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

    def _config_map(self, name: str, run: NamedRun, contract: Contract) -> ConfigMap:
        return ConfigMap(
            f"{name}-contract",
            metadata={"name": run.name, "namespace": run.namespace, "labels": run_labels(run)},
            data={FILE_KEY: contract.document},
            opts=pulumi.ResourceOptions(parent=self),
        )


def _account(name: str, run: NamedRun, parent: pulumi.Resource) -> pulumi.Input[str]:
    if run.service_account is not None:
        return run.service_account
    annotation = node_traits(run.cloud).client_id_annotation
    client = {annotation: run.azure_client_id} if annotation and run.azure_client_id is not None else {}
    account = ServiceAccount(
        f"{name}-account",
        metadata={"name": run.name, "namespace": run.namespace, "labels": run_labels(run), "annotations": client},
        automount_service_account_token=False,
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return account.metadata.name


def _contract(run: NamedRun) -> Contract:
    """Returns the contract as environment variables and as a file."""
    efficiency = run.efficiency
    has_base_model = efficiency.base_model_uri is not None
    values: dict[str, Any] = {
        "version": CONTRACT_VERSION,
        "run": run.name,
        "dataset_uri": run.dataset_uri,
        "checkpoint_uri": pulumi.Output.concat(run.checkpoint_uri, "/", run.name),
        "model_uri": run.model_uri,
        "base_model_uri": efficiency.base_model_uri,
        "learning": (efficiency.learning or Learning.INCREMENTAL) if has_base_model else None,
        "precision": run.precision,
        "gradient_checkpointing": efficiency.gradient_checkpointing,
        "strategy": run.strategy,
        "checkpoint_interval_seconds": run.checkpoint_interval,
        "checkpoints_kept": efficiency.checkpoints_kept,
        "grace_seconds": node_traits(run.cloud).grace_seconds,
        "nodes": run.nodes,
        "processes_per_node": run.processes_per_node,
        "threads": max(int(run.cpu // run.processes_per_node), 1),
        "master_address": master_address(run),
        "master_port": MASTER_PORT,
        "scratch": SCRATCH,
        "parameters": dict(run.parameters),
    }
    plain_values = {key: _enum_value(value) for key, value in values.items()}
    return Contract(
        variables={
            **run.environment,
            **variables(plain_values),
            **({} if run.kind.is_ray else torchrun_variables(plain_values)),
        },
        document=pulumi.Output.all(**plain_values).apply(document),
    )


def _enum_value(value: Any) -> Any:
    """Returns the value of an enum member; other values unchanged."""
    return value.value if isinstance(value, Enum) else value

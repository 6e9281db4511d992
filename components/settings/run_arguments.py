"""Arguments of training runs, built from a stack's settings, and what runs need on a site. Pure."""

from collections.abc import Mapping

from falaj.components.core.node_pools.open_pools import is_open
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.storage import vault_addresses
from falaj.components.core.storage.shared_files import CLAIM as SHARED_CLAIM
from falaj.components.core.tenancy.queue_specs import BATCH_PRIORITY, LOCAL_QUEUE, TRAINING_PRIORITY
from falaj.components.core.training.datasets import CLAIM, dataset_uri
from falaj.components.core.training.machine_gpus import machine_gpus
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.training.training_args import TrainingRunArgs
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.settings.arguments import Workload
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import ClusterSettings, RunSettings, path_of, purpose_of


def mounts_dataset(run: RunSettings) -> bool:
    """Returns whether a run reads from the vault for datasets, in front of which a site can have a file system."""
    return run.dataset is not None and purpose_of(run.dataset) == Purpose.DATASETS.value


def reads_datasets(tenant: TenantWork, site: str) -> bool:
    """Returns whether any run of a tenant on a site reads from the vault for datasets."""
    return any(run.site == site and mounts_dataset(run) for run in tenant.runs.values())


def run_forms(site: str, shared: ClusterSettings, tenants: Mapping[str, TenantWork]) -> list[RunForm]:
    """Returns the forms of training runs whose controllers a site needs."""
    runs = (run for tenant in tenants.values() for run in tenant.runs.values() if run.site == site)
    forms: set[RunForm] = {form for form in (*shared.run_forms, *(run.form for run in runs)) if form is not None}
    return sorted(forms, key=lambda form: form.value)


def has_deadlines(site: str, shared: ClusterSettings, tenants: Mapping[str, TenantWork]) -> bool:
    """Returns whether a site needs the controller of runs with deadlines."""
    runs = (run for tenant in tenants.values() for run in tenant.runs.values() if run.site == site)
    return shared.run_deadlines or any(run.deadline is not None for run in runs)


def open_pools(workload: Workload, run: RunSettings) -> dict[str, NodePoolSpec]:
    """Returns the pools that a run may use, by name."""
    return {
        name: pool
        for name, pool in workload.cluster.pools.items()
        if is_open(pool, workload.tenant, (run.profile,), run.interruptible) and run.pool in (None, name)
    }


def _machine_gpus(workload: Workload, run: RunSettings) -> int | None:
    """Returns the number of GPUs that a run's machines should have, by the pools that it may use."""
    if (region := workload.cluster.region) is None:
        return None
    return machine_gpus(run.gpus, run.cpu, run.memory_gib, open_pools(workload, run), region, run.nodes)


def _dataset_uri(workload: Workload, run: RunSettings) -> Input[str] | None:
    """Returns the address of a run's dataset: a mounted folder where a file system is in front of the vault."""
    if workload.datasets and mounts_dataset(run) and run.dataset:
        return dataset_uri(path_of(run.dataset))
    return workload.optional_address(run.dataset, vault_addresses.for_training)


def run_args(
    workload: Workload, settings: RunSettings, queued: bool, tracking_url: Input[str] | None
) -> TrainingRunArgs:
    """Builds the arguments of a training run or batch job. Raises `BadArguments`."""
    cluster, notation = workload.cluster, vault_addresses.for_training
    mounted = workload.datasets if mounts_dataset(settings) else None
    return TrainingRunArgs(
        image=settings.image,
        architectures=settings.architectures,
        pull_secrets=settings.pull_secrets,
        secrets=settings.secrets,
        form=settings.form,
        ray_version=settings.ray_version,
        command=settings.command,
        nodes=settings.nodes,
        gpus=settings.gpus,
        cpu=settings.cpu,
        memory_gib=settings.memory_gib,
        scratch_gib=settings.scratch_gib,
        profile=settings.profile,
        pool=settings.pool,
        interruptible=settings.interruptible,
        deadline=settings.deadline,
        estimated_hours=settings.estimated_hours,
        deadline_hours=settings.deadline_hours,
        retries=settings.retries,
        retried_exit_codes=settings.retried_exit_codes,
        efficiency=settings.efficiency.with_base_model(
            workload.optional_address(settings.efficiency.base_model_uri, notation)
        ),
        parameters=settings.parameters,
        machine_gpus=_machine_gpus(workload, settings),
        cloud=cluster.cloud,
        namespace=workload.namespace,
        tenant=workload.tenant,
        queue=LOCAL_QUEUE if queued else None,
        topology=cluster.topology[-1] if queued and cluster.topology else None,
        priority_class=BATCH_PRIORITY if settings.profile is Profile.BATCH else TRAINING_PRIORITY,
        dataset_uri=_dataset_uri(workload, settings),
        dataset_claim=CLAIM if mounted else None,
        dataset_zone=mounted.zone_id if mounted else None,
        shared_claim=SHARED_CLAIM if settings.shared else None,
        checkpoint_uri=workload.address(settings.checkpoints, notation),
        model_uri=workload.optional_address(settings.model, notation),
        store=cluster.store,
        azure_client_id=workload.client_id,
        environment={**({} if tracking_url is None else {"MLFLOW_TRACKING_URI": tracking_url}), **settings.environment},
        tags=workload.tags,
    )

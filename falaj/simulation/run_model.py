"""How training runs use machines, from a stack's settings and the defaults of its runs."""

from collections.abc import Collection

from falaj.components.core.site.rules import node_traits
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.training.checkpointing import RESTART_SECONDS, SPOT_RECLAIMS_PER_HOUR, propose_interval
from falaj.components.core.training.run_capacity import INTERVAL_SECONDS
from falaj.components.core.training.training_args import EfficiencySpec
from falaj.components.settings.stack import Settings
from falaj.components.settings.workloads import RunSettings
from falaj.facts.clouds import Cloud
from falaj.simulation.platform_model import RunModel

RELEASE_SECONDS = 1.0
"""Time for which the controller of Jobs collects changes of pods before it writes that a job has ended; Kueue waits for
that (kubernetes 1.36.3, pkg/controller/job/job_controller.go, `SyncJobBatchPeriod`)."""

REQUEUE_SECONDS = 1.0
"""Time for which Kueue collects releases of quota before it tries inadmissible workloads again (v0.17.0,
pkg/cache/queue/inadmissible_workloads.go, `requeueBatchPeriod`; read 2026-11-28)."""


def run_model(settings: Settings, clouds: Collection[Cloud]) -> tuple[RunModel, list[str]]:
    """Returns what applies to jobs of a trace, and warnings: the options of the stack's largest interruptible run, or
    the defaults without one. `clouds` are those of the sites."""
    runs = {f"{tenant}/{name}": run for tenant, own in settings.tenants.items() for name, run in own.runs.items()}
    interruptible = {name: run for name, run in runs.items() if run.interruptible}
    largest = max(interruptible, key=lambda name: (_size(interruptible[name]), name), default=None)
    efficiency = interruptible[largest].efficiency if largest is not None else EfficiencySpec()
    measured = efficiency.interruptions_per_hour
    reclaims = SPOT_RECLAIMS_PER_HOUR if measured is None else measured
    save = efficiency.checkpoint_seconds
    cloud = next(iter(clouds), Cloud.ONPREM)
    proposed = propose_interval(cloud, reclaims, 1, save, efficiency.interruptions_with_notice).seconds
    model = RunModel(
        checkpoint_seconds=efficiency.checkpoint_interval_seconds or proposed,
        save_seconds=save,
        # The fact includes the start of a node; where nodes start fastest, most of it remains.
        restart_seconds=RESTART_SECONDS - min((node_traits(each).start_seconds for each in clouds), default=0),
        interruptions_per_hour=reclaims,
        deadline_interval_seconds=INTERVAL_SECONDS,
        pods_ready_seconds=_minutes("start_minutes") * 60,
        recover_seconds=_minutes("recover_minutes") * 60,
        release_seconds=RELEASE_SECONDS,
        requeue_seconds=REQUEUE_SECONDS,
    )
    differ = len({_checkpoints(run.efficiency) for run in interruptible.values()}) > 1
    warnings = [f"all jobs save checkpoints as run {largest} does; other runs of the stack differ"] if differ else []
    return model, warnings


def _minutes(field: str) -> int:
    """Returns a limit of queues, which a stack's settings leave at its default."""
    return QueueingArgs.model_fields[field].default


def _size(run: RunSettings) -> tuple[float, float]:
    return run.nodes * run.gpus, run.nodes * run.cpu


def _checkpoints(efficiency: EfficiencySpec) -> tuple[float | None, float, float | None]:
    return efficiency.checkpoint_interval_seconds, efficiency.checkpoint_seconds, efficiency.interruptions_per_hour

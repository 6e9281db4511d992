"""What the search may change in served models and training runs. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from falaj.components.core.serving.scaling_specs import Load, LoadSpec
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.settings.stack import Settings
from falaj.components.settings.workloads import RunSettings, ServingSettings
from falaj.simulation.advice.choices import Choice, Path, choice, values
from falaj.simulation.advice.office_windows import Window, Windows
from falaj.simulation.advice.schedules import replicas_kept
from falaj.simulation.service_models import served_models

CHECKPOINT_SECONDS = (300, 600, 1200, 2400, 3600)
"""Seconds between two checkpoints that are tried; without the setting, the interval is computed."""

IDLE_SECONDS = (60, 180, 300, 600, 1800, 3600)
"""Seconds without requests before the last replica is removed that are tried."""

LOAD_FACTORS = (0.5, 0.75, 1.5, 2.0)
"""Load per replica that is tried, as a multiple of today's."""

OTHER_LOADS: Mapping[Load, Sequence[float]] = {
    Load.QUEUE: (2.0, 8.0),
    Load.REQUESTS: (0.5, 1.0, 2.0),
    Load.PROMPTS: (500.0, 1000.0, 2000.0, 4000.0),
}
"""Metric that replicas do not follow today -> load per replica that is tried with it: own choices, around what
docs/simulation.md compares. An H100 reads five times the tokens of the last one a second, as estimated."""


def work_choices(settings: Settings, hours: Windows | None = None) -> Iterator[Choice]:
    """Yields the choices of all services and runs. An experiment compares its variants as they are declared, so it is
    left alone. `hours`: office hours to try; None if no schedule is searched."""
    names = {(each.tenant, each.path): each.name for each in served_models(settings)}
    for tenant_name, tenant in settings.tenants.items():
        for name, service in tenant.services.items():
            path = ("tenants", tenant_name, "services", name, "serving")
            tried = hours.of(names[tenant_name, f"services.{name}"]) if hours else ()
            yield from _of_serving(path, service.serving, tried)
        for name, run in tenant.runs.items():
            yield from _of_run(("tenants", tenant_name, "runs", name), run)


def _of_serving(path: Path, serving: ServingSettings, hours: Sequence[Window]) -> Iterator[Choice]:
    least = 0 if serving.tier is Tier.SMB and serving.cold_start else 1
    kept = {least, 1, max(serving.min - 1, least), serving.min + 1}
    yield replicas_kept(path, serving, least, sorted(count for count in kept if count <= serving.max), hours)
    most = {max(serving.min, 1, serving.max + step) for step in (-1, 1, 2, 4)}
    yield values((*path, "max"), "replicas at most", serving.max, sorted(most))
    if isinstance(serving.load, LoadSpec):
        yield _load(path, serving.load)
    elif serving.tier is Tier.SMB:
        today = serving.concurrency
        others = sorted({max(1, round(today * factor)) for factor in LOAD_FACTORS})
        yield values((*path, "concurrency"), "load per replica", today, others)
    if serving.cold_start:
        idle = serving.cold_start.idle_seconds
        yield values((*path, "cold_start", "idle_seconds"), "idle time", idle, IDLE_SECONDS)


def _load(path: Path, load: LoadSpec) -> Choice:
    """Returns the choice of what replicas follow, and of how much of it each is for. A query of the settings' own
    stays."""
    metric, target = (*path, "load", "follows"), (*path, "load", "target")
    own = [
        (f"{load.follows.value} {factor * load.target:g}", {target: factor * load.target}) for factor in LOAD_FACTORS
    ]
    others = [
        (f"{follows.value} {each:g}", {metric: follows.value, target: each})
        for follows, tried in OTHER_LOADS.items()
        if load.query is None and follows is not load.follows
        for each in tried
    ]
    return choice((*path, "load"), "load per replica", f"{load.follows.value} {load.target:g}", [*own, *others])


def _of_run(path: Path, run: RunSettings) -> Iterator[Choice]:
    today = run.efficiency.checkpoint_interval_seconds
    yield values(
        (*path, "efficiency", "checkpoint_interval_seconds"),
        "checkpoint interval",
        "computed" if today is None else today,
        CHECKPOINT_SECONDS,
    )

"""What each default and each of its alternatives costs, and how long its work waits, in the months of `default_months`.

The sensitivity of a choice is the same comparison with other spot prices, interruptions or load.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from functools import cache

from falaj.components.settings.load import platform_settings
from falaj.components.settings.stack import Settings
from falaj.simulation.advice.choices import Changes, Path
from falaj.simulation.advice.limits import Measures, measures
from falaj.simulation.advice.setting_changes import accepted
from falaj.simulation.experiments import split
from falaj.simulation.from_settings import platform
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.platform_model import Platform, PoolModel
from falaj.simulation.serving import simulate_requests
from tests.project.default_months import JOB_MONTHS, REQUEST_MONTHS, month
from tests.project.default_rows import FORMER, Default, Figure, shown
from tests.unit.settings.stacks import raw

STACK = "prod-uae"
AS_IS = "as is"


@dataclass(frozen=True)
class Row:
    """A default, or an alternative to it, in a month. All fields are texts, as the file has them."""

    default: str
    where: str
    value: str
    """The value of the default."""
    alternative: str
    """The value that was simulated; empty for the default's own."""
    month: str
    case: str
    """`as is`, or what differs in the month."""
    aed: str
    """Cost of the jobs' machines, or the services' machines, in AED."""
    ratio: str
    """This cost by that of the default's value in the same month."""
    wait_minutes: str
    """95th percentile of waiting over all jobs."""
    late_percent: str
    """Late requests of the service with the most, in percent."""
    missed: str
    """Deadlines that were missed."""
    unfinished: str
    """Jobs that had not ended at the end of the month."""
    date: str
    """When it was simulated."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What distinguishes it from the others."""
        return self.default, self.alternative, self.month, self.case


@dataclass(frozen=True)
class Unread:
    """A platform beside the key of a remembered simulation; equal to every other one."""

    platform: Platform = field(compare=False)


COLUMNS = tuple(column.name for column in fields(Row))


def _spot_prices(factor: float) -> Callable[[Platform], Platform]:
    def changed(pool: PoolModel) -> PoolModel:
        machines = (
            replace(each, spot_aed=each.spot_aed and min(each.spot_aed * factor, each.on_demand_aed))
            for each in pool.machines
        )
        return replace(pool, machines=tuple(machines))

    return lambda of: replace(of, pools=tuple(changed(pool) for pool in of.pools))


def _interruptions(factor: float) -> Callable[[Platform], Platform]:
    return lambda of: replace(of, runs=replace(of.runs, interruptions_per_hour=of.runs.interruptions_per_hour * factor))


@dataclass(frozen=True)
class Case:
    """What differs in a month."""

    months: Sequence[str]
    load: float = 1.0
    edit: Callable[[Platform], Platform] | None = None


CASES: Mapping[str, Case] = {
    AS_IS: Case((*JOB_MONTHS, *REQUEST_MONTHS)),
    "spot prices -30 %": Case(("philly",), edit=_spot_prices(0.7)),
    "spot prices +30 %": Case(("philly",), edit=_spot_prices(1.3)),
    "interruptions x3": Case(("philly",), edit=_interruptions(3.0)),
    "load x0.5": Case(("philly",), load=0.5),
    "load x2": Case(("philly", "conversation"), load=2.0),
}
"""Name -> what differs from the months as they are, in which months."""


def keys(default: Default) -> Iterator[tuple[str, str, str]]:
    """Yields the alternative, the month and the case of each row of a default."""
    own = JOB_MONTHS if default.months == "jobs" else REQUEST_MONTHS
    for case, differs in CASES.items():
        for name in differs.months if default.is_sensitive or case == AS_IS else ():
            yield from ((alternative, name, case) for alternative in ("", *default.alternatives) if name in own)


def current(default: Default) -> str:
    """Returns the value of a default by the settings and the code of today."""
    if isinstance(default.at, Figure):
        values = [getattr(part, default.at.attribute) for part in _parts_of(today(), default.at)]
    else:
        values = [_value_at(_settings(), path) for path in default.at]
    return " / ".join(dict.fromkeys(map(shown, values)))


def _value_at(settings: Settings, path: Path) -> object:
    value: object = settings
    for key in path:
        value = value[key] if isinstance(value, Mapping) else getattr(value, key)
    return value


@cache
def _settings() -> Settings:
    return platform_settings(raw(STACK))


@cache
def today() -> Platform:
    """Returns the platform of the shipped stack."""
    return platform(_settings(), STACK)


def of_stack(changes: Changes) -> Platform:
    """Returns the platform of the stack with changed settings. Raises `ValueError` if the check refuses them."""
    found = accepted(raw(STACK), changes)
    if found is None:
        raise ValueError(f"the check refuses {changes}")
    return platform(found.settings, STACK)


@cache
def former() -> Platform:
    """Returns the platform of the stack with its served models until 2026-11-29."""
    return of_stack(FORMER)


def platform_of(default: Default, alternative: str) -> Platform:
    """Returns the platform with an alternative, or with the default's own value if it is empty."""
    if not alternative:
        return today()
    value = default.alternatives[alternative]
    if isinstance(default.at, Figure):
        return _with_figure(today(), default.at, value)
    found = accepted(raw(STACK), value)
    if found is None or any(found.changes[path] != given for path, given in value.items()):
        message = f"{default.name}: {alternative} is refused by the check, or raised"
        raise ValueError(message)
    return platform(found.settings, STACK)


def _parts_of(of: Platform, figure: Figure) -> list[object]:
    if figure.of == "runs":
        return [of.runs]
    key = "key" if figure.of == "pools" else "name"
    return [part for part in getattr(of, figure.of) if getattr(part, key) in figure.names]


def _with_figure(of: Platform, figure: Figure, value: object) -> Platform:
    changed = {figure.attribute: value}
    if figure.of == "runs":
        return replace(of, runs=replace(of.runs, **changed))
    touched = _parts_of(of, figure)
    every = (replace(part, **changed) if part in touched else part for part in getattr(of, figure.of))
    return replace(of, **{figure.of: tuple(every)})


@cache
def _simulated(key: Hashable, months: str, of: Unread, name: str, load: float) -> Measures:
    """Returns the figures of a month's jobs, or requests; the key is all of the platform that they depend on."""
    work = month(name, load)
    if months == "jobs":
        outcome = simulate_jobs(of.platform, work, 0)
    else:
        outcome = simulate_requests(of.platform, split(of.platform, work, 0), 0)
    return measures(outcome, 0 if work.jobs is None else len(work.jobs.submit))


def measured(default: Default, alternative: str, name: str, case: str) -> Measures:
    """Returns the figures of an alternative in a month. Its cost is that of the jobs' pools, or of the services'."""
    differs = CASES[case]
    of = platform_of(default, alternative)
    of = differs.edit(of) if differs.edit else of
    key = repr(replace(of, warnings=()))
    return _simulated(key, default.months, Unread(of), name, differs.load)


def row(default: Default, alternative: str, name: str, case: str, date: str) -> Row:
    """Returns a row, simulated now."""
    found, own = measured(default, alternative, name, case), measured(default, "", name, case)
    return Row(
        default=default.name,
        where=default.where,
        value=current(default),
        alternative=alternative,
        month=name,
        case=case,
        aed=f"{found.aed:.0f}",
        ratio=f"{found.aed / own.aed:.3f}",
        wait_minutes=f"{found.wait_seconds / 60:.1f}",
        late_percent=f"{found.late_share * 100:.2f}",
        missed=f"{found.deadlines_missed:.0f}",
        unfinished=f"{found.unfinished:.0f}",
        date=date,
    )


def rows_of(default: Default, date: str) -> list[Row]:
    """Returns the rows of a default, simulated now: up to half a minute of one core."""
    return [row(default, alternative, name, case, date) for alternative, name, case in keys(default)]


def cells(of: Row) -> tuple[str, ...]:
    """Returns a row as the file has it."""
    return astuple(of)

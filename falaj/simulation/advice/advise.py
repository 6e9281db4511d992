"""Finds the cheapest settings that keep limits, and what each change is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from falaj.simulation.advice.advice import Advice, Effect, Remedy
from falaj.simulation.advice.laboratory import Laboratory, Selection
from falaj.simulation.advice.limits import Limits, Measures, beyond
from falaj.simulation.advice.robustness import Robust, robust, undominated
from falaj.simulation.advice.search import Progress, Search, Trial, with_alternative
from falaj.simulation.work import Work

UNFINISHED_SHARE = 0.005
"""Share of jobs that may be unfinished at the end of the month beyond those that are submitted too late."""

STARTING_SECONDS = 3600.0
"""Time that a job is given beside its computation and the limit of waiting: to start, and to recover from a loss."""

WORTHLESS_SHARE = 0.0005
"""A change that saves less than this share of the bill, and is not needed for a limit, is left out."""


MOST_REMEDIES = 8
"""Single changes that are reported."""


@dataclass(frozen=True)
class Effort:
    """How much is simulated."""

    trials: int = 150
    """Selections that are tried."""
    seeds: int = 10
    """Months with which the front, the advice and each of its changes are simulated."""
    seed: int = 0
    """Seed of the search."""
    points: int = 8
    """Most selections that are simulated with all these months."""


def advise(
    laboratory: Laboratory, limits: Limits, effort: Effort = Effort(), progress: Progress | None = None
) -> Advice:
    """Returns the advice: what to change in the settings, and what it is worth."""
    limits = _attainable(limits, laboratory.work(0))
    search = Search(laboratory, limits, effort.trials, effort.seed, progress)
    trials = search.run()
    seeds = range(effort.seeds)
    today = robust(laboratory, laboratory.today, seeds)
    again = [robust(laboratory, selection, seeds) for selection in _promising(trials, limits, effort.points)]
    chosen = _choose([today, *again], limits)
    chosen = _proven(laboratory, _without_ballast(laboratory, chosen, limits, seeds), limits, seeds)
    points = [point for point in (chosen, today, *again) if _is_on_limits(point, limits)]
    front, settings = undominated(points), laboratory.accepted(chosen.selection)
    changes, own = settings.changes if settings else {}, laboratory.changes(chosen.selection)
    return Advice(
        limits=limits,
        today=today,
        chosen=chosen,
        keeps_limits=chosen.keeps(limits),
        front=tuple(front),
        remedies=tuple(_remedies(laboratory, search, trials)),
        labels={point.selection: laboratory.labels(point.selection) for point in (chosen, today, *front)},
        changes=changes,
        raised={path: value for path, value in changes.items() if path not in own},
        effects=tuple(_effects(laboratory, chosen, limits, seeds)),
        trials=len(trials),
        simulated=laboratory.simulated,
        seeds=effort.seeds,
    )


def _remedies(laboratory: Laboratory, search: Search, trials: Sequence[Trial]) -> list[Remedy]:
    """Returns the best single change of each setting, of those that are an improvement on the first trial, today."""
    best: dict[int, Remedy] = {}
    for trial in sorted(trials, key=lambda trial: search.rank(trial.month)):
        changed = [(place, index) for place, index in enumerate(trial.selection) if index]
        if len(changed) == 1 and search.rank(trial.month)[:2] < search.rank(trials[0].month)[:2]:
            place, index = changed[0]
            choice = laboratory.choices[place]
            after = choice.alternatives[index].label
            best.setdefault(place, Remedy(choice.name, choice.kind, choice.today, after, trial.month))
    return [*best.values()][:MOST_REMEDIES]


def _month(laboratory: Laboratory, selection: Selection) -> Measures:
    month = laboratory.month(selection)
    assert month is not None  # noqa: S101 - today's settings are valid
    return month


def _attainable(limits: Limits, work: Work) -> Limits:
    """Returns the limits with the jobs that may be unfinished: a month must not be cheap by doing less."""
    from falaj.simulation.advice.attainable import unfinished_anyway

    jobs = 0 if work.jobs is None else len(work.jobs.submit)
    late = unfinished_anyway(work, limits.wait_seconds + STARTING_SECONDS)
    return replace(limits, unfinished=limits.unfinished + late + ceil(jobs * UNFINISHED_SHARE))


def _is_on_limits(point: Robust, limits: Limits) -> bool:
    """Whether a point keeps all limits but that of waiting, which is the other axis of the front."""
    return Robust(point.selection, point.months).keeps(replace(limits, wait_seconds=float("inf")))


def _promising(trials: Sequence[Trial], limits: Limits, points: int) -> list[Selection]:
    """Returns the selections to simulate again: those of the front, from the cheapest that keeps the limits on, and
    the cheapest beside them; without any that keeps them, also the one that exceeds them the least."""
    months = [Robust(trial.selection, (trial.month,)) for trial in trials]
    allowed = [point for point in months if _is_on_limits(point, limits)]
    front = undominated(allowed)
    kept = [point for point in allowed if point.keeps(limits)]
    cheapest = sorted(kept, key=lambda point: point.aed.mean)[: points // 2]
    within = [point for point in front if point.keeps(limits)]
    slower = [point for point in front if not point.keeps(limits)]
    closest = [] if kept else [min(months, key=lambda point: _distance(point, limits))]
    ordered = [*closest, *cheapest, *within[: points // 2], *slower[-points // 4 :]]
    return [*dict.fromkeys(point.selection for point in ordered)][:points]


def _choose(candidates: Sequence[Robust], limits: Limits) -> Robust:
    """Returns the cheapest that keeps the limits; if none does, the one that exceeds them the least."""
    kept = [candidate for candidate in candidates if candidate.keeps(limits)]
    if kept:
        return min(kept, key=lambda candidate: candidate.aed.mean)
    return min(candidates, key=lambda candidate: _distance(candidate, limits))


def _distance(point: Robust, limits: Limits) -> tuple[float, float]:
    """Returns by how much a point exceeds the limits, and its cost."""
    return (beyond(point.mean, limits), point.aed.mean)


def _without_ballast(laboratory: Laboratory, chosen: Robust, limits: Limits, seeds: Sequence[int]) -> Robust:
    """Returns the selection without changes that are worth nothing, unless all seeds together speak against it."""
    slim, month = chosen.selection, _month(laboratory, chosen.selection)
    for place in [place for place, index in enumerate(slim) if index]:
        without = with_alternative(slim, place, 0)
        other = laboratory.month(without)
        if other is None or beyond(other, limits) > beyond(month, limits):
            continue
        if other.aed <= month.aed * (1 + WORTHLESS_SHARE):
            slim, month = without, other
    candidate = robust(laboratory, slim, seeds)
    allowed = chosen.aed.mean * (1 + 2 * WORTHLESS_SHARE)
    is_as_good = candidate.aed.mean <= allowed and candidate.keeps(limits) >= chosen.keeps(limits)
    return candidate if is_as_good else chosen


def _proven(laboratory: Laboratory, chosen: Robust, limits: Limits, seeds: Sequence[int]) -> Robust:
    """Returns the selection without changes that no limit needs and whose saving may be chance."""
    if not chosen.keeps(limits):
        return chosen
    for place in [place for place, index in enumerate(chosen.selection) if index]:
        without = with_alternative(chosen.selection, place, 0)
        if laboratory.accepted(without) is None:
            continue
        undone = robust(laboratory, without, seeds)
        if undone.keeps(limits) and chosen.saving(undone).low <= 0:
            chosen = undone
    return chosen


def _effects(laboratory: Laboratory, chosen: Robust, limits: Limits, seeds: Sequence[int]) -> list[Effect]:
    """Returns each change with what undoing it alone would cost, the most valuable first."""
    effects: list[Effect] = []
    for place, index in enumerate(chosen.selection):
        if not index:
            continue
        choice = laboratory.choices[place]
        without = with_alternative(chosen.selection, place, 0)
        undone = robust(laboratory, without, seeds) if laboratory.accepted(without) else None
        effects.append(
            Effect(
                setting=choice.name,
                kind=choice.kind,
                before=choice.today,
                after=choice.alternatives[index].label,
                saving=chosen.saving(undone) if undone else None,
                wait_without=undone.wait_seconds if undone else None,
                is_needed=undone is None or (chosen.keeps(limits) and not undone.keeps(limits)),
            )
        )
    return sorted(effects, key=lambda effect: -(effect.saving.mean if effect.saving else 0.0))

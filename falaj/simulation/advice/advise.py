"""Finds the cheapest settings that keep limits, and what each change is worth."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from falaj.simulation.advice.advice import Advice, Effect, Remedy
from falaj.simulation.advice.evaluation import Evaluation
from falaj.simulation.advice.laboratory import Laboratory, Selection
from falaj.simulation.advice.limits import Limits, Measures, beyond
from falaj.simulation.advice.robustness import Robust, undominated
from falaj.simulation.advice.search import Progress, Search, Trial, with_alternative

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
    laboratory: Laboratory,
    limits: Limits,
    effort: Effort = Effort(),
    progress: Progress | None = None,
    checking: Callable[[int], None] | None = None,
) -> Advice:
    """Returns the advice: what to change in the settings, and what it is worth.

    `progress` is told of each trial. The months by which the best of them are checked take as long: `checking` is told
    after each how many were simulated in all."""
    evaluation = Evaluation(laboratory, limits, effort.seeds)
    limits = evaluation.limits
    search = Search(laboratory, limits, effort.trials, effort.seed, progress)
    trials = search.run()
    laboratory.checking = checking
    today = evaluation.searched(laboratory.today)
    again = [evaluation.searched(selection) for selection in _promising(trials, limits, effort.points)]
    chosen = evaluation.cheapest([today, *again])
    chosen = _proven(laboratory, _without_ballast(laboratory, chosen, evaluation), evaluation)
    points = [point for point in (chosen, today, *again) if _is_on_limits(point, limits)]
    front, settings, refused = undominated(points), laboratory.accepted(chosen.selection), evaluation.refused
    changes, own = settings.changes if settings else {}, laboratory.changes(chosen.selection)
    return Advice(
        limits=limits,
        today=today,
        chosen=chosen,
        keeps_limits=evaluation.keeps(chosen),
        front=tuple(front),
        remedies=tuple(_remedies(laboratory, search, trials)),
        labels={point.selection: laboratory.labels(point.selection) for point in (chosen, today, *front, *refused)},
        changes=changes,
        raised={path: value for path, value in changes.items() if path not in own},
        effects=tuple(_effects(laboratory, chosen, evaluation)),
        held_out=evaluation.check(today, chosen),
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
    closest = [] if kept else [min(months, key=lambda point: (beyond(point.mean, limits), point.aed.mean))]
    ordered = [*closest, *cheapest, *within[: points // 2], *slower[-points // 4 :]]
    return [*dict.fromkeys(point.selection for point in ordered)][:points]


def _without_ballast(laboratory: Laboratory, chosen: Robust, evaluation: Evaluation) -> Robust:
    """Returns the selection without changes that are worth nothing, unless all seeds together speak against it."""
    limits = evaluation.limits
    slim, month = chosen.selection, _month(laboratory, chosen.selection)
    for place in [place for place, index in enumerate(slim) if index]:
        without = with_alternative(slim, place, 0)
        other = laboratory.month(without)
        if other is None or beyond(other, limits) > beyond(month, limits):
            continue
        if other.aed <= month.aed * (1 + WORTHLESS_SHARE):
            slim, month = without, other
    candidate = evaluation.searched(slim)
    allowed = chosen.aed.mean * (1 + 2 * WORTHLESS_SHARE)
    is_as_good = candidate.aed.mean <= allowed and evaluation.keeps(candidate) >= evaluation.keeps(chosen)
    return candidate if is_as_good else chosen


def _proven(laboratory: Laboratory, chosen: Robust, evaluation: Evaluation) -> Robust:
    """Returns the selection without changes that no limit needs and whose saving may be chance."""
    if not evaluation.keeps(chosen):
        return chosen
    for place in [place for place, index in enumerate(chosen.selection) if index]:
        without = with_alternative(chosen.selection, place, 0)
        if laboratory.accepted(without) is None:
            continue
        undone = evaluation.searched(without)
        if chosen.saving(undone).low <= 0 and evaluation.keeps(undone):
            chosen = undone
    return chosen


def _effects(laboratory: Laboratory, chosen: Robust, evaluation: Evaluation) -> list[Effect]:
    """Returns each change with what undoing it alone would cost, the most valuable first."""
    effects: list[Effect] = []
    is_kept = evaluation.keeps(chosen)
    for place, index in enumerate(chosen.selection):
        if not index:
            continue
        choice = laboratory.choices[place]
        without = with_alternative(chosen.selection, place, 0)
        undone = evaluation.searched(without) if laboratory.accepted(without) else None
        effects.append(
            Effect(
                setting=choice.name,
                kind=choice.kind,
                before=choice.today,
                after=choice.alternatives[index].label,
                saving=chosen.saving(undone) if undone else None,
                wait_without=undone.wait_seconds if undone else None,
                is_needed=undone is None or (is_kept and not evaluation.keeps(undone)),
            )
        )
    return sorted(effects, key=lambda effect: -(effect.saving.mean if effect.saving else 0.0))

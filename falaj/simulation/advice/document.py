"""The advice as JSON. Pure."""

from collections.abc import Sequence

from falaj.simulation.advice.advice import Advice, Effect
from falaj.simulation.advice.choices import NOT_SETTABLE, Changes
from falaj.simulation.advice.laboratory import Laboratory
from falaj.simulation.advice.limits import Measures
from falaj.simulation.advice.robustness import CONFIDENCE, Interval, Robust


def advice_document(advice: Advice, laboratory: Laboratory, patch: str) -> dict[str, object]:
    """Returns the document of `falaj simulate --advise --json`."""
    return {
        "limits": vars(advice.limits),
        "keeps_limits": advice.keeps_limits,
        "trials": advice.trials,
        "simulated_months": advice.simulated,
        "seeds": advice.seeds,
        "confidence": CONFIDENCE,
        "today": _point(advice.today, laboratory),
        "advice": _point(advice.chosen, laboratory),
        "saving_aed": _interval(advice.chosen.saving(advice.today)),
        "changes": [_effect(effect) for effect in advice.effects],
        "raised": raised(advice, laboratory),
        "front": [_point(point, laboratory) for point in advice.front],
        "not_settable": NOT_SETTABLE,
        "patch": patch,
    }


def changes_of(point: Robust, laboratory: Laboratory) -> Changes:
    """Returns all settings that a point changes, those included that must be raised with others."""
    settings = laboratory.accepted(point.selection)
    return settings.changes if settings else {}


def raised(advice: Advice, laboratory: Laboratory) -> dict[str, object]:
    """Returns the settings that are raised only so that the others are valid, by path."""
    chosen = laboratory.changes(advice.chosen.selection)
    return {
        ".".join(path): value for path, value in changes_of(advice.chosen, laboratory).items() if path not in chosen
    }


def labels(point: Robust, laboratory: Laboratory) -> Sequence[str]:
    """Returns the changes of a point, one text each; empty for today."""
    return [
        f"{choice.name}: {choice.alternatives[index].label}"
        for choice, index in zip(laboratory.choices, point.selection, strict=True)
        if index
    ]


def _point(point: Robust, laboratory: Laboratory) -> dict[str, object]:
    return {
        "aed": _interval(point.aed),
        "wait_p95_seconds": _interval(point.wait_seconds),
        "worst": _measures(point.worst),
        "months": [_measures(month) for month in point.months],
        "settings": {".".join(path): value for path, value in changes_of(point, laboratory).items()},
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "setting": effect.setting,
        "kind": effect.kind,
        "before": effect.before,
        "after": effect.after,
        "saving_aed": effect.saving and _interval(effect.saving),
        "wait_p95_seconds_without": effect.wait_without and _interval(effect.wait_without),
        "is_needed_for_a_limit": effect.is_needed,
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {name: round(value, 2) for name, value in vars(interval).items()}


def _measures(month: Measures) -> dict[str, float]:
    return {name: round(value, 4) for name, value in vars(month).items()}

"""The advice as JSON. Pure."""

from falaj.simulation.advice.advice import Advice, Effect, HeldOut, Remedy
from falaj.simulation.advice.choices import KINDS, NOT_SETTABLE, Changes
from falaj.simulation.advice.limits import Measures
from falaj.simulation.advice.robustness import CONFIDENCE, Interval, Robust


def advice_document(advice: Advice, patch: str) -> dict[str, object]:
    """Returns the document of `falaj simulate --advise --json`."""
    return {
        "limits": vars(advice.limits),
        "keeps_limits": advice.keeps_limits,
        "trials": advice.trials,
        "simulated_months": advice.simulated,
        "seeds": advice.seeds,
        "confidence": CONFIDENCE,
        "today": _point(advice.today),
        "advice": _point(advice.chosen),
        "saving_aed": _interval(advice.saving),
        "changes": [_effect(effect) for effect in advice.effects],
        "single_changes": [_remedy(remedy) for remedy in advice.remedies],
        "settings": _by_path(advice.changes),
        "raised": _by_path(advice.raised),
        "front": [_point(point) | {"changes": [*advice.labels[point.selection]]} for point in advice.front],
        "held_out": advice.held_out and _held_out(advice, advice.held_out),
        "not_settable": dict(NOT_SETTABLE),
        "patch": patch,
    }


def _held_out(advice: Advice, check: HeldOut) -> dict[str, object]:
    """Returns the check on days that the search did not see; days of the month count from 1."""
    return {
        "searched_days": [day + 1 for day in check.searched],
        "days": [day + 1 for day in check.days],
        "limits": vars(check.limits),
        "today": _point(check.today),
        "advice": _point(check.chosen),
        "saving_aed": _interval(check.saving),
        "refused": [_point(point) | {"changes": [*advice.labels[point.selection]]} for point in check.refused],
    }


def _by_path(changes: Changes) -> dict[str, object]:
    return {".".join(path): value for path, value in changes.items()}


def _point(point: Robust) -> dict[str, object]:
    return {
        "aed": _interval(point.aed),
        "wait_p95_seconds": _interval(point.wait_seconds),
        "worst": _measures(point.worst),
        "months": [_measures(month) for month in point.months],
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "setting": effect.setting,
        "kind": effect.kind,
        "why": KINDS[effect.kind],
        "before": effect.before,
        "after": effect.after,
        "saving_aed": effect.saving and _interval(effect.saving),
        "wait_p95_seconds_without": effect.wait_without and _interval(effect.wait_without),
        "is_needed_for_a_limit": effect.is_needed,
    }


def _remedy(remedy: Remedy) -> dict[str, object]:
    return {
        "setting": remedy.setting,
        "kind": remedy.kind,
        "why": KINDS[remedy.kind],
        "before": remedy.before,
        "after": remedy.after,
        "month": _measures(remedy.month),
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {name: round(value, 2) for name, value in vars(interval).items()}


def _measures(month: Measures) -> dict[str, float]:
    return {name: round(value, 4) for name, value in vars(month).items()}

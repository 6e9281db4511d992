"""The decision of an experiment: promote the candidate, keep the baseline or continue, with the reason."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from falaj.finops.errors import BadInput
from falaj.finops.experiment.breakeven import BreakEven, break_even
from falaj.finops.experiment.guards import Guard, GuardState, guards
from falaj.finops.experiment.ratio import (
    IntervalEstimate,
    deviation,
    difference_deviation,
    interval_estimate,
    ratio,
    variance_inflation,
)
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sequential import windows_needed
from falaj.finops.experiment.windows import MeasurementWindow

UNITS = {"requests": (1000.0, "1,000 requests"), "tokens": (1e6, "million tokens")}
"""Unit of the cost: quantity and label."""


class Decision(StrEnum):
    """The recommended action."""

    PROMOTE = "promote"
    KEEP = "keep"
    GO_ON = "go on"


@dataclass(frozen=True)
class ExperimentResult:
    """The complete result. `change` is the natural logarithm of the ratio of the candidate's cost to the baseline's."""

    rules: Rules
    choice: Decision
    sentence: str
    a: IntervalEstimate
    b: IntervalEstimate
    change: IntervalEstimate
    guards: tuple[Guard, ...]
    break_even: BreakEven | None
    hours_more: float | None
    requests: tuple[float, float]
    paired: bool

    @property
    def unit(self) -> str:
        """Unit of the cost."""
        return UNITS[self.rules.per][1]

    @property
    def saving(self) -> tuple[float, float, float]:
        """The share of cost saved as (value, minimum, maximum), with bounds that are valid for repeated evaluation."""
        return tuple(1 - math.exp(bound) for bound in (self.change.value, self.change.high, self.change.low))  # type: ignore[return-value]


def judge(rules: Rules, windows: Mapping[str, Sequence[MeasurementWindow]]) -> ExperimentResult:
    """Returns the result for the windows of both variants, as `reading` returns them. Raises `BadInput`."""
    a, b = windows[rules.baseline], windows[rules.candidate]
    paired = [(window.start, window.end) for window in a] == [(window.start, window.end) for window in b]
    factor = UNITS[rules.per][0]
    alpha, planned = float(rules.alpha), rules.planned_windows
    (cost_a, influence_a), (cost_b, influence_b) = (
        ratio([window.usd for window in side], _quantities(side, rules)) for side in (a, b)
    )
    spread, window_count = difference_deviation(influence_a / cost_a, influence_b / cost_b, paired)
    change = interval_estimate(math.log(cost_b / cost_a), spread, window_count, alpha, planned)
    guard_results = guards(a, b, rules, paired)
    influences = (influence_b / cost_b - influence_a / cost_a,) if paired else (influence_a, influence_b)
    effective_windows = window_count / max(variance_inflation(influence) for influence in influences)
    choice, reason = _decide(rules, change, guard_results, effective_windows)
    hours_more = _hours_more(rules, change, guard_results, a, effective_windows) if choice is Decision.GO_ON else None
    return ExperimentResult(
        rules=rules,
        choice=choice,
        sentence=_sentence(rules, choice, reason, hours_more),
        a=interval_estimate(cost_a, deviation(influence_a), len(a), alpha, planned).times(factor),
        b=interval_estimate(cost_b, deviation(influence_b), len(b), alpha, planned).times(factor),
        change=change,
        guards=guard_results,
        break_even=break_even(a, b),
        hours_more=hours_more,
        requests=(sum(window.requests for window in a), sum(window.requests for window in b)),
        paired=paired,
    )


def _quantities(side: Sequence[MeasurementWindow], rules: Rules) -> list[float]:
    quantities = [(window.tokens or 0.0) if rules.per == "tokens" else window.requests for window in side]
    if sum(quantities) <= 0:
        raise BadInput("windows", f"variant {side[0].variant!r} has no {rules.per}")
    return quantities


def _decide(
    rules: Rules, change: IntervalEstimate, guard_results: Sequence[Guard], effective_windows: float
) -> tuple[Decision, str]:
    """Returns the decision and its reason. `effective_windows` is the equivalent number of independent windows."""
    threshold = math.log(1 - float(rules.least_saving)) if rules.least_saving < 1 else -math.inf
    broken = [guard for guard in guard_results if guard.state is GuardState.BROKEN]
    open_guards = [guard for guard in guard_results if guard.state is GuardState.OPEN]
    bounds = _percent(1 - math.exp(change.high)), _percent(1 - math.exp(change.low))
    if broken:
        return Decision.KEEP, f"{rules.candidate} is worse than allowed in {_names(broken)}"
    enough = effective_windows >= rules.least_windows
    if change.low > threshold and enough:
        return Decision.KEEP, _too_expensive(rules, change, bounds)
    if change.high < threshold and not open_guards and enough:
        return Decision.PROMOTE, f"it saves between {bounds[0]} and {bounds[1]}, and {_names(guard_results)} held"
    if not enough:
        reason = (
            f"consecutive windows are correlated: {change.windows} count as {effective_windows:.0f} independent ones"
        )
    elif change.high < threshold:
        saving = f"the saving is certain, between {bounds[0]} and {bounds[1]}"
        reason = f"{saving}, but {_names(open_guards)} may be worse than allowed"
    else:
        reason = f"the saving lies between {bounds[0]} and {bounds[1]}"
    if change.windows >= rules.planned_windows:
        return (
            Decision.KEEP,
            f"after the {rules.planned_windows} windows of the plan no difference is certain: {reason}",
        )
    return Decision.GO_ON, reason


def _too_expensive(rules: Rules, change: IntervalEstimate, bounds: tuple[str, str]) -> str:
    if change.low > 0:
        increases = [_percent(math.exp(bound) - 1) for bound in (change.low, change.high)]
        return f"{rules.candidate} costs between {increases[0]} and {increases[1]} more"
    return f"{rules.candidate} saves between {bounds[0]} and {bounds[1]}, which is less than required"


def _hours_more(
    rules: Rules,
    change: IntervalEstimate,
    guard_results: Sequence[Guard],
    a: Sequence[MeasurementWindow],
    effective_windows: float,
) -> float:
    """Returns the estimated hours until everything open is decided, if the values stay the same; at most until the end
    of the plan.
    """
    alpha, planned = float(rules.alpha), rules.planned_windows
    threshold = math.log(1 - float(rules.least_saving)) if rules.least_saving < 1 else -math.inf
    undecided = [(item.worse, item.allowed) for item in guard_results if item.state is GuardState.OPEN]
    if change.low <= threshold <= change.high:
        undecided.append((change, threshold))
    needed = [
        (windows_needed(abs(estimate.value - limit), estimate.deviation, alpha, planned) or planned) - estimate.windows
        for estimate, limit in undecided
    ]
    needed.append(math.ceil(change.windows * (rules.least_windows / effective_windows - 1)))
    hours = sum(item.hours for item in a) / len(a)
    return max(1, min(max(needed), planned - change.windows)) * hours


def _sentence(rules: Rules, choice: Decision, reason: str, hours: float | None) -> str:
    if choice is Decision.PROMOTE:
        return f"Promote {rules.candidate}: {reason}."
    if choice is Decision.KEEP:
        return f"Keep {rules.baseline}: {reason}."
    return f"Go on measuring for about {_format_hours(hours or 0)}: {reason}."


def _format_hours(hours: float) -> str:
    if hours >= 48:
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{hours * 60:.0f} minutes"


def _names(guard_results: Sequence[Guard]) -> str:
    names = [guard.name for guard in guard_results]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"

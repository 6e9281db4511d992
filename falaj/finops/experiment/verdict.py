"""The decision of an experiment: promote the candidate, keep the baseline or continue, with the reason."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from falaj.finops.errors import BadInput
from falaj.finops.experiment.blocks import by_interval
from falaj.finops.experiment.breakeven import BreakEven, break_even
from falaj.finops.experiment.guards import Guard, GuardState, guards
from falaj.finops.experiment.ratio import Confidence, IntervalEstimate, days_needed, interval_estimate, ratio
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sample_ratio import require_planned_ratio
from falaj.finops.experiment.sides import Side, sides
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
    days_more: int | None
    requests: tuple[float, float]
    users: tuple[int, int] | None

    @property
    def unit(self) -> str:
        """Unit of the cost."""
        return UNITS[self.rules.per][1]

    @property
    def saving(self) -> tuple[float, float, float]:
        """The share of cost saved as (value, minimum, maximum), with bounds that are valid for repeated evaluation."""
        return tuple(1 - math.exp(bound) for bound in (self.change.value, self.change.high, self.change.low))  # type: ignore[return-value]


def judge(rules: Rules, windows: Mapping[str, Sequence[MeasurementWindow]]) -> ExperimentResult:
    """Returns the result for the windows of both variants, as `reading` returns them. Only the whole days that both
    have count. Raises `BadInput` if they are too few, and if the traffic was not split as planned.
    """
    a, b = sides(rules, windows)
    require_planned_ratio(rules, a, b)
    confidence = Confidence(float(rules.alpha), rules.least_days, float(rules.day_correlation))
    cost_a, cost_b = (ratio(side, lambda window: window.usd, _quantity(side, rules)) for side in (a, b))
    change = interval_estimate(cost_b.logarithm().minus(cost_a.logarithm()), confidence)
    guard_results = guards(a, b, rules)
    choice, reason = _decide(rules, change, guard_results)
    days_more = _days_more(rules, change, guard_results, confidence) if choice is Decision.GO_ON else None
    factor = UNITS[rules.per][0]
    return ExperimentResult(
        rules=rules,
        choice=choice,
        sentence=_sentence(rules, choice, reason, days_more),
        a=interval_estimate(cost_a, confidence).times(factor),
        b=interval_estimate(cost_b, confidence).times(factor),
        change=change,
        guards=guard_results,
        break_even=break_even(by_interval(windows[rules.baseline]), by_interval(windows[rules.candidate])),
        days_more=days_more,
        requests=(sum(day.requests for day in a.days), sum(day.requests for day in b.days)),
        users=(len(a.users), len(b.users)) if a.users else None,
    )


def _quantity(side: Side, rules: Rules) -> Callable[[MeasurementWindow], float]:
    """Returns the measure by which cost is divided. Raises `BadInput` if the variant has none of it."""

    def quantity(window: MeasurementWindow) -> float:
        return (window.tokens or 0.0) if rules.per == "tokens" else window.requests

    if sum(map(quantity, side.days)) <= 0:
        raise BadInput("windows", f"variant {side.variant!r} has no {rules.per} on whole days")
    if sum(day.usd for day in side.days) <= 0:
        raise BadInput("windows", f"variant {side.variant!r} costs nothing on whole days")
    return quantity


def _threshold(rules: Rules) -> float:
    """Returns the logarithm of the cost ratio at which the saving is the least that is required."""
    return math.log(1 - float(rules.least_saving)) if rules.least_saving < 1 else -math.inf


def _decide(rules: Rules, change: IntervalEstimate, guard_results: Sequence[Guard]) -> tuple[Decision, str]:
    """Returns the decision and its reason."""
    threshold = _threshold(rules)
    broken = [guard for guard in guard_results if guard.state is GuardState.BROKEN]
    open_guards = [guard for guard in guard_results if guard.state is GuardState.OPEN]
    bounds = _percent(1 - math.exp(change.high)), _percent(1 - math.exp(change.low))
    if broken:
        return Decision.KEEP, f"{rules.candidate} is worse than allowed in {_names(broken)}"
    if change.low > threshold:
        return Decision.KEEP, _too_expensive(rules, change, bounds)
    if change.high < threshold and not open_guards:
        return Decision.PROMOTE, f"it saves between {bounds[0]} and {bounds[1]}, and {_names(guard_results)} held"
    if change.high < threshold:
        saving = f"the saving is certain, between {bounds[0]} and {bounds[1]}"
        reason = f"{saving}, but {_names(open_guards)} may be worse than allowed"
    else:
        reason = f"the saving lies between {bounds[0]} and {bounds[1]}"
    if change.days >= rules.planned_days:
        return Decision.KEEP, f"after the {rules.planned_days} days of the plan no difference is certain: {reason}"
    return Decision.GO_ON, reason


def _too_expensive(rules: Rules, change: IntervalEstimate, bounds: tuple[str, str]) -> str:
    if change.low > 0:
        increases = [_percent(math.exp(bound) - 1) for bound in (change.low, change.high)]
        return f"{rules.candidate} costs between {increases[0]} and {increases[1]} more"
    return f"{rules.candidate} saves between {bounds[0]} and {bounds[1]}, which is less than required"


def _days_more(rules: Rules, change: IntervalEstimate, guard_results: Sequence[Guard], confidence: Confidence) -> int:
    """Returns the estimated days until everything open is decided, if the values stay the same; at most until the end
    of the plan.
    """
    threshold = _threshold(rules)
    undecided = [(item.worse, item.allowed) for item in guard_results if item.state is GuardState.OPEN]
    if change.low <= threshold <= change.high:
        undecided.append((change, threshold))
    return max(
        days_needed(abs(estimate.value - limit), estimate, confidence, rules.planned_days) - change.days
        for estimate, limit in undecided
    )


def _sentence(rules: Rules, choice: Decision, reason: str, days: int | None) -> str:
    if choice is Decision.PROMOTE:
        return f"Promote {rules.candidate}: {reason}."
    if choice is Decision.KEEP:
        return f"Keep {rules.baseline}: {reason}."
    return f"Go on measuring for about {days} day{'' if days == 1 else 's'}: {reason}."


def _names(guard_results: Sequence[Guard]) -> str:
    names = [guard.name for guard in guard_results]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"

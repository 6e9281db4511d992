"""The decision of an experiment: promote the candidate, keep the baseline or continue, with the reason."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from falaj.finops.errors import BadInput
from falaj.finops.experiment.breakeven import BreakEven, break_even
from falaj.finops.experiment.guards import Guard, GuardState, guards
from falaj.finops.experiment.ratio import IntervalEstimate, apart, deviation, measured, ratio, resemblance
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.sequential import windows_needed
from falaj.finops.experiment.windows import MeasurementWindow

UNITS = {"requests": (1000.0, "1,000 requests"), "tokens": (1e6, "million tokens")}
"""What a cost is stated for: how many, and in words."""


class Decision(StrEnum):
    """What to do."""

    PROMOTE = "promote"
    KEEP = "keep"
    GO_ON = "go on"


@dataclass(frozen=True)
class ExperimentResult:
    """All that was found. `change` is the natural logarithm of the candidate's cost by the baseline's."""

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
        """What the costs are stated for."""
        return UNITS[self.rules.per][1]

    @property
    def saving(self) -> tuple[float, float, float]:
        """The part of the cost saved, with the bounds that hold under peeking: value, least, most."""
        return tuple(1 - math.exp(bound) for bound in (self.change.value, self.change.high, self.change.low))  # type: ignore[return-value]


def judge(rules: Rules, windows: Mapping[str, Sequence[MeasurementWindow]]) -> ExperimentResult:
    """The verdict on the windows of both variants, as `reading` returns them. Raises `BadInput`."""
    a, b = windows[rules.baseline], windows[rules.candidate]
    paired = [(one.start, one.end) for one in a] == [(one.start, one.end) for one in b]
    factor = UNITS[rules.per][0]
    alpha, planned = float(rules.alpha), rules.planned_windows
    (cost_a, influence_a), (cost_b, influence_b) = (ratio([one.usd for one in s], _work(s, rules)) for s in (a, b))
    spread, number = apart(influence_a / cost_a, influence_b / cost_b, paired)
    change = measured(math.log(cost_b / cost_a), spread, number, alpha, planned)
    guarded = guards(a, b, rules, paired)
    parts = (influence_b / cost_b - influence_a / cost_a,) if paired else (influence_a, influence_b)
    standing_for = number / max(resemblance(part) for part in parts)
    choice, why = _decide(rules, change, guarded, standing_for)
    hours_more = _hours_more(rules, change, guarded, a, standing_for) if choice is Decision.GO_ON else None
    return ExperimentResult(
        rules=rules,
        choice=choice,
        sentence=_sentence(rules, choice, why, hours_more),
        a=measured(cost_a, deviation(influence_a), len(a), alpha, planned).times(factor),
        b=measured(cost_b, deviation(influence_b), len(b), alpha, planned).times(factor),
        change=change,
        guards=guarded,
        break_even=break_even(a, b),
        hours_more=hours_more,
        requests=(sum(one.requests for one in a), sum(one.requests for one in b)),
        paired=paired,
    )


def _work(side: Sequence[MeasurementWindow], rules: Rules) -> list[float]:
    work = [(one.tokens or 0.0) if rules.per == "tokens" else one.requests for one in side]
    if sum(work) <= 0:
        raise BadInput("windows", f"variant {side[0].variant!r} has no {rules.per}")
    return work


def _decide(
    rules: Rules, change: IntervalEstimate, guarded: Sequence[Guard], standing_for: float
) -> tuple[Decision, str]:
    """`standing_for` is how many windows there would be if none resembled its neighbours."""
    wanted = math.log(1 - float(rules.least_saving)) if rules.least_saving < 1 else -math.inf
    broken = [one for one in guarded if one.state is GuardState.BROKEN]
    open_ = [one for one in guarded if one.state is GuardState.OPEN]
    bounds = _percent(1 - math.exp(change.high)), _percent(1 - math.exp(change.low))
    if broken:
        return Decision.KEEP, f"{rules.candidate} is worse than allowed in {_and(broken)}"
    enough = standing_for >= rules.least_windows
    if change.low > wanted and enough:
        return Decision.KEEP, _too_dear(rules, change, bounds)
    if change.high < wanted and not open_ and enough:
        return Decision.PROMOTE, f"it saves between {bounds[0]} and {bounds[1]}, and {_and(guarded)} held"
    if not enough:
        why = f"windows resemble their neighbours: {change.windows} of them say no more than {standing_for:.0f}"
    elif change.high < wanted:
        why = f"the saving is sure, between {bounds[0]} and {bounds[1]}, but {_and(open_)} may be worse than allowed"
    else:
        why = f"the saving lies between {bounds[0]} and {bounds[1]}"
    if change.windows >= rules.planned_windows:
        return Decision.KEEP, f"after the {rules.planned_windows} windows of the plan no difference is certain: {why}"
    return Decision.GO_ON, why


def _too_dear(rules: Rules, change: IntervalEstimate, bounds: tuple[str, str]) -> str:
    if change.low > 0:
        more = [_percent(math.exp(bound) - 1) for bound in (change.low, change.high)]
        return f"{rules.candidate} costs between {more[0]} and {more[1]} more"
    return f"{rules.candidate} saves between {bounds[0]} and {bounds[1]}, which is less than wanted"


def _hours_more(
    rules: Rules,
    change: IntervalEstimate,
    guarded: Sequence[Guard],
    a: Sequence[MeasurementWindow],
    standing_for: float,
) -> float:
    """How long until all that is open is decided, if the figures stay as they are; never beyond the plan."""
    alpha, planned = float(rules.alpha), rules.planned_windows
    wanted = math.log(1 - float(rules.least_saving)) if rules.least_saving < 1 else -math.inf
    open_ = [(one.worse, one.allowed) for one in guarded if one.state is GuardState.OPEN]
    if change.low <= wanted <= change.high:
        open_.append((change, wanted))
    needed = [
        (windows_needed(abs(part.value - line), part.deviation, alpha, planned) or planned) - part.windows
        for part, line in open_
    ]
    needed.append(math.ceil(change.windows * (rules.least_windows / standing_for - 1)))
    hours = sum(one.hours for one in a) / len(a)
    return max(1, min(max(needed), planned - change.windows)) * hours


def _sentence(rules: Rules, choice: Decision, why: str, hours: float | None) -> str:
    if choice is Decision.PROMOTE:
        return f"Promote {rules.candidate}: {why}."
    if choice is Decision.KEEP:
        return f"Keep {rules.baseline}: {why}."
    return f"Go on measuring for about {_for(hours or 0)}: {why}."


def _for(hours: float) -> str:
    if hours >= 48:
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 2 else f"{hours * 60:.0f} minutes"


def _and(result: Sequence[Guard]) -> str:
    names = [one.name for one in result]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"

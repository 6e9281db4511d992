"""Permanent changes of a daily cost: the days from which on a series has another level.

A search by likelihood ratios (Chen and Liu, "Joint Estimation of Model Parameters and Outlier Effects in Time Series",
Journal of the American Statistical Association 88(421), 1993): in a regression on weekday and trend with autoregressive
errors, the step or the single day that explains most is added until none explains enough.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from falaj.finops.showback.autoregression import whitenings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MIN_DAYS = 28
"""Four weeks: fewer days do not tell a step from a week."""

MIN_RATIO = 1.25
"""A level is reported if it differs at least by this factor."""

_CONTINUOUS = 0.8
"""Share of days with a cost from which on a day without is one of missing data, not of occasional work."""

USUAL_GROWTH = 0.005
"""Standard deviation of the growth of a day, as a share: half a percent, a doubling in five months. Without it, any
step could be a steep trend.
"""

MIN_EVIDENCE = 14.0
"""Twice the logarithm of the likelihood ratio that a step must reach."""

_DAYS_BEFORE, _DAYS_AFTER = 7, 2
"""Days on both sides that make a level of a few expensive days."""

_MAX_EFFECTS = 12
"""Steps and single days that are searched for; a series with more has no level."""

_TURNS_OF_MONTH = ((1, 1), (3, 3), (0, 1))
"""Last day, last three days and first day of a month: (days ahead, last day of the month that is reached then)."""

_MAX_CORRELATION = 0.9
"""Correlation of consecutive days beyond which a series wanders so far that it has no level."""

_MIN_SQUARES = 1e-4
"""Minimum variance of a day's error: a price without any noise makes a step of every rounding."""


@dataclass(frozen=True)
class LevelChange:
    """From `day` on, a series costs `factor` times as much; `evidence` as in `MIN_EVIDENCE`."""

    day: date
    factor: float
    evidence: float


def level_changes(daily: Mapping[date, float]) -> list[LevelChange]:
    """Returns the changes of a series in chronological order. Days without a cost count as missing; a series without
    a cost on most days, or with credits, has no level.
    """
    import numpy as np

    missing = set(missing_days(daily)) if daily else set()
    days = [day for day in sorted(daily) if day not in missing]
    if len(days) < MIN_DAYS or min(daily[day] for day in days) <= 0:
        return []
    search = _Search(days, np.log([daily[day] for day in days]))
    search.run()
    return [
        LevelChange(days[index], math.exp(size), evidence)
        for index, size, evidence in search.steps()
        if abs(size) >= math.log(MIN_RATIO) and evidence >= MIN_EVIDENCE
    ]


def missing_days(daily: Mapping[date, float]) -> list[date]:
    """Returns the days without a cost of a series that otherwise has one every day: the export may be incomplete."""
    first, last = min(daily), max(daily)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    missing = [day for day in days if daily.get(day, 0.0) == 0]
    return missing if len(days) - len(missing) >= _CONTINUOUS * len(days) else []


def calendar_columns(days: Sequence[date], past: int | None = None) -> "list[Values]":
    """Returns columns of ones on each weekday, and on the days at the turn of a month that the first `past` days have
    twice: some services charge then.
    """
    import numpy as np

    columns = [np.array([float(day.weekday() == weekday) for day in days]) for weekday in range(7)]
    for ahead, until in _TURNS_OF_MONTH:
        shifted = [day + timedelta(days=ahead) for day in days]
        if len({(day.year, day.month) for day in shifted[:past] if day.day <= until}) > 1:
            columns.append(np.array([float(day.day <= until) for day in shifted]))
    return columns


def _noise(values: "Values") -> float:
    """Returns the standard deviation of a day, by the median absolute deviation from the week before."""
    import numpy as np

    changes = values[7:] - values[:-7]
    return 1.4826 * float(np.median(np.abs(changes - np.median(changes)))) / math.sqrt(2)


class _Search:
    """The search in one series of logarithms. An effect is (whether it lasts, index of its first day)."""

    def __init__(self, days: Sequence[date], values: "Values") -> None:
        import numpy as np

        number = np.array([float(day.toordinal()) for day in days])
        self.values = values
        self.whitenings = [item for item in whitenings(number) if item.correlation <= _MAX_CORRELATION]
        self.base = np.column_stack([*calendar_columns(days), number - number.mean()])
        self.prior = np.zeros(self.base.shape[1])
        self.prior[-1] = max(_noise(values), math.sqrt(_MIN_SQUARES)) / USUAL_GROWTH
        self.effects: list[tuple[bool, int]] = []
        self.candidates = [(False, index) for index in range(len(days))]
        self.candidates += [(True, index) for index in range(_DAYS_BEFORE, len(days) - _DAYS_AFTER + 1)]

    def run(self) -> None:
        """Adds effects until none explains enough."""
        while len(self.effects) < _MAX_EFFECTS:
            candidates = [effect for effect in self.candidates if effect not in self.effects]
            evidence = self._evidence(self.effects, candidates)
            best = int(evidence.argmax())
            if evidence[best] < MIN_EVIDENCE:
                break
            self.effects.append(candidates[best])

    def steps(self) -> list[tuple[int, float, float]]:
        """Returns (index, size, evidence) of each step, given all other effects."""
        result: list[tuple[int, float, float]] = []
        for effect in sorted(self.effects):
            if effect[0]:
                others = [other for other in self.effects if other != effect]
                result.append((effect[1], self._size(effect), float(self._evidence(others, [effect])[0])))
        return result

    def _columns(self, effects: Sequence[tuple[bool, int]]) -> "Values":
        import numpy as np

        index = np.arange(len(self.values))[:, None]
        lasting = np.array([effect[0] for effect in effects], dtype=bool)
        first = np.array([effect[1] for effect in effects], dtype=int)
        return np.where(lasting, index >= first, index == first).astype(float)

    def _evidence(self, effects: Sequence[tuple[bool, int]], candidates: Sequence[tuple[bool, int]]) -> "Values":
        """Returns twice the logarithm of the likelihood ratio of each candidate, over all correlations."""
        import numpy as np

        design, columns = np.hstack([self.base, self._columns(effects)]), self._columns(candidates)
        degrees = len(self.values) - design.shape[1] - 1
        prior = np.append(self.prior, np.zeros(len(effects)))
        without, with_candidate = [], []
        for whiten in self.whitenings:
            basis = np.linalg.qr(np.vstack([whiten(design), prior]))[0]
            target, others = (
                item - basis @ (basis.T @ item)
                for item in (
                    np.append(whiten(self.values), 0.0),
                    np.vstack([whiten(columns), np.zeros(columns.shape[1])]),
                )
            )
            squares = float(target @ target) + _MIN_SQUARES * degrees
            explained = (others.T @ target) ** 2 / np.maximum((others**2).sum(0), 1e-9)
            without.append(-degrees * np.log(squares) - whiten.log_determinant)
            with_candidate.append(-degrees * np.log(np.maximum(squares - explained, 1e-12)) - whiten.log_determinant)
        return np.max(with_candidate, axis=0) - max(without)

    def _size(self, effect: tuple[bool, int]) -> float:
        """Returns the size of an effect in the fit of the likeliest correlation."""
        import numpy as np

        design = np.hstack([self.base, self._columns([effect, *(other for other in self.effects if other != effect)])])
        results = []
        for whiten in self.whitenings:
            matrix = np.vstack([whiten(design), np.append(self.prior, np.zeros(len(self.effects)))])
            target = np.append(whiten(self.values), 0.0)
            coefficients = np.linalg.lstsq(matrix, target, rcond=None)[0]
            residual = target - matrix @ coefficients
            squares = float(residual @ residual) + _MIN_SQUARES * len(target)
            likelihood = -len(target) * np.log(squares) - whiten.log_determinant
            results.append((likelihood, float(coefficients[self.base.shape[1]])))
        return max(results)[1]

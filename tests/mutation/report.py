"""The share of the mutants that the tests notice, a folder a row, with its 95 % confidence interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from tests.mutation.mutant import FOLDERS, KILLED, SURVIVED, TIMED_OUT, Mutant

_Z = 1.959964
"""Quantile of the normal distribution for a two-sided interval of 95 %."""


@dataclass(frozen=True)
class Rate:
    """How many mutants of a folder were noticed."""

    drawn: int
    killed: int
    """A test failed."""
    timed_out: int
    """The tests did not end in time; counts as noticed."""

    @property
    def share(self) -> float:
        """Noticed of drawn, from 0 to 1; 0 if none was drawn."""
        return (self.killed + self.timed_out) / self.drawn if self.drawn else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927, p. 209)."""
        if not self.drawn:
            return 0.0, 1.0
        share, spread = self.share, _Z**2 / self.drawn
        half = _Z * sqrt(share * (1 - share) / self.drawn + spread / (4 * self.drawn))
        low, high = share + spread / 2 - half, share + spread / 2 + half
        return max(0.0, low / (1 + spread)), min(1.0, high / (1 + spread))


def rate_of(mutants: Sequence[Mutant]) -> Rate:
    """Counts the outcomes."""
    outcomes = Counter(mutant.outcome for mutant in mutants)
    return Rate(len(mutants), outcomes[KILLED], outcomes[TIMED_OUT])


def rates(mutants: Sequence[Mutant]) -> dict[str, Rate]:
    """Returns folder -> rate, and that of all under `all`."""
    named = {folder: rate_of([mutant for mutant in mutants if mutant.folder == folder]) for folder in FOLDERS}
    return {folder: rate for folder, rate in named.items() if rate.drawn} | {"all": rate_of(mutants)}


def survivors(mutants: Sequence[Mutant]) -> list[Mutant]:
    """Returns the mutants that no test noticed."""
    return [mutant for mutant in mutants if mutant.outcome == SURVIVED]


def table(mutants: Sequence[Mutant]) -> str:
    """Returns the rates as a table in Markdown, and the survivors as a list."""
    lines = ["| folder | drawn | killed | timed out | survived | rate | 95 % interval |", f"|{' --- |' * 7}"]
    for folder, rate in rates(mutants).items():
        low, high = rate.interval
        counts = f"{rate.drawn} | {rate.killed} | {rate.timed_out} | {rate.drawn - rate.killed - rate.timed_out}"
        lines.append(f"| {folder} | {counts} | {rate.share:.1%} | {low:.1%} to {high:.1%} |")
    listed = [
        f"- {each.file}:{each.line} `{_short(each.before)}` -> `{_short(each.after)}`" for each in survivors(mutants)
    ]
    return "\n".join([*lines, "", *listed])


def as_json(mutants: Sequence[Mutant], seed: int) -> dict[str, Any]:
    """Returns the rates, and every mutant without the content of its file."""
    counted = {
        folder: {"drawn": rate.drawn, "killed": rate.killed, "timed_out": rate.timed_out, "rate": rate.share,
                 "interval": rate.interval}
        for folder, rate in rates(mutants).items()
    }  # fmt: skip
    fields = ("file", "line", "before", "after", "outcome", "killer")
    return {
        "seed": seed,
        "rates": counted,
        "mutants": [{key: getattr(each, key) for key in fields} for each in mutants],
    }


def _short(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) <= 100 else f"{flat[:97]}..."

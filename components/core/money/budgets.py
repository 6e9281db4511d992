"""What every budget must be, on whichever cloud."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.validation.args import Input
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import PORTABLE, PORTABLE_EXAMPLE, PORTABLE_FORM
from falaj.components.core.validation.text_forms import TextForm


def _ascending(values: Sequence[int]) -> tuple[int, ...]:
    if any(not 1 <= value <= 1000 for value in values):
        raise refusal("whole percentages from 1 to 1000", "choose percentages from 1 to 1000")
    if len(set(values)) != len(values):
        raise refusal("each percentage once", "remove the repeated threshold")
    return tuple(sorted(values))


Percents = Annotated[tuple[int, ...], AfterValidator(_ascending)]
"""Alarm thresholds in percent of a budget, 1 to 1000, each once; ascending once validated."""

Address = Annotated[
    str,
    TextForm(
        r"^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
        r"(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\.[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])$",
        "an e-mail address in Latin letters",
        "ml-platform@example.ae",
        max_length=254,
    ),
]
"""An e-mail address: at most 64 characters before the `@` (RFC 5321, 4.5.3.1.1) and 254 in all (its 256 of a path have
angle brackets)."""


def _readable(filter: Mapping[str, Input[str]]) -> Mapping[str, Input[str]]:
    for key, value in filter.items():
        if not PORTABLE.fullmatch(key) or (isinstance(value, str) and not PORTABLE.fullmatch(value)):
            raise refusal(f"key and value: {PORTABLE_FORM}", f"write them like {PORTABLE_EXAMPLE}", key, value)
    return filter


CostFilter = Annotated[Mapping[str, Input[str]], Field(min_length=1, max_length=8), AfterValidator(_readable)]
"""Tags that a cost must all carry to count: key -> value."""

EARLIEST_START = "2017-06-01"
"""First start of a budget in Azure, and earlier than any platform here (learn.microsoft.com, BudgetTimePeriod.StartOn:
"must be on or after June 1, 2017", read 2026-11-28)."""


def _not_too_early(day: str) -> str:
    if day < EARLIEST_START:
        raise refusal(f"a first day of a month from {EARLIEST_START} on", "name a month of the platform")
    return day


FirstOfMonth = Annotated[
    str,
    TextForm(r"^20[0-9]{2}-(0[1-9]|1[0-2])-01$", "the first day of a month, YYYY-MM-01", "2026-12-01"),
    AfterValidator(_not_too_early),
]
"""The first day of a month, `YYYY-MM-01`."""

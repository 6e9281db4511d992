"""The two variants as they are compared: by the whole days that both have, and by users if these were assigned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from falaj.finops.errors import BadInput
from falaj.finops.experiment.blocks import added_up, by_user, by_whole_day
from falaj.finops.experiment.rules import Rules
from falaj.finops.experiment.windows import MeasurementWindow

WEEKDAYS = 7

MIN_USERS = 100
"""Users of each variant below which the distribution of their ratio is too far from normal, however many days there
are: half of a service's cost is often that of a few users.
"""


@dataclass(frozen=True)
class Side:
    """One variant: its days, and its users if the unit of randomisation is the user."""

    variant: str
    days: tuple[MeasurementWindow, ...]
    users: tuple[MeasurementWindow, ...] = ()


def sides(rules: Rules, windows: Mapping[str, Sequence[MeasurementWindow]]) -> tuple[Side, Side]:
    """Returns baseline and candidate. Raises `BadInput` for too few whole days, and for figures of users that are
    missing or contradict the unit.
    """
    days = {variant: by_whole_day(windows[variant]) for variant in (rules.baseline, rules.candidate)}
    common = sorted(set(days[rules.baseline]) & set(days[rules.candidate]))
    _require_days(common, rules)
    baseline, candidate = (
        Side(
            variant,
            tuple(added_up(of_day[day]) for day in common),
            _users(variant, [window for day in common for window in of_day[day]]) if rules.unit == "user" else (),
        )
        for variant, of_day in days.items()
    )
    if rules.unit == "user":
        _require_disjoint(windows, rules)
    return baseline, candidate


def _require_days(common: Sequence[date], rules: Rules) -> None:
    if len(common) < rules.least_days:
        raise BadInput(
            "windows",
            f"variants {rules.baseline!r} and {rules.candidate!r} have {len(common)} whole days (UTC) in common, but "
            f"at least {rules.least_days} are needed: go on measuring",
        )
    if missing := sorted(set(range(WEEKDAYS)) - {day.weekday() for day in common}):
        names = ", ".join(f"{date(2026, 11, 2 + weekday):%A}" for weekday in missing)
        raise BadInput("windows", f"no whole day in common is a {names}: each day of the week is needed once")


def _users(variant: str, windows: Iterable[MeasurementWindow]) -> tuple[MeasurementWindow, ...]:
    users = by_user(windows)
    unnamed = users.pop("", None)
    if unnamed is not None and (unnamed.requests or unnamed.usd):
        raise BadInput(
            "windows",
            f"the unit is the user, but variant {variant!r} has requests or cost of no user: give a row for each user "
            "and interval with the column `user`, and with `cost_usd` of that user's own requests",
        )
    if len(users) < MIN_USERS:
        raise BadInput("windows", f"variant {variant!r} has {len(users)} users, but at least {MIN_USERS} are needed")
    return tuple(users.values())


def _require_disjoint(windows: Mapping[str, Sequence[MeasurementWindow]], rules: Rules) -> None:
    a, b = ({window.user for window in windows[variant]} - {""} for variant in (rules.baseline, rules.candidate))
    if both := sorted(a & b):
        raise BadInput(
            "windows",
            f"{len(both)} users are in both variants, the first is {both[0]!r}: the unit is the user, so each must "
            "stay in one variant",
        )

"""Whole days, the split of the traffic, and users as the unit of randomisation."""

import json
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.experiment.blocks import by_whole_day
from falaj.finops.experiment.document import document
from falaj.finops.experiment.reading import read
from falaj.finops.experiment.rules import parse
from falaj.finops.experiment.verdict import Decision, ExperimentResult, judge
from tests.unit.finops.measurements import FIRST, row, rows
from tests.unit.finops.test_experiment_reading import as_csv

WEEK = 168


def verdict(windows: Iterable[dict[str, Any]], **rules: Any) -> ExperimentResult:
    return judge(*read(json.dumps({"windows": list(windows), "rules": rules}), "file"))


def refusal(windows: Iterable[dict[str, Any]], **rules: Any) -> str:
    with pytest.raises(BadInput) as refused:
        verdict(windows, **rules)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_less_than_a_week_has_no_verdict() -> None:
    sentence = "have 6 whole days (UTC) in common, but at least 7 are needed: go on measuring"
    assert sentence in refusal(rows(WEEK - 1, cost=0.5))
    assert "at least 10 are needed" in refusal(rows(WEEK, cost=0.5), least_days=10)
    assert verdict(rows(WEEK, cost=0.5)).change.days == 7


def test_only_days_count_that_both_have_from_midnight_to_midnight() -> None:
    gap = [item for index, item in enumerate(rows(WEEK + 120)) if index // 2 != 30 and index not in (100, 101, 201)]
    result = verdict(gap)
    assert result.change.days == 12 - 3
    cut = rows(WEEK + 10)
    assert verdict(cut).requests == verdict(rows(WEEK)).requests


def test_each_day_of_the_week_is_needed() -> None:
    windows = [item for index, item in enumerate(rows(24 * 21)) if index // 48 % 7 != 3]
    assert "no whole day in common is a Sunday" in refusal(windows)


def test_windows_may_start_at_any_minute() -> None:
    shifted = [
        item
        | {name: (datetime.fromisoformat(item[name]) + timedelta(minutes=17)).isoformat() for name in ("start", "end")}
        for item in rows(WEEK)
    ]
    _, windows = read(json.dumps(shifted), "file")
    assert [len(of_day) for of_day in by_whole_day(windows["a"]).values()] == [24] * 7


def unequal(share: float) -> list[dict[str, Any]]:
    """Returns a week in which b has that share of the requests."""
    chance = random.Random(5)  # noqa: S311
    return [
        row(side, hour, requests=number, errors=0, cost_usd=number / 3600)
        | {"le_0.25": number, "le_0.5": number, "le_1": number, "le_inf": number}
        for hour in range(WEEK)
        for side in "ab"
        for number in [round(10_000 * (share if side == "b" else 1 - share) * chance.uniform(0.97, 1.03))]
    ]


def test_a_split_that_was_not_planned_is_refused() -> None:
    sentence = refusal(unequal(0.01), weights={"a": 90, "b": 10})
    assert "90.0% a : 10.0% b was planned, but 99.0% a : 1.0% b of the requests were measured" in sentence
    assert "50.0% a : 50.0% b was planned" in refusal(unequal(0.1))
    result = verdict(unequal(0.1), weights={"a": 90, "b": 10})
    assert document(result)["weights"] == {"a": 0.9, "b": 0.1}


def test_a_split_within_chance_and_tolerance_is_accepted() -> None:
    assert verdict(unequal(0.5)).choice is Decision.GO_ON
    assert verdict(unequal(0.502)).choice is Decision.GO_ON
    assert "50.0% a : 50.0% b was planned" in refusal(unequal(0.53))


def test_invalid_weights_are_rejected() -> None:
    for weights, sentence in (({"a": 1}, "names a, but must name exactly"), ({"a": 0, "b": 1}, "weights.a")):
        with pytest.raises(BadInput, match=sentence):
            parse({"weights": weights}, "rules")
    with pytest.raises(BadInput, match="planned_days: 7 is less than least_days, 8"):
        parse({"planned_days": 7, "least_days": 8}, "rules")


@pytest.mark.parametrize("days", ["planned_days", "least_days"])
def test_windows_instead_of_days_are_refused_with_the_name_of_the_setting(days: str) -> None:
    """Windows may be of any length, so that their number says nothing about days."""
    former = days.replace("days", "windows")
    with pytest.raises(BadInput, match=f"{former}: unknown field; did you mean: {days}"):
        parse({former: 168}, "rules")


def by_user(saving: float = 0.0, users: int = 400) -> list[dict[str, Any]]:
    """Returns a week of daily rows of users, whose requests and cost per request differ."""
    chance = random.Random(5)  # noqa: S311
    result: list[dict[str, Any]] = []
    for user in range(users):
        side, requests, unit = "ab"[user % 2], int(20 * chance.paretovariate(2)), chance.uniform(0.5, 1.5)
        for day in range(7):
            cost = requests * unit * (1 - saving * (side == "b")) / 1000
            end = {"end": (FIRST + timedelta(days=day + 1)).isoformat(), "user": f"u{user}"}
            none = dict.fromkeys(("le_0.25", "le_0.5", "le_1", "le_inf"))
            result.append(row(side, 24 * day, requests=requests, errors=0, cost_usd=cost, quality_n=0, **none, **end))
    return result


def test_users_are_clusters() -> None:
    requests, users = verdict(by_user(0.3), weights={"a": 51.3, "b": 48.7}), verdict(by_user(0.3), unit="user")
    assert users.change.value == requests.change.value
    assert requests.change.lasting == 0
    assert users.change.high - users.change.low > 3 * (requests.change.high - requests.change.low)
    assert (users.users, document(users)["users"]) == ((200, 200), {"a": 200, "b": 200})
    assert verdict(by_user(0.5), unit="user").choice is Decision.PROMOTE


def test_users_need_figures_of_users() -> None:
    sentence = "the unit is the user, but variant 'a' has requests or cost of no user: give a row for each user"
    assert sentence in refusal(rows(WEEK), unit="user")
    assert "variant 'a' has 40 users, but at least 100 are needed" in refusal(by_user(users=80), unit="user")
    moved = [item | ({"user": "u0"} if item["user"] == "u1" else {}) for item in by_user()]
    assert "1 users are in both variants, the first is 'u0'" in refusal(moved, unit="user")
    unequal_users = [item for item in by_user() if item["variant"] == "a" or int(item["user"][1:]) % 4 == 1]
    assert "of the users were measured" in refusal(unequal_users, unit="user")
    bare = [{key: value for key, value in item.items() if key != "cost_usd"} for item in by_user()]
    assert "has no cost_usd, which a row of a user needs" in refusal(bare, usd_per_hour={"a": 1}, machines={"a": 1})
    assert "has two windows at" in refusal([*by_user(), by_user()[0]])


def test_single_requests_name_their_users() -> None:
    chance = random.Random(3)  # noqa: S311
    requests = [
        {
            "variant": "ab"[user % 2],
            "user": user,
            "time": (FIRST + timedelta(seconds=second)).isoformat(),
            "latency_s": 0.2,
            "cost_usd": 0.001,
        }
        for second in range(0, 3600 * WEEK, 120)
        for user in [chance.randrange(300)]
    ]
    _, windows = read(as_csv(requests), "file", parse({"unit": "user"}, "rules"))
    assert judge(parse({"unit": "user"}, "rules"), windows).users == (150, 150)
    rules = parse({"unit": "user", "machines": {"a": 1}, "usd_per_hour": {"a": 1}}, "rules")
    _, windows = read(as_csv(requests), "file", rules)
    with pytest.raises(BadInput, match="requests or cost of no user"):
        judge(rules, windows)

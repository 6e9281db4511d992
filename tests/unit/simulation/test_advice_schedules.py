"""Schedules: which hours the search tries, and that it keeps only what holds on days that it did not see."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
import yaml

from falaj.cli.console import Output
from falaj.cli.simulate_advice_tables import show
from falaj.simulation.advice.advise import Effort, advise
from falaj.simulation.advice.document import advice_document
from falaj.simulation.advice.held_out_words import NOT_HELD_OUT, checked_points, days
from falaj.simulation.advice.limits import Limits
from falaj.simulation.advice.office_windows import CUSTOMARY, Window, fitted, windows
from falaj.simulation.advice.patch import patch
from falaj.simulation.advice.setting_changes import accepted
from falaj.simulation.advice.space import search_space
from falaj.simulation.page import page
from falaj.simulation.work import Requests, Work
from tests.unit.simulation.advice_stack import MONTH, STACK, jobs, raw
from tests.unit.simulation.pages import outcome
from tests.unit.simulation.served_stack import SERVED, SERVING, requests, served_laboratory

EFFORT = Effort(trials=40, seeds=3)


def joined(*parts: Requests) -> Requests:
    """Returns the requests of several ranges of days, each after the one before."""
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0]) if name[-1] != "s"
    }
    seconds = np.concatenate([part.seconds for part in parts])
    return Requests(**columns, seconds=seconds, services=("chat",))


def test_hours_of_a_load_are_those_that_two_means_describe_best() -> None:
    load = np.full(48, 10.0)
    load[17:35] = 100.0
    assert fitted(load) == (17, 35)
    load[17] = 60.0
    assert fitted(load) == (17, 35), "nearer to the high mean"
    load[17] = 40.0
    assert fitted(load) == (18, 35), "nearer to the low one"
    assert fitted(np.full(48, 10.0)) is None
    night = np.full(48, 100.0)
    night[17:35] = 10.0
    assert fitted(night) != (17, 35)


def test_hours_are_those_of_working_days_in_dubai_and_begin_before_the_load() -> None:
    work = Work(MONTH.start, MONTH.length, requests=requests((9, 17)))
    assert windows(work).of("chat")[:2] == [Window("08:30", "17:00"), Window("07:30", "18:00")]
    assert {*windows(work).of("chat")} > {*CUSTOMARY}
    assert windows(work).of("other") == windows(work).jobs == CUSTOMARY
    utc = replace(work, start=work.start.astimezone(tz=None))
    assert windows(utc).of("chat") == windows(work).of("chat")


def test_hours_are_tried_with_more_replicas_by_day_or_fewer_by_night() -> None:
    work = Work(MONTH.start, MONTH.length, requests=requests((9, 17)))
    choices = {choice.name: choice for choice in search_space(raw(SERVED), windows(work))}
    choice = choices[".".join((*SERVING, "min"))]
    labels = [alternative.label for alternative in choice.alternatives]
    assert labels[1:3] == ["1; 3 from 08:30 to 17:00", "1"]
    assert {"1; 2 from 08:30 to 17:00", "2; 3 from 06:00 to 22:00", "3"} < {*labels}
    assert all(accepted(raw(SERVED), each.changes) for each in choice.alternatives)
    without = {choice.name: choice for choice in search_space(raw(SERVED))}[choice.name]
    assert [each.label for each in without.alternatives[1:]] == ["1", "3"]


def test_hours_of_today_may_be_left() -> None:
    today = SERVED.replace("              min: 2\n", "              min: 1\n              office_hours: {min: 3}\n")
    choice = next(each for each in search_space(raw(today)) if each.name == ".".join((*SERVING, "min")))
    assert choice.today == "1; 3 from 07:00 to 19:00"
    assert [each.changes for each in choice.alternatives[1:]] == [
        {(*SERVING, "min"): count, (*SERVING, "office_hours"): None} for count in (1, 2)
    ]


def test_pools_and_sites_sleep_in_environments_that_may() -> None:
    hours = windows(Work(MONTH.start, MONTH.length, jobs=jobs()))
    name, site = "sites.main.office_hours", ("sites", "main")
    choice = next(each for each in search_space(raw(), hours) if each.name == name)
    found = {alternative.label: alternative.changes for alternative in choice.alternatives}
    window = {(*site, "office_hours"): {"opens": "07:00", "closes": "19:00"}}
    pools = {(*site, "pools", "gpuspot", "aws", "sleeps"): True}
    assert found["pools sleep outside 07:00 to 19:00"] == {**window, **pools}
    assert found["the site sleeps outside 07:00 to 19:00"] == {**window, (*site, "sleeps"): True}
    production = raw(STACK.replace("environment: dev", "environment: prod"))
    assert name not in {choice.name for choice in search_space(production, hours)}
    assert not [choice for choice in search_space(raw()) if choice.kind == "schedule"], "none that cannot be checked"


def test_hours_that_hold_on_other_days_are_the_advice_and_in_the_patch() -> None:
    found = advise(served_laboratory(requests((9, 17))), Limits(), EFFORT)
    assert found.keeps_limits
    assert [effect.after for effect in found.effects] == ["1; 3 from 08:30 to 17:00"]
    assert found.held_out is not None
    assert found.held_out.days == tuple(range(21, 31))
    assert found.held_out.saving.mean > 1000
    assert not found.held_out.refused
    assert found.chosen in found.front
    after = patch(SERVED, "Pulumi.small.yaml", found.changes)
    assert "+              min: 1" in after
    assert '+              office_hours: {min: 3, opens: "08:30", closes: "17:00"}' in after
    check = advice_document(found, after)["held_out"]
    assert isinstance(check, dict)
    assert (check["searched_days"][-1], check["days"]) == (21, [*range(22, 32)])
    text = page(outcome(), {}, found)
    for words in (
        "Days that the search did not see",
        "searched on days 1 to 21 of the month, checked on days 22 to 31",
    ):
        assert words in text


def test_the_terminal_says_on_which_days_the_advice_was_checked() -> None:
    found = advise(served_laboratory(requests((9, 17))), Limits(), EFFORT)
    show(Output(file=(file := StringIO())), found)
    text = file.getvalue()
    for words in (
        "searched on days 1 to 21 of the month, checked on days 22 to 31",
        "other days",
        "did not see it saves",
    ):
        assert words in text


def test_hours_that_are_late_on_other_days_are_refused() -> None:
    """In the last weeks the load comes at night: replicas at all times are the advice, or today's."""
    asked = joined(requests((9, 17), range(21)), requests((0, 4), range(21, 31)))
    found = advise(served_laboratory(asked), Limits(late_share=0.3), EFFORT)
    assert found.held_out is not None
    refused = [name for name, _, _ in checked_points(found, found.held_out) if name.startswith("refused")]
    assert refused
    assert {*refused} == {"refused: late requests"}
    assert not [label for label in found.labels[found.chosen.selection] if " from " in label]
    assert found.keeps_limits
    assert found.held_out.chosen.mean.late_share <= 0.3
    blind = advise(replace(served_laboratory(asked), split=None), Limits(late_share=0.3), EFFORT)
    assert " from " in blind.effects[0].after, "without the check it would be the advice"


def test_without_days_to_check_on_no_hours_are_searched() -> None:
    found = advise(served_laboratory(requests((9, 17)), sources=[[0] * 31]), Limits(late_share=0.5), EFFORT)
    assert found.held_out is None
    assert not [label for labels in found.labels.values() for label in labels if " from " in label]
    assert advice_document(found, "")["held_out"] is None
    assert NOT_HELD_OUT[1:] in page(outcome(), {}, found)


def test_today_that_is_late_on_other_days_is_not_said_to_keep_the_limits() -> None:
    asked = joined(requests((9, 17), range(21)), requests((0, 24), range(21, 31)))
    found = advise(served_laboratory(asked), Limits(late_share=0.001), EFFORT)
    assert found.held_out is not None
    assert not found.keeps_limits
    assert found.held_out.chosen.mean.late_share > 0.001


@pytest.mark.parametrize(("numbers", "words"), [((0,), "1"), ((0, 1, 2, 5, 7, 8), "1 to 3, 6, 8 to 9"), ((), "")])
def test_days_are_said_as_ranges(numbers: tuple[int, ...], words: str) -> None:
    assert days(numbers) == words


def test_the_stack_of_these_tests_is_valid() -> None:
    assert accepted(yaml.safe_load(SERVED)["config"]["falaj:platform"], {}) is not None

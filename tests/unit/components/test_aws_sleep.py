"""Schedules of managed node groups: times, sizes and order."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.nodes.sleep import WORKING_DAYS
from falaj.components.core.validation.args import BadArguments
from falaj.facts import calendar
from tests.samples import COST_TAGS
from tests.unit.components.aws_samples import SLEEP
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

SCHEDULE = "aws:autoscaling/schedule:Schedule"


def sleep(**changed: Any) -> Recording:
    return recorded(aws.Sleep, {**SLEEP, **changed})


def sizes(seen: Recording, name: str) -> tuple[int, int, int]:
    inputs = seen.one(SCHEDULE, name).inputs
    return inputs["minSize"], inputs["desiredCapacity"], inputs["maxSize"]


def test_each_group_has_a_pair_of_actions() -> None:
    pairs = {(SCHEDULE, f"uae-{pool}-{act}") for pool in ("system", "train") for act in ("close", "open")}
    assert sleep().names() == pairs


def test_nothing_runs_at_night_and_what_was_asked_for_may_run_by_day() -> None:
    recording = sleep()
    assert sizes(recording, "uae-system-close") == sizes(recording, "uae-train-close") == (0, 0, 0)
    assert sizes(recording, "uae-system-open") == (2, 2, 4)
    assert sizes(recording, "uae-train-open") == (0, 0, 8)
    groups = {item.name: item.inputs["autoscalingGroupName"] for item in recording.of(SCHEDULE)}
    assert groups["uae-system-close"] == groups["uae-system-open"] == "eks-system-asg"
    assert groups["uae-train-open"] == "eks-train-asg"


def test_system_nodes_go_last_and_come_first_and_evenings_are_mended_every_day() -> None:
    times = {item.name: item.inputs["recurrence"] for item in sleep().of(SCHEDULE)}
    assert times == {
        "uae-train-close": "0 19 * * *",
        "uae-system-close": "30 19 * * *",
        "uae-system-open": "30 6 * * 1-5",
        "uae-train-open": "0 7 * * 1-5",
    }
    assert {item.inputs["timeZone"] for item in sleep().of(SCHEDULE)} == {"Asia/Dubai"}
    assert (len(calendar.WORKING_DAYS), calendar.WORKING_DAYS[0], WORKING_DAYS) == (5, "mon", "1-5")


def test_hours_are_those_of_the_stack() -> None:
    recording = sleep(opens="08:30", closes="17:15")
    assert recording.one(SCHEDULE, "uae-train-open").inputs["recurrence"] == "30 8 * * 1-5"
    assert recording.one(SCHEDULE, "uae-system-close").inputs["recurrence"] == "45 17 * * *"


def test_removing_a_group_does_not_change_the_others() -> None:
    one = sleep(groups={"train": SLEEP["groups"]["train"]})
    assert one.names() == {(SCHEDULE, "uae-train-close"), (SCHEDULE, "uae-train-open")}
    for item in one.of(SCHEDULE):
        assert item.inputs == sleep().one(SCHEDULE, item.name).inputs


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tags": COST_TAGS}, r'tags\.environment: "prod" is not allowed.*production does not sleep'),
        ({"groups": {}}, "groups"),
        ({"closes": "23:30"}, r"closes: .* before 23:30 if system nodes sleep too"),
        ({"closes": "06:00"}, r"closes: .* later than opens"),
        ({"opens": "7"}, "opens"),
        ({"groups": {"a": {"scaling_group_name": "a", "min": 2, "max": 1}}}, r"groups\.a\.min: 2 .* at most max \(1\)"),
        ({"groups": {"a": {"scaling_group_name": "a", "min": 0, "max": 0}}}, r"groups\.a\.max"),
    ],
)
def test_groups_that_cannot_be_scheduled(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(aws.Sleep, {**SLEEP, **changed})()

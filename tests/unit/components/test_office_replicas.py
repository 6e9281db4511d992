"""Served models of which more replicas are kept in office hours."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.tenancy.admission_expressions import triggers
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.finops.work.cron_triggers import Level, schedule_of
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program
from tests.unit.components.serving_samples import AWAKE, GROUPED, LARGE, SERVICE, SLEEPING, service
from tests.unit.components.test_kubernetes_inference import BUDGET, SCALED

HOURS = {"min": 3, "opens": "06:30", "closes": "20:00"}


def scaled(of: Recording) -> dict[str, Any]:
    return of.one(SCALED).inputs["spec"]


@pytest.mark.parametrize(
    ("model", "least"), [(SLEEPING, 0), (AWAKE, 1), (LARGE, 2), (GROUPED, 1)], ids=["to zero", "cpu", "load", "groups"]
)
def test_hours_are_one_more_trigger_however_a_service_scales(model: Any, least: int) -> None:
    with_hours, without = scaled(service({**model, "office_hours": HOURS})), scaled(service(model))
    *others, cron = with_hours["triggers"]
    assert cron == {
        "type": "cron",
        "metadata": {
            "timezone": "Asia/Dubai",
            "start": "30 6 * * mon-fri",
            "end": "0 20 * * mon-fri",
            "desiredReplicas": "3",
        },
    }
    assert {**with_hours, "triggers": others} == without
    assert with_hours["minReplicaCount"] == least


def test_the_hours_are_those_of_offices_unless_others_are_given() -> None:
    metadata = scaled(service({**LARGE, "office_hours": {"min": 4}}))["triggers"][1]["metadata"]
    assert (metadata["start"], metadata["end"]) == ("0 7 * * mon-fri", "0 19 * * mon-fri")


def test_pods_of_which_several_are_kept_by_day_leave_one_by_one() -> None:
    assert not service(AWAKE).of(BUDGET)
    assert service({**AWAKE, "office_hours": HOURS}).one(BUDGET).inputs["spec"]["maxUnavailable"] == 1


@pytest.mark.parametrize(("hours", "when"), [(None, ""), (HOURS, " outside office hours")], ids=["none", "hours"])
def test_one_replica_in_production_is_warned_of_when_it_is_alone(hours: Any, when: str) -> None:
    serving = {**LARGE, "min": 1, **({"office_hours": hours} if hours else {})}
    args = InferenceServiceArgs.model_validate({**SERVICE, "serving": serving})
    warning = f"one replica in production{when}: the service is down while its node is replaced"
    assert warning in args.warnings


def test_the_bill_has_the_replicas_in_their_hours() -> None:
    schedule = schedule_of(scaled(service({**LARGE, "office_hours": HOURS})), 2, 2, 4)
    assert (schedule.levels, schedule.always) == ((Level(2, 3, Decimal(5 * 27) / Decimal(2 * 168)),), 0)


@pytest.mark.parametrize(
    ("model", "hours", "message"),
    [
        (LARGE, {"min": 2}, r"serving\.office_hours\.min: 2 .*more than min \(2\), at most max \(4\)"),
        (LARGE, {"min": 5}, r"serving\.office_hours\.min: 5 .*more than min \(2\), at most max \(4\)"),
        (SLEEPING, {"min": 7}, r"serving\.office_hours\.min: 7 .*more than min \(0\), at most max \(6\)"),
        (
            {**LARGE, "max": 2},
            {"min": 3},
            r"serving\.office_hours: .*only where max is greater than min: nothing scale",
        ),
        (LARGE, {"min": 0}, r"serving\.office_hours\.min: 0"),
        (LARGE, {}, r"serving\.office_hours\.min: required"),
        (LARGE, {"min": 3, "opens": "20:00", "closes": "08:00"}, r"serving\.office_hours\.closes: .*later than opens"),
        (LARGE, {"min": 3, "opens": "7:00"}, r"serving\.office_hours\.opens: .*a time of day"),
        (LARGE, {"min": 3, "closes": "24:00"}, r"serving\.office_hours\.closes: .*a time of day"),
        (LARGE, {"min": 3, "days": "sun"}, r"serving\.office_hours\.days: unknown field"),
    ],
)
def test_impossible_hours_are_refused(model: Any, hours: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(InferenceService, {**SERVICE, "serving": {**model, "office_hours": hours}})()


def test_all_problems_are_reported_at_once() -> None:
    wrong = {**LARGE, "gpu": None, "office_hours": {"min": 9}}
    with pytest.raises(BadArguments) as refused:
        program(InferenceService, {**SERVICE, "serving": wrong})()
    assert all(path in str(refused.value) for path in ("serving.gpu", "serving.office_hours.min"))


def test_a_minimum_above_the_maximum_is_one_problem() -> None:
    with pytest.raises(BadArguments) as refused:
        program(InferenceService, {**SERVICE, "serving": {**LARGE, "min": 5, "office_hours": {"min": 9}}})()
    assert "serving.min: 5" in str(refused.value)
    assert "office_hours" not in str(refused.value)


def test_tenants_own_stacks_may_have_hours() -> None:
    assert "trigger.type in ['cpu', 'cron']" in triggers([], [])

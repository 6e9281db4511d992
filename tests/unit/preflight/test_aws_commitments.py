"""Commitments of the settings against the reserved instances and savings plans of an account."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from falaj.components.settings.commitments import CommitmentSettings
from falaj.facts.machines import Price, PriceKind
from falaj.preflight.aws.commitments import commitments
from falaj.preflight.checks import AccountCheck, run_checks
from falaj.preflight.rows import NotAllowed, PreflightRow, Verdict
from tests.unit.preflight.aws_answers import Answers, context, settings

ENDS = datetime(2027, 11, 30, 23, tzinfo=UTC)


def rows(answers: Answers, **change: Any) -> list[PreflightRow]:
    """Returns the rows of two machines m7g.large that are reserved for a year, or of another commitment."""
    fields = {"site": "awsuae", "machine": "m7g.large", "count": 2, "option": "reserved_1y", "until": "2027-11-30"}
    held = [CommitmentSettings(**{**fields, **change})]
    return list(commitments(context(answers, settings().model_copy(update={"commitments": held}))))


def reserved(count: int) -> Answers:
    """Returns the answer of an account with so many reserved instances."""
    return {
        "DescribeReservedInstances": {"ReservedInstances": [{"InstanceCount": count, "End": ENDS}] if count else []}
    }


def plan(usd: str, family: str = "m7g", region: str = "me-central-1") -> Answers:
    """Returns the answer of an account with a savings plan."""
    found = {"commitment": usd, "ec2InstanceFamily": family, "region": region, "savingsPlanType": "EC2Instance"}
    return {"DescribeSavingsPlans": {"savingsPlans": [found]}}


def test_reserved_instances_are_counted() -> None:
    (row,) = rows(reserved(2))
    assert (row.verdict, row.found) == (Verdict.OK, "2 active, until 2027-11-30")
    assert row.needed == "2 by reserved_1y, until 2027-11-30"
    (row,) = rows(reserved(1))
    assert (row.verdict, row.setting) == (Verdict.UNKNOWN, "commitments.0")
    assert "billing account" in row.fix
    assert rows(reserved(0))[0].found == "0 active"


def test_the_account_is_asked_for_active_ones_of_the_type() -> None:
    asked: list[Any] = []

    def answer(request: Any) -> Any:
        asked.append(request["body"])
        return {"ReservedInstances": []}

    rows({"DescribeReservedInstances": answer})
    values = {key: value for key, value in asked[0].items() if key.startswith("Filter")}
    assert sorted(values.values()) == ["active", "instance-type", "m7g.large", "state"]


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (plan("0.14"), Verdict.OK),
        (plan("0.13"), Verdict.UNKNOWN),
        (plan("0.2", "m6g"), Verdict.UNKNOWN),
        (plan("0.2", region="eu-west-1"), Verdict.UNKNOWN),
    ],
)
def test_savings_plans_commit_money_for_a_family_in_a_region(
    answers: Answers, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    price = Price(Decimal("0.07"), PriceKind.OBSERVED, "test", "2026-12-01")
    monkeypatch.setattr("falaj.preflight.aws.commitments.commitment", lambda *_: price)
    (row,) = rows(answers, option="savings_1y")
    assert row.verdict is verdict
    assert row.found.endswith("an hour active for m7g")


def test_a_savings_plan_without_a_price_is_not_known_to_suffice() -> None:
    assert rows(plan("9"), option="savings_1y")[0].verdict is Verdict.UNKNOWN


def test_only_commitments_of_the_site_are_asked_for() -> None:
    assert rows({}, site="azuae", machine="Standard_D4as_v5") == []
    with pytest.raises(NotAllowed):
        rows({})


def test_a_check_without_rows_is_no_missing_answer() -> None:
    assert run_checks([AccountCheck("uae", "commitments", list)], 5, lambda *_: None) == []

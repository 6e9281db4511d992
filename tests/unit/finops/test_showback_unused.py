"""Commitments that nothing uses are idle cost, and a service that is new is named."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.showback.charges import load
from falaj.finops.showback.report import ShowbackQuery, ShowbackReport, report
from falaj.finops.showback.utilisation import Utilisation
from tests.unit.finops.exports import charge, export, span

D = Decimal
PEG = D("3.6725")
SEPTEMBER, NOVEMBER = date(2026, 9, 1), date(2026, 11, 1)
UNUSED = {"ResourceId": "", "CommitmentDiscountId": "ri-1", "CommitmentDiscountStatus": "Unused", "EffectiveCost": "5"}
USED = {"CommitmentDiscountId": "ri-1", "CommitmentDiscountStatus": "Used"}
COLUMNS = {"CommitmentDiscountId": "", "CommitmentDiscountStatus": "", "CapacityReservationStatus": ""}


def month(**changed: Any) -> list[dict[str, Any]]:
    """Returns a charge for each day of November."""
    return span(NOVEMBER, 30, lambda day: charge(day, **COLUMNS) | changed)


def made(folder: Path, rows: list[dict[str, Any]], **asked: Any) -> ShowbackReport:
    with load([export(folder, rows)]) as charges:
        return report(charges, ShowbackQuery(NOVEMBER, **asked))


@pytest.mark.parametrize("category", ["Compute", "Databases"])
def test_the_unused_part_of_a_commitment_is_idle_whatever_it_is_for(tmp_path: Path, category: str) -> None:
    result = made(tmp_path, [*month(**USED), *month(**UNUSED, ServiceCategory=category)])
    assert result.total.idle == 30 * 5 * PEG
    assert result.total.unmeasured == 720 * PEG
    assert result.units["retail"].own.idle == 150 * PEG


def test_unused_capacity_is_idle_and_no_measurement_of_machines_makes_it_less(tmp_path: Path) -> None:
    reserved = month(CapacityReservationStatus="Unused", EffectiveCost="5")
    result = made(tmp_path, [*month(**USED), *reserved], measured=(Utilisation((), D("0.5")),))
    assert result.total.idle == (720 / D(2) + 150) * PEG
    assert result.total.unmeasured == 0


def test_charges_without_a_status_are_as_before(tmp_path: Path) -> None:
    result = made(tmp_path, [*month(), *month(ServiceCategory="Storage")])
    assert (result.total.idle, result.total.unmeasured) == (0, 720 * PEG)


@pytest.mark.parametrize("kind", ["UnusedReservation", "UnusedSavingsPlan"])
def test_the_unused_part_in_amortised_cost_of_azure_is_idle(tmp_path: Path, kind: str) -> None:
    header = "date,costInBillingCurrency,billingCurrency,costInUsd,chargeType,meterCategory,meterId,quantity"
    lines = [f"11/03/2026,10,USD,10,{name},Virtual Machines,m1,2" for name in (kind, "Usage")]
    file = tmp_path / "amortized.csv"
    file.write_text("\n".join([header, *lines, ""]))
    with load([file]) as charges:
        result = report(charges, ShowbackQuery(NOVEMBER))
    assert (result.total.idle, result.total.unmeasured) == (10 * PEG, 10 * PEG)


def usual(number: int = 91) -> list[dict[str, Any]]:
    return span(SEPTEMBER, number, lambda day: charge(day, EffectiveCost=str(100 + day.weekday())))


def new(number: int, first: date = date(2026, 11, 21), **changed: Any) -> list[dict[str, Any]]:
    return span(first, number, lambda day: charge(day, ServiceName="Bedrock", SkuId="tokens") | changed)


@pytest.mark.parametrize(("days", "lasting"), [(10, True), (1, False)])
def test_a_service_that_is_new_is_named(tmp_path: Path, days: int, lasting: bool) -> None:
    (found,) = made(tmp_path, [*usual(), *new(days, EffectiveCost="400")]).anomalies
    assert (found.day, found.service, found.lasting) == (date(2026, 11, 21), "Bedrock", lasting)
    assert found.cost == pytest.approx(float(400 * PEG))
    assert found.expected == 0


def test_what_is_small_or_old_or_without_history_is_not_named(tmp_path: Path) -> None:
    for rows in (
        [*usual(), *new(10, EffectiveCost="5")],
        [*usual(), *new(10, EffectiveCost="9")],
        [*usual(), *new(91, SEPTEMBER, EffectiveCost="400")],
        span(date(2026, 11, 10), 20, charge) + new(5, EffectiveCost="400"),
    ):
        assert made(tmp_path, rows).anomalies == ()


def test_a_business_unit_that_is_new_itself_is_not_named(tmp_path: Path) -> None:
    tags = '{"business-unit": "labs"}'
    assert made(tmp_path, [*usual(), *new(10, EffectiveCost="400", Tags=tags)]).anomalies == ()

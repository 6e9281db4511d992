"""What a month's files lack or spell differently: the report says so instead of showing a figure that looks whole."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.showback.document import document
from falaj.finops.showback.summary import rows
from falaj.finops.showback.utilisation import Utilisation
from tests.unit.finops.exports import charge
from tests.unit.finops.test_showback_report import D, made, of, whole

PEG = D("3.6725")
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
AZURE = {"ProviderName": "Microsoft", "BillingAccountId": "90"}
ACCOUNT = {"BillingAccountId": "111122223333"}


def tax(cost: str) -> dict[str, Any]:
    return charge(NOVEMBER, **of(""), **ACCOUNT, EffectiveCost=cost) | {"ChargeCategory": "Tax"}


def aws(**changed: Any) -> list[dict[str, Any]]:
    return whole(**ACCOUNT, **changed)


def azure(**changed: Any) -> list[dict[str, Any]]:
    return whole(**AZURE, EffectiveCost="10", **changed)


def notes(charges: list[dict[str, Any]], **asked: Any) -> list[str]:
    return [note for note in made(charges, **asked).notes if "no charge of" in note]


@pytest.mark.parametrize(
    ("charges", "text", "untaxed"),
    [
        ([*aws(), tax("36")], "without VAT, AED 2,776.41 with it", []),
        (
            [*aws(), *azure(), tax("36")],
            "without VAT, AED 3,878.16 with it as far as the files state it: none of Microsoft",
            ["Microsoft"],
        ),
        ([*azure()], "without VAT, of which the files state none", ["Microsoft"]),
    ],
)
def test_the_cost_with_vat_is_named_as_far_as_the_files_state_it(
    charges: list[dict[str, Any]], text: str, untaxed: list[str]
) -> None:
    """Exports of Azure have no tax, so its cost is the same with VAT and without."""
    result = made(charges)
    assert next(row.text for row in rows(result) if row.label == "cost") == text
    assert document(result)["untaxed"] == untaxed


def test_a_cloud_whose_export_is_missing_is_named() -> None:
    """It looks like a saving otherwise."""
    before = [*aws(month=OCTOBER, number=31), *azure(month=OCTOBER, number=31)]
    (note,) = notes([*before, *aws()])
    assert note == (
        "no charge of Microsoft 90 from 2026-11-01 to 2026-11-30, after USD 310.00 from 2026-10-01 to 2026-10-31: "
        "it is used no longer, or its export is missing"
    )
    (note,) = notes([*before, *aws()], as_of=date(2026, 11, 10))
    assert "from 2026-11-01 to 2026-11-10, after USD 100.00 from 2026-10-01 to 2026-10-10" in note


def test_a_cloud_that_is_charged_or_was_not_is_not_named() -> None:
    before = [*aws(month=OCTOBER, number=31), *azure(month=OCTOBER, number=31)]
    assert notes([*before, *aws(), *azure(number=1)]) == []
    assert notes([*aws(month=OCTOBER, number=31), *aws(), *azure()]) == []
    assert notes([*aws(month=OCTOBER, number=31), *azure(month=OCTOBER, number=2), *aws()], as_of=NOVEMBER) != []
    late = [*aws(month=OCTOBER, number=31), *whole(month=date(2026, 10, 20), number=3, **AZURE), *aws()]
    assert notes(late, as_of=date(2026, 11, 10)) == []


@pytest.mark.parametrize("category", ["Credit", "Adjustment"])
def test_a_credit_is_no_machine(category: str) -> None:
    """It made the cost without utilisation data negative, and with a measurement the idle cost smaller."""
    credit = charge(NOVEMBER, **of(""), EffectiveCost="-250") | {"ChargeCategory": category}
    result = made([*whole(), credit])
    assert (result.total.cost, result.total.unmeasured) == (470 * PEG, 720 * PEG)
    assert result.units["(untagged)"].own.unmeasured == 0
    measured = made([*whole(), credit], measured=(Utilisation((), Decimal("0.5")),))
    assert (measured.total.idle, measured.total.unmeasured) == (360 * PEG, 0)


@pytest.mark.parametrize(
    ("given", "key"),
    [("BusinessUnit", "business-unit"), ("user:cost_center", "cost-centre"), ("Cost Centre", "cost-centre")],
)
def test_a_tag_key_that_is_spelt_differently_is_named(given: str, key: str) -> None:
    """Each charge is untagged then, and the reader does not know why."""
    result = made(whole(Tags=json.dumps({given: "retail"})))
    assert f"tags with the key {given} are not read: the key is {key}" in result.notes


def test_the_keys_that_are_read_and_those_of_others_are_not_named() -> None:
    tags = {"user:business-unit": "retail", "Cost-Centre": "7", "owner": "ml", "site": "aws", "unit": "x"}
    assert not [note for note in made(whole(Tags=json.dumps(tags))).notes if "not read" in note]


def test_names_that_differ_in_case_only_are_named() -> None:
    result = made([*whole(), *whole("Retail"), *whole("lending")])
    assert [note for note in result.notes if "spelt alike" in note] == [
        "business unit Retail, retail: counted apart, though spelt alike"
    ]

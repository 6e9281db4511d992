"""Prices of commitments, compared with figures that were looked up."""

import json
from decimal import Decimal

import pytest
import typer
from typer.testing import CliRunner

from falaj.cli.machines import machines
from falaj.facts import commitments as facts
from falaj.facts.commitments import Commitment, commitment, commitments
from falaj.facts.machines import PriceKind, find


@pytest.mark.parametrize(
    ("region", "name", "way", "usd"),
    [
        ("me-central-1", "g5.xlarge", Commitment.RESERVED_1Y, "0.77742"),
        ("me-central-1", "g5.xlarge", Commitment.RESERVED_3Y_UPFRONT, "0.463965"),
        ("uaenorth", "Standard_D16as_v5", Commitment.RESERVED_1Y, "0.50034"),
        ("uaenorth", "Standard_NC40ads_H100_v5", Commitment.SAVINGS_3Y, "6.15666"),
    ],
)
def test_golden(region: str, name: str, way: Commitment, usd: str) -> None:
    price = commitment(region, name, way)
    assert (price.usd_hour, price.kind, price.date) == (Decimal(usd), PriceKind.OBSERVED, "2025-05-28")


def test_what_was_not_found_is_missing() -> None:
    for name in ("g6.xlarge", "no-such"):
        price = commitment("me-central-1", name, Commitment.RESERVED_1Y)
        assert (price.usd_hour, price.kind) == (None, PriceKind.MISSING)
    assert commitments("me-central-1", "g6.xlarge") == {}


def test_every_row_is_of_a_machine_and_cheaper_than_without_a_commitment() -> None:
    assert len(facts._rows()) > 1400
    for region, name in facts._rows():
        machine = find(region, name)
        assert machine is not None
        listed = machine.on_demand.usd_hour
        for price in commitments(region, name).values():
            assert price.usd_hour
            assert listed is None or price.usd_hour <= listed, (region, name)


def test_the_command_has_them() -> None:
    app = typer.Typer()
    app.command()(machines)
    shown = json.loads(CliRunner().invoke(app, ["--region", "me-central-1", "--json"]).stdout)
    commitments = {row["machine"]: row["commitments"] for row in shown}
    assert commitments["g5.xlarge"]["reserved_1y"] == "0.77742"
    assert commitments["g6.xlarge"] == {}


def test_the_cheapest_is_first() -> None:
    assert next(iter(commitments("me-central-1", "g5.xlarge"))) is Commitment.RESERVED_3Y_UPFRONT

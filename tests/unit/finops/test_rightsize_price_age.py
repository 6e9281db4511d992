"""Right-sizing says what a spot price is, of which day, and when it is too old.

The table that is read for Azure has the lowest spot price of a region (`spot_min`), not its average: see
`falaj.facts.price_sources`.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.facts.machines import PriceKind
from falaj.facts.prices import UnitPrice
from falaj.finops.price_age import age_warning

TUNING = """kind: training
name: t
parameters_billion: 8
method: lora
context_tokens: 4096
samples: 20000
micro_batch: 1
gradient_checkpointing: true
deadline_hours: 24
interruptible: true
"""


def test_the_lowest_price_is_not_called_average_and_has_its_day(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(TUNING)
    shown = " ".join(
        CliRunner().invoke(app, ["rightsize", "profile", str(profile), "--site", "uaenorth"]).output.split()
    )
    assert "lowest observed spot price of 2025-05-28; a spot machine may be reclaimed" in shown
    assert "its spot price, of 2025-05-28, is older than 30 days: update it with `falaj prices refresh`" in shown
    assert "average spot price" not in shown


def price(day: str, kind: PriceKind = PriceKind.OBSERVED) -> UnitPrice:
    return UnitPrice(Decimal(1), "h", kind, "list", day)


def test_a_price_within_its_limit_is_not_warned_of() -> None:
    today = date(2026, 11, 27)
    assert age_warning(price("2026-10-28"), "spot", today) == ""
    assert "is older than 30 days" in age_warning(price("2026-10-27"), "spot", today)
    assert age_warning(price("2026-10-27"), "list", today) == ""
    assert "is older than 180 days" in age_warning(price("2026"), "list", today)
    assert age_warning(price("2020", PriceKind.NEGOTIATED), "list", today) == ""

"""Exemptions that were not created yet: many of them, each after the other, would last for years without a review."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from guardrails.engine.exemptions import load_exemptions
from guardrails.engine.settings_files import SetupError
from guardrails.pack import IDS

TODAY = date(2026, 12, 1)


def _write(folder: Path, *created: date) -> Path:
    rows = [
        {"rule": "FJ-ENC-102", "urn": "urn:pulumi:prod-uae::*::scratch", "owner": "ml-team", "ticket": "SEC-7",
         "reason": "scratch data", "approved_by": "ciso", "created": day.isoformat(),
         "expires": (day + timedelta(days=90)).isoformat()}
        for day in created
    ]  # fmt: skip
    path = folder / "exemptions.yaml"
    path.write_text(json.dumps({"exemptions": rows}))
    return path


@pytest.mark.parametrize("days", [-120, -1, 0, 1])
def test_a_local_date_may_be_a_day_ahead_of_the_date_in_utc(tmp_path: Path, days: int) -> None:
    path = _write(tmp_path, TODAY + timedelta(days=days))
    assert len(load_exemptions(path, IDS, lambda: TODAY)) == 1


@pytest.mark.parametrize("days", [2, 90, 4000])
def test_an_exemption_that_was_not_created_yet_stops_the_pack(tmp_path: Path, days: int) -> None:
    created = TODAY + timedelta(days=days)
    with pytest.raises(SetupError) as raised:
        load_exemptions(_write(tmp_path, TODAY, created), IDS, lambda: TODAY)
    assert str(raised.value) == (
        f"exemptions.yaml: exemptions.1.created: {created} is in the future; allowed are days up to 2026-12-02; "
        "write the day on which it was approved, and renew it when it ends"
    )


def test_the_date_is_todays_unless_a_clock_is_given(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="is in the future"):
        load_exemptions(_write(tmp_path, date(9000, 1, 1)), IDS)

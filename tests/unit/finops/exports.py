"""Synthetic FOCUS exports of two clouds, each in its own format, and a cluster's estimate with FOCUS rows."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

UNITS = ("retail", "lending")


def charge(day: date, **overrides: Any) -> dict[str, Any]:
    """Returns the charge of one machine for one day: 24 hours at USD 1."""
    return {
        "EffectiveCost": "24",
        "BilledCost": "24",
        "BillingCurrency": "USD",
        "ChargeCategory": "Usage",
        "ChargePeriodStart": f"{day.isoformat()}T00:00:00Z",
        "ChargePeriodEnd": f"{(day + timedelta(days=1)).isoformat()}T00:00:00Z",
        "PricingCurrency": "USD",
        "PricingCurrencyEffectiveCost": "",
        "PricingQuantity": "24",
        "ProviderName": "AWS",
        "RegionId": "me-central-1",
        "ResourceId": "i-1",
        "ServiceCategory": "Compute",
        "ServiceName": "EC2",
        "SkuId": "g6.xlarge",
        "Tags": json.dumps({"business-unit": "retail", "project": "llm", "tenant": "bank", "site": "aws"}),
    } | overrides


def span(first: date, number: int, make: Callable[[date], dict[str, Any]] = charge) -> list[dict[str, Any]]:
    """Returns one charge for each of `number` days from `first`."""
    return [make(first + timedelta(days=step)) for step in range(number)]


def as_csv(rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def export(folder: Path, rows: list[dict[str, Any]], name: str = "aws.csv") -> Path:
    file = folder / name
    file.write_text(as_csv(rows))
    return file


def estimate(folder: Path, rows: list[dict[str, Any]], name: str = "onprem.json") -> Path:
    """Writes an estimate file with the keys of `falaj bill --json` that the showback reads."""
    file = folder / name
    file.write_text(json.dumps({"format": "falaj-estimate/1", "focus": rows}))
    return file

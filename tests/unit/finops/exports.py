"""Synthetic FOCUS exports: months of two clouds in the format of each, and a cluster's estimate."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

UNITS = ("retail", "lending")


def charge(day: date, **changed: Any) -> dict[str, Any]:
    """Returns the charge for one machine and one day: 24 hours at one dollar."""
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
    } | changed


def span(first: date, number: int, make: Callable[[date], dict[str, Any]] = charge) -> list[dict[str, Any]]:
    """Returns one charge for each of a number of days."""
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
    """Returns the JSON of `falaj bill --json`, reduced to the fields that are read here."""
    file = folder / name
    file.write_text(json.dumps({"format": "falaj-estimate/1", "focus": rows}))
    return file

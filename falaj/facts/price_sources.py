"""What the name of a price's source says: from which region an estimate is derived, and what a spot price is."""

import re

from falaj.facts.machine_names import is_azure
from falaj.facts.prices import UnitPrice

_RATIO = re.compile(r"(?P<region>us-east-1|us-west-2|east-us(?:-2)?|korea-central)-(?:.*-)?x-(?P<ratio>[0-9.]+)$")
_EVERYWHERE = "-same-everywhere"


def derivation(source: str) -> str:
    """Returns from which list a price is derived, such as `us-east-1 x 1.21`; empty if its source names none."""
    if match := _RATIO.search(source):
        return f"{match['region']} x {match['ratio']}"
    return "as in other regions" if source.endswith(_EVERYWHERE) else ""


def spot_figure(source: str, machine: str) -> str:
    """Returns what a spot price is.

    The tables of instances.vantage.sh have `spot_avg`, the mean of a region's zones, for AWS and `spot_min`, the lowest
    price, for Azure (2025-05-28). SkyPilot lists a price per zone. The vendors' lists have the price of their day.
    """
    if source == "vantage":
        return "lowest observed spot price" if is_azure(machine) else "average spot price"
    if source.startswith("skypilot"):
        return "spot price of one zone"
    return "spot price"


def price_label(price: UnitPrice) -> str:
    """Returns kind, day, contract and derivation of a price for display: `estimated 2024 (us-east-1 x 1.21)`."""
    derived = derivation(price.source)
    details = [price.date, f"({price.book})" if price.book else "", f"({derived})" if derived else ""]
    return " ".join(filter(None, (price.kind.value, *details)))

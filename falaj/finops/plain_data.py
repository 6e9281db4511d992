"""Conversion of values to JSON types."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """Returns the value with decimals and dates as strings, and None for a non-finite number; mappings and lists are
    copied.
    """
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value

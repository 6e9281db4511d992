"""Quantities as Kubernetes writes them: `500m`, `96Gi`, `1e3`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

_FORM = re.compile(r"(?P<number>\d+\.?\d*|\.\d+)(?P<suffix>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})?")
_SUFFIXES: Mapping[str, Decimal] = {
    "": Decimal(1),
    **{letter: Decimal(1000) ** power for power, letter in enumerate("numkMGTPE", start=-3) if power < 0},
    **{letter: Decimal(1000) ** power for power, letter in enumerate("kMGTPE", start=1)},
    **{f"{letter}i": Decimal(1024) ** power for power, letter in enumerate("KMGTPE", start=1)},
}
"""Suffix -> factor (Kubernetes API reference, Quantity; read 2026-11-27)."""

MOST = Decimal(10) ** 18
"""Larger quantities than any machine has: they count as this much, so that no sum grows without bound."""


def quantity(value: object) -> Decimal:
    """Returns a quantity in its base unit: cores, bytes or devices. Zero for anything that is no quantity."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return Decimal(0)
    return _parse(str(value).strip())


@lru_cache(maxsize=4096)
def _parse(text: str) -> Decimal:
    """Large plans state the same few quantities in thousands of pods."""
    if (match := _FORM.fullmatch(text)) is None:
        return Decimal(0)
    number, suffix = Decimal(match["number"]), match["suffix"] or ""
    factor = _SUFFIXES[suffix] if suffix in _SUFFIXES else Decimal(f"1{suffix}")
    return min(number * factor, MOST)

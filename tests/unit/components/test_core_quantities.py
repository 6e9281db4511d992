"""Quantities as the Kubernetes API returns them (observed with the webhooks of Kueue 0.17 and JobSet 0.11)."""

from decimal import Decimal

import pytest

from falaj.components.core.validation.quantities import amount, gibibytes


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (7, "7"),
        (1.5, "1500m"),
        (0.57, "570m"),
        (1000, "1k"),
        (1500, "1500"),
        (90000, "90k"),
        (120_000_000, "120M"),
        (Decimal("90000.0"), "90k"),
        (Decimal("1234.5"), "1234500m"),
        (Decimal("0.0019"), "1m"),
    ],
)
def test_a_number_has_its_longest_suffix_and_no_point(number: float | Decimal, text: str) -> None:
    assert amount(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (0.5, "512Mi"),
        (1.5, "1536Mi"),
        (64, "64Gi"),
        (1024, "1Ti"),
        (1536, "1536Gi"),
        (2048, "2Ti"),
        (2**20, "1Pi"),
    ],
)
def test_memory_has_its_longest_suffix(number: float, text: str) -> None:
    assert gibibytes(number) == text

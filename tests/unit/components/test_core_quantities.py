"""Amounts in the form in which Kubernetes gives them back."""

from decimal import Decimal

import pytest

from components.core.quantities import amount, gibibytes


@pytest.mark.parametrize(
    ("given", "written"),
    [(8, "8"), (1.5, "1500m"), (0.25, "250m"), (1000, "1k"), (1500, "1500"), (0, "0"), (Decimal("1234.5"), "1234500m")],
)
def test_what_is_counted(given: float | Decimal, written: str) -> None:
    assert amount(given) == written


@pytest.mark.parametrize(
    ("gib", "written"), [(32, "32Gi"), (1.5, "1536Mi"), (1024, "1Ti"), (1536, "1536Gi"), (0.5, "512Mi"), (0, "0")]
)
def test_memory(gib: float, written: str) -> None:
    assert gibibytes(gib) == written

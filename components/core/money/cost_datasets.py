"""Formats of exported billing data on Azure."""

from enum import Enum


class CostDataset(Enum):
    """Format of exported billing data on Azure, of those that the SDK's API version has.

    Version 2024-08-01 has no FOCUS format: the service refuses `FocusCost`, which 2023-07-01-preview,
    2024-10-01-preview and 2025-03-01 have (Azure/bicep-types-az 1f896de2, read 2026-11-26).
    """

    ACTUAL = "ActualCost"
    """Purchases, such as reservations, charged on the day of purchase."""
    AMORTISED = "AmortizedCost"
    """Purchases, such as reservations, spread over their term."""

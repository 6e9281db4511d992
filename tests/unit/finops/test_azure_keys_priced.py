"""Keys of Azure Key Vault: which are priced as keys in an HSM, and which operations are advanced."""

from __future__ import annotations

from typing import Any

import pytest

from falaj.finops.lines import Compliance
from tests.unit.finops.plans import TAGS, plan, priced


@pytest.mark.parametrize(
    ("key", "hsm", "operations"),
    [
        ({}, None, "operations"),
        ({"kty": "RSA", "keySize": 2048}, None, "operations"),
        ({"kty": "RSA", "keySize": 3072}, None, "advanced-key-operations"),
        ({"kty": "EC"}, None, "advanced-key-operations"),
        ({"kty": "RSA-HSM", "keySize": 2048}, "hsm-key-2048", "operations"),
        ({"kty": "RSA-HSM", "keySize": 3072}, "hsm-key", "advanced-key-operations"),
        ({"kty": "EC-HSM"}, "hsm-key", "advanced-key-operations"),
    ],
)
def test_a_key_in_an_hsm_costs_by_the_month_and_every_key_by_its_operations(
    key: dict[str, Any], hsm: str | None, operations: str
) -> None:
    """Azure Key Vault, pricing: HSM-protected keys by type; RSA of 2048 bits has the cheaper operations."""
    row = ("azure-native:keyvault:Key", "uae-key", {"location": "uaenorth", "tags": TAGS, "properties": key})
    lines = priced(plan(row)).lines
    found = {line.charge.sku: line.charge.compliance for line in lines}
    assert found == {operations: Compliance.KEYS} | ({hsm: Compliance.HSMS} if hsm else {})

"""Cloud-independent helpers: money, lifecycles, names and role ids."""

from decimal import Decimal
from hashlib import sha256

import pytest

from falaj.components.azure.identity.roles import Role, role_definition_id, subscription_of
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.site.azure_role_ids import custom_role_id
from falaj.components.core.storage.lifecycles import LIFECYCLES, Lifecycle, lifecycle
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import globally_unique_name, short_name
from falaj.components.core.validation.regions import zones_of


@pytest.mark.parametrize(
    ("aed", "rate", "usd"),
    [
        (Decimal("3.6725"), Decimal("3.6725"), "1.00"),
        (400000, 3.6725, "108917.63"),  # 108917.6310…
        (Decimal("7.34"), Decimal("3.6725"), "1.99"),  # 1.9986…: down, so that the alarm is early
        (Decimal("0.04"), 4, "0.01"),
    ],
)
def test_dollars_are_rounded_down_to_cents(aed: Decimal | float, rate: Decimal | float, usd: str) -> None:
    assert str(usd_of(aed, rate)) == usd


@pytest.mark.parametrize(("aed", "rate"), [(0, 3.6725), (-1, 3.6725), (1, 0), (Decimal("0.01"), 4), (1e30, 4)])
def test_money_that_makes_no_budget_is_refused(aed: Decimal | float, rate: Decimal | float) -> None:
    with pytest.raises(ValueError, match=r"above zero|less than one US cent|too large"):
        usd_of(aed, rate)


def test_every_purpose_has_a_lifecycle_whose_days_ascend() -> None:
    assert set(LIFECYCLES) == set(Purpose)
    for tiers in LIFECYCLES.values():
        days = [day for day in (tiers.cool, tiers.cold, tiers.expire) if day is not None]
        assert days == sorted(set(days))


def test_no_tier_is_entered_at_or_after_expiry() -> None:
    assert lifecycle(Purpose.DATASETS, 31) == Lifecycle(30, None, 31, old_versions=30, by_access=True)
    assert lifecycle(Purpose.DATASETS, 30) == Lifecycle(None, None, 30, old_versions=30, by_access=True)
    assert lifecycle(Purpose.DATASETS) is LIFECYCLES[Purpose.DATASETS]


def test_a_distinct_name_fits_and_differs_by_its_seed() -> None:
    long = "uae-a-very-long-name-of-a-site"
    names = {globally_unique_name(long, seed, 24) for seed in ("a", "b")} | {globally_unique_name("uae", "a", 24)}
    assert len(names) == 3
    assert all(name.isalnum() and name == name.lower() and len(name) <= 24 for name in names)
    # Another name would replace what is deployed: six digits of the SHA-256 of the name and the seed.
    assert globally_unique_name("uae", "a", 24) == "uae3ea227"
    assert short_name("UAE-", "site", limit=7) == "uaesite"
    assert short_name("uae", "site", limit=12) == "uaesite"
    digest = sha256(b"uae-a-very-long\0name").hexdigest()
    assert short_name("uae-a-very-long", "name", limit=12) == "uaeave" + digest[:6]
    assert short_name("uae-a-very-long", "name", limit=5, tail=3) == "ua" + digest[:3]


ROLES = {
    "AcrPull": "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    "Azure Kubernetes Service RBAC Writer": "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
    "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
    "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
    "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
    "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Private DNS Zone Contributor": "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    "Reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "Storage Account Contributor": "17d1049b-9a84-46fb-8f53-869881c3d3ab",
    "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
}
"""Azure's name of a built-in role -> its id (iann0036/iam-dataset 2073fa52, azure/built-in-roles-raw.json, read
2026-11-29)."""


def test_roles_have_the_ids_of_azure() -> None:
    """Spelled as Azure spells them: conditions and the emulated cloud compare them as text."""
    named = {
        name.removesuffix(" Role").replace("Azure Kubernetes Service", "AKS").replace(" ", "_").upper(): id_
        for name, id_ in ROLES.items()
    }
    named["ACR_PULL"] = named.pop("ACRPULL")
    assert {role.name: role.value for role in Role} == named
    assert custom_role_id("SUB", "falaj", "prod", "reader") == custom_role_id("sub", "falaj", "prod", "reader")


def test_zones_are_the_regions_first_ones() -> None:
    assert zones_of("uaenorth", 2) == ("1", "2")
    assert zones_of("uaecentral", 3) == ()
    assert zones_of("me-central-1", 1) == ("me-central-1a",)


def test_a_role_is_named_in_the_subscription_of_its_scope() -> None:
    assert role_definition_id(Role.READER, "/subscriptions/abc/resourceGroups/g") == (
        "/subscriptions/abc/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
    )
    for wrong in ("", "abc", "/providers/x"):
        with pytest.raises(ValueError, match="not the id of an Azure resource"):
            subscription_of(wrong)

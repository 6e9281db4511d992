"""Cloud-independent helpers: money, lifecycles, names and role ids."""

from decimal import Decimal

import pytest

from falaj.components.azure.identity.roles import Role, role_definition_id, subscription_of
from falaj.components.core.money.conversion import usd_of
from falaj.components.core.storage.lifecycles import LIFECYCLES, Lifecycle, lifecycle
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import globally_unique_name
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

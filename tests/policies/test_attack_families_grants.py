"""Families of attacks by grants: a few examples of each. `tests/exhaustive` has many."""

import pytest
from hypothesis import given, settings

from .grant_families import FAMILIES, Family, is_refused
from .harness import Given

EXAMPLES = 50


def check(family: Family, examples: int) -> None:
    """Fails on an attack that is not refused, and on a good twin that is."""

    @settings(max_examples=examples, deadline=None)
    @given(family.attacks)
    def attack(plan: Given) -> None:
        assert is_refused(plan, family.rule)

    @settings(max_examples=examples, deadline=None)
    @given(family.twins)
    def twin(plan: Given) -> None:
        assert not is_refused(plan, family.rule)

    attack()
    twin()


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_refused_and_its_twin_is_silent(name: str) -> None:
    check(FAMILIES[name], EXAMPLES)

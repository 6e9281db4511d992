"""Families of attacks by grants, many examples of each."""

import pytest

from tests.policies.grant_families import FAMILIES
from tests.policies.test_attack_families_grants import check

EXAMPLES = 500


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_refused_and_its_twin_is_silent(name: str) -> None:
    check(FAMILIES[name], EXAMPLES)

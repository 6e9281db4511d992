"""Many examples of attacks by movers of data."""

from tests.policies.test_attack_families_movers import check


def test_attacks_are_refused_and_their_twins_are_silent() -> None:
    check(3000)

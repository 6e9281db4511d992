"""Families of attacks by movers of data: each mover once, and a few examples of addresses. `tests/exhaustive` has
many."""

import pytest
from guardrails.residency.movers import Mover
from hypothesis import given, settings

from .harness import UNKNOWN, Given
from .mover_families import MOVERS, is_refused, movement, plan_of

EXAMPLES = 100


def check(examples: int) -> None:
    """Fails on an attack that is not refused, and on a good twin that is."""

    @settings(max_examples=examples, deadline=None)
    @given(movement(abroad=True))
    def attack(plan: Given) -> None:
        assert is_refused(plan)

    @settings(max_examples=examples, deadline=None)
    @given(movement(abroad=False))
    def twin(plan: Given) -> None:
        assert not is_refused(plan)

    attack()
    twin()


def test_attacks_are_refused_and_their_twins_are_silent() -> None:
    check(EXAMPLES)


@pytest.mark.parametrize("mover", MOVERS, ids=lambda mover: f"{mover.tokens[0]} {mover.path}")
def test_every_mover_refuses_an_unknown_host(mover: Mover) -> None:
    for token in mover.tokens:
        assert is_refused(plan_of(mover, token, "https://api.openai.com/v1"))
        assert is_refused(plan_of(mover, token, UNKNOWN))
        assert not is_refused(plan_of(mover, token, "https://10.0.0.4/v1"))
        assert is_refused(Given(token, {})) is mover.needs_address

"""Families of places in texts; `tests/exhaustive` draws more of each."""

from hypothesis import given, settings

from tests.thorough import many

from . import text_attacks as attacks
from .harness import Given

FEW = settings(max_examples=many(100), deadline=None)


@FEW
@given(attacks.spellings(attacks.ABROAD))
def test_a_place_abroad_is_refused_in_any_text(case: tuple[Given, Given]) -> None:
    attacks.check_refused(case)


@FEW
@given(attacks.spellings(attacks.HOME))
def test_a_place_in_the_uae_passes_in_any_text(case: tuple[Given, Given]) -> None:
    attacks.check_silent(case)

"""Many spellings of places in texts, and as many good counterparts."""

from hypothesis import given, settings

from tests.policies import text_attacks as attacks
from tests.policies.harness import Given
from tests.thorough import many

MANY = settings(max_examples=many(2000), deadline=None)


@MANY
@given(attacks.spellings(attacks.ABROAD))
def test_no_place_abroad_passes(case: tuple[Given, Given]) -> None:
    attacks.check_refused(case)


@MANY
@given(attacks.spellings(attacks.HOME))
def test_every_place_in_the_uae_passes(case: tuple[Given, Given]) -> None:
    attacks.check_silent(case)

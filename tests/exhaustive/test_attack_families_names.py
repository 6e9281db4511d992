"""Names of strangers in any text of any resource, in spellings that nobody wrote down, and as many names of one's own.

Before FJ-RES-003 and FJ-IDN-213, all but the texts with a key of an endpoint passed.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policies import name_families as families
from tests.policies.harness import Given
from tests.thorough import many

SOME = settings(max_examples=many(60), deadline=None)
ABROAD = {f"FJ-RES-{number}" for number in ("002", "003", "104", "112", "202", "212", "302", "312")}


@pytest.mark.parametrize(
    ("strangers", "rules"),
    [
        (families.HOSTS_OF_STRANGERS, ABROAD),
        (families.ADDRESSES_OF_STRANGERS, ABROAD),
        (families.BUCKETS_OF_STRANGERS, ABROAD),
        (families.RECIPIENTS_ABROAD, ABROAD),
        (families.SUBSCRIPTIONS_OF_STRANGERS, {"FJ-IDN-213"}),
    ],
    ids=["host", "address", "bucket", "recipient", "subscription"],
)
def test_a_name_of_a_stranger_is_refused(strangers: st.SearchStrategy[tuple[Given, Given]], rules: set[str]) -> None:
    @SOME
    @given(strangers)
    def attack(case: tuple[Given, Given]) -> None:
        assert families.added(case) & rules

    attack()


@pytest.mark.parametrize(
    "own",
    [families.OWN_HOSTS, families.OWN_BUCKETS, families.OWN_RECIPIENTS, families.OWN_SUBSCRIPTIONS],
    ids=["host", "bucket", "recipient", "subscription"],
)
def test_a_name_of_ones_own_is_not(own: st.SearchStrategy[tuple[Given, Given]]) -> None:
    @SOME
    @given(own)
    def twin(case: tuple[Given, Given]) -> None:
        assert families.added(case) & {"FJ-RES-002", "FJ-RES-003", "FJ-IDN-213"} == set()

    twin()

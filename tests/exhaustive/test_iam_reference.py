"""The tests' reference of IAM's conditions against a simulator of IAM that is maintained elsewhere.

What the simulator allows, the reference allows, so that the guardrails refuse it. The reverse need not hold: the
simulator denies conditions whose variables have no value, and the reference is stricter. Keys of single services are
left out, because the simulator drops those that the action does not support.
"""

from hypothesis import Phase, given, settings

from tests.engine.rights_requests import Evaluated, simulate_each
from tests.policies.iam_reference import Context, matches_request
from tests.policies.policy_attacks import Condition, conditions, requests
from tests.thorough import many


def _cases() -> list[tuple[Condition, Context]]:
    cases: list[tuple[Condition, Context]] = []

    @settings(max_examples=many(1500), deadline=None, database=None, phases=[Phase.generate])
    @given(conditions())
    def collect(condition: Condition) -> None:
        if all(key.lower().startswith("aws:") for tests in condition.values() for key in tests):
            cases.extend((condition, context) for context in requests(condition))

    collect()
    return cases


def test_what_the_simulator_allows_the_reference_allows() -> None:
    cases = _cases()
    results = simulate_each([Evaluated("s3:GetObject", "arn:aws:s3:::falaj-data/it", *case) for case in cases])
    allowed = [case for case, result in zip(cases, results, strict=True) if result == "Allowed"]
    assert len(allowed) > 500
    assert [case for case in allowed if not matches_request(*case)] == []

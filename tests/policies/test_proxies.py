"""The rules know the engine's marks by the values that the SDK of policies has."""

from guardrails.engine import reading
from pulumi_policy import deserialize, proxy


def test_unknown_values_are_those_of_the_sdk() -> None:
    values = {value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_") and name.endswith("_VALUE")}
    assert values == reading.UNKNOWN_SENTINELS


def test_secrets_are_marked_as_in_the_sdk() -> None:
    assert reading.SIGNATURE_KEY == deserialize.SPECIAL_SIG_KEY
    assert reading.SECRET_SIGNATURE == deserialize.SPECIAL_SECRET_SIG

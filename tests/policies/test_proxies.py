"""The rules know the engine's marks by the values that the SDK of policies has, and read its proxies as it does."""

from guardrails.engine import reading
from guardrails.engine.proxies import read_properties
from hypothesis import given
from hypothesis import strategies as st
from pulumi_policy import deserialize, proxy

KEY, ASSET, ARCHIVE = deserialize.SPECIAL_SIG_KEY, deserialize.SPECIAL_ASSET_SIG, deserialize.SPECIAL_ARCHIVE_SIG
ASSETS = st.sampled_from([
    {KEY: ASSET, "path": "a.zip"}, {KEY: ASSET, "text": "a"}, {KEY: ASSET, "uri": "https://example.ae/a"},
    {KEY: ARCHIVE, "path": "a"}, {KEY: ARCHIVE, "uri": "https://example.ae/a.zip"},
    {KEY: ARCHIVE, "assets": {"a": {KEY: ASSET, "text": "a"}}},
])  # fmt: skip
SCALARS = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text() | ASSETS
UNKNOWN = st.sampled_from(sorted(reading.UNKNOWN_SENTINELS))
SECRET = {KEY: deserialize.SPECIAL_SECRET_SIG, "value": {"password": "p"}}
VALUES = st.recursive(
    SCALARS | UNKNOWN | st.just(SECRET),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_unknown_values_are_those_of_the_sdk() -> None:
    values = {value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_") and name.endswith("_VALUE")}
    assert values == reading.UNKNOWN_SENTINELS


def test_secrets_are_marked_as_in_the_sdk() -> None:
    assert reading.SIGNATURE_KEY == deserialize.SPECIAL_SIG_KEY
    assert reading.SECRET_SIGNATURE == deserialize.SPECIAL_SECRET_SIG


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_properties_are_those_that_the_sdk_writes(sent: dict[str, object]) -> None:
    props = proxy.unknown_checking_proxy(deserialize.deserialize_properties(sent))
    expected = {name: reading.plain(value) for name, value in deserialize.serialize_properties(props).items()}
    assert read_properties(props) == expected
    assert read_properties(deserialize.deserialize_properties(sent)) == expected

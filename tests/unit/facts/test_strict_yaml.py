"""The loader of files that people write."""

import pytest
import yaml

from falaj.facts.strict_yaml import describe, parse


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "x: {a: 1, b: 2, a: 3}\n", '"a": 1\na: 1\n', "- {a: 1, a: 1}\n"])
def test_a_duplicate_key_is_an_error_at_any_depth(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="'a' is a duplicate key"):
        parse(text)


def test_one_key_in_two_mappings_and_merged_keys_are_no_duplicates() -> None:
    assert parse("x: {a: 1}\ny: {a: 2}\n") == {"x": {"a": 1}, "y": {"a": 2}}
    assert parse("base: &base {a: 1, b: 2}\nown: {<<: *base, a: 3}\n")["own"] == {"a": 3, "b": 2}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "line 4, column 3: 'c' is a duplicate key"),
        ("a: [1, 2", "line 1, column 9: while parsing a flow sequence, expected ',' or ']', but got '<stream end>'"),
        ("a: !!bool x", "a value does not fit its tag: 'x'"),
    ],
)
def test_an_error_is_described_in_one_line_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(yaml.YAMLError) as raised:
        parse(text)
    assert describe(raised.value) == sentence

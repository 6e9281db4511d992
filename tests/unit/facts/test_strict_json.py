"""The loader of JSON: what would be lost, or stop a command later, is refused in one sentence."""

import pytest

from falaj.facts.strict_json import parse


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "'c' is a duplicate key"),
        ("[" * 20_000, "nested more than 100 deep"),
        ("[" * 102 + "]" * 102, "nested more than 100 deep"),
        ("NaN", "NaN is not a number"),
        ("[-Infinity]", "-Infinity is not a number"),
        ("1e308", "1e308 is not a number"),
        ("9" * 5000, "is not a number"),
        ('"\\ud800"', "half of a character"),
        ("{", "Expecting property name"),
    ],
)
def test_an_input_out_of_bounds_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as raised:
        parse(text)
    assert len(str(raised.value)) < 200
    assert "\n" not in str(raised.value)


def test_content_within_the_bounds_is_read() -> None:
    assert parse('{"a": [1.5, -3, "\\ud83d\\ude00", null, true]}') == {"a": [1.5, -3, "😀", None, True]}
    assert parse("[" * 100 + "]" * 100)
    assert parse('{"a": 1}\nmore', more_text=True) == {"a": 1}

"""The loader of files that people write."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from falaj.facts.strict_text import read
from falaj.facts.strict_yaml import describe, load, parse
from tests.processor_time import within


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


def _aliases(levels: int, item: str) -> str:
    """Returns a document in which each level has nine aliases of the one before."""
    lines = [f"b{n}: &b{n} {item.format(','.join([f'*b{n - 1}'] * 9))}\n" for n in range(1, levels)]
    return "b0: &b0 {a: 1}\n" + "".join(lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (_aliases(12, "[{}]"), "more than 100,000 values, aliases counted"),
        (_aliases(12, "{{<<: [{}]}}"), "more than 100,000 values, aliases counted"),
        ("&x [*x]", "an alias contains itself"),
        ("a: &x {b: *x}", "an alias contains itself"),
        ("[" * 20_000, "nested more than 100 deep"),
        ("[" * 101 + "]" * 101, "nested more than 100 deep"),
        ("#" * (2**20 + 1), "characters"),
        ("9" * 5000, "is not a number that can be read"),
        ("0x" + "f" * 5000, "is not a number that can be read"),
        ('"\\ud800"', "half of a character"),
        ("owner: !!binary aGVsbG8=", "line 1, column 8: binary data, where a text is expected"),
        ("!!int []", "expected a scalar node"),
        ("!!timestamp x", "does not fit its tag"),
        ("!!python/object:os.system x", "could not determine a constructor"),
    ],
)
def test_a_document_out_of_bounds_is_refused_in_one_line_within_a_second(text: str, sentence: str) -> None:
    with within(1):
        with pytest.raises(yaml.YAMLError) as raised:
            parse(text)
        assert sentence in describe(raised.value)
        assert "\n" not in describe(raised.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\nretail\u200b: 2\n", "line 2, column 7: U+200B"),
        ("a: 1 # \u202ereviewed\n", "line 1, column 8: U+202E"),
        ("- x\u2066y\n", "line 1, column 4: U+2066"),
        ("\ufeffa: 1\n", "line 1, column 1: U+FEFF"),
        ('- "a\\u200bb"\n', "line 1, column 3: U+200B"),
        ('- "\\0"\n', "line 1, column 3: U+0000"),
        ('- "\\e[31m"\n', "line 1, column 3: U+001B"),
        ("retail\u200f: 1\n", "line 1, column 1: U+200F"),
        ("a: {re\u200dtail: 1}\n", "line 1, column 5: U+200D"),
    ],
)
def test_what_a_reviewer_does_not_see_is_refused(text: str, place: str) -> None:
    with pytest.raises(yaml.YAMLError) as raised:
        parse(text)
    assert describe(raised.value) == f"{place} cannot be seen in a text; remove it"


def test_marks_and_joiners_of_arabic_texts_and_lines_are_read() -> None:
    text = "مرك\u200cز \u200f(دبي)\u200e"
    assert parse(f"owner: {text} # {text}\n") == {"owner": text}
    assert parse('- "a\\tb\\r\\nc"\n- é\u0301 👩\u200d💻\n') == ["a\tb\r\nc", "é\u0301 👩\u200d💻"]


def test_dates_are_dates_and_impossible_ones_stay_text_for_the_message_of_their_field() -> None:
    assert parse("a: 2026-12-01\nb: 2026-02-30\n") == {"a": date(2026, 12, 1), "b": "2026-02-30"}
    assert parse('"\\ud83d\\ude00"') == "😀"
    assert parse("[" * 100 + "]" * 100)


def test_a_file_is_read_with_a_mark_of_byte_order_and_refused_in_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    assert load(file) == {"a": 1}
    file.write_bytes(b"a: \xff\n")
    with pytest.raises(yaml.YAMLError, match="it is not UTF-8: byte 4 is 0xff"):
        load(file)


def test_a_file_that_never_ends_is_read_up_to_the_bound() -> None:
    with pytest.raises(ValueError, match="larger than 1 MiB"):
        read(Path("/dev/zero"), max_bytes=2**20)

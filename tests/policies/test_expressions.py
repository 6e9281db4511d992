"""Expressions of tables are tried only where they may match, and match what they matched before."""

import csv
import re
from functools import cache

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.identity.program_switches import (
    _by_name,
    _is_opposite,
    _known_names,
    _texts,
    _thrown,
    program_switches,
)
from guardrails.readers.expressions import Expression, ExpressionIndex, folded, literals
from guardrails.readers.setting_names import setting_names
from guardrails.readers.texts import Leaf
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, Unsatisfiable

from tests.thorough import many

FLAGS = re.IGNORECASE | re.MULTILINE


@cache
def _patterns() -> list[str]:
    with (DATA / "program_switches.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted({row[column] for row in rows for column in ("pattern", "values", "unless") if row[column]})


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("flaskdebug", ("flaskdebug",)),
        ("flask|werkzeug", ("flask", "werkzeug")),
        (r"(?:oidc|sso)\w{0,24}issuer(?:url)?", ("issuer",)),
        (r"(?:session|login)(?:ttl|maxage)", ("session", "login")),
        (r"(?<!max)tokens(?!ize)", ("tokens",)),
        (r"(?P<kind>abc|defg)?hij", ("hij",)),
        (r"--auth[= ]trust\b", ("--auth",)),
        (r"(?i:ABC)d{2}e?f*", ("abc",)),
        (r"abc+d", ("abc",)),
        (r"ab{0,3}cde", ("cde",)),
        (r"\x41\x42\x43[xyz]def", ("def",)),
        (r"[]abc]|defg", ()),
        ("t(?:rue)?|1", ()),
        (r"(?=abc)\w+", ()),
        (r"(?:abc|d)efg?", ()),
        (".*", ()),
    ],
)
def test_each_match_has_a_literal(pattern: str, found: tuple[str, ...]) -> None:
    assert literals(pattern) == found


@settings(max_examples=many(1000), deadline=None)
@given(st.data())
def test_what_the_tables_match_has_a_literal(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(_patterns()))
    try:
        text = data.draw(st.from_regex(re.compile(pattern, FLAGS)))
    except (InvalidArgument, Unsatisfiable):
        return
    found = literals(pattern)
    if re.search(pattern, text, FLAGS):
        assert not found or any(literal in folded(text) for literal in found)


@pytest.mark.parametrize("letter", ["\u0130", "\u0131", "\u017f", "\u212a"])
def test_letters_that_are_equal_whatever_the_case_are_found(letter: str) -> None:
    plain = {"\u017f": "s", "\u212a": "k"}.get(letter, "i")
    text = f"ab{letter}cd"
    assert re.search(f"ab{plain}cd", text, re.IGNORECASE)
    assert Expression(f"ab{plain}cd", re.IGNORECASE).search(text) is not None


def test_an_index_keeps_the_order_and_what_has_no_literal() -> None:
    items = ("zebra", "x|y", "apple", "zebra|apple")
    index = ExpressionIndex((Expression(item), item) for item in items)
    assert index.of("APPLE and zebra") == list(items)
    assert index.of("apple") == ["x|y", "apple", "zebra|apple"]
    assert index.of("nothing") == ["x|y"]


def test_an_expression_without_a_literal_in_the_text_is_not_compiled() -> None:
    expression = Expression("flask(")
    assert expression.search("nothing") is None
    with pytest.raises(re.error):
        expression.search("flask(")


def test_nearly_all_rows_are_found_by_a_literal() -> None:
    assert not _by_name()._always
    assert len(_known_names()._always) <= 1  # `dn` of LDIF
    assert len(_texts()._always) <= 3  # those of Kerberos among them, whose files have signs alone


def test_switches_are_those_that_match_one_by_one() -> None:
    with (DATA / "program_switches.csv").open(encoding="utf-8", newline="") as file:
        names = dict.fromkeys(re.split(r"[|(\\]", row["pattern"])[0] or "x" for row in csv.DictReader(file))
    for name, value in ((name, value) for name in names for value in ("true", "false", "*")):
        leaf = Leaf(f"data.{name}", name, value, True)
        assert _thrown(leaf) == tuple(
            item
            for item in program_switches()
            if (item.is_set(setting_names(leaf), value) and not _is_opposite(leaf, item))
            or (item.name is None and item.has_value(value))
        )

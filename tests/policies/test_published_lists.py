"""The tables of published lists have each entry once, with rules that exist, and the page counts them."""

import re

import pytest
from guardrails.registry import IDS

from .outside.lists import BEGIN, END, FOLDER, HOLDS, PAGE, Source, entries, sources, table

NAMES = [source.list for source in sources()]
RULE = re.compile(r"FJ-[A-Z]+-\d{3}")


def test_each_list_has_its_source() -> None:
    assert sorted([*NAMES, "sources"]) == sorted(file.stem for file in FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_each_entry_stands_once_with_rules_that_exist(name: str) -> None:
    found = entries(name)
    ids = [item.id for item in found]
    assert len(set(ids)) == len(ids)
    assert {item.holds for item in found} <= set(HOLDS)
    assert [item.id for item in found if not item.by.strip()] == []
    assert {rule for item in found for rule in RULE.findall(item.by)} <= set(IDS)


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.list)
def test_no_list_is_caught_less_than_at_first(source: Source) -> None:
    assert (source.caught_first or 0) <= sum(item.holds == "caught" for item in entries(source.list))


def test_the_page_has_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == table()
    for source in sources():
        assert source.repository in text
        assert source.version in text

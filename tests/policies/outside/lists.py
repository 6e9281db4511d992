"""Reads the tables of published lists, and counts what the guardrails catch."""

import csv
from collections import Counter
from pathlib import Path
from typing import Literal, NamedTuple

from tests.distribution import ROOT

FOLDER = Path(__file__).parent
PAGE = ROOT / "docs" / "published-lists.md"
BEGIN, END = "<!-- begin lists -->\n\n", "\n<!-- end lists -->"
HOLDS = ("caught", "not caught", "out of scope")


class Entry(NamedTuple):
    """One check or technique of a list, by its own id."""

    id: str
    holds: Literal["caught", "not caught", "out of scope"]
    by: str


class Source(NamedTuple):
    """Where a list was read, and how many of its entries were caught at first."""

    list: str
    subject: str
    repository: str
    version: str
    read: str
    licence: str
    caught_first: int | None
    """None if it was not counted before what came of it."""


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sources() -> list[Source]:
    """Returns the lists, by subject and name."""
    rows = [{**row, "caught_first": int(row["caught_first"] or 0) or None} for row in _rows("sources")]
    found = [Source(**row) for row in rows]  # type: ignore[arg-type]
    return sorted(found, key=lambda item: (item.subject, item.list))


def entries(name: str) -> list[Entry]:
    """Returns the entries of a list."""
    return [Entry(**row) for row in _rows(name)]  # type: ignore[arg-type]


def table() -> str:
    """Returns the rows of the page: for each list its entries, those that bear on the pack, and those caught."""
    lines = ["| list | subject | entries | in scope | caught at first | caught | share |",
             "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    total = Counter[str]()
    for source in sources():
        holds = Counter(item.holds for item in entries(source.list))
        counts = Counter(all=holds.total(), scope=holds.total() - holds["out of scope"], caught=holds["caught"])
        if source.caught_first is not None:
            counts["first"] = source.caught_first
            total.update(counts)
        lines.append(_line(f"`{source.list}`", source.subject, counts))
    return "\n".join((*lines, _line("all that were counted at first", "", total))) + "\n"


def _line(name: str, subject: str, counts: Counter[str]) -> str:
    first = f"{counts['first']:,}" if counts["first"] else "-"
    return (f"| {name} | {subject} | {counts['all']:,} | {counts['scope']:,} | {first} | {counts['caught']:,} "
            f"| {counts['caught'] / counts['scope']:.0%} |")  # fmt: skip

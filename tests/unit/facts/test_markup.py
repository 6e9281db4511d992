"""Names and tags of others are plain text where they are shown: in comments, in terminals and in tables."""

import csv
import io

import pytest
from rich.table import Table

from falaj.cli.console import Output, marked
from falaj.facts.markup import in_markdown, in_spreadsheet, one_line, visible
from falaj.finops.controlling.outputs import as_csv

ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[red]x", "[/x]", "[link=http://x]y[/link]", "=cmd()",
    "+1+1", "@SUM(A1)", "-2+3", "\t=1", "a|b", "`id`", "a\nb\n# c", "a\u202eb", "\x1b]0;title\x07", "\x9b31m", "**b**",
    "[a](javascript:x)", "![a](http://x)", "@everyone", "~~a~~", "&lt;",
)  # fmt: skip


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_a_text_is_no_markup_in_markdown(text: str) -> None:
    shown = in_markdown(text)
    assert "\n" not in shown
    assert shown.replace("@<!-- -->", "@").isprintable()
    assert "<" not in shown.replace("@<!-- -->", "")
    unescaped = shown.replace("\\\\", "")
    for letter in "|`*_[]#~":
        assert unescaped.count(letter) == unescaped.count(f"\\{letter}"), letter


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_a_text_is_shown_as_it_is_in_a_terminal_and_commands_it_nothing(text: str) -> None:
    file = io.StringIO()
    out = Output(file=file, force_terminal=True, color_system=None)
    out.print(text, highlight=False, soft_wrap=True)
    table = Table(box=None)
    table.add_column(text)
    table.add_row(text)
    out.print(table, highlight=False)
    out.print(marked("best", "", f" {text}"), highlight=False, soft_wrap=True)
    written = file.getvalue()
    assert not set(written) & {"\x1b", "\x9b", "\x07", "\u202e"}
    shown = visible(text.replace("\x07", "")).strip().split("\n")[0]  # Rich leaves a bell out
    # Rich cuts a cell with a tab, which it takes to be of no width.
    assert written.count(shown) >= (2 if "\t" in text else 3)


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_a_cell_of_a_spreadsheet_is_no_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv([{"name": text, "amount": "-1.50"}]), newline="")))
    assert rows[1][0][0] not in "=+-@\t\r"
    assert rows[1][0].lstrip("'") == visible(text)
    assert rows[1][1] == "-1.50"


def test_plain_text_stays_as_it_is() -> None:
    for text in ("retail-banking", "فلج", "\u0645\u06cc\u200c\u062e\u0648", "a b", "3.5"):
        assert visible(text) == one_line(text) == in_markdown(text).replace("\\", "") == in_spreadsheet(text) == text
    assert one_line("a\n\u202e") == "a\\n\\u202e"

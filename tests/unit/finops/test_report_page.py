"""The report as an HTML page: well formed, self-contained, and safe for any resource name."""

import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from falaj.finops.report.model import ChangeReport
from falaj.finops.report.page import page
from falaj.finops.report.sections import every_table, tables_of_change
from falaj.finops.report.terminal import show
from tests.unit.finops.reports import GPU, UGLY, UNPRICED, evidence, nothing, reported, rich

VOID = {"meta", "link", "br", "hr", "img", "input"}
REPORTS = {"nothing": nothing, "rich": rich, "all missing": lambda: reported(UNPRICED)}


class Reader(HTMLParser):
    """Matches every end tag with its start tag, and records the contents."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"{tag} has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(report: ChangeReport) -> Reader:
    reader = Reader()
    reader.feed(page(report))
    reader.close()
    return reader


@pytest.mark.parametrize("name", REPORTS)
def test_every_beginning_has_its_end_and_every_id_is_one(name: str) -> None:
    reader = read(REPORTS[name]())
    assert reader.open == []
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = {attributes["aria-labelledby"] for _, attributes in reader.tags if "aria-labelledby" in attributes}
    assert labels <= set(ids)


def test_a_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    reader = read(rich())
    assert not {tag for tag, _ in reader.tags} & {"script", "iframe", "object", "embed", "form"}
    for tag, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert (attributes.get("href") or attributes.get("src") or "data:,") == "data:,"
    assert not re.search(r"url\(|@import|https?://", page(rich()))
    assert "default-src 'none'" in page(rich())


def test_a_page_can_be_heard() -> None:
    reader = read(rich())
    tags = [tag for tag, _ in reader.tags]
    assert tags.count("h1") == 1
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    charts = [attributes for tag, attributes in reader.tags if tag == "svg" and attributes.get("role") == "img"]
    assert len(charts) > 10
    assert all(chart["aria-label"] for chart in charts)
    assert all(item.get("scope") for tag, item in reader.tags if tag == "th")
    assert dict(reader.tags)["html"]["lang"] == "en"


def test_a_page_says_everything() -> None:
    text = " ".join(" ".join(read(rich()).text).split())
    for expected in (
        *("Refused", "at least AED", "Cost thresholds", "Missing prices", "Before and after", "Budgets"),
        *(
            "Cost changes",
            "Before and after by site",
            "Savings options",
            "Cost by site",
            "Cost by tenant",
            "Cost by workload profile",
            "Guardrails",
        ),
        *("it lacks the cost tag owner", "SHA-256 00ff", "VAT 5 %", "3.6725 AED"),
    ):
        assert expected in text, expected
    assert "Passed" in " ".join(read(nothing()).text)


def test_nothing_in_a_name_is_read_as_html() -> None:
    verdicts = (evidence("fail", urn=f"urn:pulumi:prod::p::t::{UGLY}", says=UGLY),)
    reader = read(reported((GPU[0], UGLY, GPU[2]), (UNPRICED[0], UGLY, {}), verdicts=verdicts))
    assert "script" not in {tag for tag, _ in reader.tags}
    assert sum("<script>" in text for text in reader.text) >= 3


def test_nothing_in_a_name_is_read_as_a_colour_of_the_terminal() -> None:
    out = Console(width=200, record=True)
    for report in (reported((GPU[0], "[red]x[/nonsense]", GPU[2])), rich()):
        show(out, report, every_table(report))
        show(out, report, tables_of_change(report))
    text = out.export_text()
    assert text.count("[red]x[/nonsense], machine Standard_NC40ads_H100_v5") == 2
    assert "prod, December 2026: refused" in text
    assert "it lacks the cost tag owner" in text

"""The HTML report in a real browser: at desktop and phone width, in light and dark scheme, and printed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.report.model import ChangeReport
from falaj.finops.report.page import page
from tests.browser.tools import Browser
from tests.unit.finops.reports import GPU, UGLY, UNPRICED, evidence, nothing, reported, rich
from tests.unit.simulation.pages import rich_page

pytestmark = pytest.mark.browser


def ugly() -> ChangeReport:
    """Returns a report with long names and names with special characters."""
    long = "n" * 150
    findings = (evidence("fail", urn=f"urn:pulumi:prod::p::t::{long}", says=f"{UGLY} {long}", rule="FJ-ENC-102"),)
    return reported((GPU[0], long, GPU[2]), (UNPRICED[0], UGLY, {}), before=(), verdicts=findings)


PAGES: dict[str, Callable[[], str]] = {
    "rich": lambda: page(rich()),
    "nothing": lambda: page(nothing()),
    "ugly": lambda: page(ugly()),
    "simulation": rich_page,
}


@pytest.fixture(scope="module", params=PAGES)
def rendered(
    request: pytest.FixtureRequest, installed: Browser, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Returns the measurements of the browser. FALAJ_PICTURES names a folder that keeps the screenshots for review."""
    pictures = os.environ.get("FALAJ_PICTURES")
    folder = (Path(pictures) if pictures else tmp_path_factory.mktemp("pictures")) / request.param
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "report.html"
    file.write_text(PAGES[request.param](), encoding="utf-8")
    return installed.looks_at(file, folder) | {"folder": folder, "file": file}


def test_the_page_fits_the_screen_width(rendered: dict[str, Any]) -> None:
    for view in rendered["views"]:
        assert view["scrollWidth"] <= view["clientWidth"] == view["width"], (view["width"], view["scheme"])
        assert view["clipped"] == []


def test_every_text_has_sufficient_contrast(rendered: dict[str, Any]) -> None:
    for view in (*rendered["views"], rendered["printed"]):
        assert view["texts"] > 10
        assert view["lowContrast"] == []


def test_every_bar_is_visible(rendered: dict[str, Any]) -> None:
    assert all((view["narrowest"] or 999) > 60 for view in rendered["views"])


def test_the_page_makes_no_requests_and_logs_no_errors(rendered: dict[str, Any]) -> None:
    for view in rendered["views"]:
        assert view["requests"] == [rendered["file"].as_uri()]
        assert view["console"] == []


def test_screenshots_and_a_printed_page_are_written(rendered: dict[str, Any]) -> None:
    pictures = {picture.name: picture.stat().st_size for picture in rendered["folder"].glob("*.png")}
    assert {"1280-light-0.png", "1280-dark-0.png", "390-light-0.png", "390-dark-0.png"} <= set(pictures)
    assert all(size > 3000 for name, size in pictures.items() if name.endswith("-0.png"))
    assert (rendered["folder"] / "print.pdf").read_bytes().startswith(b"%PDF")

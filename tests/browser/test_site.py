"""Pages of the documentation's site in a real browser: at desktop and phone width, in light and dark scheme."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.tools import Browser
from tests.project.site_build import build

pytestmark = pytest.mark.browser

PAGES = ("index", "architecture", "rules/FJ-ENC-101", "components/aws/vault")
HIDDEN = {"Skip to content: 1.00"}
"""Visible only while it has the keyboard's focus, with colours of its own then."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = build(folder)
    assert built.returncode == 0, built.stderr[-2000:]
    return folder


@pytest.fixture(scope="module", params=PAGES)
def views(
    request: pytest.FixtureRequest, installed: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    """What the browser measures of a page. FALAJ_PICTURES names a folder that keeps the screenshots for review."""
    pictures = os.environ.get("FALAJ_PICTURES")
    folder = (Path(pictures) if pictures else tmp_path_factory.mktemp("pictures")) / request.param.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    return installed.looks_at(site / f"{request.param}.html", folder)["views"]


def test_a_page_fits_the_screen(views: list[dict[str, Any]]) -> None:
    assert [view["width"] for view in views if view["scrollWidth"] > view["clientWidth"]] == []


def test_every_text_has_sufficient_contrast(views: list[dict[str, Any]]) -> None:
    assert [view["lowContrast"] for view in views if set(view["lowContrast"]) - HIDDEN] == []
    assert all(view["texts"] > 30 for view in views)


def test_a_page_asks_nobody_else_for_anything(views: list[dict[str, Any]]) -> None:
    assert [request for view in views for request in view["requests"] if not request.startswith("file:")] == []

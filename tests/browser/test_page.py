"""The report's page in a real browser: on a desk and on a phone, light and dark, and on paper."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.report.model import ChangeReport
from falaj.finops.report.page import page
from tests.browser.tools import HERE, Browser, browser
from tests.scan.tools import NoTools
from tests.unit.finops.reports import GPU, UGLY, UNPRICED, evidence, nothing, reported, rich

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def looker() -> Browser:
    """The browser; without one the tests are skipped, or fail where the engine is required (`./test --all`)."""
    try:
        return browser()
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"a browser is required: {missing}")
        pytest.skip(str(missing))


def ugly() -> ChangeReport:
    """Names that are long, and names that are no names."""
    long = "n" * 150
    verdicts = (evidence("fail", urn=f"urn:pulumi:prod::p::t::{long}", says=f"{UGLY} {long}", rule="FJ-ENC-102"),)
    return reported((GPU[0], long, GPU[2]), (UNPRICED[0], UGLY, {}), before=(), verdicts=verdicts)


REPORTS = {"rich": rich, "nothing": nothing, "ugly": ugly}


@pytest.fixture(scope="module", params=REPORTS)
def seen(request: pytest.FixtureRequest, looker: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser saw. FALAJ_PICTURES names a folder to keep the pictures in, for people to look at."""
    kept = os.environ.get("FALAJ_PICTURES")
    folder = (Path(kept) if kept else tmp_path_factory.mktemp("pictures")) / request.param
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "report.html"
    file.write_text(page(REPORTS[request.param]()), encoding="utf-8")
    libraries = {"LD_LIBRARY_PATH": str(looker.libraries)} if looker.libraries else {}
    done = subprocess.run(
        [looker.python, HERE / "look.py", looker.program, file, folder],
        env=os.environ | libraries,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout) | {"folder": folder, "file": file}


def test_nothing_is_wider_than_the_screen(seen: dict[str, Any]) -> None:
    for look in seen["seen"]:
        assert look["across"] <= look["room"] == look["width"], (look["width"], look["scheme"])
        assert look["cut"] == []


def test_every_text_can_be_read(seen: dict[str, Any]) -> None:
    for look in (*seen["seen"], seen["printed"]):
        assert look["texts"] > 10
        assert look["pale"] == []


def test_every_bar_can_be_seen(seen: dict[str, Any]) -> None:
    assert all((look["narrowest"] or 999) > 60 for look in seen["seen"])


def test_nothing_is_asked_for_and_nothing_complains(seen: dict[str, Any]) -> None:
    for look in seen["seen"]:
        assert look["requests"] == [seen["file"].as_uri()]
        assert look["console"] == []


def test_there_are_pictures_and_a_printed_page(seen: dict[str, Any]) -> None:
    pictures = {picture.name: picture.stat().st_size for picture in seen["folder"].glob("*.png")}
    assert {"1280-light-0.png", "1280-dark-0.png", "390-light-0.png", "390-dark-0.png"} <= set(pictures)
    assert all(size > 3000 for name, size in pictures.items() if name.endswith("-0.png"))
    assert (seen["folder"] / "print.pdf").read_bytes().startswith(b"%PDF")

"""The report's files: `report.md`, `report.html`, `report.json` and `report.sarif` in one folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from falaj.finops.report.data import data
from falaj.finops.report.markdown import failed, markdown
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.page import page
from falaj.finops.report.sarif import sarif

NAMES = ("report.md", "report.html", "report.json", "report.sarif")


def write_all(
    folder: Path, report: ChangeReport, estimate: Mapping[str, Any], others: Iterable[Mapping[str, Any]] = ()
) -> None:
    """Writes all four files; `others` are the SARIF runs of other tools."""
    texts = (markdown(report), page(report), data(report, estimate), sarif(report, others))
    for name, text in zip(NAMES, texts, strict=True):
        write(folder / name, text)


def write_failed(folder: Path, stack: str, reason: str) -> None:
    """Writes only the comment and deletes the other files of an earlier run, as there is no estimate."""
    for name in NAMES[1:]:
        (folder / name).unlink(missing_ok=True)
    write(folder / NAMES[0], failed(stack, reason))


def write(file: Path, text: str) -> None:
    """Writes to a temporary file and renames it, so that readers never see a partial report."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f"{file.name}.part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)

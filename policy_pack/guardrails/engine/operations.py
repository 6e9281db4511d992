"""The engine's operation in which the pack runs, and whether a preview judged an update.

Rules that need the whole plan block in a preview only. `pulumi up` previews first, unless `--skip-preview` is given.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import falaj

PHASES = {"true": "preview", "false": "update"}
"""Value of `PULUMI_DRY_RUN` -> phase of the operation."""
REQUIRED = "FALAJ_REQUIRE_PREVIEW"
"""Environment variable that makes an update without a preview a violation, as in the pipelines."""
MAX_AGE_SECONDS = 24 * 60 * 60
"""How long a preview counts: as long as a plan may wait for its approval."""
DIGITS = 16
"""Length of the digest of the rules, which every line of the evidence has."""
PACKAGES = (Path(__file__).parents[1], *(Path(falaj.__file__).parent / name for name in ("facts", "finops")))
"""Folders of the rules with their tables, and of the facts and prices that they import. The pack of a template has
settings only, and runs the rules of the installed Falaj."""
_COMPILED = "__pycache__"


@dataclass(frozen=True)
class Operation:
    """An operation on a stack. `preview` is the evidence file of the preview that judged an update, empty if none did.

    `rules` is the digest of the rules (`rules_digest`), so that a preview by other rules does not count.
    """

    phase: str = ""
    stack: str = ""
    rules: str = ""
    preview: str = ""

    @property
    def is_unjudged(self) -> bool:
        """Whether this is an update that no preview judged, where one is required."""
        return self.phase == "update" and not self.preview and bool(os.environ.get(REQUIRED))

    def evidence(self) -> dict[str, str]:
        """Returns what every line of the evidence says of the operation."""
        return {"phase": self.phase, "rules": self.rules, "preview": self.preview}


def current_operation(evidence: Path, pack: Path) -> Operation:
    """Returns the operation in which this process runs the pack, with its evidence in a folder.

    `PULUMI_DRY_RUN` and `PULUMI_STACK` are set by `guardrails.servicer`.
    """
    phase, stack = PHASES.get(os.environ.get("PULUMI_DRY_RUN", ""), ""), os.environ.get("PULUMI_STACK", "")
    rules = rules_digest(pack)
    preview = _judging_preview(evidence, stack, rules) if phase == "update" else ""
    return Operation(phase, stack, rules, preview)


def rules_digest(pack: Path, packages: Iterable[Path] = PACKAGES) -> str:
    """Returns the SHA-256, shortened, of all that decides a verdict beside the resource and the day: the settings files
    of a pack, and the code, tables, facts and prices of the rules.
    """
    total = hashlib.sha256()
    for folder, files in ((pack, pack.glob("*.yaml")), *((folder, _files(folder)) for folder in packages)):
        for name, file in sorted((file.relative_to(folder).as_posix(), file) for file in files):
            total.update(f"{folder.name if folder != pack else ''}/{name}\0".encode() + file.read_bytes())
    return total.hexdigest()[:DIGITS]


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and _COMPILED not in file.parts)


def _judging_preview(folder: Path, stack: str, rules: str) -> str:
    """Returns the evidence file of the newest operation on the stack if it is a complete preview by the same rules.

    An update uses a preview up: the next one needs another.
    """
    for file, row in _operations(folder):
        if str(row.get("urn", "")).startswith(f"urn:pulumi:{stack}::"):
            judged = row.get("phase") == "preview" and row.get("rules") == rules and file.suffix == ".jsonl"
            return file.name if judged else ""
    return ""


def _operations(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yields the evidence files that still count, newest first, each with its first line."""
    times = {file: file.stat().st_mtime for file in folder.glob("guardrails-*")}
    recent = (file for file, changed in times.items() if changed > time.time() - MAX_AGE_SECONDS)
    for file in sorted(recent, key=lambda file: (times[file], file.name), reverse=True):
        with file.open(encoding="utf-8") as lines:
            try:
                yield file, json.loads(lines.readline())
            except ValueError:
                continue

"""Evidence for auditors: one JSON line for each judgement, without any property value."""

import atexit
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from .enforcement import Level
from .evaluate import Finding


class Evidence:
    """One file a run in the folder of `FALAJ_EVIDENCE`; `*.part` until the run has ended."""

    def __init__(self, folder: Path) -> None:
        """Prepare a file name; nothing is written before the first record."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self._path = folder / f"guardrails-{stamp}-{os.getpid()}.jsonl"
        self._part = self._path.with_suffix(".part")
        self._file: TextIO | None = None
        atexit.register(self.close)

    def record(self, finding: Finding, level: Level) -> None:
        """Add one judgement."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("a", encoding="utf-8")
        row = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "rule": finding.guardrail.id,
            "concern": finding.guardrail.concern,
            "severity": finding.guardrail.severity,
            "controls": finding.guardrail.controls,
            "urn": finding.resource.urn,
            "path": finding.outcome.path,
            "verdict": finding.outcome.verdict,
            "level": level,
        }
        self._file.write(json.dumps(row) + "\n")
        # The engine may kill the pack; what was judged until then is still evidence.
        self._file.flush()

    def close(self) -> None:
        """End the run: the file gets its final name."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._part.replace(self._path)


def evidence_from_environment() -> Evidence | None:
    """Where `FALAJ_EVIDENCE` names a folder, the evidence of this run."""
    folder = os.environ.get("FALAJ_EVIDENCE")
    return Evidence(Path(folder)) if folder else None

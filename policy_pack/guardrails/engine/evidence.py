"""Evidence for auditors: one JSON line for each judgement. `reports` makes other formats of it.

What a judgement says names properties and places, and never the value of anything that could be a secret.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from .enforcement import Level
from .evaluate import Finding


class EvidenceFile:
    """A file a run in a folder; it is called `*.part` until the run has been judged as a whole.

    A `*.part` that stays behind is the evidence of a run that was broken off.
    """

    def __init__(self, folder: Path) -> None:
        """Choose where to write; nothing is written before the first record."""
        self._folder = folder
        self._files = 0
        self._file: TextIO | None = None

    def _open(self) -> TextIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._files += 1
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        return (self._folder / f"guardrails-{stamp}-{os.getpid()}-{self._files}.part").open("x", encoding="utf-8")

    def record(self, finding: Finding, level: Level) -> None:
        """Add one judgement."""
        if self._file is None:
            self._file = self._open()
        row = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "rule": finding.guardrail.id,
            "concern": finding.guardrail.concern,
            "severity": finding.guardrail.severity,
            "controls": finding.guardrail.all_controls,
            "urn": finding.resource.urn,
            "path": finding.outcome.path,
            "says": finding.outcome.sentence,
            "verdict": finding.outcome.verdict,
            "level": level,
        }
        self._file.write(json.dumps(row) + "\n")
        # The engine may kill the pack; what was judged until then is still evidence.
        self._file.flush()

    def close(self) -> None:
        """End the run: its file gets its final name."""
        if self._file is not None:
            part = Path(self._file.name)
            self._file.close()
            self._file = None
            part.replace(part.with_suffix(".jsonl"))


def evidence_from_environment() -> EvidenceFile | None:
    """Where `FALAJ_EVIDENCE` names a folder, the evidence of this run."""
    folder = os.environ.get("FALAJ_EVIDENCE")
    return EvidenceFile(Path(folder)) if folder else None

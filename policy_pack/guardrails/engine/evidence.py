"""Evidence for auditors: a file with one JSON line for each finding. `reports` converts it to other formats.

A finding contains property paths and locations, and never a value that could be a secret.
"""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TextIO

from .enforcement import Level
from .evaluate import Finding
from .operations import Operation, current_operation


class EvidenceFile:
    """The evidence of one run. The file is named `*.part` until the run is complete, and then `*.jsonl`.

    A `*.part` file that remains is the evidence of an aborted run.
    """

    _find_operation: Callable[[], Operation] = Operation

    def __init__(self, folder: Path, find_operation: Callable[[], Operation] = Operation) -> None:
        """Sets the folder, and a function that returns the operation once the engine has configured the pack.

        The file is created with the first record.
        """
        self._folder = folder
        self._find_operation = find_operation
        self._files = 0
        self._file: TextIO | None = None

    @cached_property
    def operation(self) -> Operation:
        """The operation that every line names."""
        return self._find_operation()

    def _open(self) -> TextIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._files += 1
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        return (self._folder / f"guardrails-{stamp}-{os.getpid()}-{self._files}.part").open("x", encoding="utf-8")

    def record(self, finding: Finding, level: Level) -> None:
        """Appends one finding to the file, which `flush` writes."""
        operation = self.operation.evidence()
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
            **operation,
        }
        self._file.write(json.dumps(row) + "\n")

    def flush(self) -> None:
        """Writes what was recorded: the engine may kill the pack, and the findings before that are still evidence."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Completes the run: gives the file its final name."""
        if self._file is not None:
            partial_file = Path(self._file.name)
            self._file.close()
            self._file = None
            partial_file.replace(partial_file.with_suffix(".jsonl"))


def evidence_from_environment(pack: Path) -> EvidenceFile | None:
    """Returns the evidence file of this run of a pack if `FALAJ_EVIDENCE` is set to a folder, else None."""
    folder = os.environ.get("FALAJ_EVIDENCE")
    return EvidenceFile(Path(folder), partial(current_operation, Path(folder), pack)) if folder else None

"""The findings of a preview as SARIF. A process of the policy pack loads its rules while the engine previews."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self

from falaj.cli import guardrails
from falaj.cli.pack import pack_folder, start_guardrails


class SarifConverter:
    """Converts the evidence file of a preview with the policy pack of a project. A context manager."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._waiting: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="falaj-")
        self._file = Path(self._folder.name, "guardrails.sarif")
        return self

    def __exit__(self, *_error: object) -> None:
        if self._waiting is not None:
            self._waiting.kill()  # the preview failed: nothing is to be converted
            self._waiting.communicate()
        self._folder.cleanup()

    def start(self) -> None:
        """Starts the process, which loads the rules and waits."""
        options = ("--format", "sarif", "--output", str(self._file))
        self._waiting = start_guardrails(pack_folder(self._project), "report", "-", *options)

    def runs(self, evidence: Path | None) -> list[dict[str, Any]]:
        """Returns the SARIF runs of an evidence file; none without one. Raises `CommandError` if the pack fails."""
        if evidence is None:
            return []
        if not self._is_converted(evidence):
            # An earlier version of the pack does not wait; another failure is the same again, and is told here.
            guardrails.report([evidence], "sarif", self._file, self._project)
        return json.loads(self._file.read_text(encoding="utf-8"))["runs"]

    def _is_converted(self, evidence: Path) -> bool:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return False
        waiting.communicate(f"{evidence.resolve()}\n")
        return waiting.returncode == 0

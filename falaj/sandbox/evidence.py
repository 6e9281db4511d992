"""Guardrail verdicts of a run, from the evidence files of the policy pack."""

import hashlib
import json
from pathlib import Path

from falaj.finops.report.guardrails import Guardrails, Tally, guardrails


def newest_evidence(folder: Path, since: float) -> Path | None:
    """Returns the newest evidence file written after `since` (seconds since the epoch).

    If the policy pack was stopped, its file ends in `.part`; the verdicts in it count.
    """
    files = [path for path in folder.glob("guardrails-*") if path.stat().st_mtime >= since]
    return max(files, key=lambda path: path.stat().st_mtime, default=None)


def read_evidence(file: Path) -> Guardrails:
    """Reads all verdicts in an evidence file. An incomplete last line is ignored."""
    raw = file.read_bytes()
    rows = [json.loads(line) for line in raw.decode().split("\n")[:-1]]
    return guardrails(rows, file.name, hashlib.sha256(raw).hexdigest())


def tallies_since(folder: Path, since: float) -> dict[str, Tally]:
    """Returns the tallies by concern of the newest evidence file written after `since` (seconds since the epoch)."""
    newest = newest_evidence(folder, since)
    return {} if newest is None else dict(read_evidence(newest).tallies)

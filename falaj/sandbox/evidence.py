"""What the guardrails said in a run, read from the evidence files that the policy pack writes."""

import hashlib
import json
from pathlib import Path

from falaj.finops.report.guardrails import Guardrails, Tally, guardrails


def newest_evidence(folder: Path, since: float) -> Path | None:
    """The newest evidence file written after `since` (seconds since the epoch).

    A run whose pack was stopped leaves its file as `.part`: what was judged until then counts.
    """
    files = [path for path in folder.glob("guardrails-*") if path.stat().st_mtime >= since]
    return max(files, key=lambda path: path.stat().st_mtime, default=None)


def read_evidence(file: Path) -> Guardrails:
    """All judgements in an evidence file. A last line that was cut off is left out."""
    raw = file.read_bytes()
    rows = [json.loads(line) for line in raw.decode().split("\n")[:-1]]
    return guardrails(rows, file.name, hashlib.sha256(raw).hexdigest())


def tallies_since(folder: Path, since: float) -> dict[str, Tally]:
    """Tallies by concern of the newest evidence file written after `since` (seconds since the epoch)."""
    newest = newest_evidence(folder, since)
    return {} if newest is None else dict(read_evidence(newest).tallies)

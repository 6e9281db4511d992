"""What the guardrails said in a run, read from the evidence files that the policy pack writes."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

PASSED = "pass"
"""The verdict of a guardrail that is content, in the words of the evidence files."""


@dataclass
class Tally:
    """Judgements of one concern: which guardrails spoke, and what they said."""

    rules: set[str] = field(default_factory=set)
    judgements: int = 0
    passed: int = 0
    advice: int = 0
    refused: int = 0


def judged_since(folder: Path, since: float) -> dict[str, Tally]:
    """Tallies by concern of the newest evidence file written after `since` (seconds since the epoch).

    A run whose pack was stopped leaves its file as `.part`: what was judged until then counts.
    """
    files = [path for path in folder.glob("guardrails-*") if path.stat().st_mtime >= since]
    if not files:
        return {}
    tallies: dict[str, Tally] = defaultdict(Tally)
    newest = max(files, key=lambda path: path.stat().st_mtime)
    for line in newest.read_text().splitlines():
        row = json.loads(line)
        tally = tallies[row["concern"]]
        tally.rules.add(row["rule"])
        tally.judgements += 1
        if row["verdict"] == PASSED:
            tally.passed += 1
        elif row["level"] == "mandatory":
            tally.refused += 1
        else:
            tally.advice += 1
    return dict(tallies)

"""The report as JSON: the estimate's document with guardrail results and resource changes."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from falaj.finops.report.model import ChangeReport


def data(report: ChangeReport, estimate: Mapping[str, Any]) -> str:
    """The document of the estimate with all that the report adds; `--base` reads it as it reads the document."""
    return json.dumps({**estimate, "passed": report.passed, **_changes(report), **_guardrails(report)}, indent=1) + "\n"


def _changes(report: ChangeReport) -> dict[str, Any]:
    changes = report.changes
    if changes is None:
        return {"resources": None}
    words = {"new": changes.new, "gone": changes.gone, "changed": changes.changed}
    named = {word: [{"type": kind, "name": name} for kind, name in result] for word, result in words.items()}
    return {"resources": named | {"same": changes.same}}


def _guardrails(report: ChangeReport) -> dict[str, Any]:
    result = report.guardrails
    if result is None:
        return {"guardrails": None}
    tallies = {name: asdict(tally) | {"rules": sorted(tally.rules)} for name, tally in result.tallies.items()}
    return {
        "guardrails": {
            "evidence": result.evidence,
            "sha256": result.digest,
            "concerns": tallies,
            "findings": [asdict(one) for one in result.findings],
        }
    }

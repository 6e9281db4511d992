"""The report as JSON: the estimate's document plus guardrail results and resource changes."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from falaj.finops.plain_data import plain
from falaj.finops.report.model import ChangeReport


def data(report: ChangeReport, estimate: Mapping[str, Any]) -> str:
    """Returns the report as JSON, which `--base` reads like an estimate's document."""
    document = with_summary(report, estimate)
    results = {"passed": report.passed, "rule_changes": _rule_changes(report)}
    return json.dumps({**document, **results, **_changes(report), **_guardrails(report)}, indent=1) + "\n"


def with_summary(report: ChangeReport, estimate: Mapping[str, Any]) -> dict[str, Any]:
    """Returns an estimate's document that begins with the summary; amounts are rounded to fils and cents."""
    return {"summary": plain(asdict(report.summary)), **estimate}


def _rule_changes(report: ChangeReport) -> dict[str, Any] | None:
    return None if report.rule_changes is None else asdict(report.rule_changes)


def _changes(report: ChangeReport) -> dict[str, Any]:
    changes = report.changes
    if changes is None:
        return {"resources": None}
    by_change = {"new": changes.new, "gone": changes.gone, "changed": changes.changed}
    resources = {change: [{"type": kind, "name": name} for kind, name in items] for change, items in by_change.items()}
    return {"resources": resources | {"same": changes.same}}


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
            "findings": [asdict(finding) for finding in result.findings],
        }
    }

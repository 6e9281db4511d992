"""Guardrail results of a run, aggregated from the lines of its evidence file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PASSED = "pass"
"""Verdict of a guardrail that found no violation, as written in evidence files."""
EXEMPT = "exempt"
"""Verdict of a guardrail whose violation is covered by an exemption in force."""
LATER = "not-applicable"
"""Verdict of a guardrail that does not apply, or that is evaluated once the value is known."""
MANDATORY = "mandatory"
"""Enforcement level of a guardrail that blocks a deployment."""


@dataclass
class Tally:
    """Evaluations of one concern: its guardrails, and the number of evaluations by result."""

    rules: set[str] = field(default_factory=set)
    judgements: int = 0
    passed: int = 0
    advice: int = 0
    refused: int = 0
    exempt: int = 0
    later: int = 0


@dataclass(frozen=True)
class GuardrailFinding:
    """One evaluation to be read: a refusal, an advice or an exemption."""

    rule: str
    concern: str
    severity: str
    name: str
    urn: str
    says: str
    verdict: str
    level: str
    controls: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        """Whether it blocks a deployment."""
        return self.level == MANDATORY and self.verdict != EXEMPT


@dataclass(frozen=True)
class Guardrails:
    """The evaluations of a run: tallies by concern, findings, and the evidence file from which they were read."""

    tallies: Mapping[str, Tally]
    findings: tuple[GuardrailFinding, ...]
    evidence: str
    """Name of the evidence file."""
    digest: str
    """SHA-256 of that file, so that the report can be verified against it."""

    @property
    def refused(self) -> bool:
        """Whether any finding blocks the deployment."""
        return any(finding.refuses for finding in self.findings)


def guardrails(rows: Iterable[Mapping[str, Any]], evidence: str = "", digest: str = "") -> Guardrails:
    """Aggregates the lines of an evidence file."""
    tallies: dict[str, Tally] = {}
    findings: list[GuardrailFinding] = []
    for row in rows:
        tally = tallies.setdefault(row["concern"], Tally())
        tally.rules.add(row["rule"])
        tally.judgements += 1
        if row["verdict"] == PASSED:
            tally.passed += 1
            continue
        if row["verdict"] == LATER:
            tally.later += 1
            continue
        finding = _finding(row)
        findings.append(finding)
        if finding.refuses:
            tally.refused += 1
        elif finding.verdict == EXEMPT:
            tally.exempt += 1
        else:
            tally.advice += 1
    findings.sort(key=lambda finding: (not finding.refuses, finding.rule, finding.name))
    return Guardrails(dict(sorted(tallies.items())), tuple(findings), evidence, digest)


def _finding(row: Mapping[str, Any]) -> GuardrailFinding:
    urn = str(row.get("urn", ""))
    return GuardrailFinding(
        rule=row["rule"],
        concern=row["concern"],
        severity=row.get("severity", ""),
        name=urn.rpartition("::")[2],
        urn=urn,
        says=row.get("says", ""),
        verdict=row["verdict"],
        level=row["level"],
        controls=tuple(row.get("controls", ())),
    )

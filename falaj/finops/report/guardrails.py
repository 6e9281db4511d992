"""Guardrail results of a run, aggregated from the lines of its evidence file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PASSED = "pass"
"""The verdict of a guardrail that is content, in the words of the evidence files."""
EXEMPT = "exempt"
"""The verdict of a guardrail that an exemption in force has silenced."""
LATER = "not-applicable"
"""The verdict of a guardrail that has nothing to judge here, or judges it when its value is known."""
MANDATORY = "mandatory"
"""The level of a guardrail that stops a deployment."""


@dataclass
class Tally:
    """Judgements of one concern: which guardrails spoke, and what they said."""

    rules: set[str] = field(default_factory=set)
    judgements: int = 0
    passed: int = 0
    advice: int = 0
    refused: int = 0
    exempt: int = 0
    later: int = 0


@dataclass(frozen=True)
class GuardrailFinding:
    """One judgement that somebody should read: a refusal, an advice or an exemption."""

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
        """Whether it stops a deployment."""
        return self.level == MANDATORY and self.verdict != EXEMPT


@dataclass(frozen=True)
class Guardrails:
    """A run's judgements: tallies by concern, the findings, and the evidence they were read from."""

    tallies: Mapping[str, Tally]
    findings: tuple[GuardrailFinding, ...]
    evidence: str
    """Name of the evidence file."""
    digest: str
    """SHA-256 of that file, so that a report can be held against it."""

    @property
    def refused(self) -> bool:
        """Whether one of them stops the deployment."""
        return any(finding.refuses for finding in self.findings)


def guardrails(rows: Iterable[Mapping[str, Any]], evidence: str = "", digest: str = "") -> Guardrails:
    """The judgements in the lines of an evidence file."""
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
    findings.sort(key=lambda one: (not one.refuses, one.rule, one.name))
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

"""Findings that were accepted, each with its reason: the tables of docs/findings.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.scan.scanners import Finding

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"


@dataclass(frozen=True)
class Explanation:
    """One row: which findings it answers, and why they are right as they are."""

    scanner: str
    id: str
    where: str
    reason: str

    def answers(self, finding: Finding) -> bool:
        """Whether it speaks of this finding; `where` is a pattern of `stack/resource`."""
        same = (self.scanner, self.id) == (finding.scanner, finding.id)
        return same and fnmatchcase(finding.where, self.where)


def explanations(text: str) -> list[Explanation]:
    """The rows of all tables that start with a scanner's name. Raises ValueError for one without a reason."""
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    found = [Explanation(*row) for row in rows if row[0] in ("checkov", "trivy", "cfn-lint", "parliament")]
    bare = [row for row in found if not re.fullmatch(r"\S+ .+\.", row.reason)]
    if bare:
        raise ValueError(f"explained without a reason: {bare}")
    return found


def unexplained(findings: Iterable[Finding], rows: Iterable[Explanation]) -> list[Finding]:
    """Findings that no row answers."""
    rows = list(rows)
    return sorted({finding for finding in findings if not any(row.answers(finding) for row in rows)})


def stale(findings: Iterable[Finding], rows: Iterable[Explanation]) -> list[Explanation]:
    """Rows that answer nothing any more."""
    findings = list(findings)
    return [row for row in rows if not any(row.answers(finding) for finding in findings)]

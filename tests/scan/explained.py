"""Accepted findings and their reasons, from the tables of docs/findings.md."""

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
    """A row of the tables: the findings that it explains, and why they are accepted."""

    scanner: str
    id: str
    where: str
    reason: str

    def answers(self, finding: Finding) -> bool:
        """Returns whether the row explains the finding; `where` is a pattern of `stack/resource`."""
        is_same_rule = (self.scanner, self.id) == (finding.scanner, finding.id)
        return is_same_rule and fnmatchcase(finding.where, self.where)


def explanations(text: str) -> list[Explanation]:
    """Returns the rows that begin with a scanner's name. Raises ValueError for a row without a reason."""
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    rows_of_tools = [Explanation(*row) for row in rows if row[0] in ("checkov", "trivy", "cfn-lint", "parliament")]
    without_reason = [row for row in rows_of_tools if not re.fullmatch(r"\S+ .+\.", row.reason)]
    if without_reason:
        raise ValueError(f"explained without a reason: {without_reason}")
    return rows_of_tools


def unexplained(findings: Iterable[Finding], rows: Iterable[Explanation]) -> list[Finding]:
    """Returns the findings that no row explains."""
    rows = list(rows)
    return sorted({finding for finding in findings if not any(row.answers(finding) for row in rows)})


def stale(findings: Iterable[Finding], rows: Iterable[Explanation]) -> list[Explanation]:
    """Returns the rows that explain no current finding."""
    findings = list(findings)
    return [row for row in rows if not any(row.answers(finding) for finding in findings)]

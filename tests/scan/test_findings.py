"""Independent scanners check all planned resources: each finding is fixed or explained in docs/findings.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scan import scanners
from tests.scan.explained import PAGE, Explanation, explanations, stale, unexplained
from tests.scan.plan import Planned
from tests.scan.scanners import Finding

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def rows() -> list[Explanation]:
    return explanations(PAGE.read_text())


@pytest.fixture(scope="module")
def findings(plans: list[Planned], python_tools: Path, trivy_program: Path, tmp_path_factory) -> list[Finding]:
    return scanners.all_findings(plans, python_tools, trivy_program, tmp_path_factory)


def test_every_finding_is_explained(findings: list[Finding], rows: list[Explanation]) -> None:
    assert unexplained(findings, rows) == []


def test_every_explanation_matches_a_finding(findings: list[Finding], rows: list[Explanation]) -> None:
    assert stale(findings, rows) == []

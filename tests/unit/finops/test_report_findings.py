"""Findings of guardrails in the report: which are shown, and what stands beside those that are not."""

from __future__ import annotations

import pytest

from falaj.finops.report import judged
from tests.unit.finops.reports import SMALL, evidence, reported


@pytest.mark.parametrize(
    ("number", "note"),
    [
        (judged.MAX_FINDINGS, ""),
        (judged.MAX_FINDINGS + 1, "1 finding more in the evidence."),
        (judged.MAX_FINDINGS + 2, "2 findings more in the evidence."),
    ],
)
def test_findings_beyond_the_longest_list_are_counted(number: int, note: str) -> None:
    verdicts = tuple(evidence("fail", urn=f"urn:pulumi:prod::p::t::pool-{index}") for index in range(number))
    table = judged.findings(reported(SMALL, verdicts=verdicts))
    assert table is not None
    assert len(table.rows) == judged.MAX_FINDINGS
    assert table.note == note

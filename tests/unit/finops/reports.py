"""Reports for the tests: of plans, with or without a baseline and evidence."""

from datetime import date
from typing import Any

from falaj.finops.figures import figures
from falaj.finops.gate import judge, read_ceilings
from falaj.finops.plan import Plan
from falaj.finops.report.changes import changes
from falaj.finops.report.guardrails import guardrails
from falaj.finops.report.model import ChangeReport, report
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, plan, priced

MONTH = date(2026, 12, 1)
GPU = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"tenant": "bank"})
SMALL = agent_pool("cpu", "Standard_D16as_v5", 1, 4)
BUDGET = ("azure-native:consumption:Budget", "cap", {"timeGrain": "Monthly", "amount": 5000})
UNPRICED = ("aws:dms/replicationInstance:ReplicationInstance", "db", {})
UGLY = '<script>alert("1")</script>|`@everybody`\n# x'


def evidence(verdict: str = "pass", **more: Any) -> dict[str, Any]:
    """Returns one line of an evidence file."""
    row = {"rule": "FJ-TAG-001", "concern": "tags", "severity": "high", "controls": ["uae-ia:asset-ownership"]}
    return row | {"urn": "urn:pulumi:prod::p::t::pool", "verdict": verdict, "level": "mandatory", "says": ""} | more


def reported(
    *rows: tuple, before: tuple[tuple, ...] | None = None, limits: str = "{}", verdicts: tuple[dict, ...] = ()
) -> ChangeReport:
    """Returns the report of a plan of these rows, compared with a baseline."""
    result = priced(plan(*rows))
    former: Plan | None = None if before is None else plan(*before)
    base = None if former is None else figures(priced(former))
    return report(
        result,
        MONTH,
        base,
        judge(result, read_ceilings(limits, "limits"), base),
        None if former is None else changes(former, plan(*rows)),
        guardrails(verdicts, "guardrails-1.jsonl", "00ff") if verdicts else None,
    )


def nothing() -> ChangeReport:
    """Returns the report of a plan without resources."""
    return reported()


def rich() -> ChangeReport:
    """Returns a report with all optional sections."""
    verdicts = (
        evidence(),
        evidence("not-applicable", concern="identity"),
        evidence("fail", says="it lacks the cost tag owner"),
        evidence("undetermined", level="advisory", says="policy is not known before deployment"),
        evidence("exempt", says="exempt until 2027-01-31"),
    )
    limits = "{aed_per_month: 20000, sites: {uae: 90000}, increase_percent: 10}"
    return reported(GPU, SMALL, AWS_NETWORK, UNPRICED, BUDGET, before=(SMALL,), limits=limits, verdicts=verdicts)

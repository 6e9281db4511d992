"""Cost findings and savings options as SARIF 2.1.0, together with the SARIF run of the guardrails."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from falaj.finops.cheaper import SavingOption
from falaj.finops.gate import GateResult
from falaj.finops.report.formatting import amount, percent
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.savings import MAX_OFFERS, basis

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The schema against which code scanning validates uploads (OASIS, errata 01)."""

RULES: Mapping[str, str] = {
    "cost-ceiling": "A stack, a site or a tenant costs more than its ceiling",
    "cost-increase": "A change increases the cost beyond its limit",
    "price-missing": "A price is missing: the total is unknown",
    "budget-exceeded": "The expected month is above a budget that the stack sets up",
    "cheaper": "The price lists have a cheaper way",
}
"""Rule ID -> description."""

_SCOPES = {"increase": "cost-increase"}


def sarif(report: ChangeReport, others: Iterable[Mapping[str, Any]] = ()) -> str:
    """Returns a SARIF log: the run of this tool, then the runs of other tools."""
    rules = [{"id": name, "shortDescription": {"text": f"{description}."}} for name, description in RULES.items()]
    driver = {"name": "falaj bill", "rules": rules}
    results = [_result(report.stack, *finding) for finding in _findings(report)]
    runs = [{"tool": {"driver": driver}, "results": results}, *others]
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=1, ensure_ascii=False) + "\n"


def _findings(report: ChangeReport) -> Iterator[tuple[str, str, str, str]]:
    """Yields (rule, level, subject, message)."""
    waived = not any(verdict.scope == "prices" and not verdict.passed for verdict in report.verdicts)
    for line in report.unpriced:
        message = f"no price for {line.what}: {line.price.source}"
        yield "price-missing", "warning" if waived else "error", line.urn, message
    for verdict in report.verdicts:
        if not verdict.passed and verdict.scope != "prices":
            yield _rule(verdict), "error", verdict.scope, verdict.sentence
    for budget in report.budgets:
        if budget.percent > 100:
            limit, expected = (amount(report.aed(usd)) for usd in (budget.limit_usd, budget.usd.expected))
            message = f"AED {expected} a month are {percent(budget.percent)} of the budget's {limit}"
            yield "budget-exceeded", "warning", budget.name, message
    for offer in report.offers.options[:MAX_OFFERS]:
        yield "cheaper", "note", offer.urn, _offer_message(report, offer)


def _offer_message(report: ChangeReport, offer: SavingOption) -> str:
    saved = f"AED {amount(report.aed(offer.usd))} a month less at the expected use ({basis(offer.prices)})"
    return f"{offer.instead} in place of {offer.now}: {saved}; in return: {offer.in_return}"


def _rule(verdict: GateResult) -> str:
    return _SCOPES.get(verdict.scope, "cost-ceiling")


def _result(stack: str, rule: str, level: str, subject: str, message: str) -> dict[str, Any]:
    name = subject.rpartition("::")[2]
    return {
        "ruleId": rule,
        "ruleIndex": list(RULES).index(rule),
        "level": level,
        "message": {"text": f"{name}: {message}."},
        "locations": [
            {
                # Code scanning requires a file, and a resource has no source line: point to the stack's settings.
                "physicalLocation": {
                    "artifactLocation": {"uri": f"Pulumi.{stack}.yaml"},
                    "region": {"startLine": 1},
                },
                "logicalLocations": [{"name": name, "fullyQualifiedName": subject}],
            }
        ],
        "partialFingerprints": {"cost/v1": hashlib.sha256(f"{rule} {subject} {message}".encode()).hexdigest()},
    }

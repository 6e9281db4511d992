"""The data of a report, independent of its format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from falaj.finops.allocation import TenantShare, allocate, compliance
from falaj.finops.bill import Bill, bill
from falaj.finops.budgets import BudgetUse
from falaj.finops.cheaper import SavingOptions, cheaper
from falaj.finops.commitments import CommitmentMonth
from falaj.finops.estimate import Estimate
from falaj.finops.figures import VIEWS, Figures, GroupChange, LineChange, differences, figures, group_changes
from falaj.finops.gate import GateResult
from falaj.finops.lines import Compliance, Line
from falaj.finops.money import Rates
from falaj.finops.report.changes import Changes
from falaj.finops.report.guardrails import Guardrails
from falaj.finops.report.rule_changes import RuleChanges
from falaj.finops.report.summary import Summary, summary


@dataclass(frozen=True)
class Before:
    """The base: its expected month in USD without tax, whether it lacks a price, and the changes of its lines.

    `groups` are sites, tenants, workload profiles and business units; empty if an older base does not contain them.
    """

    usd: Decimal
    open: bool
    differences: tuple[LineChange, ...]
    groups: tuple[GroupChange, ...]


@dataclass(frozen=True)
class ChangeReport:
    """One estimate with its comparison and results. Amounts are USD without tax unless in a `Bill`."""

    stack: str
    month: date
    summary: Summary
    rates: Rates
    total: Bill
    views: Mapping[str, Mapping[str, Bill]]
    tenants: Mapping[str, TenantShare]
    shared_by: str
    budgets: tuple[BudgetUse, ...]
    compliance: Mapping[tuple[str, str], Mapping[Compliance, Decimal]]
    lines: tuple[Line, ...]
    """The most expensive first."""
    unpriced: tuple[Line, ...]
    warnings: tuple[str, ...]
    assumed: Mapping[str, str]
    verdicts: tuple[GateResult, ...]
    offers: SavingOptions
    commitments: tuple[CommitmentMonth, ...] = ()
    """In USD."""
    before: Before | None = None
    changes: Changes | None = None
    guardrails: Guardrails | None = None
    rule_changes: RuleChanges | None = None
    """How the change alters the rules that judge it; None if it does not, or if they were not compared."""

    @property
    def passed(self) -> bool:
        """Whether neither the gate nor a guardrail refuses the change."""
        return self.summary.passed

    def aed(self, usd: Decimal) -> Decimal:
        """Converts USD to AED at the estimate's rates, not rounded."""
        return usd * self.rates.aed


def report(
    estimate: Estimate,
    month: date,
    base: Figures | None = None,
    verdicts: Iterable[GateResult] = (),
    changes: Changes | None = None,
    guardrails: Guardrails | None = None,
) -> ChangeReport:
    """Builds the report; `changes` and `guardrails` are None if not evaluated. Raises `BadInput` as `allocate` does."""
    total, results = bill(estimate), tuple(verdicts)
    return ChangeReport(
        stack=estimate.stack,
        month=month,
        summary=summary(estimate, month, total, base, results, guardrails),
        rates=estimate.rates,
        total=total,
        views={
            view: {name: bill(estimate, lines) for name, lines in estimate.by(key).items()}
            for view, key in VIEWS.items()
        },
        tenants=allocate(estimate),
        shared_by=estimate.usage.shared.by,
        budgets=estimate.budgets,
        compliance=compliance(estimate),
        lines=tuple(sorted(estimate.lines, key=lambda line: (-line.usd.expected, line.name, line.what))),
        unpriced=estimate.unpriced,
        warnings=estimate.warnings,
        assumed=estimate.assumed,
        verdicts=results,
        offers=cheaper(estimate),
        commitments=estimate.commitments,
        before=None if base is None else _before(base, figures(estimate)),
        changes=changes,
        guardrails=guardrails,
    )


def _before(base: Figures, current: Figures) -> Before:
    return Before(base.usd, base.open, differences(base, current), group_changes(base, current))

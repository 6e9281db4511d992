"""The controller's reports as JSON and as CSV. Amounts are text, rounded to the fils."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from falaj.facts.markup import in_spreadsheet
from falaj.finops.controlling.budgets import BudgetLine, BudgetReport
from falaj.finops.controlling.journal import JournalLine
from falaj.finops.controlling.reconcile import Reconciliation
from falaj.finops.controlling.vat import VatFigures
from falaj.finops.money import rounded
from falaj.finops.showback.exchange import FxRate

JOURNAL_COLUMNS = (
    "date", "journal_id", "line", "account", "cost_centre", "debit", "credit", "currency", "description", "tax_code",
    "fx_policy", "fx_rate", "fx_date",
)  # fmt: skip


def amount(value: Decimal | None) -> str:
    """Returns an amount rounded to the fils; empty without one."""
    return "" if value is None else str(rounded(value))


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Returns rows as CSV, with a header from the first row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    return in_spreadsheet(value) if isinstance(value, str) else value


def journal_rows(lines: Iterable[JournalLine]) -> list[dict[str, str]]:
    """Returns one row per journal line."""
    return [
        dict(
            zip(
                JOURNAL_COLUMNS,
                (
                    line.date.isoformat(), line.journal_id, str(line.line), line.account, line.cost_centre,
                    amount(line.debit), amount(line.credit), line.currency, line.description, line.tax_code, *line.fx,
                ),
                strict=True,
            )
        )
        for line in lines
    ]  # fmt: skip


def budget_rows(report: BudgetReport, fx: FxRate) -> list[dict[str, str]]:
    """Returns one row per budget line, with the exchange rate of the last day of data."""
    return [
        {
            "month": f"{report.month:%Y-%m}",
            "as_of": report.as_of.isoformat(),
            "dimension": line.dimension,
            "name": line.name,
            "currency": "AED",
            **_figures(line),
            **fx.fields(),
        }
        for line in report.lines
    ]


def _figures(line: BudgetLine) -> dict[str, str]:
    return {
        "budget": amount(line.budget),
        "budget_to_date": amount(line.budget_to_date),
        "actual": amount(line.actual),
        "variance": amount(line.variance),
        "forecast": amount(line.forecast),
        "forecast_low": amount(line.low),
        "forecast_high": amount(line.high),
        "forecast_variance": amount(line.forecast_variance),
        "exceeded_on": line.exceeded_on.isoformat() if line.exceeded_on else "",
    }


def vat_rows(
    figures: Mapping[str, VatFigures], tax_in_export: Mapping[str, Decimal], fx: FxRate
) -> list[dict[str, str]]:
    """Returns one row per supplier."""
    return [
        {
            "provider": provider,
            "entity": item.entity.key,
            "name": item.entity.name,
            "treatment": item.treatment.value,
            "tax_code": item.tax_code,
            "currency": "AED",
            "net": amount(item.net),
            "vat_on_invoice": amount(item.invoiced),
            "output_vat": amount(item.output),
            "input_vat": amount(item.recovered),
            "paid_to_supplier": amount(item.invoice),
            "paid_to_authority": amount(item.authority),
            "cost": amount(item.cost),
            "tax_in_export": amount(tax_in_export.get(provider)),
            "source": f"{item.entity.source}, {item.entity.source_date}",
            **fx.fields(),
        }
        for provider, item in figures.items()
    ]


def reconciliation_rows(result: Reconciliation) -> list[dict[str, str]]:
    """Returns one row per difference."""
    return [
        {
            "invoice": result.invoice.number,
            "account": item.account,
            "service": item.service,
            "class": item.kind.value,
            "currency": result.invoice.currency,
            "amount": amount(item.amount),
            "note": item.note,
        }
        for item in result.differences
    ]


def reconciliation_document(result: Reconciliation, fx: FxRate, tolerance: Decimal) -> dict[str, Any]:
    """Returns both sides, the sums by class, and all differences."""
    invoice = result.invoice
    return {
        "format": "falaj-reconciliation/1",
        "invoice": invoice.number,
        "provider": invoice.provider,
        "month": invoice.month,
        "currency": invoice.currency,
        "on_invoice": {"net": amount(invoice.net), "tax": amount(invoice.tax), "total": amount(invoice.total)},
        "in_export": {"net": amount(result.export_net), "tax": amount(result.export_tax)},
        "by_class": {kind.value: amount(value) for kind, value in result.by_class().items()},
        "difference": amount(result.difference),
        "explained": amount(result.explained),
        "unexplained": amount(result.unexplained),
        "tolerance": amount(tolerance),
        "differences": reconciliation_rows(result),
        "fx": fx.fields(),
    }

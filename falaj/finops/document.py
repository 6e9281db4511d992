"""The estimate as JSON, for reports, thresholds and later comparisons. Decimals are text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from falaj.facts.price_sources import derivation
from falaj.facts.prices import UnitPrice
from falaj.finops.allocation import allocate, compliance
from falaj.finops.bill import Bill, bill
from falaj.finops.cheaper import SavingOption, cheaper
from falaj.finops.errors import BadInput, shown
from falaj.finops.estimate import Estimate
from falaj.finops.figures import (
    Figures,
    GroupChange,
    GroupTotal,
    Key,
    Machines,
    add_machines,
    differences,
    figures,
    group_changes,
    machines_of,
)
from falaj.finops.focus_rows import rows
from falaj.finops.gate import GateResult
from falaj.finops.input_files import parse_json
from falaj.finops.lines import Line, Range
from falaj.finops.money import rounded
from falaj.finops.plain_data import plain
from falaj.finops.plausibility import MAX_AMOUNT
from falaj.finops.price_age import kind_shares

FORMAT = "falaj-estimate/1"


def document(
    estimate: Estimate, month: date, base: Figures | None = None, verdicts: Iterable[GateResult] = ()
) -> dict[str, Any]:
    """Returns the estimate as plain data, with changes against a base and the results of the gate, if given."""
    compared = _compared(estimate, base, verdicts)
    own = _commitments(estimate) if estimate.commitments else {}
    return _about(estimate, month) | _money(estimate) | own | compared | _cheaper(estimate) | _rows(estimate, month)


def _about(estimate: Estimate, month: date) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "stack": estimate.stack,
        "month": month.isoformat()[:7],
        "rates": plain(asdict(estimate.rates)),
        "assumed": dict(estimate.assumed),
        "warnings": list(estimate.warnings),
        "price_kinds": {kind: str(round(share, 4)) for kind, share in kind_shares(estimate.lines).items()},
    }


_VIEWS: Mapping[str, Callable[[Line], str]] = {
    "sites": lambda line: line.owner.site,
    "profiles": lambda line: line.charge.profile,
    "business_units": lambda line: line.owner.business_unit,
    "projects": lambda line: line.owner.project,
    "environments": lambda line: line.owner.environment,
    "cost_centres": lambda line: line.owner.cost_centre,
}


def _money(estimate: Estimate) -> dict[str, Any]:
    views = {
        view: {name: money(bill(estimate, lines)) for name, lines in estimate.by(key).items()}
        for view, key in _VIEWS.items()
    }
    return {
        "totals": money(bill(estimate)),
        **views,
        "budgets": [plain(asdict(budget)) | {"percent": str(rounded(budget.percent))} for budget in estimate.budgets],
        "tenants": {
            name: plain(asdict(share)) | {"total": str(share.total)} for name, share in allocate(estimate).items()
        },
        "compliance": [
            {"site": site, "tenant": tenant} | {kind.value: str(usd) for kind, usd in kinds.items()}
            for (site, tenant), kinds in compliance(estimate).items()
        ],
    }


def _compared(estimate: Estimate, base: Figures | None, verdicts: Iterable[GateResult]) -> dict[str, Any]:
    current = figures(estimate)
    return {
        "groups": plain(
            {view: {name: asdict(item) for name, item in totals.items()} for view, totals in current.groups.items()}
        ),
        "base_usd": None if base is None else str(base.usd),
        "changes": [] if base is None else [plain(asdict(item)) for item in differences(base, current)],
        "before_and_after": []
        if base is None
        else [_group_change(estimate, item) for item in group_changes(base, current)],
        "verdicts": [plain(asdict(verdict)) for verdict in verdicts],
    }


def _group_change(estimate: Estimate, change: GroupChange) -> dict[str, Any]:
    """Returns a group before and after in every currency: exact in USD, rounded in AED."""
    sides = {"before": change.before, "after": change.after}
    groups = {side: None if group is None else _group(estimate, group) for side, group in sides.items()}
    return {"by": change.by, "name": change.name} | groups | {"change": _amounts(estimate, change.usd)}


def _group(estimate: Estimate, group: GroupTotal) -> dict[str, Any]:
    return _amounts(estimate, group.usd) | {"open": group.open}


def _amounts(estimate: Estimate, usd: Decimal) -> dict[str, str]:
    aed = estimate.aed(usd)
    with_vat = aed * (1 + estimate.rates.vat)
    return {"usd": str(usd), "aed": str(rounded(aed)), "aed_with_vat": str(rounded(with_vat))}


def _commitments(estimate: Estimate) -> dict[str, Any]:
    """Returns what each commitment costs and saves; absent without commitments."""
    return {
        "commitments": [
            {
                "name": month.name,
                "count": month.count,
                "covered_hours": str(month.covered),
                "break_even_hours": str(month.break_even_hours),
                "utilisation": str(month.utilisation),
                "paid": _amounts(estimate, month.paid),
                "saved": _amounts(estimate, month.saved),
            }
            for month in estimate.commitments
        ]
    }


def _cheaper(estimate: Estimate) -> dict[str, Any]:
    """Returns all savings options; they are alternatives, so there is no sum."""
    offers = cheaper(estimate)
    return {"cheaper": [_offer(estimate, option) for option in offers.options], "cheaper_avoided": list(offers.avoided)}


def _offer(estimate: Estimate, option: SavingOption) -> dict[str, Any]:
    fields = ("way", "urn", "name", "site", "region", "now", "instead", "in_return")
    prices = [plain(asdict(price)) for price in option.prices]
    return {field: str(getattr(option, field)) for field in fields} | {
        "less": _amounts(estimate, option.usd),
        "prices": prices,
    }


def _rows(estimate: Estimate, month: date) -> dict[str, Any]:
    return {
        "unpriced": [
            {"urn": line.urn, "name": line.name, "what": line.what, "why": line.price.source}
            for line in estimate.unpriced
        ],
        "lines": [
            {
                "urn": line.urn,
                "name": line.name,
                "what": line.what,
                "usd": str(line.usd.expected) if line.priced else None,
                "price": _price(line.price),
                **_machines(line, estimate.usage.hours),
            }
            for line in estimate.lines
        ],
        "focus": [{column: _cell(value) for column, value in row.items()} for row in rows(estimate, month)],
    }


def _machines(line: Line, hours: Decimal) -> dict[str, Any]:
    """Returns the machines of a line in an average hour and the workloads that keep them; {} for other lines."""
    machines = machines_of(line, hours)
    return {} if machines is None else plain(asdict(machines))


def _cell(value: Any) -> Any:
    """Returns a value of a FOCUS row: its NumericFormat has no exponent with a plus sign."""
    return f"{value:f}" if isinstance(value, Decimal) else plain(value)


def _price(price: UnitPrice) -> dict[str, Any]:
    """Returns a price with its kind, its day, and the list from which an estimate is derived."""
    return plain(asdict(price)) | {"derived_from": derivation(price.source) or None}


def money(value: Bill) -> dict[str, Any]:
    """Returns totals rounded to the fils or cent; nothing is rounded before."""
    return {
        name: (
            {
                "min": str(rounded(figure.min)),
                "expected": str(rounded(figure.expected)),
                "max": str(rounded(figure.max)),
            }
            if isinstance(figure, Range)
            else figure
            if isinstance(figure, bool)
            else str(rounded(figure))
        )
        for name, figure in vars(value).items()
    }


def read_figures(text: str, location: str) -> Figures | None:
    """Reads the figures of an estimate that was written as JSON; None if the text is no estimate. Raises `BadInput`."""
    data = parse_json(text, location, more_text=True)
    if not isinstance(data, dict) or "format" not in data:
        return None
    if data["format"] != FORMAT:
        raise BadInput(location, f"is of the format {data['format']!r}, and this command reads {FORMAT}")
    try:
        lines: dict[Key, Decimal] = {}
        machines: dict[Key, Machines] = {}
        for row in data["lines"]:
            key = (row["urn"].partition("::")[2], row["name"], row["what"])
            lines[key] = lines.get(key, Decimal(0)) + _amount(row["usd"] or 0)
            if "nodes" in row:
                found = Machines(_amount(row["nodes"]), tuple(map(str, row["work"])))
                machines[key] = add_machines(machines.get(key), found)
        groups = {
            view: {name: GroupTotal(_amount(total["usd"]), bool(total["open"])) for name, total in totals.items()}
            for view, totals in data.get("groups", {}).items()  # absent from older estimates
        }
        return Figures(sum(lines.values(), Decimal(0)), lines, bool(data["unpriced"]), groups, machines)
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        raise BadInput(location, f"is not a complete estimate: {type(error).__name__} {error}") from None


def _amount(value: Any) -> Decimal:
    if (result := Decimal(value)).is_finite() and -MAX_AMOUNT <= result <= MAX_AMOUNT:
        return result
    raise TypeError(f"{shown(value)} is not an amount")

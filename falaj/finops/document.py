"""The estimate as JSON, for reports, thresholds and later comparisons. Decimals are text."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from falaj.finops.allocation import allocate, compliance
from falaj.finops.bill import Bill, bill
from falaj.finops.cheaper import SavingOption, cheaper
from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.figures import Figures, GroupChange, GroupTotal, differences, figures, moved
from falaj.finops.focus_rows import rows
from falaj.finops.gate import GateResult
from falaj.finops.lines import Line, Range
from falaj.finops.money import rounded
from falaj.finops.plain_data import plain

FORMAT = "falaj-estimate/1"


def document(
    estimate: Estimate, month: date, base: Figures | None = None, verdicts: Iterable[GateResult] = ()
) -> dict[str, Any]:
    """All of it, with the changes against a base and the judgements of the gate where there are some."""
    compared = _compared(estimate, base, verdicts)
    return _about(estimate, month) | _money(estimate) | compared | _cheaper(estimate) | _rows(estimate, month)


def _about(estimate: Estimate, month: date) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "stack": estimate.stack,
        "month": month.isoformat()[:7],
        "rates": plain(asdict(estimate.rates)),
        "assumed": dict(estimate.assumed),
        "warnings": list(estimate.warnings),
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
        "budgets": [plain(asdict(one)) | {"percent": str(rounded(one.percent))} for one in estimate.budgets],
        "tenants": {
            name: plain(asdict(portion)) | {"total": str(portion.total)} for name, portion in allocate(estimate).items()
        },
        "compliance": [
            {"site": site, "tenant": tenant} | {kind.value: str(usd) for kind, usd in kinds.items()}
            for (site, tenant), kinds in compliance(estimate).items()
        ],
    }


def _compared(estimate: Estimate, base: Figures | None, verdicts: Iterable[GateResult]) -> dict[str, Any]:
    now = figures(estimate)
    return {
        "groups": plain(
            {view: {name: asdict(one) for name, one in result.items()} for view, result in now.groups.items()}
        ),
        "base_usd": None if base is None else str(base.usd),
        "changes": [] if base is None else [plain(asdict(one)) for one in differences(base, now)],
        "before_and_after": [] if base is None else [_moved(estimate, one) for one in moved(base, now)],
        "verdicts": [plain(asdict(verdict)) for verdict in verdicts],
    }


def _moved(estimate: Estimate, one: GroupChange) -> dict[str, Any]:
    """A group before and after in every money: exact in USD, rounded in AED."""
    sides = {"before": one.before, "after": one.after}
    groups = {side: None if group is None else _group(estimate, group) for side, group in sides.items()}
    return {"by": one.by, "name": one.name} | groups | {"change": _amounts(estimate, one.usd)}


def _group(estimate: Estimate, group: GroupTotal) -> dict[str, Any]:
    return _amounts(estimate, group.usd) | {"open": group.open}


def _amounts(estimate: Estimate, usd: Decimal) -> dict[str, str]:
    aed = estimate.aed(usd)
    with_vat = aed * (1 + estimate.rates.vat)
    return {"usd": str(usd), "aed": str(rounded(aed)), "aed_with_vat": str(rounded(with_vat))}


def _cheaper(estimate: Estimate) -> dict[str, Any]:
    """Every way to pay less; each stands alone, so that there is no sum."""
    offers = cheaper(estimate)
    return {"cheaper": [_offer(estimate, one) for one in offers.options], "cheaper_avoided": list(offers.avoided)}


def _offer(estimate: Estimate, one: SavingOption) -> dict[str, Any]:
    words = ("way", "urn", "name", "site", "region", "now", "instead", "in_return")
    prices = [plain(asdict(price)) for price in one.prices]
    return {word: str(getattr(one, word)) for word in words} | {"less": _amounts(estimate, one.usd), "prices": prices}


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
            }
            for line in estimate.lines
        ],
        "focus": [plain(row) for row in rows(estimate, month)],
    }


def money(value: Bill) -> dict[str, Any]:
    """A bill with its figures rounded to the fils or cent: here, and nowhere before."""
    return {
        name: (
            {"min": str(rounded(part.min)), "expected": str(rounded(part.expected)), "max": str(rounded(part.max))}
            if isinstance(part, Range)
            else part
            if isinstance(part, bool)
            else str(rounded(part))
        )
        for name, part in vars(value).items()
    }


def read_figures(text: str, location: str) -> Figures | None:
    """The figures of an estimate that was written as JSON; None where the text is no estimate. Raises `BadInput`."""
    try:
        data, _ = json.JSONDecoder().raw_decode(text.lstrip())
    except ValueError as broken:
        raise BadInput(location, f"not JSON: {broken}") from None
    if not isinstance(data, dict) or "format" not in data:
        return None
    if data["format"] != FORMAT:
        raise BadInput(location, f"is of the format {data['format']!r}, and this command reads {FORMAT}")
    try:
        result: dict[tuple[str, str, str], Decimal] = {}
        for row in data["lines"]:
            key = (row["urn"].partition("::")[2], row["name"], row["what"])
            result[key] = result.get(key, Decimal(0)) + _figure(row["usd"] or 0)
        groups = {
            view: {name: GroupTotal(_figure(one["usd"]), bool(one["open"])) for name, one in named.items()}
            for view, named in data.get("groups", {}).items()  # an older estimate has none
        }
        return Figures(sum(result.values(), Decimal(0)), result, bool(data["unpriced"]), groups)
    except (KeyError, TypeError, AttributeError, InvalidOperation) as broken:
        raise BadInput(location, f"is not a complete estimate: {type(broken).__name__} {broken}") from None


def _figure(value: Any) -> Decimal:
    if (result := Decimal(value)).is_finite():
        return result
    raise TypeError(f"{value} is not an amount")

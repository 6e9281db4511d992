"""Cost thresholds: ceilings by stack, site and tenant, increases against a baseline, and missing or old prices."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from falaj.facts.clock import today
from falaj.finops.allocation import allocate
from falaj.finops.bill import Bill, bill
from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.figures import Figures
from falaj.finops.input_files import parse_yaml
from falaj.finops.money import rounded
from falaj.finops.price_age import PriceAge, old_prices
from falaj.finops.usage import checked
from falaj.finops.usage_model import Amount, Number

Ceiling = Annotated[Number, Field(ge=1)]
"""A limit in AED. What is below one dirham is a fraction of something else."""


def _percent(value: Decimal) -> Decimal:
    if 0 < value < 1:
        factor, meant = (value / 100).normalize(), (value * 100).normalize()
        raise ValueError(f"{value:f} is a factor of {factor:f}; write {meant:f}, or 0 for none")
    return value


class Ceilings(BaseModel):
    """Monthly cost thresholds. All are optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aed_per_month: Ceiling | None = None
    """Limit of the whole stack in AED without VAT."""
    sites: dict[str, Ceiling] = {}
    """Limit per site in AED without VAT."""
    tenants: dict[str, Ceiling] = {}
    """Limit per tenant in AED without VAT, including the tenant's share of the shared cost."""
    of: Literal["expected", "max"] = "expected"
    """The figure of a stack or a site that is compared: expected cost, or all pools at maximum."""
    increase_percent: Annotated[Amount, AfterValidator(_percent)] | None = None
    """Maximum increase of the expected cost over the base, in percent."""
    increase_aed: Amount | None = None
    """Maximum increase of the expected cost over the base, in AED per month."""
    price_age: PriceAge = PriceAge()
    """Maximum age of prices, and whether older ones are refused."""


def read_ceilings(text: str, location: str) -> Ceilings:
    """Parses ceilings from YAML or JSON text. Raises `BadInput`."""
    return checked(Ceilings, parse_yaml(text, location), location)


@dataclass(frozen=True)
class GateResult:
    """Result of one threshold: its scope, whether it passed, and the reason."""

    scope: str
    passed: bool
    sentence: str
    actual_aed: Decimal | None = None
    limit_aed: Decimal | None = None


def judge(
    estimate: Estimate, ceilings: Ceilings, base: Figures | None = None, *, allow_missing: bool = False
) -> tuple[GateResult, ...]:
    """Returns the results of all thresholds. Raises `BadInput` for a site or tenant that the plan does not have."""
    return (
        *_missing(estimate, allow_missing),
        *_old(estimate, ceilings.price_age),
        *_stack(estimate, ceilings),
        *_sites(estimate, ceilings),
        *_tenants(estimate, ceilings),
        *_increase(estimate, ceilings, base),
    )


def refused(verdicts: Iterable[GateResult]) -> bool:
    """Returns whether any threshold failed."""
    return any(not verdict.passed for verdict in verdicts)


def _missing(estimate: Estimate, waived: bool) -> Iterator[GateResult]:
    if not (lines := estimate.unpriced):
        return
    services = ", ".join(sorted({line.what for line in lines}))
    count = f"{len(lines)} line{'s' if len(lines) > 1 else ''}"
    sentence = f"no price for {count} ({services}): the total is a minimum and its maximum is unknown"
    yield GateResult("prices", waived, sentence + ("; waived" if waived else ""))


def _old(estimate: Estimate, limits: PriceAge) -> Iterator[GateResult]:
    if limits.refuse:
        for old in old_prices(estimate.lines, limits, today()):
            yield GateResult("age of prices", False, old.sentence)


def _stack(estimate: Estimate, ceilings: Ceilings) -> Iterator[GateResult]:
    if ceilings.aed_per_month is not None:
        yield _compare_bill("stack", bill(estimate), ceilings, ceilings.aed_per_month)


def _sites(estimate: Estimate, ceilings: Ceilings) -> Iterator[GateResult]:
    sites = estimate.by(lambda line: line.owner.site)
    for name, limit in ceilings.sites.items():
        _require_name("sites", name, sites)
        yield _compare_bill(f"site {name}", bill(estimate, sites[name]), ceilings, limit)


def _tenants(estimate: Estimate, ceilings: Ceilings) -> Iterator[GateResult]:
    if not ceilings.tenants:
        return
    shares = allocate(estimate)
    for name, limit in ceilings.tenants.items():
        _require_name("tenants", name, shares)
        yield _compare(f"tenant {name}", estimate.aed(shares[name].total), limit)


def _increase(estimate: Estimate, ceilings: Ceilings, base: Figures | None) -> Iterator[GateResult]:
    if base is None:
        return
    before, after = estimate.aed(base.usd), estimate.aed(estimate.usd.expected)
    rise = after - before
    limits = []
    if ceilings.increase_aed is not None:
        limits.append(ceilings.increase_aed)
    if ceilings.increase_percent is not None:
        limits.append(before * ceilings.increase_percent / 100)
    for limit in limits:
        sentence = f"AED {rounded(before):,} a month, unchanged"
        if rounded(rise):
            verb = "rises" if rise > 0 else "falls"
            sentence = f"AED {rounded(before):,} a month {verb} by {rounded(abs(rise)):,} to {rounded(after):,}"
        passed = rise <= limit
        yield GateResult("increase", passed, f"{sentence}; {rounded(limit):,} more is allowed", rise, limit)


def _compare_bill(scope: str, money: Bill, ceilings: Ceilings, limit: Decimal) -> GateResult:
    if ceilings.of == "max":
        return _compare(scope, money.net_aed.max, limit, " with all pools at maximum,")
    return _compare(scope, money.net_aed.expected, limit)


def _compare(scope: str, actual: Decimal, limit: Decimal, figure: str = "") -> GateResult:
    passed = actual <= limit
    sentence = f"AED {rounded(actual):,} a month{figure} without VAT, {rounded(abs(limit - actual)):,} "
    sentence += f"{'below' if passed else 'above'} the ceiling of {rounded(limit):,}"
    return GateResult(scope, passed, sentence, actual, limit)


def _require_name(key: str, name: str, existing: Iterable[str]) -> None:
    names = sorted(item for item in existing if item)
    if name not in names:
        suggestions = difflib.get_close_matches(name, names, n=3) or names
        raise BadInput(f"ceilings.{key}.{name}", f"unknown name; the plan has: {', '.join(suggestions)}")

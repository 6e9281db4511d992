"""A machine recommendation as plain data: amounts as text to the fils or cent, missing figures as null."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from falaj.finops.money import Rates, rounded
from falaj.finops.rightsize.choose import Answer, Option, SiteAnswer
from falaj.finops.rightsize.profile import Profile, Serving
from falaj.finops.rightsize.storage import StorageOption
from falaj.finops.rightsize.work import Obstacle

SECONDS_PER_HOUR = 3600


def document(answer: Answer, rates: Rates) -> dict[str, Any]:
    """Returns the whole recommendation as plain data."""
    best, available = answer.best, answer.best_available
    return {
        "workload": answer.profile.name,
        "kind": answer.profile.kind,
        "rate": rate(rates),
        "best_site": best.site.name if best else None,
        "best_available_site": available.site.name if available else None,
        "sites": [_site(answer.profile, site, rates) for site in answer.sites],
        "assumptions": list(answer.assumptions),
    }


def _site(profile: Profile, site: SiteAnswer, rates: Rates) -> dict[str, Any]:
    return {
        "site": site.site.name,
        "warnings": list(site.warnings),
        "chosen": option(profile, site.chosen, rates),
        "runner_up": option(profile, site.runner_up, rates),
        "side_by_side": [option(profile, item, rates) for item in site.side_by_side],
        "storage": _storage(site.stored, rates),
        "failures": [
            {"machine": item.machine, "precision": item.precision, "obstacle": item.obstacle.value, "why": item.why}
            for item in site.failures
        ],
    }


def _storage(storage: StorageOption | None, rates: Rates) -> dict[str, Any] | None:
    if storage is None:
        return None
    return {"class": storage.name, "note": storage.note, "month": money(storage.usd_month, rates)}


def rate(rates: Rates) -> dict[str, str]:
    """Returns the exchange rate of all amounts."""
    return {"aed_per_usd": str(rates.aed), "as_of": rates.as_of.isoformat(), "source": rates.source}


def money(usd: Decimal | None, rates: Rates) -> dict[str, str | None]:
    """Returns an amount in USD and in AED without tax, and its VAT in AED."""
    if usd is None:
        return {"usd": None, "aed": None, "vat_aed": None}
    aed = usd * rates.aed
    return {"usd": str(rounded(usd)), "aed": str(rounded(aed)), "vat_aed": str(rounded(aed * rates.vat))}


def option(profile: Profile, chosen: Option | None, rates: Rates) -> dict[str, Any] | None:
    """Returns one option as plain data; None if there is none."""
    if chosen is None:
        return None
    unit_costs, price = unit_cost(profile, chosen), chosen.bought.price
    return {
        "machine": chosen.machine.name,
        "gpu": f"{chosen.machine.gpus:g} x {chosen.machine.gpu_model}" if chosen.machine.gpus else None,
        "precision": chosen.precision or None,
        "count": chosen.work.count,
        "capacity": chosen.bought.mix,
        "hours": round(chosen.bought.hours, 2),
        "elapsed_hours": round(chosen.bought.elapsed_hours, 2),
        "usd_hour": str(chosen.bought.usd_hour),
        "price": {"kind": price.kind.value, "source": price.source, "date": price.date, "book": price.book},
        "month": money(chosen.usd, rates),
        "per_1000_requests_aed": unit_costs[0] and str(unit_costs[0] * rates.aed),
        "per_million_tokens_aed": unit_costs[1] and str(unit_costs[1] * rates.aed),
        "speed": {"per_second": chosen.work.per_second, "measured": chosen.work.measured, "p95_ms": chosen.work.p95_ms},
        "memory_gb": chosen.work.memory_gb,
        "gpus_a_model": chosen.work.parallel,
        "batch": chosen.work.batch or None,
        "may_be_chosen": chosen.allowed,
    }  # fmt: skip


def unit_cost(profile: Profile, option: Option) -> tuple[Decimal | None, Decimal | None]:
    """Returns USD per 1,000 requests and per million generated tokens at the profile's rate; None if it serves none."""
    demand = option.work.demand
    if not isinstance(profile, Serving) or demand is None:
        return None, None
    thousand = option.usd / Decimal(str(demand.rate * SECONDS_PER_HOUR * profile.hours)) * 1000
    return thousand, thousand * 1000 / Decimal(str(demand.outputs)) if demand.outputs else None


def reasons(site: SiteAnswer) -> Iterable[tuple[str, int, str]]:
    """Yields each obstacle with the number of machines that it rules out, and the first of them as a sentence. Each
    reason of the platform counts as an obstacle of its own.
    """
    result: dict[tuple[str, str], list[str]] = {}
    for failure in site.failures:
        sentence = f"{failure.machine}{' ' + failure.precision if failure.precision else ''}: {failure.why}"
        reason = failure.why if failure.obstacle is Obstacle.PLATFORM else ""
        result.setdefault((failure.obstacle.value, reason), []).append(sentence)
    for (obstacle, _), sentences in result.items():
        yield obstacle, len({text.partition(":")[0].split(" ")[0] for text in sentences}), sentences[0]

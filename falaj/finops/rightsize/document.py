"""A machine recommendation as plain data: amounts as text to the fils or cent, missing figures as null."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from falaj.finops.money import Rates, rounded
from falaj.finops.rightsize.choose import Answer, Option, SiteAnswer
from falaj.finops.rightsize.profile import Inference, Profile
from falaj.finops.rightsize.storage import Stored

SECONDS = 3600


def document(answer: Answer, rates: Rates) -> dict[str, Any]:
    """Everything that was found."""
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
        "side_by_side": [option(profile, one, rates) for one in site.side_by_side],
        "storage": _stored(site.stored, rates),
        "failures": [
            {"machine": one.machine, "precision": one.precision, "obstacle": one.obstacle.value, "why": one.why}
            for one in site.failures
        ],
    }


def _stored(stored: Stored | None, rates: Rates) -> dict[str, Any] | None:
    if stored is None:
        return None
    return {"class": stored.name, "note": stored.note, "month": money(stored.usd_month, rates)}


def rate(rates: Rates) -> dict[str, str]:
    """The exchange rate of all amounts."""
    return {"aed_per_usd": str(rates.aed), "as_of": rates.as_of.isoformat(), "source": rates.source}


def money(usd: Decimal | None, rates: Rates) -> dict[str, str | None]:
    """An amount in USD and AED without tax, and its tax."""
    if usd is None:
        return {"usd": None, "aed": None, "vat_aed": None}
    aed = usd * rates.aed
    return {"usd": str(rounded(usd)), "aed": str(rounded(aed)), "vat_aed": str(rounded(aed * rates.vat))}


def option(profile: Profile, one: Option | None, rates: Rates) -> dict[str, Any] | None:
    """One option; null where there is none."""
    if one is None:
        return None
    per, price = unit_cost(profile, one), one.bought.price
    return {
        "machine": one.machine.name,
        "gpu": f"{one.machine.gpus:g} x {one.machine.gpu_model}" if one.machine.gpus else None,
        "precision": one.precision or None,
        "count": one.work.count,
        "capacity": one.bought.mix,
        "hours": round(one.bought.hours, 2),
        "elapsed_hours": round(one.bought.elapsed_hours, 2),
        "usd_hour": str(one.bought.usd_hour),
        "price": {"kind": price.kind.value, "source": price.source, "date": price.date, "book": price.book},
        "month": money(one.usd, rates),
        "per_1000_requests_aed": per[0] and str(per[0] * rates.aed),
        "per_million_tokens_aed": per[1] and str(per[1] * rates.aed),
        "speed": {"per_second": one.work.per_second, "measured": one.work.measured, "p95_ms": one.work.p95_ms},
        "memory_gb": one.work.memory_gb,
        "gpus_a_model": one.work.parallel,
        "batch": one.work.batch or None,
        "may_be_chosen": one.allowed,
    }  # fmt: skip


def unit_cost(profile: Profile, one: Option) -> tuple[Decimal | None, Decimal | None]:
    """USD for 1,000 requests and for a million generated tokens at the profile's rate; None where there are none."""
    if not isinstance(profile, Inference):
        return None, None
    requests = Decimal(str(profile.rate * SECONDS * profile.hours))
    thousand = one.usd / requests * 1000
    return thousand, thousand * 1000 / profile.output_tokens


def reasons(site: SiteAnswer) -> Iterable[tuple[str, int, str]]:
    """Each obstacle with how many machines it stops, and one of them with its sentence."""
    result: dict[str, list[str]] = {}
    for one in site.failures:
        sentence = f"{one.machine}{' ' + one.precision if one.precision else ''}: {one.why}"
        result.setdefault(one.obstacle.value, []).append(sentence)
    for obstacle, sentences in result.items():
        yield obstacle, len({text.partition(":")[0].split(" ")[0] for text in sentences}), sentences[0]

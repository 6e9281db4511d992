"""Terminal tables of right-sizing answers and recommendations."""

from collections.abc import Iterable
from decimal import Decimal

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from falaj.cli.console import marked
from falaj.finops.money import Rates, rounded
from falaj.finops.rightsize.advice import Advice
from falaj.finops.rightsize.choose import Answer, Option, SiteAnswer
from falaj.finops.rightsize.document import reasons, unit_cost
from falaj.finops.rightsize.profile import Profile, Serving


def show_answer(out: Console, answer: Answer, rates: Rates) -> None:
    """Prints the options of each site, the reasons why others do not fit, and the cheapest site last."""
    for site in answer.sites:
        _site(out, answer.profile, site, rates)
    for assumption in answer.assumptions:
        out.print(assumption, style="dim", highlight=False)
    if any(not option.allowed for site in answer.sites for option in site.side_by_side):
        out.print(
            "(quality?): not chosen until its quality is measured: may_quantise_to; (arm64 images?): not chosen until "
            "the images are built for it: architectures",
            style="dim",
            highlight=False,
        )
    best = answer.best
    if best is None:
        out.print(
            marked("no site", "bold red", f" can run {answer.profile.name} as its profile requires"), highlight=False
        )
        return
    _best(out, "cheapest", best, rates)
    available = answer.best_available
    if available is not None and available is not best:
        _best(out, "cheapest in a fully operational region", available, rates)


def _best(out: Console, what: str, best: SiteAnswer, rates: Rates) -> None:
    if best.chosen is None:
        return
    month, vat = _aed(best.chosen.usd, rates), _aed(best.chosen.usd * rates.vat, rates)
    cost = f"{_named(best.chosen)}, AED {month} a month and AED {vat} VAT"
    out.print(marked(what, "bold green", f" {best.site.name}: {cost}"), highlight=False)


def _site(out: Console, profile: Profile, site: SiteAnswer, rates: Rates) -> None:
    for warning in site.warnings:
        out.print(f"warning: {warning}", style="yellow", highlight=False)
    columns = ["AED a month"] + (["per 1,000,\nM tokens"] if isinstance(profile, Serving) else [])
    table = Table(
        Column(site.site.name, no_wrap=True),
        "",
        *(Column(name, justify="right", no_wrap=True) for name in columns),
        box=None,
        pad_edge=False,
    )
    for role, option in _rows(site):
        table.add_row(role, *_cells(profile, option, rates))
    out.print(table)
    if site.stored is not None:
        cost = "unknown" if site.stored.usd_month is None else f"AED {_aed(site.stored.usd_month, rates)} a month"
        note = f" ({site.stored.note})" if site.stored.note else ""
        out.print(f"storage: {site.stored.name}, {cost}{note}", highlight=False)
    for obstacle, machines, sentence in reasons(site):
        out.print(f"{obstacle}: {machines}, such as {sentence}", style="dim", highlight=False)
    out.print()


def _rows(site: SiteAnswer) -> Iterable[tuple[str, Option]]:
    if site.chosen is not None:
        yield "chosen", site.chosen
    if site.runner_up is not None:
        yield "runner-up", site.runner_up
    for option in site.side_by_side:
        if option is not site.chosen and option is not site.runner_up:
            yield option.family, option


def _cells(profile: Profile, option: Option, rates: Rates) -> Iterable[str | Text]:
    yield Text.assemble(f"{option.work.count} x {option.machine.name}\n", (", ".join(_notes(profile, option)), "dim"))
    yield Text.assemble(f"{_aed(option.usd, rates)}\n", (f"VAT {_aed(option.usd * rates.vat, rates)}", "dim"))
    per_1000_requests, per_million_tokens = unit_cost(profile, option)
    if per_1000_requests is not None:
        tokens = "" if per_million_tokens is None else _unit_price(per_million_tokens * rates.aed)
        yield f"{_unit_price(per_1000_requests * rates.aed)}\n{tokens}"


def _notes(profile: Profile, option: Option) -> Iterable[str]:
    """Yields properties of an option other than its cost. `?` marks an estimate that was not measured."""
    if option.precision:
        yield f"{option.precision}{_reservation(profile, option)}"
    yield option.bought.mix
    if not isinstance(profile, Serving):
        yield f"{option.bought.elapsed_hours:,.1f} h a run{'' if option.work.measured else '?'}"
    if option.work.p95_ms is not None:
        yield f"p95 {option.work.p95_ms:,.0f} ms{'' if option.work.measured else '?'}"
    price = option.bought.price
    yield price.book or f"{price.kind.value} {price.date}"


def _reservation(profile: Profile, option: Option) -> str:
    """Returns why an option is not chosen, as a question; empty if it may be chosen."""
    if option.allowed:
        return ""
    return " (quality?)" if option.machine.arch in profile.architectures else f" ({option.machine.arch} images?)"


def _named(option: Option) -> str:
    return f"{option.work.count} x {option.machine.name} {option.bought.mix}"


def _aed(usd: Decimal, rates: Rates) -> str:
    return f"{rounded(usd * rates.aed):,}"


def _unit_price(amount: Decimal) -> str:
    """Formats an amount with two decimals, or with three significant figures if it is below one."""
    return f"{amount:,.2f}" if amount >= 1 else f"{amount:.3g}"


def show_advice(out: Console, advice: Advice, rates: Rates) -> None:
    """Prints each recommendation with its evidence and what must not change, and the total savings last."""
    best = advice.best
    for item in advice.recommendations:
        mark, style, gap = ("best", "bold green", " ") if item in best else ("or", "dim", "   ")
        cost = f"AED {_aed(item.usd_month, rates)} a month ({item.trust.confidence})"
        out.print(marked(mark, style, f"{gap}{item.subject}: {item.action}, {item.to}: {cost}"), highlight=False)
        out.print(f"     {item.why} ({item.trust})", style="dim", highlight=False)
        out.print(f"     must not change: {'; '.join(item.keep)}", style="dim", highlight=False)
    for subject, why in advice.notes:
        out.print(marked("--", "dim", f"   {subject}: {why}"), highlight=False)
    vat = _aed(advice.usd_month * rates.vat, rates)
    total = _aed(advice.usd_month, rates)
    total_of = "total of the best recommendations:"
    out.print(marked(total_of, "bold", f" AED {total} a month and AED {vat} VAT"), highlight=False)

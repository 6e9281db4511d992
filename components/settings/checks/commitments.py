"""Checks of commitments: what they cover, and whether they have a price. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from falaj.components.core.validation.enums import Capacity
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.commitments import CommitmentSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.clock import today
from falaj.facts.commitments import WARNING_DAYS, commitments

_COVERED = (Capacity.ON_DEMAND, Capacity.SPOT_FIRST, Capacity.RESERVED)
"""Capacity of pools that start machines at the on-demand price, some of them where spot has none."""


def commitment_problems(settings: Settings, root: str) -> Iterator[Problem]:
    """Yields the problems of the stack's commitments."""
    seen: dict[tuple[object, ...], int] = {}
    for number, item in enumerate(settings.commitments):
        path = f"{root}.commitments.{number}"
        key = (item.site, item.machine, item.option, item.until)
        if (first := seen.setdefault(key, number)) != number:
            allowed = f"one entry for the same site, machine, option and day, as commitments.{first}"
            yield Problem(path, f"{item.machine} {item.option.value}", allowed, "add the counts up in one entry")
        site = settings.sites.get(item.site)
        if site is None:
            allowed = ", ".join(sorted(settings.sites)) or "nothing: there are no sites on clouds"
            yield Problem(f"{path}.site", item.site, allowed, "name a site on a cloud")
        else:
            yield from _price_problems(item, site, path)


def _price_problems(item: CommitmentSettings, site: SiteSettings, path: str) -> Iterator[Problem]:
    """Yields a problem of a machine that no pool starts on demand, and of an option without a price."""
    machines = sorted(_most(site))
    if item.machine not in machines:
        allowed = ", ".join(machines) or "nothing: no pool of the site starts machines on demand"
        fix = "name a machine that a pool of the site starts on demand: the commitment covers nothing else"
        yield Problem(f"{path}.machine", item.machine, allowed, fix)
        return
    priced = sorted(option.value for option in commitments(site.region, item.machine))
    if item.option.value not in priced:
        allowed = ", ".join(priced) or f"nothing: no price of a commitment for {item.machine} is known"
        fix = "choose one of these, or run falaj prices refresh" if priced else "remove it, or run falaj prices refresh"
        yield Problem(f"{path}.option", item.option.value, allowed, fix)


def _most(site: SiteSettings) -> dict[str, int]:
    """Returns the machine types that pools of a site start on demand, and the most of each."""
    most: dict[str, int] = {}
    for pool in site.pools.values():
        for machine in pool.machines if pool.capacity in _COVERED else ():
            most[machine] = most.get(machine, 0) + pool.max
    return most


def commitment_warnings(settings: Settings) -> Iterator[str]:
    """Yields a warning for each commitment that has ended or ends soon, and for machines of which more are committed
    than run."""
    counts: dict[tuple[str, str], int] = {}
    for number, item in enumerate(settings.commitments):
        until, name = date.fromisoformat(item.until), f"{item.option.value} of {item.count} {item.machine}"
        if until < today():
            yield (
                f"commitments.{number}: the {name} ended on {item.until} "
                "and does not count: remove it, or set `until` to the last day of the next one"
            )
        else:
            if until < today() + timedelta(days=WARNING_DAYS):
                yield f"commitments.{number}: the {name} ends on {item.until}, and its machines cost more after it"
            counts[item.site, item.machine] = counts.get((item.site, item.machine), 0) + item.count
    for (name, machine), count in counts.items():
        if (most := _most(settings.sites[name])[machine]) < count:
            yield f"commitments: {count} {machine} of site {name} are committed, but its pools have at most {most}"

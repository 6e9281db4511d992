"""Names in a usage file that the plan does not have: a wrong name would change nothing, and nobody would notice."""

import difflib
from collections.abc import Iterable, Iterator

from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.usage import PROFILES


def refuse_unknown_names(estimate: Estimate, location: str = "usage") -> None:
    """Raises `BadInput` with all names of the usage file that the plan does not have.

    Workload profiles that Falaj knows are allowed in every plan, so that one file can serve several stacks.
    """
    problems = "; ".join(
        f"{path}: unknown name; the plan has: {', '.join(_similar(path, known)) or 'none'}"
        for path, known in _unknown(estimate)
    )
    if problems:
        raise BadInput(location, problems)


def _unknown(estimate: Estimate) -> Iterator[tuple[str, Iterable[str]]]:
    usage, asked = estimate.usage, estimate.asked
    profiles = {*PROFILES, *asked.profiles}
    yield from _missing("profiles", usage.profiles, profiles)
    yield from _missing("sites", usage.sites, asked.sites)
    yield from _missing("site_defaults.vaults", usage.site_defaults.vaults, {name for _, name in asked.vaults})
    for site, stated in usage.sites.items():
        if site in asked.sites:
            for key, names, known in (
                ("pools", stated.pools, asked.pools),
                ("vaults", stated.vaults, asked.vaults),
                ("workloads", stated.workloads, asked.workloads),
            ):
                yield from _missing(f"sites.{site}.{key}", names, {name for place, name in known if place == site})
    yield from _missing("tenants", usage.tenants, asked.tenants)


def _missing(path: str, names: Iterable[str], known: set[str]) -> Iterator[tuple[str, Iterable[str]]]:
    return ((f"{path}.{name}", sorted(filter(None, known))) for name in names if name not in known)


def _similar(path: str, known: Iterable[str]) -> Iterable[str]:
    return difflib.get_close_matches(path.rpartition(".")[2], known, n=3) or known

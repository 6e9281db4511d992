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
    usage, names = estimate.usage, estimate.names
    profiles = {*PROFILES, *names.profiles}
    yield from _missing("profiles", usage.profiles, profiles)
    yield from _missing("sites", usage.sites, names.sites)
    yield from _missing("site_defaults.vaults", usage.site_defaults.vaults, {name for _, name in names.vaults})
    for site, stated in usage.sites.items():
        if site in names.sites:
            for key, of_usage, of_plan in (
                ("pools", stated.pools, names.pools),
                ("vaults", stated.vaults, names.vaults),
                ("workloads", stated.workloads, names.workloads),
            ):
                yield from _missing(f"sites.{site}.{key}", of_usage, {name for place, name in of_plan if place == site})
    yield from _missing("tenants", usage.tenants, names.tenants)


def _missing(path: str, names: Iterable[str], known: set[str]) -> Iterator[tuple[str, Iterable[str]]]:
    return ((f"{path}.{name}", sorted(filter(None, known))) for name in names if name not in known)


def _similar(path: str, known: Iterable[str]) -> Iterable[str]:
    return difflib.get_close_matches(path.rpartition(".")[2], known, n=3) or known

"""Names in a usage file that the plan does not have: a wrong name would change nothing, and nobody would notice."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from falaj.finops.errors import BadInput
from falaj.finops.estimate import Estimate
from falaj.finops.usage import PROFILES


def refuse_unknown_names(estimate: Estimate, location: str = "usage") -> None:
    """Raises `BadInput` with all names of the usage file that the plan does not have.

    Workload profiles that Falaj knows are allowed in every plan, so that one file can serve several stacks.
    """
    unknown = [
        f"{path}: unknown name; the plan has: {', '.join(_similar(path, known)) or 'none'}"
        for path, known in _unknown(estimate)
    ]
    ambiguous = [
        f"{path}: ambiguous name; the plan has: {', '.join(full)}. State the namespace too"
        for path, full in _ambiguous(estimate)
    ]
    if problems := "; ".join(unknown + ambiguous):
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
            ):
                yield from _missing(f"sites.{site}.{key}", of_usage, {name for place, name in of_plan if place == site})
            full_names = _full_names(estimate, site)
            shown = set(chain.from_iterable(full if len(full) > 1 else [name] for name, full in full_names.items()))
            known = {*full_names, *chain.from_iterable(full_names.values())}
            unknown = [name for name in stated.workloads if name not in known]
            yield from _missing(f"sites.{site}.workloads", unknown, shown)
    yield from _missing("tenants", usage.tenants, names.tenants)


def _ambiguous(estimate: Estimate) -> Iterator[tuple[str, Iterable[str]]]:
    """Yields names of workloads that stand for several of them, with their full names."""
    for site, stated in estimate.usage.sites.items():
        for name, full in _full_names(estimate, site).items():
            if name in stated.workloads and len(full) > 1:
                yield f"sites.{site}.workloads.{name}", full


def _full_names(estimate: Estimate, site: str) -> Mapping[str, list[str]]:
    """Returns name of a workload of a site -> its full names, `namespace/name`."""
    result: dict[str, list[str]] = defaultdict(list)
    for place, full in sorted(estimate.names.workloads):
        if place == site:
            result[full.rpartition("/")[2]].append(full)
    return result


def _missing(path: str, names: Iterable[str], known: set[str]) -> Iterator[tuple[str, Iterable[str]]]:
    return ((f"{path}.{name}", sorted(filter(None, known))) for name in names if name not in known)


def _similar(path: str, known: Iterable[str]) -> Iterable[str]:
    return difflib.get_close_matches(path.rpartition(".")[2], known, n=3) or known

"""Pods that must be spread over zones, or of which each must have a zone of its own.

Karpenter starts a node in a zone with fewer pods where a spread asks for it, and counts a zone without nodes as one
without pods (kubernetes-sigs/karpenter v1.15.0, provisioning/scheduling/topologygroup.go, nextDomainTopologySpread;
2026-11-27). The scheduler counts zones with nodes only, so other autoscalers start no node for a spread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from falaj.finops.properties import get_str, get_str_list
from falaj.finops.work.apart import ZONES
from falaj.finops.work.placement import Placement
from falaj.finops.work.supply import Supply
from falaj.finops.work.workloads import Work


def within_zones(work: Sequence[Work], supplies: Sequence[Supply]) -> tuple[list[Work], list[tuple[Work, int]]]:
    """Returns the work without the pods for which there is no zone, or region, without such pods, and these pods."""
    result: list[Work] = []
    crowded: list[tuple[Work, int]] = []
    for each in work:
        expected, most = each.expected or 0, _most_apart(each, supplies)
        if most is None or each.least is None:
            result.append(each)
            continue
        result.append(replace(each, least=min(each.least, most), expected=min(expected, most)))
        if expected > most:
            crowded.append((each, expected - most))
    return result, crowded


def _most_apart(work: Work, supplies: Sequence[Supply]) -> int | None:
    """Returns how many of these pods can run; None without such a limit, or if the zones of a pool are not known."""
    if work.alone_in is None:
        return None
    if work.alone_in == "region":
        return 1
    able = [supply for supply in supplies if supply.allowed(work.placement)]
    if not able or not all(supply.zones for supply in able):
        return None
    return len(_allowed({zone for supply in able for zone in supply.zones}, work.placement))


def by_zone(work: Work, supplies: Sequence[Supply]) -> Iterator[Work]:
    """Yields the pods of a workload by the zones over which Karpenter spreads them; the workload itself without them.

    A zone is filled up to the skew before the next, and beyond that all equally.
    """
    zones = {
        zone
        for supply in supplies
        if work.zone_skew is not None and supply.precedence is not None and supply.allowed(work.placement)
        for zone in supply.zones
    }
    number, skew = len(_allowed(zones, work.placement)), work.zone_skew or 1
    pods = work.expected or 0
    if number < 2 or pods <= skew:
        yield work
        return
    for index, part in enumerate(_parts(pods, number, skew)):
        yield replace(work, expected=part, zone=(id(work), index))


def _parts(pods: int, zones: int, skew: int) -> list[int]:
    """Returns the pods of each zone."""
    if pods > skew * zones:
        return [pods // zones + (index < pods % zones) for index in range(zones)]
    return [min(skew, pods - start) for start in range(0, pods, skew)]


def _allowed(zones: set[str], placement: Placement) -> set[str]:
    """Returns the zones that the conditions of a pod on its node allow; those that it names may be no zones' names
    here, such as those of zones that are known by their IDs."""
    stated = {placement.selector[key] for key in ZONES if key in placement.selector}
    for term in placement.terms:
        for each in term:
            if get_str(each, "key") in ZONES and get_str(each, "operator") == "In":
                stated |= set(get_str_list(each, "values"))
    return set(sorted(zones)[: len(stated)]) if stated else zones

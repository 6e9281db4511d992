"""A month of work on a platform: queued jobs, served requests, and the charges that follow neither."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from falaj.components.core.validation.enums import Profile
from falaj.simulation.commitments import with_commitments
from falaj.simulation.outcome import EVERY_TENANT, Cause, Charge, Outcome
from falaj.simulation.platform_model import MONTH_SECONDS, Platform
from falaj.simulation.work import Work

LATE_ANYWAY = 0.001
"""Share of a service's requests from which on it is said that they are late with any number of replicas."""

Key = TypeVar("Key")
Value = TypeVar("Value")


def simulate(platform: Platform, work: Work, seed: int = 0) -> Outcome:
    """Returns what a month of work costs on a platform and how long it waits, with all warnings about both.

    The same seed gives the same outcome."""
    from falaj.simulation.experiments import split
    from falaj.simulation.jobs import simulate_jobs
    from falaj.simulation.serving import simulate_requests
    from falaj.simulation.serving.demand import late_anyway

    divided = split(platform, work, seed)
    parts = (simulate_jobs(platform, divided, seed), simulate_requests(platform, divided, seed))
    late = late_anyway(platform, divided.requests, LATE_ANYWAY)
    warnings = (*platform.warnings, *work.notes, *_left_out(platform, divided), *_unfinished(parts), *late)
    return with_commitments(platform, work, combined(parts, [*system_charges(platform, work.length)], warnings))


def system_charges(platform: Platform, length: float) -> Iterator[Charge]:
    """Yields the charges that do not follow the work, in `length` seconds."""
    for aed in platform.system_aed_per_month.values():
        yield Charge(None, Profile.SYSTEM.value, Cause.SYSTEM, aed * length / MONTH_SECONDS)


def combined(parts: Sequence[Outcome], charges: Sequence[Charge], warnings: Sequence[str]) -> Outcome:
    """Returns the outcomes of different pools, tenants' jobs and services as one, with further charges and warnings."""
    return Outcome(
        charges=_summed([*(charge for part in parts for charge in part.charges), *charges]),
        waits=_together(part.waits for part in parts),
        answers=_together(part.answers for part in parts),
        deadlines=sum(part.deadlines for part in parts),
        deadlines_missed=sum(part.deadlines_missed for part in parts),
        interruptions=sum(part.interruptions for part in parts),
        gpu_hours_paid=sum(part.gpu_hours_paid for part in parts),
        gpu_hours_used=sum(part.gpu_hours_used for part in parts),
        node_hours=_together(part.node_hours for part in parts),
        hours=_together(part.hours for part in parts),
        on_demand=_gathered(part.on_demand for part in parts),
        warnings=tuple(dict.fromkeys((*warnings, *(warning for part in parts for warning in part.warnings)))),
    )


def _together(mappings: Iterator[Mapping[str, Value]]) -> dict[str, Value]:
    return {key: value for mapping in mappings for key, value in mapping.items()}


def _gathered(mappings: Iterator[Mapping[Key, Sequence[Value]]]) -> dict[Key, Sequence[Value]]:
    found: dict[Key, list[Value]] = {}
    for mapping in mappings:
        for key, values in mapping.items():
            found.setdefault(key, []).extend(values)
    return {**found}


def _summed(charges: Sequence[Charge]) -> tuple[Charge, ...]:
    """Returns one charge for each tenant, profile and cause, in an order that does not depend on the simulation."""
    sums: dict[tuple[str, str, str], float] = {}
    first: dict[tuple[str, str, str], Charge] = {}
    for charge in charges:
        key = (charge.tenant or "", charge.profile, charge.cause.value)
        sums[key] = sums.get(key, 0.0) + charge.aed
        first.setdefault(key, charge)
    return tuple(Charge(each.tenant, each.profile, each.cause, sums[key]) for key, each in sorted(first.items()))


def _unfinished(parts: Sequence[Outcome]) -> Iterator[str]:
    """Yields a warning for work that is not in the bill: a month that ends before its jobs do looks cheap."""
    count = sum(part.waits[EVERY_TENANT].unfinished for part in parts if EVERY_TENANT in part.waits)
    if count:
        yield f"{count:,} jobs had not ended by the end of the month: what is left of them is not in the bill"


def _left_out(platform: Platform, work: Work) -> Iterator[str]:
    """Yields a warning for requests to services that the platform does not have."""
    requests = work.requests
    if requests is None:
        return
    names = {service.name for service in platform.services}
    counts = Counter(requests.service.tolist())
    for number, name in enumerate(requests.services):
        if name not in names and counts[number]:
            there = ", ".join(sorted(names)) or "none"
            yield f"{counts[number]:,} requests to {name} are left out: no such service; there are: {there}"

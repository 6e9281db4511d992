"""Requests of each service as columns: when they arrive, how long they occupy a slot, when their first token comes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.platform_model import Platform, ServiceModel

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers, Requests


@dataclass(frozen=True)
class Demand:
    """Requests of one service in the order of arrival. All columns have one length."""

    at: "Numbers"
    read: "Numbers | None"
    """Seconds in which a replica reads the prompt; 0 where a measured time includes it, None if it is 0 for all."""
    hold: "Numbers"
    """Seconds for which a request occupies its slot after that."""
    first: "Numbers"
    """Seconds from the prompt's end to the first token, or to the answer of a model without tokens."""
    prompt: "Numbers"
    """Tokens of the prompt."""


def demands(platform: Platform, requests: "Requests | None") -> Iterator[tuple[ServiceModel, Demand]]:
    """Yields all services of the platform with their requests. Requests to services that it does not have are left
    out: its own `warnings` are for the caller."""
    numbers = {name: number for number, name in enumerate(requests.services)} if requests else {}
    for service in platform.services:
        number = numbers.get(service.name)
        if requests is None or number is None:
            nothing = np.empty(0)
            yield service, Demand(nothing, None, nothing, nothing, nothing)
        else:
            yield service, _demand(service, requests, np.flatnonzero(requests.service == number))


def late_anyway(platform: Platform, requests: "Requests | None", least: float) -> Iterator[str]:
    """Yields a sentence for each service of whose requests more than `least`, a share, are late however many replicas
    it has: one needs longer for the request alone than the service promises."""
    for service, demand in demands(platform, requests):
        alone = demand.first if demand.read is None else demand.first + demand.read
        share = np.count_nonzero(alone > service.late_seconds) / max(len(alone), 1)
        if share > least:
            yield (
                f"{share:.2%} of the requests to {service.name} are late with any number of replicas: their prompt or "
                f"answer alone takes one longer than {service.late_seconds:g} s. Faster machines, more GPUs a replica "
                "or a later promise (late_seconds of --services) mend that"
            )


def _demand(service: ServiceModel, requests: "Requests", rows: "np.ndarray") -> Demand:
    """Speeds are those of a request while all slots are in use; a measured time replaces them."""
    everything = len(rows) == len(requests.at)
    at, prompt, generated, measured = (
        column if everything else column[rows]
        for column in (requests.at, requests.prompt, requests.generated, requests.seconds)
    )
    is_measured, fixed = ~np.isnan(measured), service.seconds_per_request
    read = prompt / service.prompt_tokens_per_second
    hold = generated / service.tokens_per_second
    hold += fixed
    first = np.broadcast_to(np.float64(fixed), len(at))
    if is_measured.any():
        hold = np.where(is_measured, measured, hold)
        first = np.where(is_measured, np.where(generated > 0, np.minimum(fixed + read, measured), measured), first)
        read = np.where(is_measured, 0.0, read)
    return Demand(at, read if read.any() else None, hold, first, prompt)

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
    hold: "Numbers"
    """Seconds for which a request occupies a slot."""
    first: "Numbers"
    """Seconds from the slot to the first token, or to the answer of a model without tokens."""


def demands(platform: Platform, requests: "Requests | None") -> Iterator[tuple[ServiceModel, Demand]]:
    """Yields all services of the platform with their requests. Requests to services that it does not have are left
    out: its own `warnings` are for the caller."""
    numbers = {name: number for number, name in enumerate(requests.services)} if requests else {}
    for service in platform.services:
        number = numbers.get(service.name)
        if requests is None or number is None:
            nothing = np.empty(0)
            yield service, Demand(nothing, nothing, nothing)
        else:
            yield service, _demand(service, requests, np.flatnonzero(requests.service == number))


def _demand(service: ServiceModel, requests: "Requests", rows: "np.ndarray") -> Demand:
    """Speeds are those of a request while all slots are in use; a measured time replaces them."""
    everything = len(rows) == len(requests.at)
    at, prompt, generated, measured = (
        column if everything else column[rows]
        for column in (requests.at, requests.prompt, requests.generated, requests.seconds)
    )
    first = service.seconds_per_request + (prompt / service.prompt_tokens_per_second if prompt.any() else prompt)
    spoken = generated > 0
    hold = first + generated / service.tokens_per_second if spoken.any() else first
    is_measured = ~np.isnan(measured)
    if is_measured.any():
        hold = np.where(is_measured, measured, hold)
        first = np.where(spoken, np.minimum(first, hold), hold)
    return Demand(at, hold, first)

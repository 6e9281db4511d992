"""How long requests hold the slots of their services."""

from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.platform_model import ServiceModel
from falaj.simulation.work import Requests, Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

WINDOW_SECONDS = 300.0
"""Peaks shorter than this are levelled, which is in favour of a static fleet."""

CHUNK = 4_000_000
"""Requests whose times are computed at once, to need little memory."""


def replica_seconds(service: ServiceModel, work: Work) -> "Numbers":
    """Returns for each window of the month the seconds of replicas with all slots in use that its requests need.

    A request needs a slot for its measured time, or for the fixed time and the time of its tokens at the speed of a
    replica whose slots are all in use. It counts in the window in which it arrives, and up to the end of the month.
    """
    windows = int(np.ceil(work.length / WINDOW_SECONDS))
    total = np.zeros(windows)
    requests = work.requests
    if requests is None or service.name not in requests.services:
        return total
    index = requests.services.index(service.name)
    for start in range(0, len(requests.at), CHUNK):
        rows = slice(start, start + CHUNK)
        own = np.flatnonzero(requests.service[rows] == index) + start
        at = requests.at[own]
        held = np.clip(np.minimum(_slot_seconds(service, requests, own), work.length - at), 0.0, None)
        window = np.minimum((at / WINDOW_SECONDS).astype(np.int64), windows - 1)
        total += np.bincount(window, weights=held, minlength=windows)
    return total / service.slots


def _slot_seconds(service: ServiceModel, requests: Requests, rows: "np.ndarray") -> "Numbers":
    measured, prompt, generated = requests.seconds[rows], requests.prompt[rows], requests.generated[rows]
    computed = service.seconds_per_request + np.zeros(len(rows))
    if prompt.any():
        computed += prompt / service.prompt_tokens_per_second
    if generated.any():
        computed += generated / service.tokens_per_second
    return np.where(np.isnan(measured), computed, measured)

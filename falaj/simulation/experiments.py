"""Requests to services in experiments, split between their variants as the gateway splits them."""

from dataclasses import replace

import numpy as np

from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work


def split(platform: Platform, work: Work, seed: int) -> Work:
    """Returns the work with each request to an experiment assigned to one of its variants, at random by their
    shares."""
    requests = work.requests
    if requests is None:
        return work
    running = {name: platform.experiments[name] for name in requests.services if name in platform.experiments}
    if not running:
        return work
    chance = np.random.default_rng(seed)
    names = list(dict.fromkeys((*requests.services, *(variant for shares in running.values() for variant in shares))))
    service = requests.service.copy()
    for name, shares in running.items():
        rows = np.flatnonzero(requests.service == requests.services.index(name))
        variants = np.array([names.index(variant) for variant in shares], dtype=service.dtype)
        weights = np.array([*shares.values()])
        service[rows] = chance.choice(variants, size=len(rows), p=weights / weights.sum())
    return replace(work, requests=replace(requests, service=service, services=tuple(names)))

"""Whose a job or request is: names of a trace become tenants and services of the stack."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from falaj.simulation.work import Indices


def assign_names(work: Work, options: TraceOptions) -> Work:
    """Returns work whose jobs and requests belong to tenants and services of the stack, if the options name them."""
    jobs, requests = work.jobs, work.requests
    if jobs is not None:
        tenant, tenants = assigned(jobs.tenant, jobs.tenants, options.tenants, options.renamed)
        jobs = replace(jobs, tenant=tenant, tenants=tenants)
    if requests is not None:
        service, services = assigned(requests.service, requests.services, options.services, options.renamed)
        requests = replace(requests, service=service, services=services)
    return replace(work, jobs=jobs, requests=requests)


def assigned(
    rows: "Indices", names: tuple[str, ...], shares: Mapping[str, float], renamed: Mapping[str, str]
) -> "tuple[Indices, tuple[str, ...]]":
    """Returns rows and names of the stack. A name of the stack stays. Every other name of the trace goes to one name
    of the stack as a whole, the most frequent one first, by shares; rows without a name are dealt out one by one.
    """
    names = tuple(renamed.get(each, each) for each in names)
    known = tuple(shares) or tuple(dict.fromkeys(names))
    position = {each: index for index, each in enumerate(known)}
    target = np.array([position.get(each, -1) for each in names], np.int32)
    if shares:
        weights = np.array(list(shares.values()))
        counts = np.bincount(rows, minlength=len(names))
        strangers = [index for index in np.argsort(-counts, kind="stable") if target[index] < 0 and names[index]]
        target[strangers] = dealt(len(strangers), weights)
    result = target[rows]
    nobody = result < 0
    if nobody.any():
        result[nobody] = dealt(int(nobody.sum()), np.array(list(shares.values())))
    return result, known


def dealt(count: int, weights: "np.ndarray") -> "Indices":
    """Deals out positions in proportion to weights, as evenly as possible: any first part has nearly their shares."""
    if len(weights) == 1:
        return np.zeros(count, np.int32)
    shares = weights / weights.sum()
    amounts = np.ceil(count * shares).astype(np.int64) + 1
    who = np.repeat(np.arange(len(weights), dtype=np.int32), amounts)
    turns = np.concatenate([(np.arange(amount) + 0.5) / share for amount, share in zip(amounts, shares, strict=True)])
    return who[np.argsort(turns, kind="stable")][:count]

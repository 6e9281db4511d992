"""The work that `falaj simulate` replays: traces of jobs and requests, and of spot capacity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from falaj.simulation.platform_model import Platform
    from falaj.simulation.traces import TraceOptions
    from falaj.simulation.work import SpotCapacity, Work


WorkOption = Annotated[
    list[Path], typer.Option("--work", help="Trace of jobs, or of requests; once for each (docs/traces.md).")
]


@dataclass(frozen=True)
class TraceFitOptions:
    """Options of how traces are fitted to a stack and a month."""

    format: Annotated[
        str | None, typer.Option("--format", help="Form of the traces; default: found from their content.")
    ] = None
    spot: Annotated[
        list[str] | None,
        typer.Option("--spot", help="Trace of spot capacity: FILE for all pools, or SITE/POOL=FILE. May be repeated."),
    ] = None
    tenant: Annotated[
        list[str] | None,
        typer.Option("--tenant", help="NAME=SHARE: tenants that jobs of unknown tenants are dealt out to."),
    ] = None
    service: Annotated[
        list[str] | None,
        typer.Option("--service", help="NAME=SHARE: services that requests to unknown services are dealt out to."),
    ] = None
    load: Annotated[
        float, typer.Option("--load", min=1e-6, max=1e4, help="Factor on the number of jobs and requests.")
    ] = 1.0
    month: Annotated[
        str | None, typer.Option("--month", help="Month to fit the traces to: 2026-12; default: as they are.")
    ] = None


def read_month(paths: Sequence[Path], options: TraceFitOptions, platform: "Platform", seed: int) -> "Work":
    """Returns the work of all files. Raises `BadInput` with one sentence."""
    from falaj.simulation.traces import TraceOptions

    trace = TraceOptions(
        tenants=_shares(options.tenant, _tenants(platform), "--tenant"),
        services=_shares(options.service, dict.fromkeys(_services(platform), 1.0), "--service"),
        load=options.load,
        month=None if options.month is None else _first_moment(options.month),
        seed=seed,
    )
    works = [_read(path, options.format, trace) for path in paths]
    return _merged(works, paths, _spot(options.spot or [], platform))


def _tenants(platform: "Platform") -> dict[str, float]:
    """Returns the tenants with queues by the weights of their queues."""
    weights: dict[str, float] = {}
    for queue in platform.queues:
        weights[queue.tenant] = weights.get(queue.tenant, 0.0) + queue.weight
    return weights


def _services(platform: "Platform") -> list[str]:
    """Returns the services that clients call: an experiment and not its variants."""
    variants = {name for shares in platform.experiments.values() for name in shares}
    return [*(service.name for service in platform.services if service.name not in variants), *platform.experiments]


def _shares(given: Sequence[str] | None, known: Mapping[str, float], option: str) -> Mapping[str, float]:
    """Returns the shares of an option, by default those of the stack. Raises `BadInput`."""
    from falaj.cli.bill_options import decimal_of
    from falaj.finops.errors import BadInput

    if not given:
        return known
    shares: dict[str, float] = {}
    for text in given:
        name, equals, share = text.partition("=")
        if name not in known:
            raise BadInput(option, f"{name!r} is not in the stack; there are: {', '.join(sorted(known)) or 'none'}")
        shares[name] = float(decimal_of(share, f"{option} {name}")) if equals else 1.0
    return shares


def _first_moment(month: str) -> datetime:
    from falaj.cli.bill_options import month_of
    from falaj.components.core.tenancy.spend_quota import DUBAI

    day = month_of(month)
    return datetime(day.year, day.month, day.day, tzinfo=DUBAI)


def _read(path: Path, format: str | None, options: "TraceOptions") -> "Work":
    """Returns the work of a file, with a note if tenants or services of the stack take the place of unknown ones."""
    from dataclasses import replace

    from falaj.simulation.traces import read_work
    from falaj.simulation.traces.names import named

    own = read_work(path, format, replace(options, tenants={}, services={}))
    work = named(own, options)
    notes = [
        f"{path}: work of {kind} that the stack does not have is dealt out to {', '.join(known)}"
        for kind, column, known in (
            ("tenants", own.jobs and own.jobs.tenants, options.tenants),
            ("services", own.requests and own.requests.services, options.services),
        )
        if column and known and not set(column) <= set(known)
    ]
    return replace(work, notes=(*work.notes, *notes))


def _merged(works: Sequence["Work"], paths: Sequence[Path], spot: Mapping[str, "SpotCapacity"]) -> "Work":
    from dataclasses import replace

    from falaj.finops.errors import BadInput

    first = works[0]
    for path, work in zip(paths[1:], works[1:], strict=True):
        if (work.start, work.length) != (first.start, first.length):
            raise BadInput(str(path), f"is of another time than {paths[0]}: fit both to a month with --month")
    jobs = [work.jobs for work in works if work.jobs is not None]
    requests = [work.requests for work in works if work.requests is not None]
    for kind, found in (("jobs", jobs), ("requests", requests)):
        if len(found) > 1:
            raise BadInput("--work", f"{len(found)} files have {kind}: put them into one, in the order of their times")
    return replace(
        first,
        jobs=jobs[0] if jobs else None,
        requests=requests[0] if requests else None,
        spot={**{key: each for work in works for key, each in work.spot.items()}, **spot},
        notes=tuple(dict.fromkeys(note for work in works for note in work.notes)),
    )


def _spot(given: Sequence[str], platform: "Platform") -> dict[str, "SpotCapacity"]:
    """Returns the capacity of spot machines by pool. Raises `BadInput`."""
    from falaj.finops.errors import BadInput

    found: dict[str, SpotCapacity] = {}
    pools = [pool.key for pool in platform.pools]
    for text in given:
        pool, equals, file = text.rpartition("=")
        if equals and pool not in pools:
            raise BadInput("--spot", f"the stack has no pool {pool!r}; there are: {', '.join(pools)}")
        found[pool or "*"] = _capacity(Path(file))
    return found


def _capacity(file: Path) -> "SpotCapacity":
    from falaj.simulation.traces import read_spot

    return read_spot(file)

"""The work that `falaj simulate` replays: traces of jobs and requests, and of spot capacity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.simulate_spot import SpotOption, read_spot_traces

if TYPE_CHECKING:
    from falaj.simulation.platform_model import Platform
    from falaj.simulation.traces import TraceOptions
    from falaj.simulation.work import Work


WorkOption = Annotated[
    list[Path],
    typer.Option(
        "--work",
        help="Trace of jobs, or of requests; once for each. Forms: https://git.example.ae/falaj/falaj/docs/traces.md",
    ),
]


@dataclass(frozen=True)
class TraceFitOptions:
    """Options of how traces are fitted to a stack and a month."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="Form of the traces, such as kueue or jobs; default: found from their content.",
        ),
    ] = None
    spot: SpotOption = None
    tenant: Annotated[
        list[str] | None,
        typer.Option(
            "--tenant",
            help="NAME=SHARE: tenants to which jobs of unknown tenants are assigned; "
            "default: those with queues, by their budgets.",
        ),
    ] = None
    service: Annotated[
        list[str] | None,
        typer.Option(
            "--service",
            help="NAME=SHARE: services to which requests to unknown services are assigned; "
            "default: all, in equal shares.",
        ),
    ] = None
    load: Annotated[
        float, typer.Option("--load", min=1e-6, max=1e4, help="Factor on the number of jobs and requests.")
    ] = 1.0
    month: Annotated[
        str | None, typer.Option("--month", help="Month to fit the traces to: 2026-12; default: as they are.")
    ] = None


def read_month(paths: Sequence[Path], options: TraceFitOptions, platform: "Platform", seed: int) -> "Work":
    """Returns the work of all files. Raises `BadInput` with one sentence."""
    from falaj.simulation.traces import TraceOptions, read_work

    trace = TraceOptions(
        tenants=_shares(options.tenant, _tenants(platform), "--tenant"),
        services=_shares(options.service, dict.fromkeys(_services(platform), 1.0), "--service"),
        load=options.load,
        month=None if options.month is None else _first_moment(options.month),
        seed=seed,
    )
    work = _together([read_work(path, options.format, trace) for path in paths], paths)
    spot = read_spot_traces(options.spot or [], [pool.key for pool in platform.pools])
    return replace(work, spot={**work.spot, **spot}, notes=(*work.notes, *_notes(work, trace)))


def _notes(work: "Work", trace: "TraceOptions") -> Iterator[str]:
    """Yields what the options suppose about whose work it is."""
    if work.jobs is not None and trace.tenants:
        yield f"jobs of tenants other than {', '.join(trace.tenants)} count as theirs, by shares (--tenant)"
    if work.requests is not None and trace.services:
        yield f"requests to services other than {', '.join(trace.services)} count as theirs, by shares (--service)"


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


def _together(works: Sequence["Work"], paths: Sequence[Path]) -> "Work":
    """Returns the work of several files as one, from the start of the first to the end of the last. Raises
    `BadInput`."""
    from falaj.finops.errors import BadInput
    from falaj.simulation.trace_alignment import MOST_DAYS, aligned_work

    for kind in ("jobs", "requests"):
        count = sum(getattr(work, kind) is not None for work in works)
        if count > 1:
            raise BadInput("--work", f"{count} files have {kind}: put them into one, in the order of their times")
    work = aligned_work(works)
    if work.length > MOST_DAYS * 86_400 and len(works) > 1:
        names = " and ".join(map(str, paths))
        raise BadInput("--work", f"{names} are more than {MOST_DAYS} days apart: fit them to one month with --month")
    return work

"""Reads traces of work and of spot capacity; the form of a file follows from its content."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from falaj.finops.errors import BadInput, shown
from falaj.simulation.traces.forms import SPOT_FORMS, WORK_FORMS, Form, form_of_table, form_of_text
from falaj.simulation.traces.options import TraceOptions, check_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from falaj.simulation.work import Jobs, Numbers, Requests, SpotCapacity, Work

MOST_SCALE = 1_000_000
"""Machines that one machine of a spot trace stands for, at most."""


MOST_JOB = {"run": (315_360_000, "seconds"), "gpus": (100_000, "GPUs"), "cpu": (10_000_000, "vCPUs"),
            "memory_gib": (100_000_000, "GiB of memory")}  # fmt: skip
MOST_REQUEST = {"prompt": (10_000_000, "tokens in its prompt"), "generated": (10_000_000, "generated tokens"),
                "seconds": (86_400, "seconds")}  # fmt: skip
"""Column -> most of a job and of a request, and what it counts: ten years, more than any cluster has, ten times the
longest context of a model, and a day. What exceeds it is in another unit."""


def read_work(path: Path, format: str | None = None, options: TraceOptions | None = None) -> "Work":
    """Reads a trace of jobs or requests, and fits it to the stack and month of the options. `format` is a name in
    `WORK_FORMS`; None finds it from the content. Raises `BadInput`.
    """
    from falaj.simulation.traces.month import fitted
    from falaj.simulation.traces.names import assign_names

    options = options or TraceOptions()
    check_options(options)
    form = form_of_text(path, WORK_FORMS) if format is None else _named(format, WORK_FORMS)
    work = _table(form, path, options) if form is None or form.columns else _reader(form)(path, options)
    if work.jobs is not None:
        _check_sizes(path, "job", work.jobs, work.jobs.submit, MOST_JOB)
    if work.requests is not None:
        _check_sizes(path, "request", work.requests, work.requests.at, MOST_REQUEST)
    return assign_names(fitted(work, options), options)


def _check_sizes(
    path: Path, what: str, sized: "Jobs | Requests", times: "Numbers", most: Mapping[str, tuple[int, str]]
) -> None:
    """Raises `BadInput` for the first one that is larger than any real one. A value that is not stated is no number."""
    for column, (bound, unit) in most.items():
        beyond = getattr(sized, column) > bound
        if beyond.any():
            first = int(beyond.argmax())
            given = f"the {what} after {times[first]:g} s has {getattr(sized, column)[first]:g} {unit}"
            raise BadInput(str(path), f"{given}; allowed are at most {bound:,}: correct its unit")


def read_spot(
    path: Path, format: str | None = None, *, bid: float | None = None, machine: str | None = None, scale: int = 1
) -> "SpotCapacity":
    """Reads a trace of spot capacity: a file, or a folder of files of one form. `format` is a name in `SPOT_FORMS`;
    None finds it from the content. `bid` in USD per hour, `machine` and `scale` are those of `spot.SpotOptions`.
    Raises `BadInput`.
    """
    from falaj.simulation.traces.spot import SpotOptions

    if not 1 <= scale <= MOST_SCALE:
        raise BadInput("scale", f"{shown(scale)} is not a whole number from 1 to {MOST_SCALE}")
    paths = sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    if not paths:
        raise BadInput(str(path), "is a folder without files")
    form = form_of_text(paths[0], SPOT_FORMS) if format is None else _named(format, SPOT_FORMS)
    assert form is not None, "no spot trace is a table"  # noqa: S101
    return _reader(form)(paths, SpotOptions(bid, machine, scale))


def _named(format: str, forms: Mapping[str, Form]) -> Form:
    if format not in forms:
        raise BadInput("format", f"{shown(format)} is no form of a trace; use {', '.join(forms)}")
    return forms[format]


def _reader(form: Form) -> "Callable[..., Any]":
    return getattr(import_module(form.module), form.function)


def _table(form: Form | None, path: Path, options: TraceOptions) -> "Work":
    from falaj.simulation.traces.tables import open_table

    with open_table(path) as table:
        found = form or form_of_table(path, table.types, WORK_FORMS)
        table.require(found.columns)
        return _reader(found)(table, options)

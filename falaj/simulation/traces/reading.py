"""Reads traces of work and of spot capacity; the form of a file follows from its content."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from falaj.finops.errors import BadInput, shown
from falaj.simulation.traces.forms import WORK_FORMS, Form, form_of
from falaj.simulation.traces.options import TraceOptions, check_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from falaj.simulation.work import Work


def read_work(path: Path, format: str | None = None, options: TraceOptions | None = None) -> "Work":
    """Reads a trace of jobs or requests, and fits it to the stack and month of the options. `format` is a name in
    `WORK_FORMS`; None finds it from the content. Raises `BadInput`.
    """
    from falaj.simulation.traces.month import fitted
    from falaj.simulation.traces.names import named

    options = options or TraceOptions()
    check_options(options)
    form = form_of(path, WORK_FORMS) if format is None else _named(format, WORK_FORMS)
    return named(fitted(_read(form, path, options), options), options)


def _named(format: str, forms: Mapping[str, Form]) -> Form:
    if format not in forms:
        raise BadInput("format", f"{shown(format)} is no form of a trace; use {', '.join(forms)}")
    return forms[format]


def _read(form: Form, path: Path, options: TraceOptions) -> "Work":
    from falaj.simulation.traces.tables import open_table

    reader: Callable[..., Work] = getattr(import_module(form.module), form.function)
    if not form.columns:
        return reader(path, options)
    with open_table(path) as table:
        table.require(form.columns)
        return reader(table, options)

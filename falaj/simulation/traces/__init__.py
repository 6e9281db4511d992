"""Traces of work and of spot capacity: readers of this project's own form and of published ones, and synthetic months.

What computes is imported when it is called, so that the command line can import this package.
"""

from typing import TYPE_CHECKING, Any

from falaj.simulation.traces.forms import SPOT_FORMS, WORK_FORMS
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.reading import read_spot, read_work

if TYPE_CHECKING:
    from falaj.simulation.traces.samples import sample_work

__all__ = ["SPOT_FORMS", "WORK_FORMS", "TraceOptions", "read_spot", "read_work", "sample_work"]


def __getattr__(name: str) -> Any:
    if name == "sample_work":
        from falaj.simulation.traces.samples import sample_work

        return sample_work
    raise AttributeError(name)

"""Traces that are damaged anyhow, and what must be true of one that is read."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import strategies as st

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.finops.errors import BadInput
from falaj.simulation.traces import SPOT_FORMS, TraceOptions, read_spot, read_work
from falaj.simulation.work import SpotCapacity, Work
from tests.unit.simulation import trace_files
from tests.unit.simulation.trace_files import JOBS, REQUESTS

WORKLOAD = trace_files.workload(
    "a",
    {"nvidia.com/gpu": "1", "cpu": "2"},
    [
        trace_files.condition("Admitted", "2026-11-01T09:00:00Z"),
        trace_files.condition("Finished", "2026-11-01T12:00:00Z"),
    ],
)
RATES = trace_files.matrix(({"service": "chat"}, [(1793512800.0, "0.1"), (1793514800.0, "0.2")]))
HISTORY = {"SpotPriceHistory": [trace_files.price("a", "1.0", "2020-03-01T00:00:00Z")]}
TICKS = {"metadata": {"gap_seconds": 300}, "data": [1, 0, 1]}

TRACES: Mapping[str, bytes] = {
    "jobs": JOBS.encode(),
    "requests": REQUESTS.replace("90,", "900,").encode(),
    "philly": json.dumps(trace_files.PHILLY).encode(),
    "philly-runtimes": (trace_files.RUNTIMES + "60\n" * 99).encode(),
    "gavel": trace_files.GAVEL.replace("6.5", "6500").encode(),
    "alibaba": trace_files.ALIBABA.replace("150,250,160", "2150,2250,2160").encode(),
    "azure-llm": trace_files.LLM.replace("18:18", "18:58").encode(),
    "burstgpt": trace_files.BURST_GPT.encode(),
    "mooncake": trace_files.MOONCAKE.encode(),
    "qwen": trace_files.QWEN.encode(),
    "kueue": json.dumps(trace_files.kueue(WORKLOAD)).encode(),
    "prometheus": json.dumps(RATES).encode(),
    "spot-availability": json.dumps(TICKS).encode(),
    "spot-log": trace_files.LOG.encode(),
    "spot-prices": json.dumps(HISTORY).encode(),
}
"""Form -> a trace of it that is right."""

PIECES = (
    *(
        b"",
        b",",
        b"\t",
        b"\n",
        b'"',
        b"[",
        b"}",
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"PAR1",
        b"\x1f\x8b",
    ),
    *(
        b"-1",
        b"nan",
        b"inf",
        b"1e999",
        b"null",
        b"true",
        b"{}",
        b"[]",
        b"0",
        b"9" * 400,
        b"1970-01-01T00:00:00",
        b"x" * 300,
    ),
    *(
        b"2026-11-01T25:00:00Z",
        b"2026-11-01T08:00:00+04:00",
        b'"\\ud800"',
        b" ",
        b"\r",
        b"'; DROP TABLE trace; --",
        b"%s",
    ),
)


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """Returns a form and a trace of it with one to three changes: pieces replaced, repeated, moved or cut off."""
    form = draw(st.sampled_from(sorted(TRACES)))
    content = TRACES[form]
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, len(content)))
        end = min(first + draw(st.sampled_from((0, 1, 2, 5, 12, 40, 100_000))), len(content))
        piece = draw(st.sampled_from((*PIECES, content[first:end] * 2, content[end:])))
        content = content[:first] + piece + content[end:]
    return form, content


def check_work(work: Work) -> None:
    assert work.length > 0
    if (jobs := work.jobs) is not None:
        assert (np.diff(jobs.submit) >= 0).all()
        assert (jobs.run > 0).all()
        assert (jobs.gpus >= 0).all()
        assert not np.isnan([*jobs.cpu, *jobs.memory_gib, *jobs.deadline]).any()
        assert ((jobs.tenant >= 0) & (jobs.tenant < len(jobs.tenants))).all()
    if (requests := work.requests) is not None:
        assert (np.diff(requests.at) >= 0).all()
        assert ((requests.prompt >= 0) & (requests.generated >= 0)).all()


def check_spot(spot: SpotCapacity) -> None:
    assert spot.at[0] == 0
    assert (np.diff(spot.at) > 0).all()
    assert (spot.machines >= 0).all()
    assert spot.length > spot.at[-1]


MONTH = TraceOptions(tenants={"a": 1, "b": 2}, month=datetime(2026, 11, 1, tzinfo=DUBAI), load=1.5)


def check_is_read_or_refused(form: str, content: bytes, is_named: bool, is_month: bool) -> str:
    """Reads a trace, and returns the sentence by which it is refused; empty if it is read."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "trace"
        file.write_bytes(content)
        (Path(folder) / "simulation_throughputs.json").write_text(json.dumps(trace_files.THROUGHPUTS))
        try:
            if form in SPOT_FORMS:
                check_spot(read_spot(file, form if is_named else None, bid=1.0))
            else:
                check_work(read_work(file, form if is_named else None, MONTH if is_month else None))
        except BadInput as error:
            return str(error)
        return ""

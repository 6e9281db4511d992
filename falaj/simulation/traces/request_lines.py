"""Published traces with a request as JSON in each line.

- Mooncake (kvcache-ai/Mooncake 3b5a5941, FAST25-release/README.md, read 2026-12-01): `timestamp` in milliseconds,
  `input_length` and `output_length` in tokens.
- Qwen of Alibaba Cloud Model Studio (alibaba-edu/qwen-bailian-usagetraces-anon 03a51e31, README.md, read 2026-12-01):
  the same with `chat_id`, and with `timestamp` in seconds.

Both count from the trace's own beginning. `hash_ids`, by which prompts share their beginnings, is not read: the
simulation has no cache of prompts.
"""

from pathlib import Path

import numpy as np

from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json
from falaj.simulation.traces.instants import LATEST
from falaj.simulation.traces.json_values import mapping, number, read_lines
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import NOBODY, START
from falaj.simulation.traces.tables import GREATEST
from falaj.simulation.work import Requests, Work

TOKENS = ("input_length", "output_length")


def read_milliseconds(path: Path, options: TraceOptions) -> Work:
    """Returns the requests of a trace of Mooncake. Raises `BadInput`."""
    del options  # the trace says everything
    return _read(path, 1000.0)


def read_seconds(path: Path, options: TraceOptions) -> Work:
    """Returns the requests of a trace of Qwen. Raises `BadInput`."""
    del options  # the trace says everything
    return _read(path, 1.0)


def _read(path: Path, per_second: float) -> Work:
    """Returns requests in the order of their times, of which there are `per_second` in a second."""
    rows: list[tuple[float, float, float]] = []
    for index, line in enumerate(read_lines(path).splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{path}: line {index}"
        request = mapping(parse_json(line, where), where)
        at = number(request.get("timestamp"), f"{where}: timestamp", 0.0, LATEST * per_second)
        prompt, generated = (number(request.get(name), f"{where}: {name}", 0.0, GREATEST) for name in TOKENS)
        rows.append((at / per_second, prompt, generated))
    if not rows:
        raise BadInput(str(path), "has no requests")
    at, prompt, generated = np.array(rows).T
    order = np.argsort(at, kind="stable")
    unknown, nobody = np.full(len(at), np.nan), np.zeros(len(at), np.int32)
    requests = Requests(at[order], prompt[order], generated[order], unknown, nobody, (NOBODY,))
    return Work(START, float(at.max()) + 1.0, requests=requests)

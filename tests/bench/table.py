"""The figures of a benchmark as JSON, and as a Markdown table with the ratios to the floor of the same run."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.bench.measuring import Cost

FLOOR = "floor"
"""Setup with the no-op provider and without a policy pack: engine, program and SDK alone."""


@dataclass(frozen=True)
class Row:
    """One step of one workload in one setup, and the number of resources of the workload."""

    workload: str
    resources: int
    step: str
    setup: str
    cost: Cost


def as_json(rows: Sequence[Row]) -> str:
    """Returns all rows as JSON."""
    return json.dumps([asdict(row) for row in rows], indent=2)


def as_markdown(rows: Sequence[Row]) -> str:
    """Returns a table: time, processor time, memory, and processor time a resource and beside the floor's."""
    floors = {(row.workload, row.step): row.cost for row in rows if row.setup == FLOOR}
    lines = [
        "| workload | resources | step | setup | time, s | CPU, s | largest process, MiB | CPU ms a resource "
        "| time / floor | CPU / floor |",
        "| --- | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        cost, floor = row.cost, floors.get((row.workload, row.step))
        ratios = (f"{cost.seconds / floor.seconds:.2f}", f"{cost.cpu / floor.cpu:.2f}") if floor else ("", "")
        cells = (
            row.workload,
            f"{row.resources:,}",
            row.step,
            row.setup,
            f"{cost.seconds:.1f}",
            f"{cost.cpu:.1f}",
            f"{cost.mib:.0f}",
            f"{cost.cpu / max(row.resources, 1) * 1000:.2f}",
            *ratios,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)

"""What the pack alone costs a resource, and how that grows: `python -m tests.bench.pack`, with policy_pack on the path.

The pack's own servicer is asked in this process about compliant resources of all types that the rows are about, each
alone and then all together, as in a preview: with growing numbers of resources, and with a part of the rules.
"""

import json
import sys
import time
from itertools import cycle, islice

from guardrails import pack as subject
from guardrails.registry import ALL
from rich.console import Console
from rich.table import Table

from tests.policies.cases import good_cases
from tests.policies.harness import STRICT, Given, Pack

RESOURCES = (250, 1000, 4000)
PARTS = (4, 2, 1)
"""Every fourth rule, every second, all."""


def plan(size: int) -> list[Given]:
    """So many compliant resources, of all types in turn."""
    cases = [case.given for case in good_cases()]
    return [Given(item.type, item.props, f"{number}") for number, item in enumerate(islice(cycle(cases), size))]


def milliseconds(resources: list[Given]) -> float:
    """Processor time of a run of a new pack, as a resource's share; the best of two."""
    best = float("inf")
    for _ in range(2):
        pack = Pack(STRICT)
        started = time.process_time()
        pack.evaluate_stack(*resources)
        best = min(best, time.process_time() - started)
    return best / len(resources) * 1000


def main() -> None:
    """Print the table, or with `--json` its figures."""
    rows = []
    every = subject.all_guardrails
    for part in PARTS:
        subject.all_guardrails = lambda settings, part=part: every(settings)[::part]
        for size in RESOURCES if part == 1 else RESOURCES[1:2]:
            rows.append((len(ALL[::part]), size, round(milliseconds(plan(size)), 2)))
    if "--json" in sys.argv:
        print(json.dumps([dict(zip(("rules", "resources", "ms"), row, strict=True)) for row in rows]))
        return
    table = Table("rules", "resources", "ms a resource")
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)


if __name__ == "__main__":
    main()

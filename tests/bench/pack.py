"""Measures the policy pack's time per resource: `python -m tests.bench.pack`, with policy_pack on the path.

The pack's servicer evaluates, in process, compliant resources of all types that have rows, first each resource and then
the whole stack as in a preview, with increasing numbers of resources and with fractions of the rules.
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
STEPS = (4, 2, 1)
"""Rules that are evaluated: every fourth, every second, all."""


def plan(size: int) -> list[Given]:
    """Returns `size` compliant resources, cycling through all types."""
    cases = [case.resource for case in good_cases()]
    return [Given(item.type, item.props, f"{number}") for number, item in enumerate(islice(cycle(cases), size))]


def milliseconds(resources: list[Given]) -> float:
    """Returns the processor time per resource of a run of a new pack, in milliseconds; the better of two runs."""
    best = float("inf")
    for _ in range(2):
        pack = Pack(STRICT)
        started = time.process_time()
        pack.evaluate_stack(*resources)
        best = min(best, time.process_time() - started)
    return best / len(resources) * 1000


def main() -> None:
    """Prints the table, or with `--json` its figures."""
    rows = []
    every = subject.all_guardrails
    for step in STEPS:
        subject.all_guardrails = lambda settings, step=step: every(settings)[::step]
        for size in RESOURCES if step == 1 else RESOURCES[1:2]:
            rows.append((len(ALL[::step]), size, round(milliseconds(plan(size)), 2)))
    if "--json" in sys.argv:
        print(json.dumps([dict(zip(("rules", "resources", "ms"), row, strict=True)) for row in rows]))
        return
    table = Table("rules", "resources", "ms a resource")
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)


if __name__ == "__main__":
    main()

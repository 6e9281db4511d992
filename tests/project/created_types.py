"""Writes what the program of each component creates, and its kinds of charges: `python -m tests.project.created_types`.

The programs run without a cloud; what they register is priced as a plan, without usage.
"""

import csv
import io
from collections import defaultdict
from functools import cache

from falaj.components.reference.created import COLUMNS, FILE
from falaj.components.reference.declarations import Reference
from falaj.components.reference.programs import Programs
from falaj.finops.lines import Line
from falaj.finops.plan import Plan, Planned
from tests.unit.components.mocks import Recording, build
from tests.unit.finops.plans import priced

REFERENCE = Reference()
PROGRAMS = Programs(REFERENCE)
COMPONENTS = {of.name: of for of in REFERENCE.components}


@cache
def recorded(name: str) -> Recording:
    """Returns what the program of a component, `aws.Vault`, registers."""
    of = COMPONENTS[name]
    code = compile(PROGRAMS.python(of), f"program of {of.name}", "exec")
    return build(lambda: exec(code, {"__name__": "__main__"}))  # noqa: S102 - our own program


def table() -> str:
    """Returns the table as CSV."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name in COMPONENTS:
        charges = _charges(recorded(name))
        types = sorted({resource.typ for resource in recorded(name).custom()})
        writer.writerows((name, token, "; ".join(sorted(charges[token]))) for token in types)
    return file.getvalue()


def _charges(recording: Recording) -> dict[str, set[str]]:
    rows = (Planned(row.urn, row.typ, row.name, row.inputs, row.parent) for row in recording.resources)
    charges: dict[str, set[str]] = defaultdict(set)
    for line in priced(Plan("dev", tuple(rows))).lines:
        charges[line.type].add(_words(line))
    return charges


def _words(line: Line) -> str:
    """Returns a charge with its unit; which machines a pool or a queue has is an example, and left out."""
    of = line.charge
    kind = f"{of.service} {of.capacity or ''}".strip() if "machine" in of.service else line.what
    return f"{kind} per {line.price.unit}"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")

"""What the cost commands make of odd files, and of the resources of attacks and idioms: figures, or the refusal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from falaj.finops.document import document
from falaj.finops.errors import BadInput
from falaj.finops.plan import read
from tests.policies import attacks, idioms
from tests.policies.harness import Given
from tests.unit.finops.plans import preview, priced, step
from tests.unit.finops.spoiled_inputs import MONTH, READERS
from tests.unit.recorded.fixed_day import on_a_fixed_day
from tests.unit.recorded.odd_findings import plans_of
from tests.unit.recorded.odd_values import CHANGES, CLOSE, odd
from tests.unit.recorded.rows import same_everywhere

FILE = "odd_figures.csv"
FILES_OF_A_READER = 24
BILLED = {"bills of attacks": attacks, "bills of idioms": idioms}
GROUPS = ("odd files", *BILLED)


def contents(group: str, folder: Path) -> dict[tuple[str, ...], Any]:
    """Returns what is said of the files of each reader, or of the resources of each file of attacks or idioms."""
    with on_a_fixed_day():
        if group not in BILLED:
            return {(group, name): _read(name, folder / "file") for name in READERS}
        return {
            (group, file): [_billed(name, plan) for name, plan in _plans(file, named)]
            for file, named in plans_of(BILLED[group]).items()
        }


def _read(name: str, file: Path) -> list[str]:
    reader, found = READERS[name], []
    for number in range(FILES_OF_A_READER):
        content = odd(reader.content, f"{name} {number}", (CHANGES, CLOSE)[number % 2])
        try:
            file.write_text(reader.text(content), encoding="utf-8")
        except (ValueError, TypeError, AttributeError, IndexError, KeyError):
            continue  # no row of a table
        found.append(_said(lambda: reader.use(file)).replace(str(file.parent), ""))
    return found


def _plans(file: str, named: dict[str, tuple[Given, ...]]) -> Iterator[tuple[str, str]]:
    """Yields all resources of a file as one plan, and the same with one odd value in each."""
    given = [(f"{name} {each.name}", each) for name, plan in named.items() for each in plan]
    for is_odd in (False, True):
        steps = [step(each.type, name, odd(each.props, name) if is_odd else each.props) for name, each in given]
        yield f"{file} {is_odd}", preview(*steps)


def _billed(name: str, plan: str) -> str:
    return f"{name}: {_said(lambda: document(priced(read(plan)), MONTH))}"


def _said(use: Any) -> str:
    try:
        return same_everywhere(repr(use()))
    except BadInput as error:
        return same_everywhere(f"refused: {error}")

"""Writes the tables of former and current names in docs/upgrading.md: `python -m tests.project.upgrading`."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import falaj.components
from falaj.cli.common import RENAMED_OPTIONS
from falaj.components.core.validation.args import Spec
from tests.project.pages import ROOT
from tests.unit.components.declared_inputs import types_in

PAGE = ROOT / "docs" / "upgrading.md"
START, END = "<!-- generated: python -m tests.project.upgrading -->\n", "<!-- end of the generated part -->\n"


def written(page: str) -> str:
    """Returns the page with current tables between its two markers."""
    before, _, rest = page.partition(START)
    return f"{before}{START}\n{tables()}\n{END}{rest.partition(END)[2]}"


def tables() -> str:
    """Returns a table for the options of the command, one for renamed inputs, and one for all classes with the same
    inputs that are in a block now."""
    inputs = sorted(_moved_inputs().items())
    renamed = [(old, new, _quoted(classes)) for (old, new), classes in inputs if "." not in new]
    blocks: dict[str, list[tuple[str, str]]] = {}
    for (old, new), classes in _moved_inputs().items():
        if "." in new:
            blocks.setdefault(_quoted(classes), []).append((old, new))
    parts = [_table("Options of the command", RENAMED_OPTIONS.items())]
    parts += [_table(title, moved) for title, moved in sorted(blocks.items())]
    return "\n".join([*parts, _table_of_renamed(renamed)])


def _table(title: str, moved: Iterable[tuple[str, str]]) -> str:
    rows = (f"| `{old}` | `{new}` |\n" for old, new in moved)
    return f"### {title}\n\n| former | now |\n| --- | --- |\n{''.join(rows)}"


def _table_of_renamed(renamed: Iterable[tuple[str, str, str]]) -> str:
    rows = (f"| `{old}` | `{new}` | {classes} |\n" for old, new, classes in renamed)
    return f"### Renamed inputs\n\n| former | now | of |\n| --- | --- | --- |\n{''.join(rows)}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _moved_inputs() -> dict[tuple[str, str], set[str]]:
    """Returns the classes by former and current name of an input, without those that only serve as bases."""
    result: dict[tuple[str, str], set[str]] = {}
    specs = _specs()
    blocks = {part for spec in specs for field in spec.model_fields.values() for part in types_in(field.annotation)}
    for declared in specs:
        for moved in declared.moved_keys.items():
            if declared in blocks or not any(moved in sub.moved_keys.items() for sub in _direct(declared)):
                result.setdefault(moved, set()).add(_public_name(declared))
    return result


def _public_name(declared: type[Spec]) -> str:
    """Returns `aws.VaultArgs` for a class of a cloud, and the bare name for one that the clouds share."""
    package = declared.__module__.split(".")[2]
    return f"{package}.{declared.__name__}" if package in ("aws", "azure", "kubernetes") else declared.__name__


def _specs() -> set[type[Spec]]:
    """Returns every class of arguments, in any module of the components."""
    for module in pkgutil.walk_packages(falaj.components.__path__, "falaj.components."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return set(_subclasses(Spec))


def _subclasses(declared: type[Spec]) -> Iterator[type[Spec]]:
    for sub in _direct(declared):
        yield sub
        yield from _subclasses(sub)


def _direct(declared: type[Spec]) -> list[type[Spec]]:
    """Returns the direct subclasses in the components, without those of tests."""
    return [sub for sub in declared.__subclasses__() if sub.__module__.startswith("falaj.components.")]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")

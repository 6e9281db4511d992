"""Writes the tables of former and current names in docs/upgrading.md: `python -m tests.unit.upgrading`."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from operator import itemgetter

import falaj.components
from falaj.cli.common import RENAMED_OPTIONS
from falaj.components.core.validation.args import Spec
from tests.unit.pages import ROOT

PAGE = ROOT / "docs" / "upgrading.md"
START, END = "<!-- generated: python -m tests.unit.upgrading -->\n", "<!-- end of the generated part -->\n"


def written(page: str) -> str:
    """Returns the page with current tables between its two markers."""
    before, _, rest = page.partition(START)
    return f"{before}{START}\n{tables()}\n{END}{rest.partition(END)[2]}"


def tables() -> str:
    """Returns a table for the options of the command, and one for all classes with the same moved inputs."""
    parts = [_table("Options of the command", RENAMED_OPTIONS)]
    parts += [_table(title, moved) for title, moved in sorted(_moved_inputs(), key=itemgetter(0))]
    return "\n".join(parts)


def _table(title: str, moved: Mapping[str, str]) -> str:
    rows = (f"| `{old}` | `{new}` |\n" for old, new in moved.items())
    return f"### {title}\n\n| former | now |\n| --- | --- |\n{''.join(rows)}"


def _moved_inputs() -> Iterator[tuple[str, Mapping[str, str]]]:
    by_inputs: dict[tuple[tuple[str, str], ...], set[str]] = {}
    for declared in _specs():
        if declared.moved_keys and not any(sub.moved_keys == declared.moved_keys for sub in _direct(declared)):
            by_inputs.setdefault(tuple(declared.moved_keys.items()), set()).add(_public_name(declared))
    for inputs, names in by_inputs.items():
        yield ", ".join(f"`{name}`" for name in sorted(names)), dict(inputs)


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

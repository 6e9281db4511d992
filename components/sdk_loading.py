"""Loads of each service in the clouds' SDKs only the modules of the resources that a program uses.

The package of a service, such as `pulumi_aws.ec2`, imports the modules of all its resources. The components use a few
of them, and the others took 0.9 of 2.7 s of processor time that the components of both clouds need to load, and 72 of
262 MiB (measured on 2026-11-28). Here such an import runs when one of its names is first used. The names are read
from the `__all__` of the modules; a package with a module that has none is loaded whole, as is one that was loaded
before.
"""

import importlib
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

_SERVICE = re.compile(r"pulumi_\w+\..+")
_IMPORT = re.compile(r"^from \.(\w+) import \*$", re.MULTILINE)
_EXPORTS = re.compile(rb"^__all__ = \[(.*?)\]", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"['\"](\w+)['\"]")
_HEAD = 4096
"""Bytes at the beginning of a module that have its exports, unless there are many."""


class _Service(ModuleType):
    """The package of a service: imports the module that defines a name when the name is first used."""

    _modules: frozenset[str]
    """Modules whose names the package has."""
    _defined_in: dict[str, str]
    """Name -> the module that defines it. If two define one, the last counts, as with imports."""

    def __getattr__(self, name: str) -> Any:
        state = self.__dict__
        module = state["_defined_in"].get(name, name if name in state["_modules"] else None)
        if module is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        importlib.import_module(f"{self.__name__}.{module}")
        return state[name]

    def __setattr__(self, name: str, value: Any) -> None:
        """Takes the names of a module once it is imported, which sets it as an attribute of its package."""
        super().__setattr__(name, value)
        if isinstance(value, ModuleType) and name in self._modules:
            owned = (export for export in value.__all__ if self._defined_in[export] == name)
            self.__dict__.update({export: getattr(value, export) for export in owned})

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *self._modules, *self._defined_in})


class _Loader(SourceFileLoader):
    """Runs the code of a package without the imports of its modules."""

    def exec_module(self, module: ModuleType) -> None:
        source = Path(self.path).read_text(encoding="utf-8")
        names = _IMPORT.findall(source)
        exports = {name: _exports(Path(self.path).with_name(f"{name}.py")) for name in names}
        if not names or None in exports.values():
            super().exec_module(module)
            return
        defined_in = {export: name for name, found in exports.items() for export in found or ()}
        module.__class__ = _Service
        module.__dict__.update(_modules=frozenset(names), _defined_in=defined_in)
        exec(compile(_IMPORT.sub("", source), self.path, "exec"), module.__dict__)  # noqa: S102 (as the loader does)
        module.__dict__["__all__"] = [name for name in dir(module) if not name.startswith("_")]


def _exports(file: Path) -> list[str] | None:
    """Returns the names in the `__all__` of a module; None if it has none, or is none."""
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
        found = _EXPORTS.search(head) or _EXPORTS.search(head + opened.read())
    return None if found is None else _EXPORT.findall(found[1].decode())


class _Finder(MetaPathFinder):
    """Finds the packages of services where Python does, and gives them the loader."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if _SERVICE.fullmatch(fullname) is None:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.submodule_search_locations and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(fullname, spec.loader.path)
        return spec


def load_what_is_used() -> None:
    """Lets the services that are imported from now on load only what is used of them."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())

"""Programs that are forked find the modules of a policy pack loaded if its content is that of this checkout.

Tests copy the pack and change its settings or its code. A changed copy of the code loads its own modules, as ever.
"""

import importlib
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

PACK = Path(__file__).parents[2] / "policy_pack"
CODE = "guardrails"
"""Package of the pack: its modules, and the tables that they read."""


def content(pack: Path) -> Mapping[str, bytes]:
    """Returns the files of a pack's package, by their path in it; none if there is no package."""
    files = (file for file in (pack / CODE).rglob("*") if file.is_file() and file.suffix != ".pyc")
    return {str(file.relative_to(pack)): file.read_bytes() for file in files}


class WarmPack(MetaPathFinder, Loader):
    """Finds the loaded modules for a program whose first folder of modules is a pack of the same content."""

    def __init__(self, loaded: Mapping[str, ModuleType]) -> None:
        self._loaded = loaded
        self._content = content(PACK)

    def find_spec(self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Returns the specification of a loaded module; None leaves the import to Python."""
        if name not in self._loaded or not self._is_same(Path(sys.path[0])):
            return None
        return ModuleSpec(name, self, is_package=path is None)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Returns the module, which is complete."""
        return self._loaded[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """Does nothing: the module was executed when it was loaded."""

    @cache  # noqa: B019 (as long as the process)
    def _is_same(self, pack: Path) -> bool:
        return pack.resolve() == PACK or content(pack) == self._content


def load() -> dict[str, ModuleType]:
    """Loads the modules of this checkout's pack, and removes them from those that Python knows."""
    sys.path.insert(0, str(PACK))
    try:
        importlib.import_module(f"{CODE}.serve")
    finally:
        sys.path.remove(str(PACK))
    return {name: sys.modules.pop(name) for name in [*sys.modules] if name.partition(".")[0] == CODE}

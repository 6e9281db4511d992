"""Records everything anew, and prints what has changed: `.venv/bin/python -m tests.unit.recorded`.

With `--show GROUP`, prints what the digests of a group stand for, as JSON, and writes nothing.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.unit.recorded import bills, findings, odd_arguments, odd_figures, odd_findings, outputs, plans
from tests.unit.recorded.rows import Rows, changes, digests, record, recorded

Contents = dict[tuple[str, ...], Any]


def in_a_folder(contents: Callable[[str, Path], Contents], group: str) -> Contents:
    """Returns the contents of a group whose commands read files."""
    with TemporaryDirectory() as folder:
        return contents(group, Path(folder))


CONTENTS: dict[str, dict[str, Callable[[], Any]]] = {
    **{
        module.FILE: {group: lambda module=module, group=group: module.contents(group) for group in module.GROUPS}
        for module in (plans, findings, odd_findings, odd_arguments)
    },
    **{
        module.FILE: {
            group: lambda module=module, group=group: in_a_folder(module.contents, group) for group in module.GROUPS
        }
        for module in (bills, outputs, odd_figures)
    },
}
"""File -> group -> what makes its contents."""


def main() -> None:
    """Records, or shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", metavar="GROUP")
    group = parser.parse_args().show
    if group is not None:
        show(group)
        return
    for file, groups in CONTENTS.items():
        now: Rows = {}
        for made in groups.values():
            now |= digests(made())
            print(".", end="", file=sys.stderr, flush=True)
        print("\n".join(changes(recorded(file), now)) or f"{file}: nothing has changed")
        record(file, now)


def show(group: str) -> None:
    """Prints the contents of a group. Exits with a sentence if there is none of that name."""
    for groups in CONTENTS.values():
        if group in groups:
            contents = {" ".join(key): content for key, content in groups[group]().items()}
            print(json.dumps(contents, indent=2, ensure_ascii=False))
            return
    sys.exit(f"no group {group!r}; there are {', '.join(name for groups in CONTENTS.values() for name in groups)}")


if __name__ == "__main__":
    main()

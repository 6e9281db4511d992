"""Texts that would be markup, terminal commands or formulas, in the place of each text of each file that is read."""

import copy
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.unit.cli.command_tree import commands
from tests.unit.cli.file_inputs import INPUTS, Answer, answered
from tests.unit.cli.input_mutants import is_table, places

ATTACK = "=1+<img src=x>[/x]\x1b]0;a\x07\u202e@all"
"""A formula with HTML, markup of Rich, a command to the terminal, a change of direction and a mention."""

_CODE = re.compile(r"(`+).*?\1")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def attacked(name: str, text: str) -> Iterator[tuple[str, bytes]]:
    """Yields where a text or a key of an input was replaced, and the file: once for each key, or each column."""
    given, seen = INPUTS[name], set[Any]()
    content = [list(row) for row in given.content] if is_table(given.content) else given.content
    for path in places(content):
        parent = _at(content, path[:-1])
        key = next((step for step in reversed(path) if isinstance(step, str)), path[-1])
        is_head = is_table(given.content) and path[0] == 0
        if not isinstance(parent[path[-1]], str) or is_head or key in seen:
            continue
        seen.add(key)
        changed = copy.deepcopy(content)
        _at(changed, path[:-1])[path[-1]] = text
        yield str(path), given.text(changed)
        if isinstance(parent, dict):
            changed = copy.deepcopy(content)
            holder = _at(changed, path[:-1])
            holder[text] = holder.pop(path[-1])
            yield f"key {path}", given.text(changed)


def forms(name: str) -> tuple[tuple[str, ...], ...]:
    """Returns the options for each form of output of the command of an input."""
    row = INPUTS[name].command
    found = next((each for name, each in commands().items() if row[: name.count(" ") + 1] == (*name.split(),)), None)
    opts = {option for parameter in getattr(found, "params", ()) for option in parameter.opts} - set(row)
    return ((), *((option,) for option in ("--json", "--csv", "--markdown") if option in opts))


def answers(name: str, folder: Path) -> Iterator[tuple[str, tuple[str, ...], Answer]]:
    """Yields the answer of a command in each form to each attacked file."""
    file = folder / "spoiled" / INPUTS[name].name
    for where, data in attacked(name, ATTACK):
        file.write_bytes(data)
        for form in forms(name):
            yield where, form, answered(name, folder, file, form)
    file.unlink(missing_ok=True)


def _at(content: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


def harm(form: tuple[str, ...], answer: Answer, command: tuple[str, ...] = ()) -> str:
    """Returns what an output would do to who reads it; empty if it is plain text."""
    if answer.crash is not None:
        return f"crash: {answer.crash!r}"
    shown = answer.sentence or answer.output
    if not answer.sentence and form == ("--json",):
        return "" if _is_json(answer.output) else "no JSON"
    if any(not each.isprintable() and each != "\n" for each in shown.replace("\t", "")):
        return "control characters"
    is_markdown = form == ("--markdown",) or "--markdown" in command
    if is_markdown and not answer.sentence and "<img" in _CODE.sub("", shown):
        return "HTML in Markdown"
    is_csv = form == ("--csv",) or "journal" in command
    if is_csv and not answer.sentence and answer.status < 2:
        cells = [cell for row in csv.reader(io.StringIO(answer.output)) for cell in row]
        if any(cell.startswith(_FORMULAS) and not _is_number(cell) for cell in cells):
            return "formula in CSV"
    return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

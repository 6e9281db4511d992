"""Writes settings into a stack file as edits of its text, so that comments and formatting stay as they are.

A YAML library would write the whole file anew. PyYAML's nodes know where in the text they begin and end.
"""

import json
from collections.abc import Mapping

import yaml

from falaj.finops.errors import BadInput
from falaj.simulation.advice.choices import Changes, Path


def edited(text: str, root: Path, changes: Changes) -> str:
    """Returns the text of a YAML file with settings changed or added under `root`, such as `config`,
    `falaj:platform`. Raises `BadInput` where the file's form allows no edit, such as an anchor."""
    for path, value in changes.items():
        text = _with(text, (*root, *path), value)
    return text


def _with(text: str, path: Path, value: object) -> str:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for depth, key in enumerate(path):
        _refuse_anchor(text, node, path)
        if not isinstance(node, yaml.MappingNode):
            raise BadInput(".".join(path), "the stack file has no mapping here; write the setting by hand")
        inner = {item.value: each for item, each in node.value}.get(key)
        if inner is None:
            return _added(text, node, path[depth:], value)
        node = inner
    _refuse_anchor(text, node, path)
    return _replaced(text, node, value)


def _refuse_anchor(text: str, node: yaml.Node | None, path: Path) -> None:
    """Raises `BadInput` for a value with an anchor, which other places of the file share."""
    if node and text[node.start_mark.index] == "&":
        raise BadInput(".".join(path), "the stack file shares this value by an anchor; write the setting by hand")


def _replaced(text: str, node: yaml.Node, value: object) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        end = start + len(text[start:end].rstrip())
        return f"{text[:start].rstrip()} {flow(value)}{text[end:]}"
    return text[:start] + flow(value) + text[end:]


def _added(text: str, parent: yaml.MappingNode, path: Path, value: object) -> str:
    """Returns the text with a key that its parent does not have, in the parent's style."""
    key, *rest = path
    for name in reversed(rest):
        value = {name: value}
    entry = f"{key}: {flow(value)}"
    if parent.flow_style:
        end = parent.end_mark.index - 1
        body = text[parent.start_mark.index + 1 : end].rstrip()
        comma = "" if not parent.value or body.endswith(",") else ", "
        return text[: parent.start_mark.index + 1] + body + comma + entry + text[end:]
    if not parent.value:
        raise BadInput(".".join(path), "the stack file has an empty mapping here; write the setting by hand")
    first = parent.value[0][0].start_mark
    lines = text.splitlines(keepends=True)
    line = first.line
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    lines.insert(line, " " * first.column + entry + "\n")
    return "".join(lines)


def flow(value: object) -> str:
    """Returns a value in YAML's flow style, on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if isinstance(value, str) and yaml.safe_load(value) == value and not set(value) & set(",[]{}:#&*!|>'\"%@`"):
        return value
    return f"{value:g}" if isinstance(value, float) else json.dumps(value)

"""Puts the variables that a resource states for its containers into their commands and into each other.

Kubernetes replaces `$(NAME)` in the command, the arguments and the variables of a container by the variable of that
name, and leaves `$$(NAME)` as it is; a shell replaces `$NAME` and `${NAME}` of its environment, in containers of every
cloud. So an address may stand in two variables, of which neither names a host (kubernetes/api, core/v1, EnvVar.value
and Container.command, in copies of its definitions; read 2026-12-01).
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

if TYPE_CHECKING:
    from .texts import Leaf

_LIST = lazy_regex(r"(?P<owner>.*?)(?:^|\.)(?:env|environment|environmentVariables)\[\d{1,6}\]\.value")
"""Path of a variable: of Kubernetes and Container Apps, of ECS, of builds and of container groups of Azure."""
_COMMAND = lazy_regex(r"(?:.*\.)?(?:command|args|entryPoint|commands|script)(?:\[\d{1,6}\])?")
_REFERENCE = lazy_regex(r"(?<!\$)\$\((?P<name>[A-Za-z_]\w{0,60})\)")
_OF_SHELL = lazy_regex(r"(?<![\\$])\$(?:\{(?P<braced>[A-Za-z_]\w{0,60})\}|(?P<plain>[A-Za-z_]\w{0,60}))")
_NAME = lazy_regex(r"[A-Za-z_]\w{0,60}")
_LONGEST, _MOST, _ROUNDS = 300, 200, 3
"""Characters of a value that is put in, how many are put into one text, and how often: a value may name another."""
Values = Mapping[str, Mapping[str, str]]
"""Path of what has variables -> their names and values."""


def with_variables(leaves: "list[Leaf]") -> "list[Leaf]":
    """Returns the leaves of a resource with its variables put into variables and commands."""
    if not any(isinstance(leaf.value, str) and "$" in leaf.value for leaf in leaves):
        return leaves
    values: dict[str, dict[str, str]] = {}
    for leaf in leaves:
        found = _LIST.fullmatch(leaf.path) if leaf.path.endswith(".value") else None
        if found and is_variable(leaf.key, leaf.value):
            values.setdefault(found["owner"], {})[leaf.key] = str(leaf.value)
    return put_in(leaves, values) if values else leaves


def is_variable(name: str, value: Plain) -> bool:
    """Returns whether a name and a value may be a variable that is put in."""
    return isinstance(value, str) and len(value) <= _LONGEST and _NAME.fullmatch(name) is not None


def put_in(leaves: "Iterable[Leaf]", values: Values) -> "list[Leaf]":
    """Returns leaves with variables put into the variables and commands of their containers."""
    return [_with(leaf, values) for leaf in leaves]


def _with(leaf: "Leaf", values: Values) -> "Leaf":
    text = leaf.value
    if not isinstance(text, str) or "$" not in text:
        return leaf
    own = _LIST.fullmatch(leaf.path) if leaf.path.endswith(".value") else None
    if own is None and _COMMAND.fullmatch(leaf.path) is None:
        return leaf
    stated = _near(leaf.path, values)
    for _ in range(_ROUNDS):
        text = _REFERENCE.sub(lambda match: stated.get(match["name"], match[0]), text, count=_MOST)
        if own is None:
            text = _OF_SHELL.sub(lambda match: stated.get(_named(match), match[0]), text, count=_MOST)
    return leaf._replace(value=text)


def _named(match: re.Match[str]) -> str:
    return match["braced"] or match["plain"]


def _near(path: str, values: Values) -> Mapping[str, str]:
    """Returns the variables of the container in which a path is; those of a build if there is one list of them."""
    owner = path
    while owner:
        owner = owner.rpartition(".")[0]
        if owner in values:
            return values[owner]
    return next(iter(values.values())) if len(values) == 1 else {}

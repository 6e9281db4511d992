"""All commands of `falaj`."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import typer

from falaj.cli.app import app


@cache
def commands() -> dict[str, Any]:
    """Returns name -> command, without groups that only hold commands."""
    return dict(_leaves(typer.main.get_command(app), ()))


def _leaves(command: Any, name: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    within = getattr(command, "commands", {})
    if name and (not within or command.invoke_without_command):
        yield " ".join(name), command
    for sub, child in within.items():
        yield from _leaves(child, (*name, sub))


@cache
def groups() -> dict[str, Any]:
    """Returns name -> group of commands; the name of the whole is ""."""
    return dict(_groups(typer.main.get_command(app), ()))


def _groups(command: Any, name: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if within := getattr(command, "commands", {}):
        yield " ".join(name), command
        for sub, child in within.items():
            yield from _groups(child, (*name, sub))

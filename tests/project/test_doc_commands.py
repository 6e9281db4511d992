"""Every `falaj` command that a document, a stack file or a message of the code names can be run as it is named."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from falaj.cli.app import app
from tests.every_case import check_every
from tests.project.pages import PAGES, ROOT, text_of

CODE = ("components", "falaj", "policy_pack")
COMMAND = re.compile(r"(?:^|`)(?:[\w./]*\.venv/bin/)?(falaj(?: [^`\n#|>]*)?)(?=[`\n#|>]|$)", re.MULTILINE)
QUOTED = re.compile(r"[`'](falaj [^`'\n>]*)(?:>[^`'\n]*)?[`']")
"""A command in a string of the code."""
VALUE = "VALUE"
"""Stands for a value that an f-string inserts."""


@cache
def command_line() -> TyperGroup:
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    return command


def problems(command: str) -> Iterator[str]:
    """Yields the words of a command line of `falaj` that do not exist, or what is missing in it."""
    current = command_line()
    first, *words = command.split()
    assert first == "falaj"
    while words and isinstance(current, TyperGroup) and not words[0].startswith(("-", ".")):
        if words[0] not in current.commands:
            yield words[0]
            return
        current = current.commands[words.pop(0)]
    arguments = [word.strip("`,.;") for word in (words[: words.index("--")] if "--" in words else words)]
    yield from argument_problems(current.params, arguments)
    if isinstance(current, TyperGroup) and needs_a_subcommand(current) and "--help" not in arguments:
        yield f"{command}: name one of its commands: {', '.join(current.commands)}"


def argument_problems(parameters: Sequence[object], words: list[str]) -> Iterator[str]:
    """Yields the options that a command does not have, and that it has fewer arguments than are given."""
    declared = [option for option in parameters if isinstance(option, TyperOption)]
    options = {name: option for option in declared for name in (*option.opts, *option.secondary_opts)}
    is_value, count = False, 0
    for word in words:
        name, equals, _ = word.partition("=")
        if word.startswith("-") and word not in ("-", "--help"):
            if name not in options:
                yield name
            is_value = not equals and (name not in options or not options[name].is_flag)
            continue
        count += not is_value and word not in ("--help", "...")
        is_value = False
    places = [argument.nargs for argument in parameters if isinstance(argument, TyperArgument)]
    if min(places, default=0) >= 0 and count > sum(places):
        yield f"takes {sum(places)} arguments, not {count}"


def needs_a_subcommand(group: TyperGroup) -> bool:
    """Whether a group does nothing by itself. `falaj` alone names the command line as a whole."""
    return group is not command_line() and not group.invoke_without_command


def modules() -> list[Path]:
    """Returns the modules of the code, each once: `falaj/components` is a link to `components`."""
    return sorted({file.resolve() for folder in CODE for file in (ROOT / folder).rglob("*.py")})


def messages(code: str) -> Iterator[str]:
    """Yields the strings of a module that may be shown to users: all but docstrings."""
    tree = ast.parse(code)
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else VALUE for part in node.values)  # type: ignore[misc]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def wrong(commands: list[str]) -> dict[str, list[str]]:
    return {command: mistakes for command in commands if (mistakes := list(problems(command)))}


def check_commands(page: str) -> None:
    assert wrong(COMMAND.findall(text_of(page))) == {}


def test_every_command_of_a_page_exists() -> None:
    check_every(PAGES, check_commands)


def test_every_command_of_a_message_exists() -> None:
    by_file = {
        file.relative_to(ROOT).as_posix(): wrong(QUOTED.findall("\n".join(messages(file.read_text()))))
        for file in modules()
    }
    assert {file: commands for file, commands in by_file.items() if commands} == {}


def test_what_does_not_exist_is_found() -> None:
    assert COMMAND.findall("`.venv/bin/falaj check --stack a`\nfalaj up   # x\n`falaj/facts`") == [
        "falaj check --stack a",
        "falaj up   ",
    ]
    assert list(problems("falaj chekc")) == ["chekc"]
    assert list(problems("falaj check --stak a")) == ["--stak"]
    assert list(problems("falaj guardrails explain FJ-ENC-102 --json")) == []
    assert list(problems("falaj guardrails")) == []
    assert list(problems("falaj bill --stack a --json --base=b")) == []
    assert list(problems("falaj rightsize usage FILE")) == ["takes 0 arguments, not 1"]
    assert list(problems("falaj showback FILE FILE --month 2026-11")) == []
    assert list(problems("falaj prices --help")) == []
    assert list(problems("falaj prices")) == ["falaj prices: name one of its commands: refresh, sheet"]


def test_commands_of_messages_are_found() -> None:
    code = '"""Reads `falaj a`."""\nTEXT = f"run `falaj up --stack {NAME}`" "\\nor `falaj b > c`"\n'
    assert QUOTED.findall("\n".join(messages(code)))[:2] == [f"falaj up --stack {VALUE}", "falaj b "]

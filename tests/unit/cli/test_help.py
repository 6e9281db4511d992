"""The help of every command, and the completion of commands and options in shells."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.components.settings.load import COPY_KEY
from tests.project.test_words import PHRASES, occurrences
from tests.unit.cli.command_tree import commands, groups
from tests.unit.settings.stacks import ROOT

PRIVATE = {
    **dict.fromkeys(("judge", "judges", "judged", "judgement", "judgements"), "evaluate, evaluation"),
    "gate": "cost thresholds", "brake": "automated cost control", "brakes": "automated cost controls",
    "stand-in": "emulated", "odd": "anomalous", "speak": "evaluate",
}  # fmt: skip
"""Word that is not in the documentation of a cloud, Kubernetes, Pulumi or FinOps -> the field's term."""

COMPLETION = ("install_completion", "show_completion")
"""Options whose sentences are Typer's."""

WITHOUT = r"default: |^With --|, if the stack |, where |May be repeated\.$"
"""Words that say what holds without an option."""


def texts() -> Iterator[tuple[str, str]]:
    """Yields where a text of the help stands, and the text."""
    for name, command in (groups() | commands()).items():
        yield f"falaj {name}".strip(), command.help or ""
        for parameter in command.params:
            if parameter.name not in ("help", *COMPLETION):
                yield f"falaj {name} {parameter.name}", getattr(parameter, "help", "") or ""


def test_every_command_option_and_argument_has_a_help() -> None:
    assert [where for where, text in texts() if not text] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_no_help_has_a_private_phrase(phrase: str) -> None:
    assert list(occurrences(phrase, dict(texts()))) == [], PHRASES[phrase]


@pytest.mark.parametrize("word", PRIVATE)
def test_no_help_has_a_private_word(word: str) -> None:
    assert list(occurrences(word, dict(texts()))) == [], PRIVATE[word]


def test_the_help_names_pages_by_their_address() -> None:
    """An installed package has no folder `docs`."""
    address = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["urls"]["Documentation"]
    named = {name for _, text in (*texts(), ("", COPY_KEY)) for name in re.findall(r"\S*docs/\S+?\.md", text)}
    assert named
    for name in named:
        assert name.lstrip("(").startswith(f"{address}/")
        assert (ROOT / "docs" / name.rpartition("/")[2]).is_file()


def test_the_help_begins_with_what_the_command_does() -> None:
    """A verb in the imperative, without `falaj` and without a period in the first line's list of commands."""
    firsts = {where: text.split()[0] for where, text in texts() if where.removeprefix("falaj ") in commands()}
    assert [where for where, word in firsts.items() if not re.fullmatch(r"[A-Z][a-z]+", word)] == []


def test_no_paragraph_of_a_help_is_broken_into_lines() -> None:
    """Typer keeps the line breaks of a docstring beside its own, which leaves single words in lines of their own."""
    broken = {name: command.help for name, command in (groups() | commands()).items() if command.help}
    assert [name for name, text in broken.items() if any("\n" in part for part in text.split("\n\n"))] == []


@pytest.mark.parametrize("name", ["", "bill", "guardrails", "simulate", "controlling journal"])
def test_a_narrow_terminal_cuts_nothing(name: str) -> None:
    command = (groups() | commands())[name]
    text = CliRunner().invoke(app, [*name.split(), "--help"], terminal_width=50).stdout
    shown = "".join(text.split())
    helps = [command.help, *(of.help for of in command.params if of.name not in ("help", *COMPLETION))]
    helps += [within.short_help for within in getattr(command, "commands", {}).values()]
    assert [sentence for sentence in helps if "".join(sentence.split()) not in shown] == []
    assert {option for of in command.params for option in of.opts if option.startswith("--")} <= set(text.split())


def test_an_option_says_what_holds_without_it() -> None:
    """The help prints a default that has a value. Of others the sentence says it, or that there is none."""
    silent = [
        f"{name} {parameter.opts[0]}"
        for name, command in commands().items()
        for parameter in command.params
        if parameter.param_type_name == "option" and not parameter.required and not parameter.is_flag
        if parameter.default in (None, "", (), []) and not re.search(WITHOUT, parameter.help)
    ]
    assert silent == []


@pytest.fixture
def falaj(tmp_path: Path) -> Path:
    """The program `falaj` as an installation has it."""
    program = tmp_path / "falaj"
    program.write_text(f"#!{sys.executable}\nimport sys\nfrom falaj.cli import main\nsys.exit(main())\n")
    program.chmod(0o755)
    return program


def run(program: Path, *command: str, **variables: str) -> str:
    root = str(Path(__file__).parents[3])
    path = f"{program.parent}:{os.environ['PATH']}"
    environment = os.environ | {"PYTHONPATH": root, "PATH": path} | variables
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


COMPLETED = [("ver", "verdict"), ("guardrails exp", "explain"), ("bill --allow", "--allow-missing")]


@pytest.mark.parametrize(("typed", "expected"), COMPLETED)
def test_bash_completes_commands_and_options(falaj: Path, typed: str, expected: str) -> None:
    script = run(falaj, str(falaj), _FALAJ_COMPLETE="source_bash")
    words = f"falaj {typed}".split()
    typing = f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _falaj_completion falaj"
    assert expected in run(falaj, "bash", "-c", f'{script}\n{typing}; echo "${{COMPREPLY[@]}}"').split()


@pytest.mark.parametrize(("typed", "expected"), COMPLETED)
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_other_shells_ask_for_is_answered(falaj: Path, shell: str, typed: str, expected: str) -> None:
    variables = {"_TYPER_COMPLETE_ARGS": f"falaj {typed}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert expected in run(falaj, str(falaj), _FALAJ_COMPLETE=f"complete_{shell}", **variables)
    script = run(falaj, str(falaj), _FALAJ_COMPLETE=f"source_{shell}")
    assert f"_FALAJ_COMPLETE=complete_{shell}" in script
    if shutil.which(shell):
        run(falaj, shell, "-n", "-c", script)

"""The files that commands read: each has a row in `file_inputs.INPUTS`, and what is no file does not stop a command."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

from falaj.cli import guardrails_export
from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.facts import strict_text
from falaj.finops.report.rule_changes import RuleSet
from tests.unit.cli.command_tree import commands
from tests.unit.cli.file_input import FILE
from tests.unit.cli.file_inputs import INPUTS, answered, valid, write_valid
from tests.unit.cli.input_mutants import mutant

NOT_READ = {
    "project": "the folder of a project; its Pulumi.yaml is an input, stack files have tests of their own",
    "policy_pack": "the folder of a pack; its enforcement.yaml, exemptions.yaml and reviewed_programs.yaml are inputs",
    "folder": "a folder that is written; tests below spoil what `guardrails cloud-policies --check` reads there",
    "write": "a folder that is written",
    "pages": "a folder that is written",
    "out_file": "a file that is written",
    "output of guardrails report": "a file that is written",
    "page": "a file that is written",
    "patch": "a file that is written",
    "report": "a file that is written",
}
"""Parameters with the path of something that no command reads as a file, with the reason. A row may name a command."""

TEXTS = {"plan", "base", "spot"}
"""Parameters that are declared as a text, of which a part is the path of a file that is read."""

SAME = {
    "verdict": "bill",
    "preflight": "rights",
    "controlling budgets": "showback",
    "controlling vat": "showback",
    "controlling reconcile": "showback",
}
"""Command -> another one that reads the same files with the same functions; what only it reads has its own rows."""

LIKE = {
    ("rightsize profile", "price_book"): "bill",
    ("rightsize usage", "price_book"): "bill",
    ("simulate", "price_book"): "bill",
    ("controlling budgets", "fx_rates"): "showback",
    ("controlling journal", "fx_rates"): "showback",
    ("controlling reconcile", "fx_rates"): "showback",
    ("controlling reconcile", "controlling"): "controlling vat",
    ("controlling vat", "fx_rates"): "showback",
}
"""Parameter of a command -> another command whose row has the same parameter, read by the same function."""


def _is_file(parameter: Any) -> bool:
    kind = parameter.type_descriptor.annotation
    return kind is Path or Path in get_args(kind) or (parameter.name in TEXTS)


def _parameters() -> Iterator[tuple[str, Any]]:
    for name, command in commands().items():
        for parameter in command.params:
            if _is_file(parameter) and not {parameter.name, f"{parameter.name} of {name}"} & set(NOT_READ):
                yield name, parameter


def _is_covered(command: str, parameter: Any) -> bool:
    words = tuple(command.split())
    rows = [given.command for given in INPUTS.values() if given.command[: len(words)] == words]
    if parameter.param_type_name == "argument":
        return any(FILE in row[len(words) : len(words) + 2] for row in rows)
    return any(row[at - 1] in parameter.opts for row in rows for at, part in enumerate(row) if part.startswith(FILE))


def test_every_file_that_a_command_reads_is_an_input() -> None:
    found = list(_parameters())
    assert len(found) > 40
    missing = [
        (command, parameter.name)
        for command, parameter in found
        if not _is_covered(command, parameter)
        and not _is_covered(LIKE.get((command, parameter.name), SAME.get(command, command)), parameter)
    ]
    assert missing == []


def test_every_reason_is_of_a_parameter() -> None:
    names = {
        name for command, each in commands().items() for p in each.params for name in (p.name, f"{p.name} of {command}")
    }
    assert set(NOT_READ) <= names
    assert {parameter for _, parameter in LIKE} | TEXTS <= names
    assert set(SAME) | {command for command, _ in LIKE} <= set(commands())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("inputs")
    write_valid(made)
    return made


DOCUMENTS = (b"\xff", b"", b"[", b"[" * 20_000, b"5", b"null", b'{"Statement": 5}', b'{"Statement": [5]}',
             b'{"Statement": [{"Sid": "a", "Action": [NaN]}]}', b'{"resources": [{}]}')  # fmt: skip


@pytest.mark.parametrize("content", DOCUMENTS)
def test_a_spoiled_document_of_an_organisation_differs_or_is_refused(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = RuleSet(levels={"FJ-RES-101": "mandatory"})
    monkeypatch.setattr(guardrails_export, "rules_of", lambda _: levels)
    monkeypatch.setattr(guardrails_export, "pack_folder", lambda _: Path())
    (tmp_path / "aws-scp-residency.json").write_bytes(content)
    result = CliRunner().invoke(app, ["guardrails", "cloud-policies", str(tmp_path), "--check"])
    if content == b"\xff":
        assert isinstance(result.exception, CommandError)
        assert "it is not UTF-8" in str(result.exception)
    else:
        assert result.exit_code == 1
        assert "aws-scp-residency.json: is not a document of this kind" in result.stdout


QUICK = [name for name, given in INPUTS.items() if given.command[0] != "simulate"]
"""Inputs of commands that end at once. `tests/exhaustive/test_file_inputs.py` has all."""


@pytest.mark.parametrize("name", QUICK)
def test_a_valid_file_is_accepted(name: str, folder: Path) -> None:
    file = folder / "spoiled" / INPUTS[name].name
    file.write_bytes(valid(name))
    answer = answered(name, folder, file)
    file.unlink(missing_ok=True)
    assert (answer.status in INPUTS[name].status, answer.crash) == (True, None), answer.sentence


@pytest.mark.parametrize("name", [name for name in QUICK if INPUTS[name].name == "file"])
def test_a_folder_or_nothing_in_place_of_a_file_is_one_sentence(name: str, folder: Path) -> None:
    for path in (folder / "spoiled", folder / "nothing", folder / ("x" * 5000), Path("/dev/null")):
        answer = answered(name, folder, path)
        assert answer.crash is None, path
        assert answer.status in (2, 3) or path == Path("/dev/null"), path
        assert "\n" not in answer.sentence.strip(), path


@pytest.mark.parametrize("name", [name for name in QUICK if INPUTS[name].name == "file"])
def test_a_pipe_is_read_or_refused_and_never_waited_for(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_text, "PIPE_SECONDS", 0.01)
    pipe = folder / "spoiled" / "pipe"
    os.mkfifo(pipe)
    try:
        answer = answered(name, folder, pipe)
    finally:
        pipe.unlink()
    assert (answer.status, answer.crash) == (2, None)
    assert "pipe" in answer.sentence or "no file" in answer.sentence


def test_a_pipe_with_a_writer_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("a: 1\n" * 50_000))
    writer.start()
    assert strict_text.read(pipe).count("\n") == 50_000
    writer.join()


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(OSError, match="symbolic links"):
        strict_text.read(link)


def test_a_mutant_is_a_function_of_its_seed_and_number() -> None:
    given = INPUTS["usage"]
    made = [mutant("1", number, given.content, given.text) for number in range(20)]
    assert made == [mutant("1", number, given.content, given.text) for number in range(20)]
    assert len({data for _, data in made}) > 15

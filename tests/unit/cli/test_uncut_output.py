"""Who reads a pipe or a file gets whole lines: nothing is cut or folded, whatever COLUMNS says. A terminal folds prose,
and cuts no name and no figure."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import ConsoleDimensions
from rich.table import Table
from typer.testing import CliRunner

from falaj.cli import inventory
from falaj.cli.app import app
from falaj.cli.console import Output
from tests.unit.cli.test_queues import condition, workload
from tests.unit.finops.exports import export, span
from tests.unit.finops.plans import TAGS, agent_pool, preview, step

Rows = Iterator[set[str]]


def _plan(folder: Path) -> str:
    file = folder / "plan.json"
    name = "a-node-pool-with-a-name-that-is-longer-than-any-terminal-is-wide-in-the-year-2026"
    pool = agent_pool(name, "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS)
    file.write_text(preview(step(*pool)))
    return str(file)


def _profile(folder: Path) -> str:
    file = folder / "llm.yaml"
    file.write_text("{kind: inference, name: arabic-8b, parameters_billion: 8, context_tokens: 2048, "
                    "requests_per_second: 2, dataset_gib: 16}\n")  # fmt: skip
    return str(file)


def _workloads(folder: Path) -> str:
    file = folder / "workloads.json"
    name = "fine-tune-arabic-llm-with-a-long-name-of-its-own-in-november-2026"
    reason = "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor spot-h100"
    file.write_text(json.dumps({"items": [workload(condition("QuotaReserved", "False", reason), name=name)]}))
    return str(file)


def _machines(document: Any) -> Rows:
    for row in document:
        yield {row["machine"], row["usd_hour"] or "-", row["aed_hour"] or "-", row["price"]}


def _rules(document: Any) -> Rows:
    for row in document:
        yield {row["id"], row["severity"], row["level"], *row["what"].split()}


def _lines(document: Any) -> Rows:
    for row in document["lines"]:
        yield {row["name"], *row["what"].split(), f"{float(row['usd']):,.2f}"}


def _chosen(document: Any) -> Rows:
    for site in document["sites"]:
        if site["chosen"]:
            yield {site["chosen"]["machine"], f"{float(site['chosen']['month']['aed']):,.2f}"}


def _units(document: Any) -> Rows:
    for name, unit in document["business_units"].items():
        yield {name, f"{float(unit['own']):,.2f}"}


def _queued(document: Any) -> Rows:
    for row in document:
        yield {row["state"], row["namespace"], *row["reason"].split()}


COMMANDS: dict[str, tuple[Callable[[Path], list[str]], Callable[[Any], Rows]]] = {
    "machines": (lambda _: ["--region", "uaenorth", "--gpu"], _machines),
    "guardrails": (lambda _: [], _rules),
    "bill": (lambda folder: ["--stack", "dev", "--plan", _plan(folder)], _lines),
    "rightsize profile": (lambda folder: [_profile(folder)], _chosen),
    "showback": (
        lambda folder: [str(export(folder, span(date(2026, 9, 1), 80))), "--month", "2026-11"], _units,
    ),
    "queues": (lambda folder: [_workloads(folder)], _queued),
}  # fmt: skip
"""Command -> its arguments, and what each row of its table must have on one line, by its JSON."""


@pytest.mark.parametrize("name", COMMANDS)
def test_a_row_is_one_line_with_whole_names_and_figures(name: str, tmp_path: Path) -> None:
    arguments, rows = COMMANDS[name]
    command = [*name.split(), *arguments(tmp_path)]
    document = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    text = CliRunner().invoke(app, command, env={"COLUMNS": "40"}).stdout
    expected = list(rows(document))
    lines = [{word.strip("(),:") for word in line.split()} | set(line.split()) for line in text.splitlines()]
    assert expected
    assert [row for row in expected if not any(row <= line for line in lines)] == []
    assert "…" not in text


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", ["machines", "guardrails", "queues"])
def test_a_terminal_cuts_no_name_and_no_figure(
    name: str, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments, rows = COMMANDS[name]
    command = [*name.split(), *arguments(tmp_path)]
    document = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    monkeypatch.setattr(Output, "size", property(lambda _: ConsoleDimensions(width, 25)))
    text = CliRunner().invoke(app, command).stdout
    words = set(text.split())
    assert set().union(*rows(document)) - words == set()
    assert "…" not in text


def test_a_title_is_whole_in_a_file(tmp_path: Path) -> None:
    title = f"{'a long title ' * 8}ends"
    with (tmp_path / "out").open("w", encoding="utf-8") as file:
        Output(file=file).rule(title)
    assert title in (tmp_path / "out").read_text(encoding="utf-8")


def test_an_identifier_is_whole_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"type": "aws:kms/key:Key", "name": "a-key", "id": f"arn:aws:kms:me-central-1:123456789012:key/{'0' * 36}"}
    monkeypatch.setattr(Output, "size", property(lambda _: ConsoleDimensions(40, 25)))
    inventory._print_rows([row])
    assert any(set(row.values()) <= set(line.split()) for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("name", ["desc-isr:cloud: text", "team:key:1"])
def test_a_name_between_colons_is_no_emoji(name: str) -> None:
    out = Output(file=(file := StringIO()))
    out.print(name, highlight=False)
    table = Table("name", "what", box=None)
    table.add_row(name, name)
    out.print_table(table, prose="what")
    assert file.getvalue().count(name) == 3

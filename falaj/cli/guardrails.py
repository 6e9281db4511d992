"""`falaj guardrails`: the rules of the policy pack, and what became of a run's evidence.

The pack is asked in a process of its own, as the engine starts it: the command never imports it.
"""

import json as json_format
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

import falaj
from falaj.cli.common import HERE, UNABLE, WRONG, JsonOption, ProjectOption, Refused, need, out, paths_of
from falaj.cli.pack import BROUGHT, pack_of

app = typer.Typer(no_args_is_help=False, help="The rules of the policy pack: list, explain, document, report.")

CARRIED = ("facts", "finops")
"""The parts of `falaj` that the pack leans on."""

Stack = Annotated[str, typer.Option("--stack", "-s", help="Levels of this stack; the defaults if left out.")]


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    stack: Stack = "",
    concern: Annotated[str, typer.Option("--concern", help="Only this concern.")] = "",
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """List every rule with its level in a stack, the setting that decides it, and the number of controls it serves."""
    if context.invoked_subcommand:
        return
    rules = _rules(project, stack)
    known = sorted({rule["concern"] for rule in rules})
    if concern and concern not in known:
        raise Refused(f"no concern {concern!r}; there are: {', '.join(known)}", WRONG)
    rules = [rule for rule in rules if concern in ("", rule["concern"])]
    if json:
        out.print_json(json_format.dumps(rules))
        return
    from rich.table import Column, Table

    table = Table(Column("rule", no_wrap=True), "severity", "level", "set by", "controls", "what", box=None)
    for rule in rules:
        cells = (rule["severity"], rule["level"], rule["set_by"] or "-", str(len(rule["controls"])))
        table.add_row(rule["id"], *cells, rule["what"])
    out.print(table)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="A rule's id, such as FJ-ENC-102.")],
    stack: Stack = "",
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Say all about one rule: what it demands and why, the fix, where it applies, how strictly, and what it serves."""
    found = next((item for item in _rules(project, stack) if item["id"] == rule.upper()), None)
    if found is None:
        raise Refused(f"no rule {rule!r}; `falaj guardrails` lists them", WRONG)
    if json:
        out.print_json(json_format.dumps(found))
        return
    head = f"{found['id']} ({found['concern']}, {found['severity']}): {found['what']}"
    out.print(head, highlight=False, soft_wrap=True)
    decided = f" by {found['set_by']} in enforcement.yaml" if found["set_by"] else " because no setting says otherwise"
    for name, value in (
        ("why", found["why"]),
        ("fix", found["remedy"]),
        ("level", f"{found['level']}{decided}; what is not known before deployment {found['undetermined']}"),
        ("controls", ", ".join(found["controls"])),
        ("types", ", ".join(found["types"]) or "every type that has what the rule is about"),
    ):
        out.print(f"  {name}: {value}", highlight=False, soft_wrap=True)
    for name in ("bad", "good"):
        if found.get(name):
            out.print(f"  {name}:", highlight=False)
            out.print("\n".join(f"    {line}" for line in found[name].splitlines()), highlight=False, soft_wrap=True)


@app.command()
def document(project: ProjectOption = HERE) -> None:
    """Print the reference of all rules in Markdown."""
    sys.stdout.write(_run_pack(project, "document"))


@app.command()
def report(
    files: Annotated[list[Path] | None, typer.Argument(help="Evidence files; the newest one if left out.")] = None,
    form: Annotated[str, typer.Option("--format", help="sarif or junit.")] = "sarif",
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write.")] = Path("guardrails.sarif"),
    project: ProjectOption = HERE,
) -> None:
    """Make SARIF 2.1.0 or JUnit XML of a run's evidence, also of one that was refused."""
    given = [file.resolve() for file in files or [_newest(paths_of(project).evidence)]]
    missing = next((file for file in given if not file.is_file()), None)
    if missing is not None:
        raise Refused(f"no file {str(missing)!r}", WRONG)
    if form not in ("sarif", "junit"):
        raise Refused(f"no format {form!r}; there are: junit, sarif", WRONG)
    _run_pack(project, "report", *map(str, given), "--format", form, "--output", str(output.resolve()))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A new folder, in another repository or for `pulumi policy publish`.")],
    project: ProjectOption = HERE,
) -> None:
    """Copy the pack so that it works alone: with the facts it judges by, and nothing of this project."""
    if folder.exists():
        raise Refused(f"no export: '{folder}' is there already", WRONG)
    pack = _pack_of(project)
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(pack, folder, ignore=leave)
    (folder / "falaj").mkdir()
    shutil.copy(Path(falaj.__file__), folder / "falaj")
    for part in CARRIED:
        shutil.copytree(Path(falaj.__file__).parent / part, folder / "falaj" / part, ignore=leave)
    settings = folder / "PulumiPolicy.yaml"
    settings.write_text(re.sub("virtualenv: .*", "virtualenv: venv", settings.read_text()))
    out.print(f"{folder}: run `pulumi install` there once, then use it with --policy-pack", highlight=False)


@app.command()
def path() -> None:
    """Print the folder of the policy pack that comes with Falaj, for `pulumi preview --policy-pack`."""
    print(BROUGHT)


def _newest(folder: Path) -> Path:
    found = sorted(folder.glob("guardrails-*"), key=lambda file: file.stat().st_mtime)
    if not found:
        raise Refused("no evidence yet: run `falaj preview` first, or name a file", WRONG)
    return found[-1]


def _rules(project: Path, stack: str) -> list[dict[str, Any]]:
    return json_format.loads(_run_pack(project, "list", "--stack", stack))


def _pack_of(project: Path) -> Path:
    folder = paths_of(project).project
    return folder / pack_of(folder)


def _run_pack(project: Path, *arguments: str) -> str:
    """What the pack of the project answers. Raises `Refused` where its settings are wrong."""
    need("the policy pack", "policy")
    pack = _pack_of(project)
    command = [sys.executable, "-m", "guardrails", *arguments]
    done = subprocess.run(command, cwd=pack, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise Refused(f"the policy pack: {lines[-1] if lines else 'no answer'}", WRONG if len(lines) == 1 else UNABLE)
    return done.stdout

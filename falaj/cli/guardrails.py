"""`falaj guardrails`: the rules of the policy pack, and reports from a run's evidence.

The command runs the pack in a separate process, as the engine does, and never imports it.
"""

import json as json_format
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from falaj.cli.common import (
    EXIT_INVALID,
    EXIT_UNAVAILABLE,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    out,
    paths_of,
    require_extra,
)
from falaj.cli.exported_pack import export_pack
from falaj.cli.pack import BUNDLED_PACK, pack_folder, run_guardrails
from falaj.cli.progress import status

app = typer.Typer(
    no_args_is_help=False, help="The rules of the policy pack: list, explain, document, report, review, export."
)

Stack = Annotated[
    str, typer.Option("--stack", "-s", help="Show the enforcement levels of this stack; default: those of no stack.")
]


_ABOUT_THE_PACK = "https://git.example.ae/falaj/falaj/docs/evidence.md#rules-of-the-pack-itself"


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    stack: Stack = "",
    concern: Annotated[
        str, typer.Option("--concern", help="Only the rules of this concern, such as encryption; default: all.")
    ] = "",
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """List every rule with its level in a stack, the setting that decides it, and the number of controls it serves."""
    if context.invoked_subcommand:
        return
    rules = _rules(project, stack)
    concerns = sorted({rule["concern"] for rule in rules})
    if concern and concern not in concerns:
        raise CommandError(f"no concern {concern!r}; there are: {', '.join(concerns)}", EXIT_INVALID)
    rules = [rule for rule in rules if concern in ("", rule["concern"])]
    if json:
        out.print_json(json_format.dumps(rules))
        return
    from rich.table import Table

    table = Table("rule", "severity", "level", "set by", "controls", "what", box=None)
    for rule in rules:
        cells = (rule["severity"], rule["level"], rule["set_by"] or "-", str(len(rule["controls"])))
        table.add_row(rule["id"], *cells, rule["what"])
    out.print_table(table, prose="what")


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="A rule's id, such as FJ-ENC-102.")],
    stack: Stack = "",
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Show one rule: its requirement, reason, remedy, resource types, enforcement level and compliance controls."""
    details = next((item for item in _rules(project, stack) if item["id"] == rule.upper()), None)
    if details is None:
        if rule.upper().startswith("FJ-PACK-"):
            raise CommandError(f"{rule.upper()} is about the pack itself: {_ABOUT_THE_PACK}", EXIT_INVALID)
        raise CommandError(f"no rule {rule!r}; `falaj guardrails` lists them", EXIT_INVALID)
    if json:
        out.print_json(json_format.dumps(details))
        return
    head = f"{details['id']} ({details['concern']}, {details['severity']}): {details['what']}"
    out.print(head, highlight=False, soft_wrap=True)
    origin = f" by {details['set_by']} in enforcement.yaml" if details["set_by"] else " by default"
    for name, value in (
        ("why", details["why"]),
        ("fix", details["remedy"]),
        ("level", f"{details['level']}{origin}; if a value is unknown, the rule {details['undetermined']}"),
        ("controls", "".join(f"\n    {control}: {text}" for control, text in details["control_texts"].items())),
        ("types", ", ".join(details["types"]) or "every type with the properties that the rule reads"),
    ):
        out.print(f"  {name}: {value}", highlight=False, soft_wrap=True)
    for name in ("bad", "good"):
        if details.get(name):
            out.print(f"  {name}:", highlight=False)
            out.print("\n".join(f"    {line}" for line in details[name].splitlines()), highlight=False, soft_wrap=True)


@app.command()
def document(
    pages: Annotated[
        Path | None,
        typer.Option("--pages", help="Write a page for each rule to this folder; default: print one reference."),
    ] = None,
    project: ProjectOption = HERE,
) -> None:
    """Print the reference of all rules in Markdown, or write a page for each rule with a bad and a good program."""
    sys.stdout.write(run_pack(pack_folder(project), "document", *(("--pages", str(pages.resolve())) if pages else ())))


@app.command()
def report(
    files: Annotated[list[Path] | None, typer.Argument(help="Evidence files; default: the newest one.")] = None,
    form: Annotated[str, typer.Option("--format", help="Format of the output: sarif or junit.")] = "sarif",
    output: Annotated[Path, typer.Option("--output", "-o", help="Output file.")] = Path("guardrails.sarif"),
    project: ProjectOption = HERE,
) -> None:
    """Convert a run's evidence to SARIF 2.1.0 or JUnit XML, including that of a run that the pack stopped."""
    evidence = [file.resolve() for file in files or [newest_evidence_of(project)]]
    missing = next((file for file in evidence if not file.is_file()), None)
    if missing is not None:
        raise CommandError(f"no file {str(missing)!r}", EXIT_INVALID)
    if form not in ("sarif", "junit"):
        raise CommandError(f"no format {form!r}; there are: junit, sarif", EXIT_INVALID)
    run_pack(pack_folder(project), "report", *map(str, evidence), "--format", form, "--output", str(output.resolve()))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A new folder, in another repository or for `pulumi policy publish`.")],
    project: ProjectOption = HERE,
) -> None:
    """Export the pack as a self-contained folder with the data that its rules need and neutral settings."""
    if folder.exists():
        raise CommandError(f"no export: '{folder}' exists already", EXIT_INVALID)
    pack = pack_folder(project)
    export_pack(pack, folder, is_own=pack.resolve() == BUNDLED_PACK.resolve())
    out.print(
        f"{folder}: fill in enforcement.yaml, run `pulumi install` there once, then use it with --policy-pack",
        highlight=False,
    )


@app.command()
def path() -> None:
    """Print the folder of the policy pack that comes with Falaj, for `pulumi preview --policy-pack`."""
    print(BUNDLED_PACK)


def newest_evidence_of(project: Path) -> Path:
    """Returns the newest evidence file of a project. Raises `CommandError` if there is none."""
    files = sorted(paths_of(project).evidence.glob("guardrails-*"), key=lambda file: file.stat().st_mtime)
    if not files:
        raise CommandError("no evidence yet: run `falaj preview` first, or name a file", EXIT_INVALID)
    return files[-1]


def _rules(project: Path, stack: str) -> list[dict[str, Any]]:
    return json_format.loads(run_pack(pack_folder(project), "list", "--stack", stack))


def types_by_rule() -> dict[str, list[str]]:
    """Returns the resource types, and prefixes of types, that each rule of the bundled pack names."""
    return {rule["id"]: rule["types"] for rule in json_format.loads(run_pack(BUNDLED_PACK, "list"))}


def run_pack(pack: Path, *arguments: str) -> str:
    """Runs a policy pack and returns its standard output. Raises `CommandError` if the pack fails."""
    require_extra("the policy pack", "policy")
    with status("Running the policy pack"):
        done = run_guardrails(pack, *arguments)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        # A settings error is one line on standard error; a crash prints a traceback.
        raise CommandError(
            f"the policy pack: {lines[-1] if lines else 'no answer'}",
            EXIT_INVALID if len(lines) == 1 else EXIT_UNAVAILABLE,
        )
    return done.stdout

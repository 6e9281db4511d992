"""`falaj inventory`: resources in the emulated clouds, independent of any Pulumi state."""

import json as json_format
import shlex
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.common import EXIT_INVALID, HERE, CommandError, JsonOption, ProjectOption, out, paths_of

if TYPE_CHECKING:
    from falaj.sandbox.clouds.inventory import Inventory, InventoryTransaction
    from falaj.sandbox.clouds.spec import InventoryItem

app = typer.Typer(no_args_is_help=False, help="List or edit the resources in the emulated clouds.")

TypeOption = Annotated[str | None, typer.Option("--type", help="Its type, where several resources have the ID.")]
ScopeOption = Annotated[
    str | None,
    typer.Option("--scope", help="Its account and region, group or cluster, where several of the type have the ID."),
]


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    kinds: Annotated[bool, typer.Option("--kinds", help="Count resources by type.")] = False,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """List all resources, oldest first."""
    if context.invoked_subcommand:
        return
    with _inventory(project).transaction() as ledger:
        result = ledger.all_items()
    if kinds:
        _print_kinds(Counter((r.cloud, r.type) for r in result), json)
        return
    rows = [{"cloud": r.cloud, "type": r.type, "scope": r.scope, "name": r.name, "id": r.id} for r in result]
    if json:
        out.print_json(json_format.dumps(rows))
        return
    _print_rows(rows)


@app.command()
def edit(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="ID or ARN of the resource.")],
    path: Annotated[str, typer.Argument(help="Dotted path of the property: tags.owner")],
    value: Annotated[str, typer.Argument(help="New value, as JSON or plain text.")],
    type: TypeOption = None,
    scope: ScopeOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Change a property outside Pulumi, as in a cloud console, to create drift."""
    with _inventory(project).transaction() as ledger:
        resource = _resource(ledger, identifier, type, scope)
        try:
            ledger.tamper(resource, path, json_format.loads(value))
        except json_format.JSONDecodeError:
            ledger.tamper(resource, path, value)
    if json:
        changed = {"type": resource.type, "name": resource.name, "id": resource.id, "path": path}
        out.file.write(json_format.dumps(changed) + "\n")
    else:
        out.print(f"{resource.type} {resource.name}: {path} changed outside Pulumi", highlight=False, soft_wrap=True)


@app.command()
def delete(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="ID or ARN of the resource.")],
    type: TypeOption = None,
    scope: ScopeOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Delete a resource outside Pulumi, as in a cloud console: one that no stack owns, or to create drift."""
    with _inventory(project).transaction() as ledger:
        resource = _resource(ledger, identifier, type, scope)
        ledger.delete(resource)
    if json:
        out.file.write(json_format.dumps({"type": resource.type, "name": resource.name, "id": resource.id}) + "\n")
    else:
        out.print(f"{resource.type} {resource.name}: deleted outside Pulumi", highlight=False, soft_wrap=True)


def _resource(ledger: "InventoryTransaction", identifier: str, type: str | None, scope: str | None) -> "InventoryItem":
    """Returns the resource with this ID or ARN. Raises `CommandError` unless exactly one has it."""
    known = ledger.all_by_handle(identifier)
    found = [item for item in known if type in (None, item.type) and scope in (None, item.scope)]
    if len(found) == 1:
        return found[0]
    if not known:
        raise CommandError(f"no resource has the ID {identifier!r}; `falaj inventory` lists all", EXIT_INVALID)
    number = f"{len(found)} resources have" if found else "no resource of this type and scope has"
    rows = "".join(f"\n  {options_of(item)}" for item in found or known)
    raise CommandError(f"{number} the ID {identifier!r}; add the options of the one that you mean:{rows}", EXIT_INVALID)


def options_of(item: "InventoryItem") -> str:
    """Returns the options that say which of the resources with its ID is meant."""
    return f"--type {shlex.quote(item.type)} --scope {shlex.quote(item.scope)}"


def _inventory(project) -> "Inventory":
    from falaj.sandbox.clouds.inventory import Inventory

    return Inventory(paths_of(project).inventory)


def _print_kinds(counts: Counter[tuple[str, str]], json: bool) -> None:
    from rich.table import Table

    if json:
        out.print_json(json_format.dumps({kind: count for (_cloud, kind), count in sorted(counts.items())}))
        return
    table = Table("kind", "count")
    for (_cloud, kind), count in sorted(counts.items()):
        table.add_row(kind, str(count))
    out.print_table(table)


def _print_rows(rows: list[dict[str, str]]) -> None:
    if not rows:
        out.print("The emulated clouds are empty.")
        return
    from rich.table import Table

    table = Table("type", "name", "id")
    for row in rows:
        table.add_row(row["type"], row["name"], row["id"])
    out.print_table(table)

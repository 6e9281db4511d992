"""`falaj recover`: repair a stack of the sandbox whose engine was killed, or look what a killed one left on real
clouds."""

import json as json_format
import math
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_INVALID,
    EXIT_UNAVAILABLE,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    StackOption,
    open_session,
    out,
    paths_of,
    require_extra,
)
from falaj.cli.inventory import options_of
from falaj.cli.progress import status
from falaj.cli.recover_cloud import compare_with_accounts

if TYPE_CHECKING:
    from falaj.sandbox.clouds.spec import InventoryItem
    from falaj.sandbox.recovery import Recovery


Wait = Annotated[bool, typer.Option("--wait", help="Wait for an engine that is still running to end.")]
Stop = Annotated[bool, typer.Option("--stop", help="Stop an engine that is still running: it finishes its changes.")]


Cloud = Annotated[
    bool,
    typer.Option(
        "--cloud",
        help="Change nothing: compare the stack's real state with what real accounts list under its tags.",
    ),
]
States = Annotated[
    list[Path] | None,
    typer.Option(
        "--state",
        help="With --cloud: the output of `pulumi stack export`, instead of asking the engine for it. Repeat it for "
        "other stacks with the same project and environment.",
    ),
]


def recover(
    stack: StackOption,
    wait: Wait = False,
    stop: Stop = False,
    cloud: Cloud = False,
    state: States = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Repair a stack after its engine was killed: unlock it, import resources that its state lacks, and refresh.

    Then run `up` again. Ends with exit status 1 if a manual decision is needed: an ambiguous match, a resource that no
    stack owns, or one that no longer exists; and with 3 beside an engine that is still running.

    With --cloud it only reads: 0 if both sides are equal, 1 if one lacks something, 3 if an account did not answer.
    """
    if cloud:
        if wait or stop:
            option = "--wait" if wait else "--stop"
            raise CommandError(f"{option} is for engines of the sandbox; leave it out with --cloud", EXIT_INVALID)
        compare_with_accounts(stack, state or [], json, project)
    elif state:
        raise CommandError("--state is read with --cloud only; add --cloud, or leave it out", EXIT_INVALID)
    else:
        _repair(stack, wait, stop, json, project)


def _repair(stack: str, wait: bool, stop: bool, json: bool, project: Path) -> None:
    """Repairs a stack of the sandbox."""
    from falaj.sandbox.engines_at_work import Engines, EnginesAtWork
    from falaj.sandbox.recovery import recover as recovered
    from falaj.sandbox.session import EngineFailed

    require_extra("the sandbox", "sandbox")
    engines = Engines(paths_of(project).sandbox)
    try:
        if stop:
            with status("Stopping the engine that is still running"):
                engines.stop()
        if wait:
            with status("Waiting for the engine that is still running"), engines.exclusively(math.inf):
                pass
        session = open_session(project, stack)
        with status(f"Unlocking, importing and refreshing {stack}"):
            done = recovered(session, stack)
    except EnginesAtWork as error:
        raise CommandError(f"{error}; wait for it with --wait, or stop it with --stop", EXIT_UNAVAILABLE) from None
    except EngineFailed as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None
    if json:
        out.file.write(json_format.dumps(asdict(done), indent=1) + "\n")
    unresolved = _unresolved(done)
    if not json:
        _show(done, unresolved)
    if unresolved:
        raise CommandError(f"{len(unresolved)} resources need a manual decision", EXIT_FAILED)


def _unresolved(done: "Recovery") -> list[str]:
    """Returns a line for each resource that needs a manual decision."""
    unresolved = [f"  ambiguous: {row}" for row in done.ambiguous]
    unresolved += [f"  no stack owns {r.type} {r.name}: import it, or `{_delete(r)}`" for r in done.orphans]
    unresolved += [f"  in the state but not in the cloud: {row}" for row in done.missing]
    return unresolved


def _show(done: "Recovery", unresolved: list[str]) -> None:
    lines = [f"imported into the state: {len(done.adopted)}; never created: {len(done.not_created)}"]
    lines += [f"  imported {_name(urn)}" for urn in done.adopted]
    lines += [f"  never created, `up` will create it: {_name(urn)}" for urn in done.not_created]
    lines += unresolved or ["State and inventory match. Run `up` again to finish the interrupted deployment."]
    for line in lines:
        out.print(line, highlight=False, soft_wrap=True)


def _delete(orphan: "InventoryItem") -> str:
    return f"falaj inventory delete {shlex.quote(orphan.id)} {options_of(orphan)}"


def _name(urn: str) -> str:
    """Returns the type and name at the end of a URN: `type::name`."""
    return "::".join(urn.split("::")[-2:])

"""`falaj recover`: repair a stack whose engine was killed."""

import json as json_format
from dataclasses import asdict
from typing import TYPE_CHECKING

from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_UNAVAILABLE,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    StackOption,
    open_session,
    out,
)
from falaj.cli.progress import status

if TYPE_CHECKING:
    from falaj.sandbox.recovery import Recovery


def recover(stack: StackOption, json: JsonOption = False, project: ProjectOption = HERE) -> None:
    """Repair a stack after its engine was killed: unlock it, import resources that its state lacks, and refresh.

    Then run `up` again. Ends with exit status 1 if a manual decision is needed: an ambiguous match, a resource that no
    stack owns, or one that no longer exists.
    """
    from falaj.sandbox.recovery import recover as recovered
    from falaj.sandbox.session import EngineFailed

    session = open_session(project, stack)
    try:
        with status(f"Unlocking, importing and refreshing {stack}"):
            done = recovered(session, stack)
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
    unresolved += [f"  no stack owns {r.type} {r.name} ({r.id}): import or delete it" for r in done.orphans]
    unresolved += [f"  in the state but not in the cloud: {row}" for row in done.missing]
    return unresolved


def _show(done: "Recovery", unresolved: list[str]) -> None:
    lines = [f"imported into the state: {len(done.adopted)}; never created: {len(done.not_created)}"]
    lines += [f"  imported {_name(urn)}" for urn in done.adopted]
    lines += [f"  never created, `up` will create it: {_name(urn)}" for urn in done.not_created]
    lines += unresolved or ["State and inventory match. Run `up` again to finish the interrupted deployment."]
    for line in lines:
        out.print(line, highlight=False, soft_wrap=True)


def _name(urn: str) -> str:
    """Returns the type and name at the end of a URN: `type::name`."""
    return "::".join(urn.split("::")[-2:])

"""`falaj recover`: repair a stack whose engine was killed."""

from falaj.cli.common import (
    EXIT_FAILED,
    EXIT_UNAVAILABLE,
    HERE,
    CommandError,
    ProjectOption,
    StackOption,
    open_session,
    out,
)
from falaj.cli.progress import status


def recover(stack: StackOption, project: ProjectOption = HERE) -> None:
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
    out.print(
        f"imported into the state: {len(done.adopted)}; never created: {len(done.not_created)}",
        highlight=False,
        soft_wrap=True,
    )
    for urn in done.adopted:
        out.print(f"  imported {_name(urn)}", highlight=False, soft_wrap=True)
    for urn in done.not_created:
        out.print(f"  never created, `up` will create it: {_name(urn)}", highlight=False, soft_wrap=True)
    unresolved = [f"  ambiguous: {row}" for row in done.ambiguous]
    unresolved += [f"  no stack owns {r.type} {r.name} ({r.id}): import or delete it" for r in done.orphans]
    unresolved += [f"  in the state but not in the cloud: {row}" for row in done.missing]
    for line in unresolved:
        out.print(line, highlight=False, soft_wrap=True)
    if unresolved:
        raise CommandError(f"{len(unresolved)} resources need a manual decision", EXIT_FAILED)
    out.print("State and inventory match. Run `up` again to finish the interrupted deployment.")


def _name(urn: str) -> str:
    """Returns the type and name at the end of a URN: `type::name`."""
    return "::".join(urn.split("::")[-2:])

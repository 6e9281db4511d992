"""`falaj recover`: a stack whose engine was killed, back to order."""

from falaj.cli.common import HERE, REFUSED, UNABLE, ProjectOption, Refused, StackOption, open_session, out


def recover(stack: StackOption, project: ProjectOption = HERE) -> None:
    """Unlock a stack, adopt what the clouds have and its state lacks, refresh, and report what needs a person.

    Run it after an engine was killed, then run `up` again. Exit status 1 if something is left that only a person can
    decide: a thing that fits two places, one that no stack knows, or one that is gone.
    """
    from falaj.sandbox.recovery import recover as recovered
    from falaj.sandbox.session import EngineFailed

    session = open_session(project, stack)
    try:
        done = recovered(session, stack)
    except EngineFailed as failed:
        raise Refused(str(failed), UNABLE) from None
    out.print(
        f"adopted into the state: {len(done.adopted)}; never made: {len(done.not_created)}",
        highlight=False,
        soft_wrap=True,
    )
    for urn in done.adopted:
        out.print(f"  adopted {_name(urn)}", highlight=False, soft_wrap=True)
    for urn in done.not_created:
        out.print(f"  never made, `up` will make it: {_name(urn)}", highlight=False, soft_wrap=True)
    open_ends = [f"  cannot tell which is it: {row}" for row in done.ambiguous]
    open_ends += [f"  no stack knows {r.type} {r.name} ({r.id}): import or delete it" for r in done.orphans]
    open_ends += [f"  in a state and not in the cloud: {row}" for row in done.missing]
    for line in open_ends:
        out.print(line, highlight=False, soft_wrap=True)
    if open_ends:
        raise Refused(f"{len(open_ends)} things need a person", REFUSED)
    out.print("State and inventory are equal. Run `up` again to finish what was interrupted.")


def _name(urn: str) -> str:
    return "::".join(urn.split("::")[-2:])

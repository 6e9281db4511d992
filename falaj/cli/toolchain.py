"""`falaj engine`: which Pulumi engine is used, got if there is none."""

from falaj.cli.common import HERE, ProjectOption, open_session, out


def engine(project: ProjectOption = HERE) -> None:
    """Find the Pulumi engine, or get it: PATH, cache, official release, Go module. Says which way was taken."""
    session = open_session(project)
    host = "the official language host" if session.engine.has_language_host else "our own language host"
    out.print(f"Pulumi {session.engine.version}: {session.engine.how}; {host}", highlight=False)

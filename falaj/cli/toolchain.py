"""`falaj engine`: find or install the Pulumi engine."""

from falaj.cli.common import HERE, ProjectOption, open_session, out


def engine(project: ProjectOption = HERE) -> None:
    """Find or install the Pulumi engine (PATH, cache, official release, Go module) and print its source."""
    session = open_session(project)
    host = "the official language host" if session.engine.has_language_host else "Falaj's language host"
    out.print(f"Pulumi {session.engine.version}: {session.engine.how}; {host}", highlight=False)

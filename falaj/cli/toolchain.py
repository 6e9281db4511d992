"""`falaj engine`: find or install the Pulumi engine."""

import json as json_format

from falaj.cli.common import HERE, JsonOption, ProjectOption, open_session, out


def engine(json: JsonOption = False, project: ProjectOption = HERE) -> None:
    """Find or install the Pulumi engine (PATH, cache, official release, Go module) and print its source."""
    engine = open_session(project).engine
    host = "the official language host" if engine.has_language_host else "Falaj's language host"
    if json:
        document = {"version": engine.version, "path": str(engine.path), "source": engine.how, "language_host": host}
        out.file.write(json_format.dumps(document) + "\n")
    else:
        out.print(f"Pulumi {engine.version}: {engine.how}; {host}", highlight=False, soft_wrap=True)

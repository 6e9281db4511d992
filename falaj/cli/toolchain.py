"""`falaj engine`: find or install the Pulumi engine."""

import json as json_format

from falaj.cli.common import EXIT_UNAVAILABLE, CommandError, JsonOption, err, out, require_extra
from falaj.cli.progress import status


def engine(json: JsonOption = False) -> None:
    """Find or install the Pulumi engine (PATH, cache, official release, Go module) and print its source.

    It needs no Pulumi project.
    """
    from falaj.sandbox.toolchain import EngineNotFound, find_engine

    require_extra("the sandbox", "sandbox")
    try:
        with status("Looking for the Pulumi engine"):
            engine = find_engine(lambda sentence: err.print(sentence, style="dim", highlight=False, soft_wrap=True))
    except EngineNotFound as error:
        raise CommandError(str(error), EXIT_UNAVAILABLE) from None
    host = "the official language host" if engine.has_language_host else "Falaj's language host"
    if json:
        document = {"version": engine.version, "path": str(engine.path), "source": engine.how, "language_host": host}
        out.file.write(json_format.dumps(document) + "\n")
    else:
        out.print(f"Pulumi {engine.version}: {engine.how}; {host}", highlight=False, soft_wrap=True)

"""`falaj --version`: versions of Falaj, of the engine and of Python."""

import json as json_format
import platform

import falaj
from falaj.cli.common import out

NO_ENGINE = "none yet: `falaj engine` finds or installs one"


def show_versions(json: bool) -> None:
    """Prints the versions. Downloads and builds nothing: an engine that is not there yet is said to be missing."""
    from falaj.sandbox.toolchain import known_engine

    engine = known_engine()
    if json:
        versions = {
            "falaj": falaj.__version__,
            "pulumi": engine.version if engine else None,
            "python": platform.python_version(),
        }
        out.file.write(json_format.dumps(versions) + "\n")
        return
    for name, version in (
        ("falaj", falaj.__version__),
        ("Pulumi", f"{engine.version} ({engine.how})" if engine else NO_ENGINE),
        ("Python", platform.python_version()),
    ):
        out.print(f"{name} {version}", highlight=False, soft_wrap=True)

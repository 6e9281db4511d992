"""Check for the optional libraries that only the analysis commands need."""

from importlib.util import find_spec

from falaj.cli.common import EXIT_UNAVAILABLE, CommandError


def require_libraries(*libraries: str) -> None:
    """Raises `CommandError` with the `pip install` command if one of the libraries is missing."""
    if missing := [name for name in libraries if find_spec(name) is None]:
        raise CommandError(f"needs {', '.join(missing)}: pip install 'falaj[analysis]'", EXIT_UNAVAILABLE)

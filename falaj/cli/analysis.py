"""Optional libraries that only some commands need."""

from importlib.util import find_spec

from falaj.cli.common import UNABLE, Refused


def needs(*libraries: str) -> None:
    """Raise `Refused` with the `pip install` command if one of the libraries is missing."""
    if missing := [name for name in libraries if find_spec(name) is None]:
        raise Refused(f"needs {', '.join(missing)}: pip install 'falaj[analysis]'", UNABLE)

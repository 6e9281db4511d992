"""Libraries that only some commands need: a bare installation can do without them."""

from importlib.util import find_spec

from falaj.cli.common import UNABLE, Refused


def needs(*libraries: str) -> None:
    """`Refused` with the remedy where one is not installed."""
    if missing := [name for name in libraries if find_spec(name) is None]:
        raise Refused(f"needs {', '.join(missing)}: pip install 'falaj[analysis]'", UNABLE)

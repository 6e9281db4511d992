"""Traces of spot capacity that `falaj simulate` replays: which pool each is for, and what the trace does not say."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from falaj.simulation.work import SpotCapacity

SpotOption = Annotated[
    list[str] | None,
    typer.Option(
        "--spot",
        help="Trace of spot capacity: FILE for all pools, or SITE/POOL=FILE. After the file: ,bid=USD of an hour, the "
        "most that you pay, for price histories; ,machine=TYPE, which machines of the trace count; ,scale=N, the "
        "machines that one of the trace stands for. May be repeated.",
    ),
]

ALL_POOLS = "*"


def read_spot_traces(given: Sequence[str], pools: Collection[str]) -> "dict[str, SpotCapacity]":
    """Returns the capacity of spot machines by key of the pool, or `*`. Raises `BadInput`."""
    from falaj.finops.errors import BadInput
    from falaj.simulation.traces import read_spot

    found: dict[str, SpotCapacity] = {}
    for text in given:
        trace, parameters = _split(text)
        pool, equals, file = trace.rpartition("=")
        if equals and pool not in pools:
            raise BadInput("--spot", f"the stack has no pool {pool!r}; there are: {', '.join(pools)}")
        found[pool or ALL_POOLS] = read_spot(Path(file), **parameters)
    return found


def _split(text: str) -> tuple[str, dict[str, Any]]:
    """Returns an option without its parameters, and the parameters. Raises `BadInput`."""
    parameters: dict[str, Any] = {}
    while True:
        trace, comma, last = text.rpartition(",")
        name, equals, value = last.partition("=")
        if not (comma and equals and name in _PARAMETERS):
            return text, parameters
        parameters[name] = _PARAMETERS[name](value, f"--spot {name}")
        text = trace


def _price(value: str, where: str) -> float:
    from falaj.cli.bill_options import decimal_of

    return float(decimal_of(value, where))


def _count(value: str, where: str) -> int:
    from falaj.finops.errors import BadInput, shown

    if not value.isascii() or not value.isdecimal():
        raise BadInput(where, f"{shown(value)} is not a whole number, such as 8")
    return int(value[:10])


def _name(value: str, where: str) -> str:
    from falaj.finops.errors import BadInput

    if not value:
        raise BadInput(where, "is empty; give the machine type as the trace has it, such as machine=g5.12xlarge")
    return value


_PARAMETERS: Mapping[str, Callable[[str, str], Any]] = {"bid": _price, "machine": _name, "scale": _count}
"""Name of a parameter of `read_spot` -> reads it from its text and the place to name in an error."""

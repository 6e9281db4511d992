"""The table of switches covers every boolean of the reviewed types (FJ-ESC-115)."""

from collections.abc import Iterator, Mapping

import pytest
from guardrails.engine.tokens import normalise
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from guardrails.unverifiable.switch_rows import read_rows, table

from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk

KNOWN = evaluated_types(ALL) | reviewed_types().keys()


def _scalars(kind: Type) -> Iterator[Type]:
    """Yields the types of the values in lists, maps and unions."""
    if kind.kind in ("list", "union", "map"):
        for inner in kind.of:
            yield from _scalars(inner)
    else:
        yield kind


def _booleans(package: str, inputs: Mapping[str, Property], start: str, outer: tuple[object, ...]) -> Iterator[str]:
    """Yields the paths of all booleans. Keys of maps are written `KEY`."""
    for name, declared in inputs.items():
        path = f"{start}{name}.KEY" if declared.type.kind == "map" else f"{start}{name}"
        for kind in _scalars(declared.type):
            if kind.kind == "boolean":
                yield path
            elif kind.ref is not None and kind.ref not in outer:
                yield from _booleans(package, sdk(package).properties(kind.ref), f"{path}.", (*outer, kind.ref))


def _tokens(package: str) -> list[str]:
    return [token for token in sdk(package).tokens if normalise(token) in KNOWN]


@pytest.mark.parametrize("cloud", read_rows())
def test_the_table_covers_every_boolean(cloud: str) -> None:
    package = f"pulumi_{cloud.replace('-', '_')}"
    missing = {
        f"{normalise(token)}:{path}"
        for token in _tokens(package)
        for path in _booleans(package, sdk(package).schema(token).inputs, "", ())
        if table().find(normalise(token), path) is None
    }
    assert sorted(missing) == []

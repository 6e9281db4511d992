"""Every field of Kubernetes' own kinds was read by somebody who asked what an attacker would do with it.

`kubernetes_fields_read.csv` has each object of the installed SDK's own kinds, without its version, and the fields that
were read in it on 2026-11-29 (pulumi-kubernetes 4.34.2, with the API types of kubernetes/api 10b39a39); `attacks.
fields_core_*` has what came of it. A new SDK with a new kind or field fails here until somebody has read it: write an
attack for what it opens, a row or a check for the attack, and its name into the list.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk

SDK = sdk("pulumi_kubernetes")
READ = Path(__file__).with_name("kubernetes_fields_read.csv")
_NO_OBJECTS = ("helm.sh", "kustomize", "yaml", "apiextensions")
"""Groups of the SDK that are programs instead of kinds."""
_COPIES = ("List", "Patch")


def _objects(name: str, properties: Mapping[str, Property], seen: set[object]) -> Iterator[tuple[str, str]]:
    """Yields the objects in properties with the names of their fields, each object once for its group and name."""
    for field, declared in properties.items():
        yield name, field
        for part in _parts(declared.type):
            if part.ref is not None and part.ref not in seen:
                seen.add(part.ref)
                inner = f"{_group(part.ref[0])}/{part.ref[1].removesuffix('Args')}"
                yield from _objects(inner, SDK.properties(part.ref), seen)


def _parts(kind: Type) -> Iterator[Type]:
    yield kind
    for part in kind.of:
        yield from _parts(part)


def _group(file: Path) -> str:
    return file.relative_to(SDK.root).parts[0]


def declared_fields() -> dict[str, set[str]]:
    """Returns the objects of all versions of the SDK's own kinds -> their fields."""
    fields: dict[str, set[str]] = defaultdict(set)
    seen: set[object] = set()
    for token in sorted(SDK.tokens):
        _, module, kind = token.split(":")
        group = module.partition("/")[0]
        if group not in _NO_OBJECTS and not kind.endswith(_COPIES):
            for name, field in _objects(f"{group}:{kind}", SDK.schema(token).inputs, seen):
                fields[name].add(field)
    return fields


def test_every_field_was_read() -> None:
    with READ.open(encoding="utf-8", newline="") as file:
        read = {row["object"]: set(row["fields"].split()) for row in csv.DictReader(file)}
    declared = declared_fields()
    unread = {name: sorted(fields - read.get(name, set())) for name, fields in declared.items()}
    assert {name: fields for name, fields in unread.items() if fields} == {}
    assert sorted(read.keys() - declared.keys()) == []
    assert list(read) == sorted(read)

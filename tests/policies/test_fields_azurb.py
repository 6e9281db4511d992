"""Every property of the types of Azure beside networks, machines and storage was read by somebody who asked what an
attacker would do with it.

`fields_read_azurb.csv` has each module of pulumi-azure-native whose types the pack accepts, and the names of the
properties of these types, at any depth, that had a row or a check, or were read, on 2026-11-29 (3.29.0).
`attacks.fields_azurb_*` has what came of it. A new SDK with a new name in a module, and a type that is newly accepted,
fail here until somebody has read what its values do: write an attack for what it opens, a row or a check for the
attack, and its name into the list (`python tests/policies/test_fields_azurb.py` writes all of today's).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types

from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk

SDK = sdk("pulumi_azure_native")
READ = Path(__file__).with_name("fields_read_azurb.csv")
_OTHER_PART = re.compile(
    r"apimanagement|app|avs|batch|cdn|compute|computeschedule|container\w*|databox|dataprotection|desktopvirtualization"
    r"|dns|dnsresolver|elasticsan|frontdoor|hybridcompute|hybridcontainerservice|kubernetes\w*|netapp|network"
    r"|networkfunction|privatedns|recoveryservices|redhatopenshift|servicefabric\w*|servicenetworking|signalrservice"
    r"|storage\w*|trafficmanager|web|webpubsub"
)
"""Modules of networks, machines, containers, apps and storage, which were read apart."""


def _names(properties: Mapping[str, Property], seen: set[object]) -> Iterator[str]:
    """Yields the names of properties and of those of their objects, each object once."""
    for name, declared in properties.items():
        yield name
        for part in _parts(declared.type):
            if part.ref is not None and part.ref not in seen:
                seen.add(part.ref)
                yield from _names(SDK.properties(part.ref), seen)


def _parts(kind: Type) -> Iterator[Type]:
    yield kind
    for part in kind.of:
        yield from _parts(part)


def declared_names() -> dict[str, set[str]]:
    """Returns the modules of this part -> names of the properties of the types that the pack accepts."""
    names: dict[str, set[str]] = defaultdict(set)
    seen: set[object] = set()
    for token in sorted((evaluated_types(ALL) | reviewed_types().keys()) & SDK.tokens.keys()):
        module = token.split(":")[1]
        if not _OTHER_PART.fullmatch(module):
            names[module].update(_names(SDK.schema(token).inputs, seen))
    return names


def test_every_name_was_read() -> None:
    with READ.open(encoding="utf-8", newline="") as file:
        read = {row["module"]: set(row["names"].split()) for row in csv.DictReader(file)}
    declared = declared_names()
    unread = {module: sorted(names - read.get(module, set())) for module, names in declared.items()}
    assert {module: names for module, names in unread.items() if names} == {}
    gone = {module: sorted(names - declared.get(module, set())) for module, names in read.items()}
    assert {module: names for module, names in gone.items() if names} == {}
    assert list(read) == sorted(read)


if __name__ == "__main__":
    lines = (f"{module},{' '.join(sorted(names))}\n" for module, names in sorted(declared_names().items()))
    READ.write_text("module,names\n" + "".join(lines), encoding="utf-8")

"""The names of the properties of the types of AWS and Azure that the pack accepts, and of those that somebody has read.

`python -m tests.policies.fields_read` writes all of today's as read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types

from falaj.sandbox.clouds.sdk_schema import Property, Sdk, Type, sdk

SDKS = {"aws": "pulumi_aws", "azure-native": "pulumi_azure_native"}


def list_of(package: str) -> Path:
    """Returns the file with the names that were read of an SDK."""
    return Path(__file__).with_name(f"fields_read_{package}.csv")


def _parts(kind: Type) -> Iterator[Type]:
    yield kind
    for part in kind.of:
        yield from _parts(part)


def names_of(types: Sdk, properties: Mapping[str, Property], seen: set[object]) -> Iterator[str]:
    """Yields the names of properties and of those of their objects, each object once."""
    for name, declared in properties.items():
        yield name
        for part in _parts(declared.type):
            if part.ref is not None and part.ref not in seen:
                seen.add(part.ref)
                yield from names_of(types, types.properties(part.ref), seen)


def declared_names(package: str) -> dict[str, set[str]]:
    """Returns the modules of an SDK -> names of the properties of the types that the pack accepts."""
    types, names, seen = sdk(SDKS[package]), defaultdict[str, set[str]](set), set[object]()
    for token in sorted((evaluated_types(ALL) | reviewed_types().keys()) & types.tokens.keys()):
        module = re.split("[:/]", token)[1]
        names[module].update(names_of(types, types.schema(token).inputs, seen))
    return names


def main() -> None:
    """Writes the lists."""
    for package in SDKS:
        lines = (f"{module},{' '.join(sorted(names))}\n" for module, names in sorted(declared_names(package).items()))
        list_of(package).write_text("module,names\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

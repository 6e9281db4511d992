"""`python -m tests.project.azure_rest_types CHECKOUT`: derives the table of REST types that the emulated Azure checks.

CHECKOUT is a clone of https://github.com/Azure/bicep-types-az (MIT License, Copyright Microsoft Corporation), which
Microsoft generates from Azure's API specifications. The table keeps facts only, of the types that the emulator
describes, in the API version of the installed azure-native SDK: names of properties, which are required or read-only,
types, values of enums, and limits. `falaj/sandbox/clouds/azure/rest_types.py` describes its form.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from falaj.sandbox.clouds.azure import RESOURCE_TYPES
from falaj.sandbox.clouds.azure.input_defaults import SDK
from falaj.sandbox.clouds.azure.rest_types import TABLE
from falaj.sandbox.clouds.sdk_schema import sdk

_REQUIRED, _READ_ONLY = 1, 2
_LIMITS = ("minLength", "maxLength", "pattern", "minValue", "maxValue")
_SCALARS = {"StringType": "string", "IntegerType": "integer", "BooleanType": "boolean", "AnyType": "any"}

Node = Any
"""A node of the table or of the source, both JSON."""


def api_version(token: str) -> str:
    """Returns the API version with which the installed SDK manages a resource type."""
    module, name = sdk(SDK).tokens[token]
    folder = sdk(SDK).root.joinpath(*module.split(".")[1:])
    texts = (file.read_text() for file in folder.glob("*.py"))
    text = next(text for text in texts if f"\nclass {name}(pulumi.CustomResource)" in text)
    match = re.search(r"Uses Azure REST API version ([\w-]+)\.", text)
    assert match, f"{token}: the SDK does not document its API version"
    return match.group(1)


class Checkout:
    """A clone of bicep-types-az, with or without a work tree."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._contents: dict[str, list[Node]] = {}
        self.files = [
            name for name in self.git("ls-tree", "-r", "--name-only", "HEAD").split() if "/types.json" in name
        ]

    def git(self, *arguments: str) -> str:
        """Returns the output of a git command."""
        return subprocess.run(["git", "-C", self.path, *arguments], capture_output=True, text=True, check=True).stdout

    def types(self, arm_type: str, version: str) -> tuple[str, list[Node], Node]:
        """Returns folder and version, all types, and the resource type, of the file that defines a resource type."""
        ending = f"/{arm_type.partition('/')[0].lower()}/{version}/types.json"
        for file in (name for name in self.files if name.endswith(ending)):
            types = self._read(file)
            for node in types:
                if node["$type"] == "ResourceType" and node["name"].lower() == f"{arm_type}@{version}".lower():
                    return f"{file.split('/')[1]}@{version}", types, node
        raise SystemExit(f"{arm_type}@{version} is not in the checkout")

    def _read(self, file: str) -> list[Node]:
        if file not in self._contents:
            self._contents[file] = json.loads(self.git("show", f"HEAD:{file}"))
        return self._contents[file]


class Namespace:
    """Converts the types of one namespace and API version; `objects` are the object types, by name."""

    def __init__(self, types: list[Node]) -> None:
        self.types = types
        self.objects: dict[str, Node] = {}
        self._names: dict[int, str] = {}

    def node(self, reference: Node) -> Node:
        """Returns the table's node for a reference of the source."""
        source = self.types[int(reference["$ref"].rsplit("/", 1)[-1])]
        kind = source["$type"]
        if kind == "UnionType":
            members = [self.types[int(member["$ref"].rsplit("/", 1)[-1])] for member in source["elements"]]
            values = [member["value"] for member in members if member["$type"] == "StringLiteralType"]
            return {"enum": values} if values else "any"
        if kind == "StringLiteralType":
            return {"enum": [source["value"]]}
        if kind == "ArrayType":
            return {"items": self.node(source["itemType"]), **_kept(source)}
        if kind in _SCALARS:
            limits = _kept(source)
            return {"type": _SCALARS[kind], **limits} if limits else _SCALARS[kind]
        return self._object(source)

    def _object(self, source: Node) -> Node:
        """Converts an object type once, because a type may contain itself."""
        if id(source) not in self._names:
            name = self._names[id(source)] = self._free_name(source["name"].rpartition("/")[2])
            self.objects[name] = {}
            self.objects[name].update(self._discriminated(source) if "elements" in source else self._plain(source))
        return f"#{self._names[id(source)]}"

    def _free_name(self, name: str) -> str:
        taken = sum(1 for other in self.objects if other.partition("~")[0] == name)
        return f"{name}~{taken + 1}" if taken else name

    def _plain(self, source: Node) -> Node:
        result: Node = {"properties": self._properties(source["properties"])}
        if "additionalProperties" in source:
            result["additional"] = self.node(source["additionalProperties"])
        return result

    def _discriminated(self, source: Node) -> Node:
        kinds = {value: self.node(reference) for value, reference in source["elements"].items()}
        return {
            "properties": self._properties(source["baseProperties"]),
            "by": source["discriminator"],
            "kinds": kinds,
        }

    def _properties(self, source: Node) -> Node:
        """Returns name -> type; the name of a required property ends in `!`, and a read-only one has no type."""
        return {
            f"{name}!" if item["flags"] & _REQUIRED else name: None
            if item["flags"] & _READ_ONLY
            else self.node(item["type"])
            for name, item in source.items()
        }


def _kept(source: Node) -> Node:
    return {limit: source[limit] for limit in _LIMITS if limit in source}


def derive(checkout: Checkout) -> Node:
    """Returns the table."""
    types: dict[str, Node] = {}
    namespaces: dict[str, Namespace] = {}
    for token, row in sorted(RESOURCE_TYPES.items()):
        version = api_version(token)
        arm_type = "Microsoft.Resources/resourceGroups" if token.endswith(":ResourceGroup") else row.path.type
        key, source, resource = checkout.types(arm_type, version)
        namespace = namespaces.setdefault(key, Namespace(source))
        types[token] = {"namespace": key, "body": namespace.node(resource["body"]).removeprefix("#")}
    head = checkout.git("log", "-1", "--format=%H %cs").split()
    return {
        "source": {"repository": "Azure/bicep-types-az", "commit": head[0], "date": head[1]},
        "types": types,
        "objects": {key: dict(sorted(namespace.objects.items())) for key, namespace in sorted(namespaces.items())},
    }


def write(table: Node, path: Path) -> None:
    """Writes the table with one object type a line, so that a change of a version can be reviewed."""
    lines = ["{", f'"source": {json.dumps(table["source"])},', '"types": {']
    lines += _rows(table["types"])
    lines += ["},", '"objects": {']
    for number, (key, objects) in enumerate(table["objects"].items(), 1):
        lines += [f'"{key}": {{', *_rows(objects), "}" + ("," if number < len(table["objects"]) else "")]
    path.write_text("\n".join([*lines, "}", "}"]) + "\n", encoding="utf-8")


def _rows(mapping: Node) -> list[str]:
    rows = [f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in mapping.items()]
    return [f"{row}," for row in rows[:-1]] + rows[-1:]


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    write(derive(Checkout(sys.argv[1])), TABLE)

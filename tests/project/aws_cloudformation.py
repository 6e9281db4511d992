"""`python -m tests.project.aws_cloudformation CHECKOUT`: derives the table of limits that the emulated AWS checks.

CHECKOUT is a git directory of https://github.com/pulumi/pulumi-aws-native (Apache License 2.0), which carries
CloudFormation's resource schemas, written by AWS. The table keeps facts only, of the types that the components plan, by
the property paths of the Pulumi SDK: enums, ranges, lengths, patterns, sizes of arrays and read-only properties.
`falaj/sandbox/clouds/aws/cloudformation.py` describes its form, `aws_cloudformation_names.csv` the names that differ.
Where a schema states no limits, those of the APIs' models are taken (`aws_api_models.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from falaj.facts.aws_permissions import types
from falaj.sandbox.clouds.aws.account import SDK
from falaj.sandbox.clouds.aws.cloudformation import TABLE, Limits
from falaj.sandbox.clouds.sdk_schema import Property, Type, sdk
from tests.project import aws_api_models
from tests.project.aws_cloudformation_names import NOT_COUNTED, counterpart, renames
from tests.project.aws_cloudformation_schema import DroppedPatterns, Place, Schema

_DEPTH = 9
"""Types of cost categories contain one another to this depth."""


class Checkout:
    """A clone of pulumi-aws-native, with or without a work tree."""

    def __init__(self, path: str) -> None:
        self.path = path

    def git(self, *arguments: str) -> str:
        """Returns the output of a git command."""
        return subprocess.run(["git", "-C", self.path, *arguments], capture_output=True, text=True, check=True).stdout

    def schema(self, name: str, dropped: DroppedPatterns) -> Schema:
        """Returns the schema of a type such as `EKS::Cluster`."""
        file = f"aws-cloudformation-schema/aws-{name.lower().replace('::', '-')}.json"
        return Schema(name, json.loads(self.git("show", f"HEAD:{file}")), dropped)


class Matching:
    """Matches the properties of one Pulumi type with those of a schema.

    `limits` are those found, by Pulumi path; `enums` the paths whose values the SDK lists itself; `unmatched` the paths
    without a counterpart, or inside a document that the schema does not describe.
    """

    def __init__(self, schema: Schema, names: Mapping[str, str]) -> None:
        self.schema, self.renames = schema, names
        self.limits: dict[str, Any] = {}
        self.unmatched: list[str] = []
        self.used: set[str] = set()
        self.enums: set[str] = set()

    def refuse_unused(self, token: str) -> None:
        """Ends the program if a name was given for a property that the SDK lacks."""
        if unused := self.renames.keys() - self.used:
            raise SystemExit(f"{token}: names that the SDK lacks: {', '.join(sorted(unused))}")

    def properties(self, properties: Mapping[str, Property], place: Place, path: str, depth: int = 0) -> None:
        """Matches the properties of one object."""
        for name, definition in properties.items():
            where = f"{path}.{name}" if path else name
            if where in NOT_COUNTED:
                continue
            found = self._find(where, name, place)
            if found is None:
                self.unmatched.append(where)
            else:
                self._value(definition.type, found, where, depth + 1)

    def _find(self, where: str, name: str, place: Place) -> Place | None:
        if where in self.renames:
            self.used.add(where)
            target = self.renames[where]
            return self.schema.at(target) if target else None
        return place.child(name) or (self.schema.at("").child(name) if where == name else None)

    def _value(self, type_: Type, place: Place, path: str, depth: int) -> None:
        if place.read_only:
            self.limits[path] = {"readOnly": True}
        elif type_.kind == "map":
            self._keep(path, place.map_limits())
            self._keep(f"{path}.*", place.map_values().limits())
        elif type_.kind == "list":
            self._keep(path, place.array_limits())
            self._value(type_.of[0], place.item(), f"{path}[*]", depth)
        elif type_.kind == "object" and type_.ref:
            inside = sdk(SDK).properties(type_.ref)
            if depth < _DEPTH:
                self.properties(inside, place.item(), path, depth)
        elif type_.kind == "union":
            self._value(next((t for t in type_.of if t.kind != "object"), type_.of[0]), place, path, depth)
        else:
            self.enums |= {path} if type_.kind == "enum" else set()
            self._keep(path, place.item().limits())

    def _keep(self, path: str, limits: Mapping[str, Any]) -> None:
        if limits:
            self.limits[path] = limits


def match(checkout: Checkout, dropped: DroppedPatterns) -> Iterator[tuple[str, Matching | None, str]]:
    """Yields (token, matching, name of the schema) of each planned type. A type without schema has no matching."""
    schemas: dict[str, Schema] = {}
    for token, entry in sorted(types().items()):
        name, _, base = counterpart(token, entry.cloudformation).partition("/")
        if not name:
            yield token, None, ""
            continue
        if name not in schemas:
            schemas[name] = checkout.schema(name, dropped)
        matching = Matching(schemas[name], renames(token))
        matching.properties(sdk(SDK).schema(token).inputs, schemas[name].at(base), "")
        matching.refuse_unused(token)
        yield token, matching, name


def match_models(dropped: DroppedPatterns) -> Iterator[tuple[str, Matching]]:
    """Yields (token, matching) of each planned type with the input of its API operations."""
    for token, entry in sorted(types().items()):
        name = counterpart(token, entry.cloudformation).partition("/")[0] or token.rpartition(":")[2]
        if schema := aws_api_models.model(token, name, dropped):
            matching = Matching(schema, aws_api_models.renames(token))
            matching.properties(sdk(SDK).schema(token).inputs, schema.at(""), "")
            matching.refuse_unused(token)
            yield token, matching


def _beyond(matching: Matching, schema: Mapping[str, Limits]) -> dict[str, Limits]:
    """Returns the limits of a model without those of which the schema, or the SDK, says something itself."""
    found: dict[str, Limits] = {}
    for path, stated in matching.limits.items():
        own = {**schema.get(path, {}), **({"enum": ()} if path in matching.enums else {})}
        if rest := {kind: value for kind, value in stated.items() if kind not in own and "readOnly" not in own}:
            found[path] = rest
    return found


def derive(checkout: Checkout) -> dict[str, Any]:
    """Returns the table."""
    commit, date = checkout.git("log", "-1", "--format=%H %cs").split()
    dropped = DroppedPatterns()
    rows: dict[str, Any] = {}
    for token, matching, name in match(checkout, dropped):
        if matching:
            rows[token] = {"schema": name, "limits": matching.limits, "unmatched": sorted(matching.unmatched)}
    models: dict[str, Any] = {}
    for token, matching in match_models(dropped):
        if limits := _beyond(matching, rows.get(token, {}).get("limits", {})):
            names = [f"{service}:{operation}" for service, operation, _ in aws_api_models.operations(token)]
            models[token] = {"operations": names, "limits": limits}
    source = {"repository": "pulumi/pulumi-aws-native", "commit": commit, "date": date}
    source["models"] = aws_api_models.VERSION
    return {"source": source, "dropped_patterns": sorted(dropped), "types": rows, "models": models}


def write(table: Mapping[str, Any], path: Path) -> None:
    """Writes the table with one type a line, so that a change of a schema can be reviewed."""
    head = [f'"{key}": {json.dumps(table[key])}' for key in ("source", "dropped_patterns")]
    for name in ("types", "models"):
        rows = [f"{json.dumps(key)}: {json.dumps(row, separators=(',', ':'))}" for key, row in table[name].items()]
        head.append(f'"{name}": {{\n' + ",\n".join(rows) + "\n}")
    path.write_text("{\n" + ",\n".join(head) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    write(derive(Checkout(sys.argv[1])), TABLE)

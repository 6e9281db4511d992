"""The requests of the operations on a deployed stack, and their evaluation by a maintained simulator of IAM."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from falaj.facts.aws_permissions import OPERATIONS, types
from falaj.finops.plan import Plan, Planned, read
from falaj.rights.aws_names import AwsNames
from falaj.rights.aws_requests import AwsRequests, ExistingResource, cluster_group, own_resource
from falaj.rights.iam_evaluation import Request
from falaj.sandbox.clouds.aws.account import ACCOUNT
from tests.scan.tools import NoTools, cached_tool, run

REGION = "me-central-1"
SIMULATOR = Path(__file__).with_name("iam_simulator")


@dataclass(frozen=True)
class Deployed:
    """The AWS resources of a state, with their outputs."""

    resources: Sequence[dict[str, Any]]

    @cached_property
    def plan(self) -> Plan:
        """The state as a plan."""
        return read(json.dumps({"deployment": {"resources": list(self.resources)}}))

    @cached_property
    def _items(self) -> list[tuple[Planned, ExistingResource, str]]:
        names = AwsNames(self.plan, ACCOUNT)
        outputs = {row["urn"]: row.get("outputs", {}) | {"id": row.get("id")} for row in self.resources}
        found = []
        for item in self.plan.resources:
            if item.type in types():
                whole = Planned(item.urn, item.type, item.name, {**outputs[item.urn], **item.props})
                found.append((whole, own_resource(whole, names.region(item), ACCOUNT), names.region(item)))
        return found

    @cached_property
    def _by_reference(self) -> dict[tuple[str, str], ExistingResource]:
        groups = {
            ("ec2:security-group", found[0]): found[1]
            for row in self.resources
            if row["type"] == "aws:eks/cluster:Cluster"
            and (found := cluster_group(row["id"], row["outputs"], REGION, ACCOUNT))
        }
        return groups | {
            (types()[item.type].resource, reference): known
            for item, known, _ in self._items
            for reference in (known.arn, item.props.get("id"), item.props.get("name"), item.props.get("bucket"))
            if isinstance(reference, str)
        }

    def find(self, kind: str, reference: str) -> ExistingResource | None:
        """Returns the resource of a kind with this name, ID or ARN."""
        return self._by_reference.get((kind, reference))

    def requests(self, operations: Sequence[str] = OPERATIONS) -> Iterator[tuple[str, str, Request]]:
        """Yields type, operation and request, of every operation on every resource."""
        builder = AwsRequests(ACCOUNT, self)
        for item, known, region in self._items:
            for operation in operations:
                for request in builder.of(item, operation, region, known):
                    yield item.type, operation, request


def simulate(documents: Sequence[dict[str, Any]], requests: Sequence[Request]) -> list[str]:
    """Returns the result of each request. Raises `NoTools` without Node.js."""
    rows = [
        {"action": request.action, "resource": request.resource, "context": dict(request.context)}
        for request in requests
    ]
    return ask_simulator({"documents": list(documents), "requests": rows})


@dataclass(frozen=True)
class Evaluated:
    """A request, and the condition of the only statement that may allow it."""

    action: str
    resource: str
    condition: Mapping[str, Any]
    context: Mapping[str, str]

    @property
    def row(self) -> dict[str, Any]:
        """The request as the simulator reads it."""
        statement = {"Effect": "Allow", "Action": self.action, "Resource": "*", "Condition": self.condition}
        document = {"Version": "2012-10-17", "Statement": [statement]}
        return {"action": self.action, "resource": self.resource, "context": self.context, "documents": [document]}


def simulate_each(requests: Sequence[Evaluated]) -> list[str]:
    """Returns the result of each request under its own condition. Raises `NoTools` without Node.js."""
    return ask_simulator({"documents": [], "requests": [request.row for request in requests]})


def ask_simulator(question: dict[str, Any]) -> list[str]:
    """Returns the result of each request of a question, as `simulate.mjs` describes it. Raises `NoTools`."""
    folder = cached_tool("iam-simulator", SIMULATOR / "package-lock.json", _install)
    shutil.copy(SIMULATOR / "simulate.mjs", folder)
    question = {"account": ACCOUNT, **question}
    done = subprocess.run(
        ["node", "simulate.mjs"], cwd=folder, input=json.dumps(question), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _install(folder: Path) -> None:
    if shutil.which("npm") is None:
        raise NoTools("npm is not on PATH")
    print("IAM simulator: installing it from npm into the cache, once", file=sys.stderr)
    folder.mkdir(parents=True)
    for file in ("package.json", "package-lock.json"):
        shutil.copy(SIMULATOR / file, folder)
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, dict(os.environ))

"""Holds the assignments of Azure Policy against Microsoft's definitions.

`python -m tests.project.azure_policy_definitions CHECKOUT`: CHECKOUT is a git repository of Azure/azure-policy. Prints
what differs; exit status 1 if something does.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from falaj.facts.organisation_policies import ASSIGNED, AzureAssignment

FOLDER = "built-in-policies/policyDefinitions"


def definitions(checkout: Path) -> dict[str, dict[str, Any]]:
    """Returns the definitions that are assigned, by id."""
    found: dict[str, dict[str, Any]] = {}
    wanted = [word for row in ASSIGNED for word in ("-e", f'"name": "{row.definition}"')]
    names = _git(checkout, "grep", "--name-only", "--fixed-strings", *wanted, "HEAD", "--", FOLDER).splitlines()
    for name in names:
        content = json.loads(_git(checkout, "show", name).removeprefix("\ufeff"))
        found.setdefault(content["name"], content["properties"])
    return found


def differences(row: AzureAssignment, definition: dict[str, Any] | None) -> Iterator[str]:
    """Yields what an assignment says otherwise than its definition."""
    if definition is None:
        yield "no such definition"
        return
    if definition["displayName"] != row.display_name:
        yield f"is called {definition['displayName']!r}"
    if definition["metadata"]["version"] != row.version:
        yield f"has version {definition['metadata']['version']}"
    if definition["metadata"].get("deprecated"):
        yield "is deprecated"
    parameters = definition.get("parameters", {})
    for name in {*row.parameters, *filter(None, [row.tag])} - set(parameters):
        yield f"has no parameter {name}"
    for name, value in row.parameters.items():
        allowed = parameters.get(name, {}).get("allowedValues")
        if allowed and value not in allowed:
            yield f"allows {allowed} as {name}"


def _git(checkout: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=checkout, check=True, capture_output=True, text=True).stdout


def main(checkout: Path) -> int:
    """Prints every difference; returns the exit status."""
    found = definitions(checkout)
    lines = [f"{row.name}: {line}" for row in ASSIGNED for line in differences(row, found.get(row.definition))]
    print("\n".join(lines) or f"{len(ASSIGNED)} assignments agree")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

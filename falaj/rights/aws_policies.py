"""IAM policy documents with the needs of a plan, within the size that AWS allows."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from falaj.rights.aws_needs import RequiredAction

MAX_CHARACTERS = 6144
"""Length of a managed policy without white space (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)."""

Statement = dict[str, Any]
Document = dict[str, Any]


def statements(needs: Iterable[RequiredAction]) -> list[Statement]:
    """Returns one statement for all actions with the same resources and conditions."""
    merged = _merged_conditions(needs)
    grouped: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for (action, condition), resources in merged.items():
        grouped.setdefault((tuple(sorted(resources)), condition), set()).add(action)
    result: list[Statement] = []
    for (resources, condition), actions in sorted(grouped.items(), key=lambda group: (min(group[1]), group[0])):
        statement: Statement = {"Effect": "Allow", "Action": sorted(actions), "Resource": list(resources)}
        if condition != "{}":
            statement["Condition"] = json.loads(condition)
        result.append(statement)
    return result


def _merged_conditions(needs: Iterable[RequiredAction]) -> dict[tuple[str, str], set[str]]:
    """Returns (action, condition) -> resources. Values that several needs of the same action and resources have for one
    key become one list, such as the services to which a role is passed."""
    conditions: dict[tuple[str, tuple[str, ...]], list[Mapping[str, Mapping[str, tuple[str, ...]]]]] = {}
    for need in needs:
        found = conditions.setdefault((need.action, need.resources), [])
        if need.condition not in found:
            found.append(need.condition)
    result: dict[tuple[str, str], set[str]] = {}
    for (action, resources), found in conditions.items():
        for condition in _united(found):
            result.setdefault((action, condition), set()).update(resources)
    return result


def _united(conditions: list[Mapping[str, Mapping[str, tuple[str, ...]]]]) -> Iterator[str]:
    """Yields the conditions as JSON, those that differ only in the values of one key as one."""
    shapes: dict[str, dict[str, dict[str, set[str]]]] = {}
    for condition in conditions:
        if not condition:
            yield "{}"
            return
        keys = {operator: sorted(entries) for operator, entries in condition.items()}
        single = sum(len(entries) for entries in keys.values()) == 1
        shape = json.dumps(keys if single else {op: {k: list(v) for k, v in e.items()} for op, e in condition.items()})
        united = shapes.setdefault(shape, {})
        for operator, entries in condition.items():
            for key, values in entries.items():
                united.setdefault(operator, {}).setdefault(key, set()).update(values)
    for united in shapes.values():
        yield json.dumps(
            {
                op: {key: _one(values) for key, values in sorted(entries.items())}
                for op, entries in sorted(united.items())
            }
        )


def _one(values: set[str]) -> str | list[str]:
    ordered = sorted(values)
    return ordered[0] if len(ordered) == 1 else ordered


def documents(parts: Iterable[Statement]) -> list[Document]:
    """Returns documents that are each within AWS's size, with a statement ID that names the service."""
    result: list[list[Statement]] = [[]]
    for statement in (piece for part in parts for piece in _pieces(part)):
        if result[-1] and size(_document([*result[-1], statement])) > MAX_CHARACTERS:
            result.append([])
        result[-1].append(statement)
    return [_document(found) for found in result if found]


def _pieces(statement: Statement) -> Iterator[Statement]:
    """Yields the statement, in several pieces if it alone is too large: by halves of its longer list."""
    if size(_document([statement])) <= MAX_CHARACTERS:
        yield statement
        return
    key = max(("Action", "Resource"), key=lambda name: len(json.dumps(statement[name])))
    middle = len(statement[key]) // 2
    for half in (statement[key][:middle], statement[key][middle:]):
        yield from _pieces({**statement, key: half})


def _document(found: list[Statement]) -> Document:
    count: dict[str, int] = {}
    numbered = []
    for statement in found:
        service = "".join(part.capitalize() for part in statement["Action"][0].partition(":")[0].split("-"))
        count[service] = count.get(service, 0) + 1
        numbered.append({"Sid": f"{service}{count[service]}", **statement})
    return {"Version": "2012-10-17", "Statement": numbered}


def size(document: Document) -> int:
    """Returns the characters of a document that AWS counts: all but white space."""
    return len("".join(json.dumps(document, separators=(",", ":")).split()))

"""The resources of a stack's state, as `pulumi stack export` writes it. Secrets remain encrypted and are not read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.facts.listed_types import listed_types
from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_json

EXPORT = "the output of `pulumi stack export`"
_ARN = re.compile(r"arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+")
_ARM_ID = re.compile(r"/subscriptions/[0-9a-f-]+(/.*)?", re.IGNORECASE)


@dataclass(frozen=True)
class StateResource:
    """A resource that the engine manages."""

    urn: str
    type: str
    ids: tuple[str, ...]
    """Keys under which an account may list it (`key_of`); none if its type has no such identity."""
    tags: Mapping[str, str]
    expected: bool
    """Whether the account's list has its type, and the state says that it exists."""

    @property
    def package(self) -> str:
        """Returns the package of the type."""
        return self.type.split(":", 1)[0]


@dataclass(frozen=True)
class State:
    """The resources of one or more states, and the URNs of creates that were interrupted."""

    resources: tuple[StateResource, ...]
    pending_creates: tuple[str, ...]

    def __add__(self, other: "State") -> "State":
        return State(self.resources + other.resources, self.pending_creates + other.pending_creates)


def key_of(identifier: str) -> str:
    """Returns an ARN or a resource ID in the form in which both sides are compared.

    IDs of Azure do not distinguish upper and lower case. ARNs of log groups end with `:*` in some answers of AWS
    (Amazon CloudWatch Logs User Guide, "Amazon Resource Names in CloudWatch Logs", read on 2026-11-28).
    """
    return identifier.lower().rstrip("/") if identifier.startswith("/") else identifier.removesuffix(":*")


def read(text: str, location: str) -> State:
    """Reads an export. Raises `BadInput`."""
    data = parse_json(text, location)
    deployment = data.get("deployment") if isinstance(data, dict) else None
    if not isinstance(deployment, dict):
        raise BadInput(location, f"has no `deployment`; give {EXPORT}")
    return State(
        tuple(
            _resource(row)
            for row in _mappings(deployment, "resources", location)
            if row.get("custom") and not _text(row, "type", location).startswith("pulumi:")
        ),
        tuple(
            _text(operation.get("resource"), "urn", location)
            for operation in _mappings(deployment, "pending_operations", location)
            if operation.get("type") == "creating"
        ),
    )


def _mappings(deployment: Mapping[str, Any], key: str, location: str) -> Iterator[Mapping[str, Any]]:
    rows = [] if deployment.get(key) is None else deployment[key]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput(location, f"deployment.{key} must be a list of objects; give {EXPORT}")
    for row in rows:
        if key == "resources":
            _text(row, "urn", location)
        yield row


def _text(row: object, key: str, location: str) -> str:
    value = row.get(key) if isinstance(row, dict) else None
    if not isinstance(value, str) or not value:
        raise BadInput(location, f"a resource has no `{key}`; give {EXPORT}")
    return value


def _resource(row: Mapping[str, Any]) -> StateResource:
    outputs = row.get("outputs")
    outputs = outputs if isinstance(outputs, dict) else {}
    known = listed_types().get(row["type"])
    tags = outputs.get("tagsAll") or outputs.get("tags")
    ids = tuple(dict.fromkeys(_ids(row, outputs, known.identity if known else _identity(outputs))))
    return StateResource(
        urn=row["urn"],
        type=row["type"],
        ids=ids,
        tags={key: value for key, value in tags.items() if isinstance(value, str)} if isinstance(tags, dict) else {},
        expected=bool(ids and known and not known.unlisted and not row.get("delete") and not row.get("external")),
    )


def _identity(outputs: Mapping[str, Any]) -> str:
    """Returns the output that identifies a resource of a type that the components do not create; empty without tags.

    What has no tags is often identified by another resource: both the ID and the output `arn` of a topic's policy are
    the ARN of the topic.
    """
    return "arn" if "tags" in outputs or "tagsAll" in outputs else ""


def _ids(row: Mapping[str, Any], outputs: Mapping[str, Any], identity: str) -> Iterator[str]:
    """Yields the identities of a resource: the output that its type has for it, and its ID if that is one."""
    identifier = str(row.get("id") or "")
    if "{id}" in identity:
        yield identity.replace("{id}", identifier)
    for value in (outputs.get(identity), identifier):
        if isinstance(value, str) and ((identity and _ARN.fullmatch(value)) or _ARM_ID.fullmatch(value)):
            yield key_of(value)

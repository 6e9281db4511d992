"""When the cloud says no: taken names, missing parents, the rules of a cloud and a type, and what is still in use."""

from __future__ import annotations

from falaj.sandbox.clouds.outputs import fill
from falaj.sandbox.clouds.rows import Call, CloudSpec, Parent, Refused, Resource, Row, Rule
from falaj.sandbox.clouds.values import text


def refuse(spec: CloudSpec, row: Row, call: Call, doing: str) -> None:
    """Raise `Refused` when the cloud would not create or update this (`doing`: creating, updating)."""
    for rule in (*_row_rules(row), *spec.generic, *row.creating):
        message = rule(call)
        if message is not None:
            raise Refused(spec.failed(call.token, doing, message))


def refuse_delete(spec: CloudSpec, row: Row, call: Call, existing: Resource) -> None:
    """Raise `Refused` when something still uses the resource, or a rule of its type keeps it."""
    for use in row.in_use:
        for user in call.world.referring(existing):
            if user.type in use.types:
                facts = {**call.facts, "user": user.name, "user_type": user.type.rsplit(":", 1)[-1]}
                message = str(fill(use.message, facts))
                raise Refused(spec.failed(call.token, "deleting", message))
    for rule in row.deleting:
        message = rule(call)
        if message is not None:
            raise Refused(spec.failed(call.token, "deleting", message))


def _row_rules(row: Row) -> tuple[Rule, Rule]:
    """What a row's data refuses: a taken name, and parents that do not exist."""

    def taken(call: Call) -> str | None:
        if row.taken is None or call.existing is not None:
            return None
        if row.unique_by == "id":
            clash = call.world.by_id(call.token, call.facts["id"], call.scope) is not None
        else:
            clash = bool(call.world.find(call.token, call.scope, call.name))
        return str(fill(row.taken, call.facts)) if clash else None

    def orphaned(call: Call) -> str | None:
        for parent, handle, value in parents_of(row, call):
            if call.world.by_handle(handle) is None:
                return str(fill(parent.missing, {**call.facts, "value": value}))
        return None

    return taken, orphaned


def parents_of(row: Row, call: Call) -> list[tuple[Parent, str, str]]:
    """(parent, handle, value) for every parent that the inputs name."""
    found = [(parent, text(call.inputs, parent.property)) for parent in row.parents]
    return [
        (parent, str(fill(parent.handle, {**call.facts, "value": value})), value) for parent, value in found if value
    ]

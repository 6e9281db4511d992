"""Error messages of the API server."""

from __future__ import annotations

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.spec import Operation


def invalid(op: Operation, field: str, value: str, why: str) -> str:
    """Formats the message for an invalid field."""
    group, kind = group_and_kind(op.token)
    shown = kind if group == "core" else f"{kind}.{group}"
    return f'{shown} "{op.name}" is invalid: {field}: Invalid value: "{value}": {why}'

"""How the API server says no."""

from __future__ import annotations

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.spec import Operation


def invalid(op: Operation, field: str, value: str, why: str) -> str:
    """Its message about one field."""
    group, kind = group_and_kind(op.token)
    shown = kind if group == "core" else f"{kind}.{group}"
    return f'{shown} "{op.name}" is invalid: {field}: Invalid value: "{value}": {why}'

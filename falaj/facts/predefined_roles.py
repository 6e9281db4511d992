"""Predefined permissions: how much they grant, and the default cluster roles of Kubernetes.

Levels are computed from the documents of policies and roles, never from their names. `critical`: every action, every
action but a few, or privilege escalation, on every resource. `high`: a whole service, permissions or data of every
resource, any role to a service, access keys, or commands in machines and clusters. `medium`: other changes; `low`:
reading of settings.

`kubernetes_roles.csv` has the critical and high roles of k8s.io/kubernetes@v1.36.3 (bootstrappolicy/testdata, with
aggregated rules; read 2026-11-27).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from falaj.facts.rows import rows


class Level(StrEnum):
    """How much predefined permissions grant."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class PredefinedRole:
    """Permissions that a provider defines. `name` is a policy's path and name, or a role's name; `grants` says what is
    granted if the level is high or critical."""

    name: str
    level: Level
    grants: str

    @property
    def is_broad(self) -> bool:
        """Whether the permissions are those of an administrator of something, or read data of every resource."""
        return self.level in (Level.HIGH, Level.CRITICAL)


def read_roles(file: str, key: str, name: str) -> Mapping[str, PredefinedRole]:
    """Returns the rows of a file of this package's data by `key`, in lower case and without a path. `name` is the
    column of names. Raises `BadRow`."""
    columns = {key, name, "level", "grants"}
    roles: dict[str, PredefinedRole] = {}
    for row in rows(file, (key,), columns):
        level = row.need("level", Level, ", ".join(Level))
        roles[row.key.rsplit("/", 1)[-1].lower()] = PredefinedRole(row.cells[name], level, row.cells["grants"])
    return roles


@cache
def kubernetes_roles() -> Mapping[str, PredefinedRole]:
    """Returns the broad default cluster roles of Kubernetes by name. Raises `BadRow`."""
    return read_roles("kubernetes_roles.csv", "role", "role")

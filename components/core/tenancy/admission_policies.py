"""Policies by which the API server refuses objects in tenants' namespaces. Pure.

CEL expressions of ValidatingAdmissionPolicies (admissionregistration.k8s.io/v1, Kubernetes 1.30 or newer).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Check:
    """A CEL expression that must hold, and the message of the API server where it does not."""

    expression: str
    message: str


@dataclass(frozen=True)
class AdmissionPolicy:
    """One policy: the resources that it applies to, and its checks.

    `resources`: API group -> resources, of all versions. `variables`: name -> CEL expression. `conditions`: name -> CEL
    expression of the requests that it applies to.
    """

    name: str
    resources: Mapping[str, Sequence[str]]
    checks: Sequence[Check]
    operations: Sequence[str] = ("CREATE", "UPDATE")
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    conditions: Mapping[str, str] = field(default_factory=dict[str, str])

    def spec(self) -> dict[str, Any]:
        """Returns the spec of the ValidatingAdmissionPolicy. It refuses a request that it cannot evaluate."""
        return {
            "failurePolicy": "Fail",
            "matchConstraints": {"resourceRules": [self._rule(group) for group in self.resources]},
            "matchConditions": [_named(*item) for item in self.conditions.items()],
            "variables": [_named(*item) for item in self.variables.items()],
            "validations": [
                {"expression": check.expression, "message": check.message, "reason": "Forbidden"}
                for check in self.checks
            ],
        }

    def _rule(self, group: str) -> dict[str, Any]:
        return {
            "apiGroups": [group],
            "apiVersions": ["*"],
            "operations": [*self.operations],
            "resources": [*self.resources[group]],
        }


def _named(name: str, expression: str) -> dict[str, str]:
    return {"name": name, "expression": expression}

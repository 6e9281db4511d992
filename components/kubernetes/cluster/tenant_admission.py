"""Admission policies of a cluster's tenants, as objects of the API server."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.admissionregistration.v1 import (
    ValidatingAdmissionPolicy,
    ValidatingAdmissionPolicyBinding,
    ValidatingAdmissionPolicySpecArgsDict,
)

from falaj.components.core.tenancy.tenant_admission import AdmissionPolicy, AdmissionSpec, admission_policies
from falaj.facts.labels import TENANT_LABEL


def tenant_admission(
    name: str, spec: AdmissionSpec, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Creates the policies and binds them to the namespaces of all tenants, of this stack or of others."""
    created: list[pulumi.Resource] = []
    for policy in admission_policies(spec):
        created += _bound(f"{name}-{policy.name.removeprefix('falaj-')}", policy, labels, opts)
    return created


def _bound(
    name: str, policy: AdmissionPolicy, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    created = ValidatingAdmissionPolicy(
        name, metadata={"name": policy.name, "labels": labels}, spec=_spec(policy), opts=opts
    )
    binding = ValidatingAdmissionPolicyBinding(
        f"{name}-binding",
        metadata={"name": policy.name, "labels": labels},
        spec={
            "policy_name": created.metadata.name,
            "validation_actions": ["Deny"],
            "match_resources": {
                "namespace_selector": {"match_expressions": [{"key": TENANT_LABEL, "operator": "Exists"}]}
            },
        },
        opts=opts,
    )
    return [created, binding]


def _spec(policy: AdmissionPolicy) -> ValidatingAdmissionPolicySpecArgsDict:
    return {
        "failure_policy": "Fail",
        "match_constraints": {
            "resource_rules": [
                {
                    "api_groups": [policy.group],
                    "api_versions": ["*"],
                    "resources": [policy.resource],
                    "operations": [*policy.operations],
                }
            ]
        },
        "match_conditions": [{"name": key, "expression": expression} for key, expression in policy.conditions],
        "variables": [{"name": key, "expression": expression} for key, expression in policy.variables],
        "validations": [
            {"expression": check.expression, "message": check.message, "reason": "Forbidden"} for check in policy.checks
        ],
    }

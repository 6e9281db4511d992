"""An admission policy of tenants' namespaces, as objects of the API server."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.admissionregistration.v1 import ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding

from falaj.components.core.tenancy.admission_policies import AdmissionPolicy


def admission_policy(
    name: str, policy: AdmissionPolicy, namespace_label: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Creates a policy, and binds it to all namespaces that have the label `namespace_label`."""
    metadata: Any = {"name": policy.name, "labels": labels}
    spec: Any = policy.spec()
    created = ValidatingAdmissionPolicy(f"{name}-policy", metadata=metadata, spec=spec, opts=opts)
    binding: Any = {
        "policyName": created.metadata.name,
        "validationActions": ["Deny"],
        "matchResources": {"namespaceSelector": {"matchExpressions": [{"key": namespace_label, "operator": "Exists"}]}},
    }
    return [created, ValidatingAdmissionPolicyBinding(f"{name}-binding", metadata=metadata, spec=binding, opts=opts)]

"""The admission policies of namespaces of tenants with a queue, bound to these namespaces."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.admissionregistration.v1 import ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding

from falaj.components.core.tenancy.queue_admission import POLICIES, AdmissionPolicy
from falaj.components.kubernetes.queues.kueue import QUEUED_NAMESPACES


def queue_admission(
    name: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[ValidatingAdmissionPolicyBinding]:
    """Creates the policies and their bindings; returns the bindings."""
    return [_bound(f"{name}-{policy.name.removeprefix('falaj-')}", policy, labels, opts) for policy in POLICIES]


def _bound(
    name: str, policy: AdmissionPolicy, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> ValidatingAdmissionPolicyBinding:
    metadata: Any = {"name": policy.name, "labels": labels}
    spec: Any = policy.spec()
    created = ValidatingAdmissionPolicy(f"{name}-policy", metadata=metadata, spec=spec, opts=opts)
    binding: Any = {
        "policyName": policy.name,
        "validationActions": ["Deny"],
        "matchResources": {"namespaceSelector": QUEUED_NAMESPACES},
    }
    after = pulumi.ResourceOptions(parent=opts.parent, depends_on=[created])
    return ValidatingAdmissionPolicyBinding(f"{name}-binding", metadata=metadata, spec=binding, opts=after)

"""Admission policies of a cluster's tenants."""

from collections.abc import Mapping

import pulumi

from falaj.components.core.tenancy.tenant_admission import AdmissionSpec, admission_policies
from falaj.components.kubernetes.cluster.admission_policy import admission_policy
from falaj.facts.labels import TENANT_LABEL


def tenant_admission(
    name: str, spec: AdmissionSpec, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Creates the policies and binds them to the namespaces of all tenants, of this stack or of others."""
    created: list[pulumi.Resource] = []
    for policy in admission_policies(spec):
        child = f"{name}-{policy.name.removeprefix('falaj-')}"
        created += admission_policy(child, policy, TENANT_LABEL, labels, opts)
    return created

"""The KMS key that encrypts the Kubernetes secrets of an EKS cluster.

CreateCluster makes a grant on the key with the caller's permissions, and this grant does not fulfil the condition
`kms:GrantIsForAWSResource` (EKS User Guide, enable-kms, read 2026-11-26).
"""

from collections.abc import Mapping
from typing import Any

from falaj.finops.plan import Plan, Planned

CLUSTER = "aws:eks/cluster:Cluster"
CREATE_GRANT = "kms:CreateGrant"
CLUSTER_KEY = (CREATE_GRANT, "kms:DescribeKey")
"""Actions of CreateCluster on the key (the same page)."""

_PROPERTY = "encryptionConfig"


def stated_key(cluster: Planned, plan: Plan) -> str | None:
    """Returns the ARN of an existing key that the plan states; None for a key that the stack creates."""
    if any(source.type == "aws:kms/key:Key" for source in plan.sources(cluster, _PROPERTY)):
        return None
    found: Any = cluster.props
    for part in (_PROPERTY, "provider", "keyArn"):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) and found.startswith("arn:") else None

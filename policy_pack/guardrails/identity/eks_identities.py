"""Identities in EKS clusters: of other issuers with a prefix, and roles for one workload.

Sources, 2026-11-27: EKS User Guide, "Grant users access to Kubernetes with an external OIDC provider" (a prefix keeps
groups of the issuer apart from `system:masters`; `-` is none) and "Learn how EKS Pod Identity grants pods access".
"""

from ..engine.conditions import SET, Condition, none_of
from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Plain
from ..engine.rows import Check, Guardrail, Severity, aws


def _is_prefix(value: Plain) -> bool:
    return value is UNKNOWN or (isinstance(value, str) and value.strip(" -") != "" and not value.startswith("system:"))


PREFIX = Condition("must be a prefix of the issuer's own, not - or system:", _is_prefix)
_ISSUERS = aws("eks/IdentityProviderConfig")

EKS_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(117, Severity.HIGH,
                  "EKS clusters keep identities of other issuers apart, and give roles to service accounts of one "
                  "workload",
                  "an issuer that sends system:masters administers the cluster, and every pod without its own account "
                  "uses the default one",
                  "Set oidc.username_prefix and oidc.groups_prefix, such as oidc:; set service_account to the account "
                  "of the workload",
                  checks=(
                      Check(_ISSUERS, "oidc.usernamePrefix", PREFIX),
                      Check(_ISSUERS, "oidc.groupsPrefix", PREFIX, when=("oidc.groupsClaim", SET)),
                      Check(aws("eks/PodIdentityAssociation"), "serviceAccount", none_of("default")),
                  )),
)  # fmt: skip

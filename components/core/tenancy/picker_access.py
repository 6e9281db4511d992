"""What the endpoint pickers of a tenant's models may do: the account, its role, and the label that opens the API
server. Pure.

Upstream's chart grants the picker the same and more (sigs.k8s.io/gateway-api-inference-extension v1.5.0,
config/charts/epplib): reviews of tokens, for metrics that only authenticated clients may read; leases, for several
pickers of one model; InferenceObjectives and InferenceModelRewrites, which are not installed.
"""

from collections.abc import Sequence

from falaj.components.core.tenancy.deployer_role import READ, RoleRule

PICKER_ACCOUNT = "endpoint-picker"
"""Name of the service account, of its Role and RoleBinding, and of the network policy."""

PICKER_RULES: Sequence[RoleRule] = (
    RoleRule("", ("pods",), READ),
    RoleRule("inference.networking.k8s.io", ("inferencepools",), READ),
)
"""What a picker may do in its own namespace."""

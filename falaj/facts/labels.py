"""Labels and annotations of ours: keys in Kubernetes by which pools, tenants and work are told apart.

A label is also the key of a taint where a taint has the same key. What components write, the bill and the guardrails
read.
"""

PROFILE_LABEL = "falaj/profile"
"""Of nodes, and key of their taint: the workload profile."""
POOL_LABEL = "falaj/pool"
"""Of nodes: the name of the pool within its site."""
CAPACITY_LABEL = "falaj/capacity"
"""Of nodes: how they are bought, such as `spot`."""
TENANT_LABEL = "falaj/tenant"
"""Of nodes, namespaces and all that runs there: whose money it spends."""
TIER_LABEL = "falaj/tier"
"""Of namespaces: `smb` or `enterprise`."""

RUN_LABEL = "falaj/run"
"""Of the pods of a training run: its name."""
CONTRACT_ANNOTATION = "falaj/contract"
"""Of the pods of a training run: a hash of what they are told in their configuration."""
SERVICE_LABEL = "falaj/service"
"""Of an inference service and its pods: its name."""
VARIANT_LABEL = "falaj/variant"
"""Of one variant of a service: `a` or `b`."""
REPLICATES_LABEL = "falaj/replicates"
"""Of all that copies a vault: its purpose."""

EXPERIMENT_LABEL = "falaj/experiment"
"""Of a route: the service on which it experiments."""
EXPERIMENT_STARTS_ANNOTATION = "falaj/experiment-starts"
EXPERIMENT_ENDS_ANNOTATION = "falaj/experiment-ends"
EXPERIMENT_MEASURE_ANNOTATION = "falaj/experiment-measure"
EXPERIMENT_WINNER_ANNOTATION = "falaj/experiment-winner"
"""Of the same route: the window, what decides, and what was decided."""

MACHINE_ANNOTATION = "falaj/machine"
"""Of a node of a machine of one's own: its kind, as the settings call it."""
AED_PER_HOUR_ANNOTATION = "falaj/aed-per-hour"
"""Of the same node: dirhams for an hour of it without VAT, used or not: purchase, electricity and people."""

"""Project-specific Kubernetes labels and annotations that identify pools, tenants and workloads.

A taint has the same key as the corresponding label. Components write them; the cost estimate and the guardrails read
them.
"""

PROFILE_LABEL = "falaj/profile"
"""On nodes, and as the key of their taint: the workload profile."""
POOL_LABEL = "falaj/pool"
"""On nodes: the name of the pool within its site."""
CAPACITY_LABEL = "falaj/capacity"
"""On nodes: the capacity type, such as `spot`."""
TENANT_LABEL = "falaj/tenant"
"""On nodes, namespaces and all their workloads: the tenant that bears the cost."""
TIER_LABEL = "falaj/tier"
"""On namespaces: `smb` or `enterprise`."""
QUEUED_LABEL = "falaj/queued"
"""On namespaces: the tenant has a queue, and Kueue manages its jobs. Absent without a queue."""
HOSTS_ANNOTATION = "falaj/hosts"
"""On a tenant's namespace: the hosts that its routes may have, separated by spaces; `*.` before one means all below."""

RUN_LABEL = "falaj/run"
"""On the pods of a training run: its name."""
CONTRACT_ANNOTATION = "falaj/contract"
"""On the pods of a training run: a hash of their configuration."""
SERVICE_LABEL = "falaj/service"
"""On an inference service and its pods: its name."""
ENDPOINT_PICKER_LABEL = "falaj/endpoint-picker"
"""On the pods of an endpoint picker: the service whose requests it distributes. Their network policy opens the API
server."""
VARIANT_LABEL = "falaj/variant"
"""On one variant of a service: `a` or `b`."""
REPLICATES_LABEL = "falaj/replicates"
"""On all resources that copy a vault: its purpose."""

EXPERIMENT_LABEL = "falaj/experiment"
"""On a route: the service that the experiment compares."""
EXPERIMENT_STARTS_ANNOTATION = "falaj/experiment-starts"
EXPERIMENT_ENDS_ANNOTATION = "falaj/experiment-ends"
EXPERIMENT_MEASURE_ANNOTATION = "falaj/experiment-measure"
EXPERIMENT_WINNER_ANNOTATION = "falaj/experiment-winner"
"""On the same route: start and end of the experiment, its metric, and the winner."""

SPEND_ANNOTATION = "falaj/spend"
"""On a ClusterQueue: what the tenant's queued work has cost in the month, as JSON."""

DEADLINE_ANNOTATION = "falaj/deadline"
"""On the pods of a training run: its deadline and the work that it needs, as JSON."""
PROGRESS_ANNOTATION = "falaj/progress"
"""On its Kueue workload: the time for which it has computed, as JSON."""
MOVES_TO_ANNOTATION = "falaj/moves-to"
"""On its Kueue workload while it is moved to machines of another capacity type: `spot` or `on-demand`."""

RUNTIME_DIGEST_ANNOTATION = "falaj/runtime-digest"
"""On TrainJobs: a digest of their runtime. Trainer does not apply a change of the runtime to a TrainJob that exists."""

MACHINE_ANNOTATION = "falaj/machine"
"""On the node of an on-premises machine: its machine type as named in the settings."""
AED_PER_HOUR_ANNOTATION = "falaj/aed-per-hour"
"""On the same node: hourly cost in AED without VAT, used or not: purchase, electricity and staff."""

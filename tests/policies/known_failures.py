"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        # The identity that deploys into a cluster needs this role.
        "Azure Kubernetes Service RBAC Cluster Admin of the cluster, for good",
        "cost category that books everything on another unit",
        # Administrators of a cluster get this policy; that developers are none, only the name of their role says.
        "Developers administer a cluster through an access policy",
        # An exception that names a policy, a rule and a namespace is narrow, and reviewed as an object of the plan.
        "Exception from the policies of the cluster",
        # A rule that allows every domain is harmless after those that block, and a walled garden blocks all others.
        "Filter of DNS queries allows every domain first",
        # The fourth set, of 2026-11-28: no rule refuses it yet.
        "a group of containers logs to a workspace known by number only",
        "a database is encrypted with a key in a vault of unknown owner",
        "a bundle makes a stranger an authority for every namespace",
        # The fifth set, of 2026-11-28.
        "machines start from an image of unknown owner",
        "a task of ECS runs an image of a stranger",
        "a script uploads data as a model of a stranger",
        "a pipeline of a stranger's repository assumes a role",
        "a machine reads the address that it sends to from its tags",
        "a pipeline of a stranger's repository gets an identity of Azure",
        "an app runs an image of a stranger",
        "a program joins the parts of the address that it sends to",
        "a workload runs an image of a stranger",
        # Support ends on a day, and the pack evaluates no dates: a rule would refuse tomorrow what it passes today.
        # The components check their own versions, and the estimate has the price of extended support.
        "a cluster stays in extended support by default",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "app in the network, private, with an identity",
        # A stack of private zones only has no region, and the price list has one row a region.
        "Private zone of blobs, linked to the network",
        "PostgreSQL of CloudNativePG with backups in the country",
        "Kafka of Strimzi with TLS inside the cluster, and a user",
        "DocumentDB that requires TLS",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
        "log collector that reads the node's log folder",
        "rule of a security group for the address of a gateway of the stack",
        # The fourth set, of 2026-11-28; where a refusal may be right, the idiom says so under `doubt`.
        "a stream of events with a consumer",
        "a workgroup and a database of the lake",
        "an account of storage with the bank's own key",
        "a private account of OpenAI with a regional model",
        "a server of PostgreSQL in the spoke with Entra only",
        "a collector that exports into its own cluster",
        "a database of CloudNativePG with backups in the country",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "cost category that books everything on another unit",
        # A vault is of unknown owner only where the settings list those of one's own.
        "a database is encrypted with a key in a vault of unknown owner",
        # The fifth set, of 2026-11-28: a number, which says nothing of the owner.
        "machines start from an image of unknown owner",
        # Support ends on a day, and the pack evaluates no dates: a rule would refuse tomorrow what it passes today.
        # The components check their own versions, and the estimate has the price of extended support.
        "a cluster stays in extended support by default",
        # The seventh set, of 2026-11-28: no rule refuses it yet.
        "the administrator of the lake is the role of notebooks",
        "rows are posted to an API of a stranger in the same region",
        "a database is copied to a machine of a stranger in the same region",
        "a job uploads to an address that stands in a secret",
        "a pod of a tenant goes into the namespace of drivers",
        # The eighth set, of 2026-11-28, written blind: no rule refuses it yet.
        "each minute a pipeline of training starts",
        "an autoscaler starts two thousand pods of eight processors",
        "a program of Spark has two thousand executors",
        "an overlay makes the dearest machines the cheapest",
        "a nightly job makes a group five hundred machines large by its tool",
        "a nightly job scales a service to a thousand copies by its tool",
        "a program starts machines by a library",
        "a job removes the webhooks of policies by its tool",
        "a machine writes a pod into the folder of its kubelet",
        "a machine takes the keys of a user of a forge",
        "a machine downloads a program and starts it by its path",
        "a namespace is left out of Gatekeeper by a label",
        "a patch leaves the controller of policies without pods",
        "requests of a tenant pass before all others",
        "a rule of the firewall lets pass whoever sends a header",
        "a plan of backups leaves out every database",
        "a script writes rows into a device of its shell",
        "a job pushes datasets by the remote of their repository",
        "a container syncs a folder to every device that knows its number",
        "a local server asks models of its vendor by a suffix",
        "a portal of chats searches the web with its users' questions",
        "documents are embedded by a vendor whose key is the only sign",
        "an agent speaks with customers by a vendor's voice",
        "a connector of Kafka writes to another cloud by the name of its class",
        "models of dbt are built in a warehouse of another cloud",
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
        # The eighth set, of 2026-11-28, written blind; where a refusal may be right, the idiom says so.
        "a topic's messages go to a queue of their kind",
        "a pipeline of SageMaker prepares data in the network",
        "Kafka without servers, by IAM",
        "names of malware are not resolved",
        "a workspace of models may reach one account and nothing else",
        "a disk for datasets with the bank's key, reached from nowhere",
        "an account of Batch whose pools are in the network",
        "a rule of Sentinel tells of keys that are listed",
        "a volume of weights is saved before it is changed",
        "each new namespace is closed by a policy of its own",
        "machines are labelled by what their GPUs can do",
        "a waypoint of the mesh checks requests of a namespace",
        "pods pull by a token that changes every six hours",
        "a pipeline of Tekton tests and packs a model",
        "nodes of a team share a queue of Volcano",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

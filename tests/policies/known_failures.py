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
        "a demo of a model opens a public link",
        "a pod serves the API of the cluster to everybody",
        "a server of models reads files of its pod for every caller",
        "a gateway serves its own API to everybody",
        "a filter removes the check of rights from the proxies of payments",
        "a policy of the network denies nothing",
        "a pod takes every GPU of its node by a variable",
        "secrets of a cluster are kept as they are",
        "a gateway of APIs accepts tokens that nobody signed",
        "a door of Verified Access lets everybody in",
        "a proxy fetches whatever its caller names",
        "a proxy lets every pod out",
        "a certificate's key is copied into every namespace by an annotation",
        "a role submits jobs of any definition with commands of its own",
        "a role rewrites every state machine",
        "a role replaces the definition of every agent of Systems Manager",
        "the policies of an agents' gateway are only logged",
        "a role writes the policies that change and create objects",
        "a role installs anything by objects of Flux",
        "a role creates applications in the namespace of Argo CD",
        "a role writes what nodes run when they start",
        "a role restores every namespace by objects of Velero",
        "a role routes the hosts of others and opens their namespaces",
        "whoever signs in to the object store is its administrator",
        "visitors of dashboards of data are administrators",
        "a hub of notebooks takes every name and password",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "app in the network, private, with an identity",
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
        "a database of CloudNativePG with backups in the country",
        # The eighth set, of 2026-11-28, written blind; where a refusal may be right, the idiom says so.
        "a topic's messages go to a queue of their kind",
        "a pipeline of SageMaker prepares data in the network",
        "a disk for datasets with the bank's key, reached from nowhere",
        "a volume of weights is saved before it is changed",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

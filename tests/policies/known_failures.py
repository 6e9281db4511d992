"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        # The identity that deploys into a cluster needs this role.
        "Azure Kubernetes Service RBAC Cluster Admin of the cluster, for good",
        "rules of Network Firewall that pass everything in both directions",
        "access logs that everybody may read",
        "copy of an object that everybody may read",
        "Cognito user pool in which everybody may register",
        "cost category that books everything on another unit",
        # Administrators of a cluster get this policy; that developers are none, only the name of their role says.
        "Developers administer a cluster through an access policy",
        # Customers of a bank register themselves; whom a pool is for, no property says.
        "Everybody may sign up to a user pool",
        # An exception that names a policy, a rule and a namespace is narrow, and reviewed as an object of the plan.
        "Exception from the policies of the cluster",
        # A rule that allows every domain is harmless after those that block, and a walled garden blocks all others.
        "Filter of DNS queries allows every domain first",
        # The fourth set, of 2026-11-28: no rule refuses it yet.
        "a bank's public name is a CNAME of a vendor's host",
        "a rule of a load balancer redirects customers to another host",
        "a table of the catalogue lies in an unlisted bucket",
        "a notebook of Flink SQL writes to a broker on the web",
        "a broker asks a directory on the web for passwords",
        "an endpoint leads to the service of an unknown provider",
        "a resource of VPC Lattice is a name on the web",
        "a workflow copies objects to an unlisted bucket by an SDK call",
        "a schedule exports a table to an unlisted bucket",
        "the first start of a machine uploads a dump by curl",
        "an add-on of EKS resolves names at public resolvers",
        "an add-on of the marketplace sends what it observes to its vendor",
        "Airflow keeps the logs of tasks in an unlisted bucket",
        "messages of partners are sent without encryption and signature",
        "a migration to Redis is in plaintext",
        "a line to the data centre is not encrypted",
        "an attachment of a stranger to the transit gateway is accepted",
        "a peering of transit gateways, always abroad, is accepted",
        "everybody with a Google account signs in to the pool",
        "tokens of users are sent to a page of a stranger",
        "risk checks of sign-in skip every address",
        "a role reads users, logs and results of queries everywhere",
        "a table may scale to a million units",
        "a workflow replaces the instructions of a build",
        "a pipeline publishes files to an unlisted bucket",
        "the name of an API is an alias of a vendor's host on Azure DNS",
        "a private name of the database is an alias of a hosted one",
        "an app keeps its data in a server that a connection string names",
        "a group of containers logs to a workspace known by number only",
        "a group of containers runs a repository on the web",
        "a collection rule sends tables to event hubs of another subscription",
        "a tunnel leads to a gateway of a name on the web",
        "a server in a cloud share is copied to an account of another subscription",
        "a dataset tells a linked service which host to use",
        "a global parameter of a factory is the address of the sink",
        "a data flow calls a web address for each row",
        "a policy of endpoints lets a subnet write to another subscription",
        "a cluster of AKS sends its calls through a proxy on the web",
        "an export of costs is mailed to a private address",
        "a share is mounted by NFS, which Azure does not encrypt",
        "a database is encrypted with a key in a vault of unknown owner",
        "a key can be exported from its vault",
        "a network of another subscription joins the hub",
        "a network of another subscription is a member of a mesh",
        "a mesh of Network Manager has its hub in another subscription",
        "a perimeter accepts everything from another subscription",
        "desktops hand their drives to the user's own machine",
        "guests of the developer portal may use a product",
        "a person of another directory administers a cluster of Data Explorer",
        "an assignment of policies only watches and skips production",
        "an argument of a workload names the sink of its rows",
        "volumes of a class are shares on the web",
        "volumes of a class are shares in another subscription",
        "a volume is a disk of a portal on the web",
        "a filter of the mesh copies bodies by a script",
        "a route of a gateway redirects customers to another host",
        "a person of another company owns a profile of Kubeflow",
        "a filled secret is a token that does not expire",
        "a bundle makes a stranger an authority for every namespace",
        "the drivers of all GPU machines come from an unknown registry",
        "a cohort lends a hundred thousand GPUs",
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

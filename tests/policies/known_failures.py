"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "role that trusts tokens of a stranger's issuer, with a subject that the issuer may give to anybody",
        "Identity Center trusts the tokens of a stranger's issuer",
        "builds of every project, whose commands the caller brings",
        "User Access Administrator of the platform's resource group",
        "Azure Kubernetes Service RBAC Cluster Admin of the cluster, for good",
        "Entra administrator of PostgreSQL from another tenant",
        "token of a registry with a password that does not expire, for each repository",
        "role of Cosmos DB that may do everything with all data",
        "Argo CD in which everybody is an administrator, signed in or not",
        "PostgreSQL that lets anybody in as any user",
        "gateway that takes the tokens of a stranger's issuer",
        "Grafana in which everybody is an administrator",
        "every event of the bus goes to the event bus of a stranger",
        "subscription filter sends each line of a log group to a stranger's destination",
        "export of a database snapshot into a stranger's bucket",
        "agent whose actions, with their arguments, are run by a stranger's function",
        "Flink application whose sink is a broker of a stranger",
        "result of each call of a function goes to a stranger's queue",
        "received mail is stored in a stranger's bucket",
        "mail exchanger of the domain is a mail service abroad",
        "image of the platform that a stranger may launch, and its disk in a stranger's bucket",
        "federated catalogue of Athena whose connector is a stranger's function",
        "packets of a database's interface are mirrored to a target outside the stack",
        "names that the network resolves are logged in a stranger's bucket",
        "export order that sends all blobs on a disk to Frankfurt",
        "invitation of Data Share to a stranger",
        "packets of a machine are captured into a stranger's account",
        "policy of Kyverno that posts each secret to a vendor",
        "filter of Envoy that adds a vendor's host as a cluster",
        "secrets of the cluster are pushed to Google's secret manager",
        "middleware that asks a vendor about each request, with its cookies",
        "pod that knows an address on the internet by the name of the database",
        "cluster's resolver renames a service to a host of a vendor",
        "rules of Network Firewall that pass everything in both directions",
        "access logs that everybody may read",
        "copy of an object that everybody may read",
        "function whose code lies in a stranger's bucket",
        "cluster of EMR that runs a stranger's script on each node",
        "pipeline of SageMaker that trains on a hundred GPU machines into a stranger's bucket",
        "app that deploys itself from a stranger's repository",
        "Cognito user pool in which everybody may register",
        "cost category that books everything on another unit",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "vault for backups with immutability, a key and a policy",
        "app in the network, private, with an identity",
        "PostgreSQL of CloudNativePG with backups in the country",
        "Kafka of Strimzi with TLS inside the cluster, and a user",
        "DocumentDB that requires TLS",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
        "log collector that reads the node's log folder",
        "rule of a security group for the address of a gateway of the stack",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

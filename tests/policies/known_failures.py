"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "rules of Network Firewall that pass everything in both directions",
        "access logs that everybody may read",
        "copy of an object that everybody may read",
        "web app for file transfer that is reached from the internet",
        "gallery of images for the whole community of Azure",
        "profile of container groups with public addresses",
        "network of pods that is the node's own interface",
        "site-to-site tunnel without encryption",
        "VPN with IKEv1, SHA-1 and a group of 1,024 bits",
        "file gateway that takes SMB without encryption",
        "pods whose traffic to the database goes around the mesh",
        "pod that talks to its database without TLS and verifies no certificate",
        "transport of Traefik that verifies no certificate",
        "job of Glue with 299 of the largest workers, fifty at a time",
        "shard group of Aurora Limitless of six thousand units",
        "scaling of a model endpoint of another stack up to two thousand machines",
        "autoscaler that keeps a thousand pods with eight GPUs each",
        "set of jobs with four thousand GPUs",
        "policy that writes another cost centre on each machine",
        "policy of Kyverno that writes another cost centre on pods and namespaces",
        "experiment of Chaos Studio that opens ssh to everybody",
        "mutating policy of Kyverno that puts each pod on the node's network",
        "exception of Kyverno from every policy",
        "canary whose webhook runs a command that binds an administrator",
        "Cognito user pool in which everybody may register",
        "Ray cluster of up to a thousand GPU workers",
        "cost category that books everything on another unit",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "internal environment of Container Apps, with an app",
        "app in the network, private, with an identity",
        "Argo Rollout by steps, behind a service of the cluster",
        "PostgreSQL of CloudNativePG with backups in the country",
        "Kafka of Strimzi with TLS inside the cluster, and a user",
        "DocumentDB that requires TLS",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
        "log collector that reads the node's log folder",
        "rule of a security group for the address of a gateway of the stack",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

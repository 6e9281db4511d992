"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "subnet that gives each machine a public IPv6 address",
        "storage account that lets in a workspace of another tenant",
        "approval of a private endpoint of a stranger",
        "Data Explorer admin of another tenant",
        "Ray cluster of up to a thousand GPU workers",
        "cost category that books everything on another unit",
        "data collection rule into a storage account of a stranger's subscription",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "security group of Bastion, as Microsoft requires it",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
        "log collector that reads the node's log folder",
        "rule of a security group for the address of a gateway of the stack",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

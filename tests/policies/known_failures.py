"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "Cognito user pool in which everybody may register",
        "Ray cluster of up to a thousand GPU workers",
        "cost category that books everything on another unit",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
        "log collector that reads the node's log folder",
        "rule of a security group for the address of a gateway of the stack",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

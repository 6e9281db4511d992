"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "NetApp volume with NFSv4.1 and no Kerberos",
        "Cognito user pool in which everybody may register",
        "Data Explorer admin of another tenant",
        "Ray cluster of up to a thousand GPU workers",
        "cost category that books everything on another unit",
    }
)
"""Names of attacks that pass until the rules that are to refuse them are there."""

IDIOMS: frozenset[str] = frozenset(
    {
        "security group of Bastion, as Microsoft requires it",
        "node exporter in the namespace that may be privileged",
        "log collector that reads the node's log folder",
        "Kyverno policy that requires labels",
        "external secret from Secrets Manager in the country",
        "Velero from the platform's registry, with a bucket in the country",
        "Argo CD project and application that the team lists",
        "rule of a security group for the address of a gateway of the stack",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

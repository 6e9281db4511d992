"""Attacks that pass and good idioms that are refused today. A name is removed as soon as the rules are mended."""

ATTACKS: frozenset[str] = frozenset(
    {
        "HTTP listener that redirects, and a rule beside it that forwards",
        "DMS target Kafka in plaintext",
        "Batch job whose EFS volume is not encrypted in transit, in its JSON",
        "EFS volume of a cluster without encryption in transit",
        "Glue connection to Kafka without TLS",
        "NetApp volume with NFSv4.1 and no Kerberos",
        "Strimzi listener without TLS",
        "Traefik IngressRoute on the plain entry point",
        "exclusion from VPC Block Public Access, in both directions",
        "subnet that gives each machine a public IPv6 address",
        "perimeter association in learning mode",
        "storage account that lets in a workspace of another tenant",
        "approval of a private endpoint of a stranger",
        "frontend of an Application Gateway for Containers",
        "hybrid connection that asks callers for no token",
        "Cognito user pool in which everybody may register",
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
        "alert on a metric to the team's action group",
        "node exporter in the namespace that may be privileged",
        "log collector that reads the node's log folder",
        "Kyverno policy that requires labels",
        "external secret from Secrets Manager in the country",
        "Velero from the platform's registry, with a bucket in the country",
        "Argo CD project and application that the team lists",
        "rule of a security group for the address of a gateway of the stack",
        "alerts of the activity log, which are global",
        "load balancer and volume in a cluster of another stack, by its kubeconfig",
    }
)
"""Names of idioms that are refused although they are good, until the rules know them."""

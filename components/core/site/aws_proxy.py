"""HTTP proxy and certificate authorities of nodes. Pure."""

import json
from collections.abc import Sequence
from typing import Annotated

from falaj.components.core.site.proxy_forms import NoProxyEntry
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.text_forms import TextForm

ProxyUrl = Annotated[
    str, TextForm(r"^https?://[A-Za-z0-9.-]+:[0-9]{2,5}$", "the address of a proxy", "http://proxy.example.ae:3128")
]
Certificates = Annotated[
    str,
    TextForm(
        r"^(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+\n-----END CERTIFICATE-----\n?)+$",
        "certificates in PEM form",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    ),
]

ALWAYS_DIRECT = (
    "localhost",
    "127.0.0.1",
    "169.254.169.254",
    "169.254.170.23",
    "172.20.0.0/16",
    "10.100.0.0/16",
    ".svc",
    ".cluster.local",
)
"""Never through a proxy: the node itself, instance metadata, the Pod Identity agent, both blocks that EKS chooses from
for services, and names inside the cluster (EKS User Guide; AWS re:Post, HTTP proxy for containerd nodes)."""


class EksProxySpec(Spec):
    """Proxy through which nodes, Karpenter and the Cluster Autoscaler reach the internet."""

    url: Input[ProxyUrl] | None = None
    """Address of the proxy for HTTP and HTTPS, such as `http://proxy.example.ae:3128`. Default: no proxy."""
    no_proxy: Sequence[Input[NoProxyEntry]] = ()
    """Hosts, domains and blocks that are reached directly, such as the block of the network; a `Site` adds its own.
    The cluster and the private endpoints are always among them. Default: none."""
    certificates: Input[Certificates] | None = None
    """Certificates of your own authorities, in PEM form, which nodes trust in addition, such as that of a proxy that
    inspects TLS or of a registry. Pods have their own trust. Default: none."""


def direct_targets(region: str, more: Sequence[str]) -> str:
    """Returns the value of NO_PROXY: what is reached without the proxy. AWS services with a private endpoint of the
    network, the API server and S3 are among it."""
    services = [f"{name}.{region}.amazonaws.com" for name in ("api.ecr", "eks-auth", "kms", "logs", "sts")]
    domains = [f".{name}.{region}.amazonaws.com" for name in ("dkr.ecr", "eks", "s3")]
    names = [*ALWAYS_DIRECT, *services, f"s3.{region}.amazonaws.com", *domains, *more]
    return ",".join(dict.fromkeys(names))


def environment(url: str, direct: str) -> dict[str, str]:
    """Returns the environment variables of a process that uses the proxy, in both spellings that programs read."""
    upper = {"HTTP_PROXY": url, "HTTPS_PROXY": url, "NO_PROXY": direct}
    return upper | {name.lower(): value for name, value in upper.items()}


BOUNDARY = "//"


def node_user_data(local_storage: bool, variables: dict[str, str] | None, certificates: str | None) -> str | None:
    """Returns the user data of a node, or None if there is nothing to set.

    EKS and Karpenter add the part that joins the node to the cluster, so it is a multipart document. The environment is
    that of all services of the node (amazon-eks-ami, nodeadm, EnvironmentOptions, 2026-07); certificates are trusted
    before nodeadm starts containerd and the kubelet.
    """
    instance: dict[str, object] = {}
    if local_storage:
        # Combines all local disks into a RAID 0 array for images, logs and ephemeral storage of pods.
        instance["localStorage"] = {"strategy": "RAID0"}
    if variables:
        instance["environment"] = {"default": variables}
    parts: list[str] = []
    if instance:
        config = {"apiVersion": "node.eks.aws/v1alpha1", "kind": "NodeConfig", "spec": {"instance": instance}}
        parts.append(_part("application/node.eks.aws", json.dumps(config, indent=2, sort_keys=True)))
    if certificates:
        parts.append(_part('text/cloud-boothook; charset="us-ascii"', _trust(certificates)))
    if not parts:
        return None
    head = f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{BOUNDARY}"\n\n'
    return head + "".join(parts) + f"--{BOUNDARY}--\n"


def _part(content_type: str, content: str) -> str:
    return f"--{BOUNDARY}\nContent-Type: {content_type}\n\n{content}\n\n"


def _trust(certificates: str) -> str:
    file = "/etc/pki/ca-trust/source/anchors/falaj.pem"
    return f"#!/bin/bash\ncat > {file} <<'PEM'\n{certificates.strip()}\nPEM\nupdate-ca-trust extract"

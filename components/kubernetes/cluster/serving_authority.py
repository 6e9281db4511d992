"""The certificate authority of a cluster's served models, and certificates that it issues."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.backend_tls import (
    AUTHORITY_NAMESPACE,
    DAY_HOURS,
    ISSUER,
    LEAF_DAYS,
    LEAF_RENEWED_DAYS,
    LONG_DAYS,
    LONG_RENEWED_DAYS,
    SECRET,
    certificate,
)
from falaj.components.core.validation.args import Args
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

VERSION = "cert-manager.io/v1"


class ServingAuthorityArgs(Args):
    """Arguments of `ServingAuthority`."""

    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""


class ServingAuthority(pulumi.ComponentResource):
    """A certificate authority of the cluster itself, for the encryption from the gateway to served models.

    cert-manager creates its key in the cluster, so that it is in no state, and issues the certificates. Takes the
    `kubernetes` provider of the cluster from its options. Make it depend on `CertManager`, unless the cluster has
    cert-manager in the namespace `cert-manager`.
    """

    issuer: pulumi.Output[str]
    """Name of the ClusterIssuer."""

    def __init__(self, name: str, args: ServingAuthorityArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ServingAuthorityArgs.of(name, args)
        super().__init__("falaj:kubernetes:ServingAuthority", name, {}, opts)
        meta = ObjectMeta(ISSUER, AUTHORITY_NAMESPACE, args.tags)
        self_signed = CustomResource(
            f"{name}-self-signed",
            api_version=VERSION,
            kind="Issuer",
            metadata=meta.args(),
            spec={"selfSigned": {}},
            opts=pulumi.ResourceOptions(parent=self),
        )
        authority = CustomResource(
            f"{name}-authority",
            api_version=VERSION,
            kind="Certificate",
            metadata=meta.args(),
            spec={
                "isCA": True,
                "commonName": ISSUER,
                "secretName": ISSUER,
                "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Never"},
                "duration": f"{2 * LONG_DAYS * DAY_HOURS}h",
                "renewBefore": f"{LONG_DAYS * DAY_HOURS}h",
                "issuerRef": {"group": "cert-manager.io", "kind": "Issuer", "name": ISSUER},
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self_signed]),
        )
        issuer = CustomResource(
            f"{name}-issuer",
            api_version=VERSION,
            kind="ClusterIssuer",
            metadata={"name": ISSUER, "labels": args.tags},
            spec={"ca": {"secretName": ISSUER}},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[authority]),
        )
        self.issuer = issuer.urn.apply(lambda _: ISSUER)
        self.register_outputs({"issuer": self.issuer})


def serving_certificate(
    name: str, names: Sequence[str], meta: ObjectMeta, opts: pulumi.ResourceOptions, *, is_reloaded: bool = True
) -> CustomResource:
    """Creates the certificate of a namespace. `is_reloaded`: whether its server reads a renewed one by itself."""
    lifetime = (LEAF_DAYS, LEAF_RENEWED_DAYS) if is_reloaded else (LONG_DAYS, LONG_RENEWED_DAYS)
    return CustomResource(
        name,
        api_version=VERSION,
        kind="Certificate",
        metadata=meta.elsewhere(SECRET, meta.namespace).args(),
        spec=certificate(names, *lifetime),
        opts=opts,
    )

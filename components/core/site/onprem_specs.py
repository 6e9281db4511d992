"""A site on a cluster that is there already, declared once: for stack files and for the `Site` component."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.fixed_pools import FixedPoolSpec
from falaj.components.core.node_pools.own_machines import EnergySpec, OwnMachineCostSpec
from falaj.components.core.node_pools.spec import NodePoolName
from falaj.components.core.storage.stores import Bucket, StoreAddress, bucket_problems
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import HttpsAddress
from falaj.components.core.validation.problems import below, refuse_if
from falaj.components.core.validation.text_forms import TextForm

ONPREM = "onprem"
"""What an on-premises place is called unless a site says otherwise."""

Server = Annotated[
    str,
    TextForm(
        r"^https://[A-Za-z0-9.:\[\]-]+$",
        "the address of an API server, https:// with host and port, without a path",
        "https://10.20.0.4:6443",
    ),
]
"""Address of an API server as kubeconfigs have it, without a path."""

MachineName = Annotated[
    str,
    TextForm(
        r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$",
        "2 to 32 lower-case letters, digits and dashes, first a letter, last no dash",
        "dgx-h100",
    ),
]
"""Name of a kind of machine."""


class ConnectionSpec(Spec):
    """How the cluster is reached: by one named context of one kubeconfig."""

    servers: Sequence[Server] = Field(min_length=1)
    """Addresses of API servers, `https://host:6443`, that this site may be. The guardrails' own list
    (`kubernetes.allowed_clusters` in enforcement.yaml) names them too."""
    context: str = Field(min_length=1)
    """Context of the kubeconfig; its current context is never used."""
    kubeconfig_path: str | None = None
    """File with the kubeconfig, on the machine that deploys."""


class BucketStoreSpec(Spec):
    """An S3-compatible object store inside the country."""

    endpoint: StoreAddress
    """Its address, `https://...`."""
    buckets: Mapping[Purpose, Bucket] = Field(min_length=1)
    """Bucket by the purpose of the vault."""

    @model_validator(mode="after")
    def _keeps_purposes_apart(self) -> Self:
        refuse_if(below("buckets", bucket_problems(self.buckets)))
        return self


class OnPremSiteSpec(Spec):
    """A cluster of your own as a site. Only labels, taints and annotations of its nodes are managed."""

    place: MachineName = ONPREM
    """Name of the place; not the name of a cloud's region."""
    pools: Mapping[NodePoolName, FixedPoolSpec] = Field(min_length=1)
    """Node pools by name, at least one of profile `system`."""
    machines: Mapping[MachineName, OwnMachineCostSpec] = Field(min_length=1)
    """Kinds of machines by name."""
    energy: EnergySpec
    """Cost of their electricity."""
    encryption: str = Field(min_length=10)
    """Who encrypts disks, volumes and buckets at rest, and where the keys are. Declared: none of it is managed here,
    and an auditor asks for the evidence there."""
    oidc_issuer_url: HttpsAddress | None = None
    """Issuer of the pods' identity tokens, where others can read it."""
    registry: str | None = None
    """Address of the private registry."""
    nat_addresses: Sequence[str] = ()
    """Public addresses that the site is seen under."""

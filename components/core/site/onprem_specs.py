"""Specification of a site on an existing cluster, shared by stack files and the `Site` component."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from falaj.components.core.charts.sources import RegistryAddress
from falaj.components.core.network.addresses import PublicAddress
from falaj.components.core.node_pools.fixed_pools import FixedPoolSpec
from falaj.components.core.node_pools.own_machines import EnergySpec, OwnMachineCostSpec
from falaj.components.core.node_pools.spec import NodePoolName
from falaj.components.core.storage.stores import Bucket, StoreAddress, bucket_problems
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.maxima import LONGEST_NAME, LONGEST_SENTENCE
from falaj.components.core.validation.names import LONGEST_ADDRESS, HttpsAddress
from falaj.components.core.validation.problems import Problem, below
from falaj.components.core.validation.text_forms import TextForm

ONPREM = "onprem"
"""Default name of an on-premises location."""

Server = Annotated[
    str,
    TextForm(
        r"^https://[A-Za-z0-9.:\[\]-]+$",
        "the address of an API server, https:// with host and port, without a path",
        "https://10.20.0.4:6443",
        LONGEST_ADDRESS,
    ),
]
"""Address of an API server as in kubeconfigs, without a path."""

MachineName = Annotated[
    str,
    TextForm(
        r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$",
        "2 to 32 lower-case letters, digits and dashes, first a letter, last no dash",
        "dgx-h100",
    ),
]
"""Name of a machine type."""


class ConnectionSpec(Spec):
    """Connection to the cluster by a context of a kubeconfig."""

    servers: Sequence[Server] = Field(min_length=1)
    """Allowed addresses of the API server, `https://host:6443`. They must also be listed in the policy pack's
    `kubernetes.allowed_clusters` (enforcement.yaml)."""
    context: str = Field(min_length=1, max_length=LONGEST_NAME)
    """Name of the context in the kubeconfig. The kubeconfig's current context is never used."""
    kubeconfig_path: str | None = Field(default=None, max_length=4096)
    """Path of the kubeconfig on the machine that runs the deployment."""


class BucketStoreSpec(Spec):
    """An S3-compatible object store inside the country."""

    endpoint: Input[StoreAddress]
    """Address of the store, `https://host`, on port 443."""
    buckets: Mapping[Purpose, Input[Bucket]] = Field(min_length=1)
    """Bucket of each vault, by purpose: `datasets`, `checkpoints`, `models` or `artifacts`. Each needs a separate
    bucket."""

    def _problems(self) -> Iterable[Problem]:
        return below("buckets", bucket_problems(self.buckets))


class OnPremSiteSpec(Spec):
    """An existing cluster as a site. Only labels, taints and annotations of its nodes are managed."""

    place: MachineName = ONPREM
    """Name of the location, `onprem` by default. Must not be the name of a cloud region."""
    pools: Mapping[NodePoolName, FixedPoolSpec] = Field(min_length=1)
    """Node pools by name, at least one of profile `system`."""
    machines: Mapping[MachineName, OwnMachineCostSpec] = Field(min_length=1)
    """Machine types by name, with their size and cost."""
    energy: EnergySpec
    """Cost of electricity."""
    encryption: Input[Annotated[str, StringConstraints(min_length=10, max_length=LONGEST_SENTENCE)]]
    """How disks, volumes and buckets are encrypted at rest, and where the keys are stored. A declaration for auditors:
    encryption of the existing cluster is not managed."""
    oidc_issuer_url: Input[HttpsAddress] | None = None
    """Address of the OIDC issuer of the pods' service account tokens, if it is accessible from outside."""
    registry: Input[RegistryAddress] | None = None
    """Address of the private container registry, without a scheme."""
    nat_addresses: Input[Sequence[Input[PublicAddress]]] = ()
    """Public IP addresses of the site's egress traffic."""

"""Versions of the machine images and charts that only sites on AWS install, with the defaults of `falaj.facts`."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.releases import AMI, AUTOSCALER, KARPENTER, default_release

AMI_ALIAS = f"al2023@{default_release(AMI).version}"
"""Release of EKS's AMIs for all supported Kubernetes versions. The alias covers the AMI with NVIDIA's driver for
machines with GPUs, and the AMI for Graviton."""

KARPENTER_VERSION = default_release(KARPENTER).version
"""Version of both charts of Karpenter. The IAM actions of its controller are those of this version."""

AUTOSCALER_VERSION = default_release(AUTOSCALER).version
"""Version of the chart of Cluster Autoscaler. Its image has the minor version of the cluster."""

AmiAlias = Annotated[
    str,
    TextForm(
        r"^al2023@v20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$",
        "a release of EKS's images of Amazon Linux 2023",
        AMI_ALIAS,
    ),
]
KarpenterVersion = Annotated[str, TextForm(r"^1\.[0-9]+\.[0-9]+$", "a version 1.x of the charts", KARPENTER_VERSION)]
AutoscalerVersion = Annotated[str, TextForm(r"^9\.[0-9]+\.[0-9]+$", "a version 9.x of the chart", AUTOSCALER_VERSION)]


def ami_release(version: str) -> str:
    """Returns the release in an alias of AMIs, `v20260903` of `al2023@v20260903`; any other version unchanged."""
    return version.removeprefix("al2023@")

"""The block of Kubernetes services on AWS."""

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import CLUSTER, SITE
from tests.unit.components.samples import changed_args, recorded

EKS = "aws:eks/cluster:Cluster"


def test_services_have_a_block_of_your_own_or_that_of_eks() -> None:
    cluster = recorded(aws.Cluster, {**CLUSTER, "service_cidr": "10.248.0.0/16"}).one(EKS).inputs
    assert cluster["kubernetesNetworkConfig"] == {"serviceIpv4Cidr": "10.248.0.0/16"}
    assert "kubernetesNetworkConfig" not in recorded(aws.Cluster, CLUSTER).one(EKS).inputs


@pytest.mark.parametrize("block", ["100.68.0.0/16", "10.0.0.0/8", "192.168.1.0/25"])
def test_eks_takes_private_blocks_of_some_sizes(block: str) -> None:
    with pytest.raises(BadArguments, match=r"service_cidr: .*a block of /12 to /24 in 10\.0\.0\.0/8"):
        recorded(aws.Cluster, {**CLUSTER, "service_cidr": block})


def test_services_do_not_overlap_the_network() -> None:
    block = str(SITE["network"]["cidr"])
    with pytest.raises(BadArguments, match=r"aws\.service_cidr: .*does not overlap the network's"):
        recorded(aws.Site, changed_args(aws.SiteArgs, SITE, {"aws": {"service_cidr": block}}))


def test_a_site_passes_the_block_on() -> None:
    site = recorded(aws.Site, changed_args(aws.SiteArgs, SITE, {"aws": {"service_cidr": "10.248.0.0/16"}}))
    assert site.one(EKS).inputs["kubernetesNetworkConfig"] == {"serviceIpv4Cidr": "10.248.0.0/16"}

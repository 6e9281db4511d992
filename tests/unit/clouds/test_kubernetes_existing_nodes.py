"""Nodes that exist before any program, in a cluster outside EKS and AKS."""

import pytest

from tests.unit.clouds.kubernetes_objects import CONFIG_MAP, Open, kubeconfig

NODE = "kubernetes:core/v1:Node"
EKS = "https://A1B2.gr7.me-central-1.eks.amazonaws.com"


@pytest.mark.parametrize(
    ("token", "config", "there"),
    [
        (NODE, {"kubeconfig": kubeconfig()}, True),
        (NODE, {"kubeconfig": kubeconfig(EKS)}, False),
        (NODE, {}, False),
        (CONFIG_MAP, {"kubeconfig": kubeconfig()}, False),
    ],
)
def test_objects_that_exist_before_any_program(
    open_cloud: Open, token: str, config: dict[str, str], there: bool
) -> None:
    response = open_cloud("kubernetes", **config).adopt(token, "rack-1")
    assert response.resource_id == ("rack-1" if there else "")
    assert bool(response.properties) is there

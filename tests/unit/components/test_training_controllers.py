"""Kubeflow Trainer and KubeRay: their charts, their rights on the network, and when a site installs them."""

from typing import Any

import pytest

from falaj.components import kubernetes
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.kubernetes_samples import GATEWAY_API
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

RELEASE, NAMESPACE = "kubernetes:helm.sh/v3:Release", "kubernetes:core/v1:Namespace"
POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
MIRROR = "registry.example.ae/mirror"
ON_SYSTEM = {"falaj/profile": "system"}


def controllers(**changed: Any) -> Recording:
    return recorded(kubernetes.TrainingControllers, {**GATEWAY_API, **changed})


def values(chart: str, **changed: Any) -> dict[str, Any]:
    made = controllers(trainer=True, kuberay=True, **changed)
    return made.one(RELEASE, f"uae-{chart}-release").inputs["values"]


@pytest.mark.parametrize(
    ("chosen", "charts"),
    [
        ({"trainer": True}, {"kubeflow-trainer": "2.2.0"}),
        ({"kuberay": True}, {"kuberay-operator": "1.6.0"}),
        ({"trainer": True, "kuberay": True}, {"kubeflow-trainer": "2.2.0", "kuberay-operator": "1.6.0"}),
    ],
)
def test_only_the_chosen_controllers_are_installed(chosen: dict[str, bool], charts: dict[str, str]) -> None:
    releases = controllers(**chosen).of(RELEASE)
    assert {release.inputs["name"]: release.inputs["version"] for release in releases} == charts


def test_one_is_chosen() -> None:
    with pytest.raises(BadArguments, match="trainer"):
        controllers()


def test_they_run_restricted_on_system_nodes() -> None:
    made = controllers(trainer=True, kuberay=True)
    for namespace in made.of(NAMESPACE):
        assert namespace.inputs["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    trainer, operator = values("kubeflow-trainer")["manager"], values("kuberay-operator")
    assert trainer["nodeSelector"] == operator["nodeSelector"] == ON_SYSTEM
    for container in (trainer["securityContext"], operator["securityContext"]):
        assert container["allowPrivilegeEscalation"] is False
        assert container["capabilities"] == {"drop": ["ALL"]}
        assert container["seccompProfile"] == {"type": "RuntimeDefault"}
    assert trainer["securityContext"]["runAsNonRoot"] is True
    assert operator["podSecurityContext"]["runAsNonRoot"] is True


def test_trainer_uses_the_installed_jobset() -> None:
    assert values("kubeflow-trainer")["jobset"] == {"install": False}
    assert values("kubeflow-trainer", replicas=1)["manager"]["replicas"] == 1


def test_images_come_from_the_mirror() -> None:
    image = values("kubeflow-trainer", image_mirror=MIRROR)["image"]
    assert (image["registry"], image["repository"], image["tag"]) == (
        "registry.example.ae",
        "mirror/kubeflow/trainer/trainer-controller-manager",
        "v2.2.0",
    )
    operator = values("kuberay-operator", image_mirror=MIRROR)["image"]
    assert (operator["repository"], operator["tag"]) == (f"{MIRROR}/kuberay/operator", "v1.6.0")


def test_kuberay_reaches_the_heads_of_tenants_whose_own_policies_open_no_other_port() -> None:
    spec = controllers(kuberay=True).one(POLICY).inputs["spec"]
    [tenants] = [rule for rule in spec["egress"] if "matchExpressions" in str(rule)]
    assert "ports" not in tenants
    [scraped] = spec["ingress"]
    assert scraped["ports"] == [{"port": 8080, "protocol": "TCP"}]

"""The provider of a site's Kubernetes."""

import pulumi
import pytest

from falaj.components.kubernetes import site_kubernetes
from tests.unit.components.mocks import Recording, build

CHOICES = {
    "enableServerSideApply": "true",
    "enablePatchForce": "false",
    "upsertExistingObjects": "false",
    "deleteUnreachable": "false",
    "skipUpdateUnreachable": "false",
    "enableConfigMapMutable": "false",
    "enableSecretMutable": "false",
    "suppressDeprecationWarnings": "false",
}


def _made() -> None:
    site = pulumi.ComponentResource("falaj:aws:Site", "uae")
    pool = pulumi.CustomResource("aws:eks/nodeGroup:NodeGroup", "pool", {})
    site_kubernetes("uae", "apiVersion: v1\n", site, [pool])


def _provider(seen: Recording) -> dict[str, object]:
    return seen.one("pulumi:providers:kubernetes", "uae-kubernetes").inputs


def test_it_is_a_child_of_its_site_and_outlived_by_what_it_needs() -> None:
    recording = build(_made)
    resource = recording.one("pulumi:providers:kubernetes")
    site, pool = recording.one("falaj:aws:Site"), recording.one("aws:eks/nodeGroup:NodeGroup")
    assert (resource.parent, resource.depends_on) == (site.urn, (pool.urn,))


@pytest.mark.parametrize("ambient", ["", "true", "false"])
def test_the_environment_decides_nothing(monkeypatch: pytest.MonkeyPatch, ambient: str) -> None:
    for variable in (
        "DELETE_UNREACHABLE",
        "ENABLE_CONFIGMAP_MUTABLE",
        "ENABLE_SERVER_SIDE_APPLY",
        "ENABLE_PATCH_FORCE",
    ):
        if ambient:
            monkeypatch.setenv(f"PULUMI_K8S_{variable}", ambient)
    assert _provider(build(_made)) == {"kubeconfig": "apiVersion: v1\n", **CHOICES}

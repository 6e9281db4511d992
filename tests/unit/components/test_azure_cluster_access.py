"""Who uses the API server of an AKS cluster: readers, tenants and the identity that deploys."""

from tests.unit.components.azure_samples import last
from tests.unit.components.mocks import Recording
from tests.unit.components.test_azure_reach import AKS, GROUP, ROLE, cluster


def roles_of(recording: Recording) -> set[tuple[str, str, str, str]]:
    return {
        (role.name, last(role.inputs["roleDefinitionId"]), last(role.inputs["scope"]), role.inputs["principalType"])
        for role in recording.of(ROLE)
        if "-viewer-" in role.name or "-tenant-" in role.name
    }


def test_readers_read_the_cluster_and_tenants_use_their_namespaces() -> None:
    access = {"group": GROUP, "namespaces": ["retail", "retail-dev"], "writes": True}
    recording = cluster(viewers=[GROUP], namespace_groups=[access])
    role = recording.one("azure-native:authorization:RoleDefinition", "uae-reader").inputs
    assert role["permissions"] == [
        {"actions": [], "dataActions": ["Microsoft.ContainerService/managedClusters/*/read"]}
    ]
    user, writer = "4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"
    assert roles_of(recording) == {
        ("uae-viewer-11111111-kubeconfig", user, "uae-aks", "Group"),
        ("uae-viewer-11111111-reads", role["roleDefinitionId"], "uae-aks", "Group"),
        ("uae-tenant-11111111-kubeconfig", user, "uae-aks", "Group"),
        ("uae-tenant-11111111-retail", writer, "retail", "Group"),
        ("uae-tenant-11111111-retail-dev", writer, "retail-dev", "Group"),
    }
    scope = recording.one(ROLE, "uae-tenant-11111111-retail").inputs["scope"]
    assert scope.endswith("/uae-aks/namespaces/retail")
    reading = cluster(namespace_groups=[{**access, "writes": False}])
    assert ("uae-tenant-11111111-retail", "7f6c6a51-bcf8-42ba-9220-52d62157d7db", "retail", "Group") in roles_of(
        reading
    )


def test_the_deployer_administers_the_cluster_before_it_exists_and_keeps_the_role() -> None:
    recording = cluster()
    deployer = recording.one(ROLE, "uae-deployer")
    assert deployer.urn in recording.one(AKS).depends_on
    assert deployer.ignore_changes == ("principalId", "principalType")
    assert deployer.inputs["principalType"] == "ServicePrincipal"
    assert cluster(deployer_type="User").one(ROLE, "uae-deployer").inputs["principalType"] == "User"
    assert "uae-deployer" not in {role.name for role in cluster(grant_deployer=False).of(ROLE)}

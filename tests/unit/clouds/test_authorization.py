"""With documents of an identity, the emulated clouds refuse what they do not allow, as the real ones do."""

import json
from pathlib import Path

import pytest

from falaj.rights.azure_conditions import Assignable
from falaj.sandbox.clouds.authorization import authorization
from falaj.sandbox.clouds.azure.arm import OPERATOR, SUBSCRIPTION, TENANT
from falaj.sandbox.clouds.spec import CloudError
from tests.unit.clouds.driver import CreatedResource, Driver

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]})
BOUNDARY = "arn:aws:iam::123456789012:policy/boundary"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
CRYPTO_USER = "12338af0-0e69-4776-bea7-57ae8d297424"
ROLES = "arn:aws:iam::123456789012:role/falaj/*"
ONLY_WITH_BOUNDARY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Action": "iam:CreateRole",
            "Resource": "*",
            "Condition": {"StringNotEquals": {"iam:PermissionsBoundary": BOUNDARY}},
        }
    ],
}


def policy(actions: list[str], resource: str) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}]}


def driver(tmp_path: Path, cloud: str, files: dict[str, object], **environment: str) -> Driver:
    """Returns an emulated cloud that enforces documents."""
    for name, document in files.items():
        (tmp_path / name).write_text(json.dumps(document))
    variables = {"FALAJ_RIGHTS": str(tmp_path)} if files else {}
    result = Driver(cloud, tmp_path / "inventory", **({"region": "me-central-1"} if cloud == "aws" else {}))
    result.cloud.authorization = authorization(cloud, variables | environment)
    return result


def make_role(cloud: Driver, name: str = "copies", **inputs: str) -> None:
    cloud.create("aws:iam/role:Role", "role", name=name, assumeRolePolicy=TRUST, **inputs)


def test_iam_allows_what_a_policy_allows_and_names_what_it_denies(tmp_path: Path) -> None:
    allowed = ["iam:CreateRole", "iam:TagRole", "iam:UntagRole", "iam:GetRole", "iam:GetRolePolicy"]
    cloud = driver(tmp_path, "aws", {"aws-deploy-1.json": policy(allowed, ROLES)})
    make_role(cloud, path="/falaj/")
    with pytest.raises(
        CloudError,
        match=r"AccessDenied: User: .* is not authorized to perform: iam:CreateRole on resource: "
        r"arn:aws:iam::123456789012:role/others because no identity-based policy allows the iam:CreateRole action",
    ):
        make_role(cloud, "others")


def test_the_organisation_refuses_a_role_without_the_boundary(tmp_path: Path) -> None:
    file = tmp_path / "scp.json"
    file.write_text(json.dumps(ONLY_WITH_BOUNDARY))
    cloud = driver(tmp_path, "aws", {}, FALAJ_ORGANISATION_POLICY=str(file))
    make_role(cloud, permissionsBoundary=BOUNDARY)
    with pytest.raises(CloudError, match=r"iam:CreateRole .* with an explicit deny in a service control policy"):
        make_role(cloud, "others", permissionsBoundary="arn:aws:iam::123456789012:policy/other")
    with pytest.raises(CloudError, match="explicit deny"):
        make_role(cloud, "others")


def test_azure_refuses_an_operation_that_the_role_lacks(tmp_path: Path) -> None:
    role = {"Actions": ["Microsoft.Resources/subscriptions/resourceGroups/*"], "NotActions": []}
    cloud = driver(tmp_path, "azure-native", {"azure-deploy.json": role})
    group = cloud.create("azure-native:resources:ResourceGroup", "group", location="uaenorth")
    with pytest.raises(
        CloudError, match=r"AuthorizationFailed: .*'Microsoft.ManagedIdentity/userAssignedIdentities/read' over scope"
    ):
        cloud.create(
            "azure-native:managedidentity:UserAssignedIdentity",
            "identity",
            resourceGroupName=group.name,
            location="uaenorth",
        )


def test_azure_denies_the_state_of_an_operation_that_the_role_does_not_list(tmp_path: Path) -> None:
    held = ["Microsoft.Resources/subscriptions/resourceGroups/*", "Microsoft.Network/privateDnsZones/*"]
    polls = [f"Microsoft.Network/privateDnsOperation{kind}/read" for kind in ("Statuses", "Results")]

    def make_zone(folder: str, *actions: str) -> None:
        (path := tmp_path / folder).mkdir()
        cloud = driver(path, "azure-native", {"azure-deploy.json": {"Actions": [*held, *actions], "NotActions": []}})
        group = cloud.create("azure-native:resources:ResourceGroup", "group", location="uaenorth")
        zone = {"privateZoneName": "privatelink.blob.core.windows.net", "location": "global"}
        cloud.create("azure-native:privatedns:PrivateZone", "zone", resourceGroupName=group.name, **zone)

    with pytest.raises(CloudError, match=r"'Microsoft.Network/privateDnsOperationResults/read' over scope"):
        make_zone("regional", "Microsoft.Network/locations/*/read")
    make_zone("listed", *polls)


def test_azure_evaluates_the_condition_of_the_role(tmp_path: Path) -> None:
    role = {"Actions": ["Microsoft.Resources/*", "Microsoft.Authorization/*"], "NotActions": []}
    (tmp_path / "azure-deploy-condition.txt").write_text(Assignable((CRYPTO_USER,), ("ServicePrincipal",)).condition())
    cloud = driver(tmp_path, "azure-native", {"azure-deploy.json": role})
    group = cloud.create("azure-native:resources:ResourceGroup", "group", location="uaenorth")

    def assign(role_id: str, principal_type: str = "ServicePrincipal") -> CreatedResource:
        return cloud.create(
            "azure-native:authorization:RoleAssignment",
            f"{role_id[:4]}-{principal_type}",
            scope=group.id,
            principalId=OPERATOR if principal_type == "ServicePrincipal" else TENANT,
            principalType=principal_type,
            roleDefinitionId=f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{role_id}",
        )

    cloud.delete(assign(CRYPTO_USER))
    denied = r"AuthorizationFailed: .*'Microsoft.Authorization/roleAssignments/write'"
    for role_id, principal_type in ((OWNER, "ServicePrincipal"), (CRYPTO_USER, "Group")):
        with pytest.raises(CloudError, match=denied):
            assign(role_id, principal_type)


def test_the_reading_identity_may_not_create(tmp_path: Path) -> None:
    files: dict[str, object] = {"aws-plan-1.json": policy(["iam:Get*", "iam:List*"], "*")}
    cloud = driver(tmp_path, "aws", files, FALAJ_IDENTITY="plan")
    with pytest.raises(CloudError, match="iam:"):
        make_role(cloud)


def test_without_documents_everything_is_allowed_and_a_wrong_folder_is_refused(tmp_path: Path) -> None:
    assert authorization("aws", {}) is None
    assert authorization("kubernetes", {"FALAJ_RIGHTS": str(tmp_path)}) is None
    with pytest.raises(ValueError, match=r"has no aws-deploy\*.json; write it with `falaj rights --write`"):
        authorization("aws", {"FALAJ_RIGHTS": str(tmp_path)})

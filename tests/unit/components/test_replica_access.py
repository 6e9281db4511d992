"""Replication of vaults between the clouds: federated trust, and permissions on either side."""

import uuid
from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.core.site.azure_role_ids import Role
from falaj.components.core.storage.replication import role_arn, role_name
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Purpose
from tests.unit.components import aws_samples, azure_samples
from tests.unit.components.mocks import ACCOUNT, SUBSCRIPTION, Recording, document
from tests.unit.components.samples import recorded

ISSUER = "https://issuer.example/aks/"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:openidconnectprovider/uae-issuer"
SUBJECTS = {
    purpose: f"system:serviceaccount:falaj-replication:replicate-{purpose}" for purpose in ("checkpoints", "models")
}


def on_aws(**changed: Any) -> Recording:
    return recorded(aws.ReplicaAccess, {**aws_samples.REPLICA_ACCESS, **changed})


def on_azure(**changed: Any) -> Recording:
    return recorded(azure.ReplicaAccess, {**azure_samples.REPLICA_ACCESS, **changed})


def test_children() -> None:
    assert {name for _, name in on_aws().names()} == {
        "uae-issuer", "uae-checkpoints", "uae-checkpoints-copies", "uae-models", "uae-models-copies",
    }  # fmt: skip
    assert {name for _, name in on_azure().names()} == {
        "uae-writer", "uae-checkpoints-identity", "uae-checkpoints-pods", "uae-checkpoints-writes",
        "uae-models-identity", "uae-models-pods", "uae-models-reads",
    }  # fmt: skip


def test_the_issuer_is_trusted_for_tokens_made_for_aws() -> None:
    resource = on_aws().one("aws:iam/openIdConnectProvider:OpenIdConnectProvider").inputs
    assert (resource["url"], resource["clientIdLists"]) == (ISSUER, ["sts.amazonaws.com"])
    assert "thumbprintLists" not in resource


@pytest.mark.parametrize("purpose", SUBJECTS)
def test_a_role_is_taken_by_one_service_account(purpose: str) -> None:
    role = on_aws().one("aws:iam/role:Role", f"uae-{purpose}").inputs
    [statement] = document(role["assumeRolePolicy"])["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Principal": {"Federated": PROVIDER},
        "Action": ["sts:AssumeRoleWithWebIdentity"],
        "Condition": {
            "StringEquals": {
                "issuer.example/aks/:aud": "sts.amazonaws.com",
                "issuer.example/aks/:sub": SUBJECTS[purpose],
            }
        },
    }
    assert role["maxSessionDuration"] == 3600


@pytest.mark.parametrize(
    ("purpose", "bucket", "objects", "key_use"),
    [
        ("checkpoints", "ckpt", ["s3:GetObject"], ["kms:Decrypt"]),
        (
            "models",
            "models",
            ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
            ["kms:Decrypt", "kms:GenerateDataKey"],
        ),
    ],
)
def test_a_role_reads_or_writes_one_bucket_and_deletes_nothing(
    purpose: str, bucket: str, objects: list[str], key_use: list[str]
) -> None:
    policy = on_aws().one("aws:iam/rolePolicy:RolePolicy", f"uae-{purpose}-copies").inputs
    listing, copying, key = document(policy["policy"])["Statement"]
    assert (listing["Action"], listing["Resource"]) == (["s3:ListBucket"], [f"arn:aws:s3:::{bucket}"])
    assert (copying["Action"], copying["Resource"]) == (objects, [f"arn:aws:s3:::{bucket}/*"])
    assert (key["Action"], key["Resource"]) == (key_use, [f"arn:aws:kms:me-central-1:{ACCOUNT}:key/{bucket}"])
    assert key["Condition"] == {"StringEquals": {"kms:ViaService": "s3.me-central-1.amazonaws.com"}}


def test_the_name_of_a_role_is_known_before_it_is_made() -> None:
    roles = on_aws().of("aws:iam/role:Role")
    arns = {f"arn:aws:iam::{ACCOUNT}:role{role.inputs['path']}{role.inputs['name']}" for role in roles}
    assert arns == {role_arn(ACCOUNT, "test", "uae", purpose) for purpose in (Purpose.CHECKPOINTS, Purpose.MODELS)}


def test_long_names_of_roles_are_cut_and_stay_apart() -> None:
    names = [role_name("prod-uae", f"{'n' * 60}{end}", Purpose.MODELS) for end in "ab"]
    assert [len(name) for name in names] == [64, 64]
    assert names[0] != names[1]
    assert role_name("prod-uae", "copies", Purpose.MODELS) == "prod-uae-copies-models"


@pytest.mark.parametrize("purpose", SUBJECTS)
def test_an_identity_belongs_to_one_service_account(purpose: str) -> None:
    resource = on_azure().one("azure-native:managedidentity:FederatedIdentityCredential", f"uae-{purpose}-pods").inputs
    assert resource["issuer"] == ISSUER
    assert resource["subject"] == SUBJECTS[purpose]
    assert resource["audiences"] == ["api://AzureADTokenExchange"]
    assert resource["resourceName"] == f"uae-{purpose}-identity"


def test_the_writers_role_deletes_nothing_and_is_for_one_group() -> None:
    role = on_azure().one("azure-native:authorization:RoleDefinition").inputs
    blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
    assert role["permissions"] == [
        {"actions": [], "dataActions": [f"{blobs}/read", f"{blobs}/write", f"{blobs}/add/action"]}
    ]
    assert role["scope"] == azure_samples.GROUP_ID
    assert role["assignableScopes"] == [azure_samples.GROUP_ID]
    assert role["roleDefinitionId"] == str(uuid.UUID(role["roleDefinitionId"]))
    assert role["roleName"] == f"Falaj blob writer uae-writer {role['roleDefinitionId'][:8]}"


def test_each_identity_has_one_role_on_one_container() -> None:
    recording = on_azure()
    writer = recording.one("azure-native:authorization:RoleDefinition")
    roles = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
    writes = recording.one("azure-native:authorization:RoleAssignment", "uae-checkpoints-writes")
    reads = recording.one("azure-native:authorization:RoleAssignment", "uae-models-reads")
    assert writes.inputs == {
        "principalId": "uae-checkpoints-identity-principal",
        "principalType": "ServicePrincipal",
        "roleDefinitionId": roles + writer.inputs["roleDefinitionId"],
        "scope": azure_samples.container_id("ckpt", "checkpoints"),
    }
    assert writer.urn in writes.depends_on
    assert reads.inputs["roleDefinitionId"] == roles + Role.STORAGE_BLOB_DATA_READER.value
    assert reads.inputs["scope"] == azure_samples.container_id("models", "models")


def test_nothing_writes_where_everything_is_copied_away() -> None:
    flows = azure_samples.REPLICA_ACCESS["flows"]
    recording = on_azure(flows={"models": flows["models"]})
    assert not recording.of("azure-native:authorization:RoleDefinition")
    assert [resource.name for resource in recording.of("azure-native:authorization:RoleAssignment")] == [
        "uae-models-reads"
    ]


@pytest.mark.parametrize("component", [aws.ReplicaAccess, azure.ReplicaAccess])
@pytest.mark.parametrize(("flows", "problem"), [({}, "flows"), ({"logs": {}}, "flows.logs")])
def test_flows_are_of_a_purpose(component: Any, flows: dict[str, Any], problem: str) -> None:
    samples = aws_samples if component is aws.ReplicaAccess else azure_samples
    args: Any = {**samples.REPLICA_ACCESS, "flows": flows}
    with pytest.raises(BadArguments, match=problem):
        component("uae", args)

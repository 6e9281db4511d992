"""Access to vaults from a cluster: one service account, limited to the folders granted to it."""

from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.core.site.azure_role_ids import Role
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Purpose
from tests.samples import COST_TAGS
from tests.unit.components import aws_samples, azure_samples
from tests.unit.components.mocks import ACCOUNT, SUBSCRIPTION, Recording, document
from tests.unit.components.samples import recorded

BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
ASSIGNMENT, DEFINITION = (f"azure-native:authorization:Role{kind}" for kind in ("Assignment", "Definition"))
ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation"
BOTH = pytest.mark.parametrize("cloud", [aws, azure], ids=["aws", "azure"])


def on_aws(**changed: Any) -> Recording:
    return recorded(aws.VaultAccess, {**aws_samples.VAULT_ACCESS, **changed})


def on_azure(**changed: Any) -> Recording:
    return recorded(azure.VaultAccess, {**azure_samples.VAULT_ACCESS, **changed})


def statements(of: Recording) -> dict[str, Any]:
    policy = document(of.one("aws:iam/rolePolicy:RolePolicy").inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_children() -> None:
    assert on_aws().names() == {
        ("aws:iam/role:Role", "uae-role"),
        ("aws:iam/rolePolicy:RolePolicy", "uae-vaults"),
        (ASSOCIATION, "uae-identity"),
    }
    assert on_azure().names() == {
        ("azure-native:managedidentity:UserAssignedIdentity", "uae-identity"),
        ("azure-native:managedidentity:FederatedIdentityCredential", "uae-pods"),
        (DEFINITION, "uae-writer"),
        (ASSIGNMENT, "uae-datasets-reads"),
        (ASSIGNMENT, "uae-checkpoints-writes"),
    }


def test_the_role_is_taken_by_pods_of_one_service_account_of_one_cluster() -> None:
    [trust] = document(on_aws().one("aws:iam/role:Role").inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert trust["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    assert trust["Condition"] == {
        "StringEquals": {
            "aws:SourceAccount": ACCOUNT,
            "aws:RequestTag/eks-cluster-name": "uae",
            "aws:RequestTag/kubernetes-namespace": "tenant-treasury",
            "aws:RequestTag/kubernetes-service-account": "forecast",
        }
    }


def test_pods_get_the_role_when_it_may_do_its_work() -> None:
    recording = on_aws()
    association = recording.one(ASSOCIATION)
    assert association.inputs == {
        "region": "me-central-1",
        "clusterName": "uae",
        "namespace": "tenant-treasury",
        "serviceAccount": "forecast",
        "roleArn": f"arn:aws:iam::{ACCOUNT}:role/uae-role",
        "tags": COST_TAGS,
    }
    assert recording.one("aws:iam/rolePolicy:RolePolicy").urn in association.depends_on


def test_on_aws_a_vault_is_read_whole_and_a_folder_written() -> None:
    key = f"arn:aws:kms:me-central-1:{ACCOUNT}:key/"
    through_s3 = {"StringEquals": {"kms:ViaService": "s3.me-central-1.amazonaws.com"}}
    plain = {
        sid: (statement["Action"], statement["Resource"], statement.get("Condition"))
        for sid, statement in statements(on_aws()).items()
    }
    written = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    written += ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    assert plain == {
        "DatasetsList": (["s3:ListBucket"], ["arn:aws:s3:::data"], None),
        "DatasetsObjects": (["s3:GetObject"], ["arn:aws:s3:::data/*"], None),
        "DatasetsKey": (["kms:Decrypt"], [f"{key}data"], through_s3),
        "CheckpointsList": (
            ["s3:ListBucket"],
            ["arn:aws:s3:::ckpt"],
            {"StringLike": {"s3:prefix": ["tenants/treasury", "tenants/treasury/*"]}},
        ),
        "CheckpointsObjects": (written, ["arn:aws:s3:::ckpt/tenants/treasury/*"], None),
        "CheckpointsKey": (["kms:Decrypt", "kms:GenerateDataKey"], [f"{key}ckpt"], through_s3),
    }


def test_on_aws_nothing_is_written_unless_asked() -> None:
    actions = {action for statement in statements(on_aws(writes=[])).values() for action in statement["Action"]}
    assert actions == {"s3:ListBucket", "s3:GetObject", "kms:Decrypt"}


def test_the_identity_belongs_to_one_service_account_of_one_issuer() -> None:
    resource = on_azure().one("azure-native:managedidentity:FederatedIdentityCredential").inputs
    assert resource["issuer"] == "https://issuer.example/aks/"
    assert resource["subject"] == "system:serviceaccount:tenant-treasury:forecast"
    assert resource["audiences"] == ["api://AzureADTokenExchange"]
    assert resource["resourceName"] == "uae-identity"


def test_on_azure_a_vault_is_read_whole_and_a_folder_written() -> None:
    recording = on_azure()
    roles = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/"
    reads, writes = (recording.one(ASSIGNMENT, f"uae-{name}") for name in ("datasets-reads", "checkpoints-writes"))
    writer = recording.one(DEFINITION)
    assert reads.inputs == {
        "principalId": "uae-identity-principal",
        "principalType": "ServicePrincipal",
        "roleDefinitionId": roles + Role.STORAGE_BLOB_DATA_READER.value,
        "scope": azure_samples.container_id("data", "datasets"),
    }
    assert writes.inputs["roleDefinitionId"] == roles + writer.inputs["roleDefinitionId"]
    assert writes.inputs["scope"] == azure_samples.container_id("ckpt", "checkpoints")
    assert writer.urn in writes.depends_on
    actions = [f"{BLOBS}/{verb}" for verb in ("read", "write", "add/action", "delete")]
    assert writer.inputs["permissions"] == [{"actions": [], "dataActions": actions}]


def test_on_azure_a_folder_bounds_what_is_touched_and_what_is_listed() -> None:
    writes = on_azure().one(ASSIGNMENT, "uae-checkpoints-writes").inputs
    assert writes["conditionVersion"] == "2.0"
    assert writes["condition"] == (
        f"((!(ActionMatches{{'{BLOBS}/read'}} AND NOT SubOperationMatches{{'Blob.List'}})"
        f" AND !(ActionMatches{{'{BLOBS}/write'}})"
        f" AND !(ActionMatches{{'{BLOBS}/add/action'}})"
        f" AND !(ActionMatches{{'{BLOBS}/delete'}}))"
        f" OR (@Resource[{BLOBS}:path] StringStartsWith 'tenants/treasury/'))"
        f" AND ((!(ActionMatches{{'{BLOBS}/read'}} AND SubOperationMatches{{'Blob.List'}}))"
        f" OR (@Request[{BLOBS}:prefix] StringStartsWith 'tenants/treasury/'))"
    )


def test_on_azure_no_role_is_made_where_nothing_is_written() -> None:
    recording = on_azure(writes=[])
    assert not recording.of(DEFINITION)
    assert {resource.name for resource in recording.of(ASSIGNMENT)} == {"uae-datasets-reads", "uae-checkpoints-reads"}
    assert {created.inputs["roleDefinitionId"].rpartition("/")[2] for created in recording.of(ASSIGNMENT)} == {
        Role.STORAGE_BLOB_DATA_READER.value
    }


def test_outputs() -> None:
    aws_made, azure_made = on_aws(), on_azure()
    assert aws_made.outputs[aws_made.one("falaj:aws:VaultAccess").urn] == {
        "role_arn": f"arn:aws:iam::{ACCOUNT}:role/uae-role",
        "service_account": "forecast",
    }
    assert azure_made.outputs[azure_made.one("falaj:azure:VaultAccess").urn] == {
        "client_id": "uae-identity-client",
        "service_account": "forecast",
    }


@BOTH
@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"vaults": {}}, "vaults"),
        ({"vaults": {"logs": {}}}, "vaults.logs"),
        ({"writes": [Purpose.MODELS]}, r'writes: "models" is not allowed; allowed: checkpoints, datasets'),
        ({"namespace": "Tenant"}, "namespace"),
        ({"service_account": "a*"}, "service_account"),
    ],
)
def test_invalid_arguments_are_rejected(cloud: Any, changed: dict[str, Any], problem: str) -> None:
    samples = aws_samples if cloud is aws else azure_samples
    with pytest.raises(BadArguments, match=problem):
        cloud.VaultAccess("uae", {**samples.VAULT_ACCESS, **changed})


@BOTH
@pytest.mark.parametrize("folder", ["", "/a", "a/", "a//b", "..", "a/../b", "a*", "a?", "${aws:x}", "it's", "a b"])
def test_a_folder_means_nothing_but_itself_in_a_policy(cloud: Any, folder: str) -> None:
    samples = aws_samples if cloud is aws else azure_samples
    vaults = {"checkpoints": {**samples.VAULT_ACCESS["vaults"]["checkpoints"], "folder": folder}}
    with pytest.raises(BadArguments, match=r"vaults\.checkpoints\.folder"):
        cloud.VaultAccess("uae", {**samples.VAULT_ACCESS, "vaults": vaults})

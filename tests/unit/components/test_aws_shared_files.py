"""Shared files on AWS: EFS, mounted over TLS by named roles from the cluster's machines."""

from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import SHARED_FILES
from tests.unit.components.mocks import Recording, build, document
from tests.unit.components.samples import recorded

TARGET = "aws:efs/mountTarget:MountTarget"


def files(**changed: Any) -> Recording:
    return recorded(aws.SharedFiles, {**SHARED_FILES, **changed})


def test_shared_files_have_exactly_these_children() -> None:
    assert {name for _, name in files().names()} == {
        "uae-key", "uae-key-alias", "uae-files", "uae-policy", "uae-no-other-backup", "uae-door", "uae-from-machines",
        "uae-mount-a", "uae-mount-c", "uae-models",
    }  # fmt: skip


def test_they_are_encrypted_elastic_and_tiered() -> None:
    resource = files().one("aws:efs/fileSystem:FileSystem").inputs
    assert (resource["encrypted"], resource["kmsKeyId"]) == (True, "arn:aws:kms:me-central-1:123456789012:key/uae-key")
    assert (resource["throughputMode"], resource["performanceMode"]) == ("elastic", "generalPurpose")
    assert resource["lifecyclePolicies"] == [
        {"transitionToIa": "AFTER_30_DAYS"},
        {"transitionToPrimaryStorageClass": "AFTER_1_ACCESS"},
    ]


def test_only_named_roles_mount_and_only_over_tls() -> None:
    policy = files().one("aws:efs/fileSystemPolicy:FileSystemPolicy").inputs
    assert "bypassPolicyLockoutSafetyCheck" not in policy
    mount, tls = document(policy["policy"])["Statement"]
    assert (mount["Effect"], mount["Principal"]) == ("Allow", {"AWS": ["arn:aws:iam::123456789012:role/node"]})
    # ClientRootAccess is not granted: no client is root.
    assert mount["Action"] == ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    assert mount["Condition"] == {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
    assert (tls["Effect"], tls["Principal"], tls["Action"]) == ("Deny", {"AWS": "*"}, ["*"])
    assert tls["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    system = files().one("aws:efs/fileSystem:FileSystem").name
    assert {statement["Resource"][0].rsplit("/", 1)[-1] for statement in (mount, tls)} == {system}


def test_each_zone_has_a_mount_target_behind_the_door() -> None:
    recording = files()
    targets = {target.name: target.inputs["subnetId"] for target in recording.of(TARGET)}
    assert targets == {"uae-mount-a": "subnet-a", "uae-mount-c": "subnet-c"}
    assert all(target.inputs["securityGroups"] == ["uae-door-id"] for target in recording.of(TARGET))
    rule = recording.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs
    assert (rule["securityGroupId"], rule["referencedSecurityGroupId"]) == ("uae-door-id", "sg-machines")
    assert (rule["ipProtocol"], rule["fromPort"], rule["toPort"]) == ("tcp", 2049, 2049)
    assert not recording.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")


def test_subnets_may_be_known_only_when_deployed() -> None:
    def made() -> None:
        subnets = pulumi.Output.from_input(["subnet-x", "subnet-y"])
        aws.SharedFiles("uae", aws.SharedFilesArgs.of("uae", {**SHARED_FILES, "node_subnet_ids": subnets, "zones": 2}))

    targets = {target.name: target.inputs["subnetId"] for target in build(made).of(TARGET)}
    assert targets == {"uae-mount-a": "subnet-x", "uae-mount-c": "subnet-y"}


def test_each_directory_has_an_access_point_with_its_own_user() -> None:
    recording = files(directories=["models", "adapters"])
    points = {point.name: point.inputs for point in recording.of("aws:efs/accessPoint:AccessPoint")}
    assert set(points) == {"uae-models", "uae-adapters"}
    for name, point in points.items():
        assert point["posixUser"] == {"uid": 1000, "gid": 1000}
        assert point["rootDirectory"] == {
            "path": f"/{name.removeprefix('uae-')}",
            "creationInfo": {"ownerUid": 1000, "ownerGid": 1000, "permissions": "0750"},
        }
    [outputs] = [
        recording.outputs[resource.urn] for resource in recording.resources if resource.typ == "falaj:aws:SharedFiles"
    ]
    assert outputs["volume_handles"] == {
        "models": "uae-files-id::uae-models-id",
        "adapters": "uae-files-id::uae-adapters-id",
    }


def test_it_is_backed_up_by_the_sites_backup_or_not_at_all() -> None:
    def tags(seen: Recording) -> dict[str, str]:
        return seen.one("aws:efs/fileSystem:FileSystem").inputs["tags"]

    for resource in (files(), files(backed_up_by="uae-test")):
        assert resource.one("aws:efs/backupPolicy:BackupPolicy").inputs["backupPolicy"] == {"status": "DISABLED"}
    assert tags(files(backed_up_by="uae-test")) == {**tags(files()), "falaj-backup": "uae-test"}
    assert "falaj-backup" not in tags(files())


def test_protect_holds_the_files_and_their_key() -> None:
    assert {resource.name for resource in files(protect=True).resources if resource.protect} == {"uae-files", "uae-key"}
    assert not any(item.protect for item in files().resources)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"zones": 4}, r"zones: 4 is not allowed"),
        ({"client_role_arns": []}, r"client_role_arns"),
        ({"directories": []}, r"directories"),
        ({"directories": ["../etc"]}, r"directories.0: \"../etc\" is not allowed"),
    ],
)
def test_impossible_files_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        files(**changed)

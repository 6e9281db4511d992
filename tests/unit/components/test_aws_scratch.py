"""Scratch storage on AWS: Lustre under a customer-managed key, reachable from the cluster's machines only, linked to
the vaults.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.storage.lustre import MAINTENANCE
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Purpose
from falaj.facts.calendar import UTC_OFFSET_HOURS
from tests.unit.components.aws_samples import SCRATCH
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
LINK = "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation"
DOOR = "uae-door-id"
CHANGES = {"events": ["NEW", "CHANGED", "DELETED"]}


def scratch(**changed: Any) -> Recording:
    return recorded(aws.Scratch, {**SCRATCH, **changed})


def lustre(seen: Recording) -> dict[str, Any]:
    return seen.one("aws:fsx/lustreFileSystem:LustreFileSystem").inputs


def test_scratch_has_exactly_these_children() -> None:
    rules = {
        f"uae-{way}-{port}"
        for way in ("from-machines", "from-servers", "to-machines", "to-servers", "at-machines")
        for port in (988, 1018)
    }
    assert {name for _, name in scratch().names()} == rules | {
        "uae-key", "uae-key-alias", "uae-door", "uae-lustre", "uae-logs", "uae-logs-key", "uae-logs-key-alias",
        "uae-datasets", "uae-checkpoints",
    }  # fmt: skip


def test_it_is_compressed_under_its_own_key_and_never_backed_up() -> None:
    resource = lustre(scratch())
    assert resource["deploymentType"] == "PERSISTENT_2"
    assert resource["kmsKeyId"] == "arn:aws:kms:me-central-1:123456789012:key/uae-key"
    assert (resource["dataCompressionType"], resource["storageType"]) == ("LZ4", "SSD")
    assert (resource["storageCapacity"], resource["perUnitStorageThroughput"]) == (1200, 125)
    assert (resource["automaticBackupRetentionDays"], resource["skipFinalBackup"]) == (0, True)
    assert (resource["subnetIds"], resource["securityGroupIds"]) == ("subnet-a", [DOOR])
    logs = scratch().one("aws:cloudwatch/logGroup:LogGroup").inputs
    assert (logs["name"], logs["retentionInDays"]) == ("/aws/fsx/test/uae", 90)
    assert logs["kmsKeyId"].endswith("uae-logs-key")
    assert resource["logConfiguration"]["level"] == "WARN_ERROR"


def test_maintenance_is_in_the_night_of_the_weekend_in_dubai() -> None:
    day, hour, minute = map(int, MAINTENANCE.split(":"))
    assert lustre(scratch())["weeklyMaintenanceStartTime"] == MAINTENANCE
    utc = datetime(2026, 11, 22 + day, hour, minute, tzinfo=UTC)  # the 23rd is a Monday, FSx's day 1
    dubai = utc + timedelta(hours=UTC_OFFSET_HOURS)
    assert (dubai.strftime("%A"), dubai.hour) == ("Sunday", 2)


def test_only_machines_and_servers_come_in_on_lustres_ports() -> None:
    recording = scratch()
    group = recording.one("aws:ec2/securityGroup:SecurityGroup").inputs
    assert group["vpcId"] == "vpc-1"
    assert not {"ingress", "egress"} & set(group)
    for kind, peers in ((INGRESS, {(DOOR, "sg-machines"), (DOOR, DOOR), ("sg-machines", DOOR)}),
                        (EGRESS, {(DOOR, "sg-machines"), (DOOR, DOOR)})):  # fmt: skip
        rules = [rule.inputs for rule in recording.of(kind)]
        assert {(rule["securityGroupId"], rule["referencedSecurityGroupId"]) for rule in rules} == peers
        assert {(rule["ipProtocol"], rule["fromPort"], rule["toPort"]) for rule in rules} == {
            ("tcp", 988, 988),
            ("tcp", 1018, 1023),
        }
        assert len(rules) == 2 * len(peers)


def test_the_file_system_waits_for_its_doors_rules() -> None:
    recording = scratch()
    waits = set(recording.one("aws:fsx/lustreFileSystem:LustreFileSystem").depends_on)
    assert {rule.urn for kind in (INGRESS, EGRESS) for rule in recording.of(kind)} <= waits


def test_vaults_appear_as_directories_and_only_what_is_asked_for_is_written_back() -> None:
    links = {link.name: link.inputs for link in scratch().of(LINK)}
    assert {name: (link["fileSystemPath"], link["dataRepositoryPath"]) for name, link in links.items()} == {
        "uae-datasets": ("/datasets", "s3://datasets-1a2b3c4"),
        "uae-checkpoints": ("/checkpoints", "s3://checkpoints-1a2b3c4"),
    }
    assert links["uae-datasets"]["s3"] == {"autoImportPolicy": CHANGES}
    assert links["uae-checkpoints"]["s3"] == {"autoImportPolicy": CHANGES, "autoExportPolicy": CHANGES}
    assert all(link["batchImportMetaDataOnCreate"] for link in links.values())


def test_it_may_stand_alone() -> None:
    assert not scratch(vaults={}, exported=[]).of(LINK)


@pytest.mark.parametrize("gib", [1200, 2400, 4800, 12000])
def test_legal_sizes(gib: int) -> None:
    assert lustre(scratch(capacity_gib=gib, throughput=1000))["storageCapacity"] == gib


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"capacity_gib": 1000}, r"capacity_gib: 1000 is not allowed; allowed: 1200 or a multiple of 2400.*take 2400"),
        ({"capacity_gib": 3600}, r"take 4800"),
        ({"capacity_gib": 0}, r"take 1200"),
        ({"throughput": 200}, r"throughput: 200 is not allowed; allowed: 125, 250, 500, 1000"),
        ({"vaults": {"logs": "s3://x"}}, r"vaults.logs"),
        ({"exported": [Purpose.MODELS]}, r"exported: \"models\" is not allowed; allowed: datasets, checkpoints"),
        ({"log_retention_days": 91}, r"log_retention_days: 91"),
    ],
)
def test_impossible_scratch_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        scratch(**changed)

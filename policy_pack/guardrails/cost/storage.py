"""Disks, logs and stores that cost no more than what they hold is worth."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..engine.conditions import NOT_TRUE, SET, TRUE, is_true, none_of
from ..engine.families import cost_rule
from ..engine.number_conditions import at_least
from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.environments import is_non_production, rows_where, types_of
from ..readers.related_resources import refers_to
from ..readers.s3_buckets import BUCKETS

_CLASS = ("kubernetes:storage.k8s.io/v1:StorageClass",)
_DISKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (aws("ebs/Volume"), "type"),
    (aws("ec2/LaunchTemplate"), "blockDeviceMappings[*].ebs?.volumeType"),
    (aws("ec2/Instance", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest"), "rootBlockDevice?.volumeType"),
    (aws("ec2/Instance", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest"), "ebsBlockDevices[*].volumeType"),
    (aws("rds/Instance"), "storageType"),
    (aws("opensearch/Domain", "elasticsearch/Domain"), "ebsOptions?.volumeType"),
    (_CLASS, "parameters?.type"),
)
_NOT_OLD = replace(none_of("gp2"), unknown=Verdict.PASS)
_NOT_FAST = replace(none_of("io1", "io2"), unknown=Verdict.PASS)
OLD_DISK_ROWS = tuple(Check(tokens, path, _NOT_OLD) for tokens, path in _DISKS)
FAST_DISK_ROWS = tuple(Check(tokens, path, _NOT_FAST) for tokens, path in _DISKS)
LOG_ROWS = (
    Check(aws("cloudwatch/LogGroup"), "retentionInDays", at_least(1)),
    # The default of Azure is 30 days; -1 is for ever.
    Check(azure("operationalinsights:Workspace", "applicationinsights:Component"), "retentionInDays",
          at_least(1, missing=Verdict.PASS)),
)  # fmt: skip
_OLD_SIZES = none_of(
    *(f"Standard_DS{size}_v2" for size in range(1, 6)), *(f"Standard_A{size}_v2" for size in (1, 2, 4, 8))
)
OLD_MACHINE_ROWS = (
    Check(aws("rds/Instance", "rds/ClusterInstance", "docdb/ClusterInstance", "neptune/ClusterInstance"),
          "instanceClass", none_of("db.t2.*", "db.m3.*", "db.m4.*", "db.r3.*", "db.r4.*")),
    Check(aws("elasticache/Cluster", "elasticache/ReplicationGroup"), "nodeType",
          none_of("cache.t2.*", "cache.m3.*", "cache.m4.*", "cache.r3.*", "cache.r4.*")),
    Check(aws("redshift/Cluster"), "nodeType", none_of("ds2.*", "dc1.*", "dc2.*")),
    Check(aws("opensearch/Domain", "elasticsearch/Domain"), "clusterConfig?.instanceType",
          none_of("t2.*", "m3.*", "m4.*", "c4.*", "r3.*", "r4.*", "i2.*")),
    Check(azure("compute:VirtualMachine"), "hardwareProfile?.vmSize", _OLD_SIZES),
    Check(azure("compute:VirtualMachineScaleSet"), "sku?.name", _OLD_SIZES),
)  # fmt: skip
"""Generations that later ones do the same work of for less; of EC2 the region has none."""

TRAINING_JOB = aws("sagemaker/TrainingJob")
_ON_SPOT = ("enableManagedSpotTraining", TRUE)
JOB_ROWS = (
    Check(TRAINING_JOB, "enableManagedSpotTraining", TRUE),
    Check(TRAINING_JOB, "checkpointConfig.s3Uri", SET, when=_ON_SPOT),
    Check(TRAINING_JOB, "stoppingCondition.maxRuntimeInSeconds", SET),
)

REDUNDANCY_ROWS = (
    Check(aws("rds/Instance"), "multiAz", NOT_TRUE),
    Check(aws("elasticache/ReplicationGroup"), "multiAzEnabled", NOT_TRUE),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "highAvailability?.mode",
          none_of("ZoneRedundant", "SameZone")),
    Check(azure("sql:Database"), "zoneRedundant", NOT_TRUE),
)  # fmt: skip
"""A second machine that waits for the first to fail; asked of trials only."""

_ACCOUNTS = azure("storage:StorageAccount")
_REPOSITORIES = aws("ecr/Repository")
_LIFECYCLE = {
    **dict.fromkeys(BUCKETS, (
        aws("s3/BucketLifecycleConfiguration", "s3/BucketLifecycleConfigurationV2"), "bucket", ("bucket", "id"))),
    **dict.fromkeys(_ACCOUNTS, (azure("storage:ManagementPolicy"), "accountName", ("accountName", "name"))),
    **dict.fromkeys(_REPOSITORIES, (aws("ecr/LifecyclePolicy"), "repository", ("name",))),
}  # fmt: skip
"""Type -> the companions that say how long it keeps things, their link to it, and the names that the link may give."""
_FILES = re.compile(r"(?i)filestorage")


_FLOW_LOGS = azure("network:FlowLog")


def _log_expires(log: Resource, account: Resource) -> bool:
    """Whether a log that goes to the account is deleted after some days; it says so itself."""
    policy = log.get("retentionPolicy")
    kept = is_true(policy.get("enabled")) if isinstance(policy, dict) else False
    return kept and refers_to(log, account, "storageId", ("id",))


def _has_lifecycle(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type not in _LIFECYCLE or _FILES.search(str(resource.get("kind"))):
        return
    companions, link, texts_at = _LIFECYCLE[resource.type]
    inline = resource.get("lifecycleRules") not in (MISSING, [])
    logs = any(_log_expires(item, resource) for item in plan.of_type(*_FLOW_LOGS))
    beside = inline or logs or any(refers_to(item, resource, link, texts_at) for item in plan.of_type(*companions))
    yield passed() if beside else failed("nothing in the stack says when what it keeps gets cheaper or goes")


STORAGE: tuple[Guardrail, ...] = (
    cost_rule(111, Severity.LOW, "Disks of AWS are gp3, not gp2",
              "gp3 costs a fifth less for the same, and its speed is bought apart", "Set the volume type gp3",
              checks=OLD_DISK_ROWS),
    cost_rule(112, Severity.LOW, "Disks with provisioned speed have a reason",
              "io1 and io2 cost a multiple of gp3, which gives up to 16,000 operations a second as well",
              "Set the volume type gp3, or ask for an exemption that says what needs the speed",
              checks=FAST_DISK_ROWS),
    cost_rule(113, Severity.MEDIUM, "Logs end",
              "a log group without an end is kept, and paid for, for ever",
              "Set retention_in_days to a number of days",
              checks=LOG_ROWS),
    cost_rule(114, Severity.LOW, "Buckets, storage accounts and registries have a lifecycle",
              "what nobody reads any more is paid for like what everybody reads",
              "Add a BucketLifecycleConfiguration, ManagementPolicy or LifecyclePolicy for it",
              plan_predicate=_has_lifecycle, types=tuple(_LIFECYCLE)),
    cost_rule(115, Severity.LOW, "Databases and virtual machines are of a current generation",
              "an old generation does less for more, and is switched off one day",
              "Take the newest generation of the same size",
              checks=OLD_MACHINE_ROWS),
    cost_rule(116, Severity.MEDIUM, "Training jobs of SageMaker run on spot, keep checkpoints and end",
              "on spot they cost a third; without checkpoints an interruption loses everything",
              "Set enable_managed_spot_training, checkpoint_config.s3_uri and stopping_condition",
              checks=JOB_ROWS),
    cost_rule(117, Severity.LOW, "Databases of trials are not doubled",
              "a machine that waits for another to fail doubles the bill",
              "Leave high availability to production",
              predicate=rows_where(is_non_production, REDUNDANCY_ROWS), types=types_of(REDUNDANCY_ROWS)),
)  # fmt: skip

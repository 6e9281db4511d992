"""Volumes, log retention, lifecycle policies, and instance generations of databases and machines."""

from collections.abc import Iterator
from dataclasses import replace

from ..engine.conditions import ABSENT, NOT_TRUE, SET, TRUE, is_true, none_of, one_of
from ..engine.families import cost_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import at_least
from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.environments import is_non_production, rows_where, types_of
from ..readers.kubernetes_objects import objects
from ..readers.related_resources import related_to
from ..readers.s3_buckets import BUCKETS

_STORAGE_CLASS = ("kubernetes:storage.k8s.io/v1:StorageClass",)
_DISKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (aws("ec2/LaunchTemplate"), "blockDeviceMappings[*].ebs?.volumeType"),
    (aws("ec2/Instance", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest"), "rootBlockDevice?.volumeType"),
    (
        aws("ec2/Instance", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest", "ec2/Ami"),
        "ebsBlockDevices[*].volumeType",
    ),
    (aws("ec2/SpotFleetRequest"), "launchSpecifications[*].ebsBlockDevices[*].volumeType"),
    (aws("ec2/SpotFleetRequest"), "launchSpecifications[*].rootBlockDevices[*].volumeType"),
    (aws("ecs/Service"), "volumeConfiguration?.managedEbsVolume?.volumeType"),
    (aws("imagebuilder/ImageRecipe"), "blockDeviceMappings[*].ebs?.volumeType"),
    (aws("imagebuilder/ContainerRecipe"), "instanceConfiguration?.blockDeviceMappings[*].ebs?.volumeType"),
    (aws("emr/Cluster"), "masterInstanceGroup?.ebsConfigs[*].type"),
    (aws("emr/Cluster"), "coreInstanceGroup?.ebsConfigs[*].type"),
    (aws("emr/Cluster"), "masterInstanceFleet?.instanceTypeConfigs[*].ebsConfigs[*].type"),
    (aws("emr/Cluster"), "coreInstanceFleet?.instanceTypeConfigs[*].ebsConfigs[*].type"),
    (aws("emr/InstanceGroup"), "ebsConfigs[*].type"),
    (aws("emr/InstanceFleet"), "instanceTypeConfigs[*].ebsConfigs[*].type"),
    (("kubernetes:storage.k8s.io/v1:VolumeAttributesClass",), "parameters?.type"),
    (aws("rds/Instance"), "storageType"),
    (aws("opensearch/Domain", "elasticsearch/Domain"), "ebsOptions?.volumeType"),
    (_STORAGE_CLASS, "parameters?.type"),
)
_NOT_GP2 = replace(none_of("gp2"), unknown=Verdict.PASS)
_NOT_PROVISIONED_IOPS = replace(none_of("io1", "io2"), unknown=Verdict.PASS)
_GP2_BY_DEFAULT: tuple[tuple[tuple[str, ...], str], ...] = (
    (aws("ebs/Volume"), "type"),
    (aws("ec2/Instance", "ec2/SpotInstanceRequest"), "ebsBlockDevices[*].volumeType"),
)
"""Volumes that are gp2 unless they state a type (botocore 1.44.8, ec2, CreateVolumeRequest, and pulumi-aws 7.51.1,
InstanceEbsBlockDevice; read 2026-12-01). The root volume has the type that its image states."""
OLD_DISK_ROWS = (
    *(Check(tokens, path, replace(_NOT_GP2, missing=Verdict.FAIL)) for tokens, path in _GP2_BY_DEFAULT),
    *(Check(tokens, path, _NOT_GP2) for tokens, path in _DISKS),
)
PROVISIONED_IOPS_ROWS = tuple(
    Check(tokens, path, _NOT_PROVISIONED_IOPS) for tokens, path in (*_GP2_BY_DEFAULT, *_DISKS)
)
_NODE_CLASSES = ("kubernetes:karpenter.k8s.aws/",)


def _check_node_volumes(resource: Resource) -> Iterator[Outcome]:
    """Evaluates the volumes of machines of Karpenter."""
    for node_class in objects(resource, "EC2NodeClass"):
        for block in node_class.child("spec").children("blockDeviceMappings"):
            volume = block.child("ebs")
            is_old = str(volume.get("volumeType")).lower() == "gp2"
            path = volume.path_to("volumeType")
            yield failed(f"{path} must not be gp2", path) if is_old else passed()


LOG_ROWS = (
    Check(aws("cloudwatch/LogGroup"), "retentionInDays", at_least(7)),
    # The default of Azure is 30 days; -1 means forever.
    Check(azure("operationalinsights:Workspace", "applicationinsights:Component"), "retentionInDays",
          at_least(1, missing=Verdict.PASS)),
)  # fmt: skip
_OLD_AZURE_SIZES = none_of(
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
    Check(azure("compute:VirtualMachine"), "hardwareProfile?.vmSize", _OLD_AZURE_SIZES),
    Check(azure("compute:VirtualMachineScaleSet"), "sku?.name", _OLD_AZURE_SIZES),
    Check(azure("compute:VirtualMachineScaleSet"), "skuProfile?.vmSizes[*].name", _OLD_AZURE_SIZES),
    Check(azure("compute:VirtualMachine"), "storageProfile?.osDisk?.vhd", ABSENT),
    Check(azure("compute:VirtualMachine"), "storageProfile?.dataDisks[*].vhd", ABSENT),
    Check(azure("compute:VirtualMachineScaleSet"), "virtualMachineProfile?.storageProfile?.osDisk?.vhdContainers",
          ABSENT),
    Check(azure("storage:StorageAccount"), "kind", none_of("Storage", "BlobStorage")),
    Check(azure("network:ApplicationGateway"), "sku?.tier",
          one_of("Standard_v2", "WAF_v2", "Basic", missing=Verdict.PASS)),
    Check(azure("network:LoadBalancer", "network:PublicIPAddress"), "sku?.name", none_of("Basic")),
)  # fmt: skip
"""Generations that have a cheaper successor, or are retired. The region offers no EC2 instances of these generations.
Accounts of these kinds have no tiers or no life cycle, and gateways of the first generation no scaling;
disks in an account are retired (microsoft/finops-toolkit 04d370f3, docs-mslearn/best-practices/storage.md,
networking.md and compute.md, read 2026-12-01)."""

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
"""Standby replicas, which are checked outside production only."""

_ACCOUNTS = azure("storage:StorageAccount")
_REPOSITORIES = aws("ecr/Repository")
_LIFECYCLE = {
    **dict.fromkeys(BUCKETS, (
        aws("s3/BucketLifecycleConfiguration", "s3/BucketLifecycleConfigurationV2"), "bucket", ("bucket", "id"))),
    **dict.fromkeys(_ACCOUNTS, (azure("storage:ManagementPolicy"), "accountName", ("accountName", "name"))),
    **dict.fromkeys(_REPOSITORIES, (aws("ecr/LifecyclePolicy"), "repository", ("name",))),
}  # fmt: skip
"""Type -> the related types that set its lifecycle, their property that refers to it, and the properties that contain
its name."""
_FILE_STORAGE = lazy_regex(r"(?i)filestorage")


_FLOW_LOGS = azure("network:FlowLog")


def _log_expires(log: Resource) -> bool:
    """Returns whether a flow log has its own retention policy."""
    policy = log.get("retentionPolicy")
    return is_true(policy.get("enabled")) if isinstance(policy, dict) else False


def _check_lifecycle(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type not in _LIFECYCLE or _FILE_STORAGE.search(str(resource.get("kind"))):
        return
    related_types, link, names = _LIFECYCLE[resource.type]
    is_inline = resource.get("lifecycleRules") not in (MISSING, [])
    has_expiring_logs = any(map(_log_expires, related_to(resource, plan, _FLOW_LOGS, "storageId", ("id",))))
    has_policy = is_inline or has_expiring_logs or any(related_to(resource, plan, related_types, link, names))
    yield (
        passed() if has_policy else failed("nothing in the stack expires its contents or moves them to a cheaper tier")
    )


_EXPIRES = replace(at_least(1), unknown=Verdict.PASS)
COPY_ROWS = (
    Check(azure("compute:Snapshot"), "sku?.name", replace(none_of("Premium_LRS"), unknown=Verdict.PASS)),
)  # fmt: skip
"""In standard storage a snapshot costs 60 percent less (MicrosoftDocs/azure-docs bda7428c, Advisor cost
recommendations, ManagedDiskSnapshot; read 2026-12-01)."""
_BACKUP_ROWS = (
    Check(aws("backup/Plan"), "rules[*].lifecycle.deleteAfter", _EXPIRES),
    Check(aws("backup/Plan"), "rules[*].copyActions[*].lifecycle.deleteAfter", _EXPIRES),
)
"""AWS Backup keeps a copy for good unless `deleteAfter` says how long (AWS Backup API Reference, "Lifecycle", read
2026-12-01)."""

STORAGE: tuple[Guardrail, ...] = (
    cost_rule(111, Severity.LOW, "AWS volumes use gp3 instead of gp2",
              "gp3 costs 20 percent less per GiB, and its throughput is configured separately",
              "Set the volume type to gp3",
              checks=OLD_DISK_ROWS, predicate=_check_node_volumes, types=_NODE_CLASSES),
    cost_rule(112, Severity.LOW, "Volumes with provisioned IOPS have a documented reason",
              "io1 and io2 cost several times as much as gp3, which offers up to 16,000 IOPS",
              "Set the volume type to gp3, or add an exemption that names the workload which needs the IOPS",
              checks=PROVISIONED_IOPS_ROWS),
    cost_rule(113, Severity.MEDIUM, "Logs have a retention period, of a week at least",
              "a log group without a retention period is kept, and charged, forever; records that are gone within the "
              "week are no help when a mistake is found later",
              "Set retention_in_days to a number of days, 7 at least",
              checks=LOG_ROWS),
    cost_rule(114, Severity.LOW, "Buckets, storage accounts and registries have a lifecycle policy",
              "without a lifecycle policy, data that nobody reads costs as much as data in use",
              "Add a BucketLifecycleConfiguration, ManagementPolicy or LifecyclePolicy for it",
              plan_predicate=_check_lifecycle, types=tuple(_LIFECYCLE)),
    cost_rule(115, Severity.LOW, "Databases, machines, accounts and gateways are of the current generation",
              "older generations cost more for the same work, and are retired eventually",
              "Use the newest generation of the same size, StorageV2, Standard_v2, WAF_v2 or Standard",
              checks=OLD_MACHINE_ROWS),
    cost_rule(116, Severity.MEDIUM, "SageMaker training jobs use spot capacity, checkpoints and a time limit",
              "spot costs about a third; without checkpoints, an interruption loses all progress",
              "Set enable_managed_spot_training, checkpoint_config.s3_uri and stopping_condition",
              checks=JOB_ROWS),
    cost_rule(129, Severity.LOW, "Snapshots are in standard storage, and backups expire",
              "a copy that nobody reads costs least in standard storage, and nothing once it is deleted",
              "Set the sku of the snapshot to Standard_LRS or Standard_ZRS, and delete_after of each rule of the plan "
              "to the days for which its copies are needed",
              # No rows of the rule: those settle a path, and FJ-ESC-115 also evaluates the days.
              checks=COPY_ROWS, predicate=rows_where(lambda _: True, _BACKUP_ROWS), types=types_of(_BACKUP_ROWS)),
    cost_rule(117, Severity.LOW, "Databases outside production have no standby replica",
              "a standby replica doubles the cost", "Enable high availability in production only",
              predicate=rows_where(is_non_production, REDUNDANCY_ROWS), types=types_of(REDUNDANCY_ROWS)),
)  # fmt: skip

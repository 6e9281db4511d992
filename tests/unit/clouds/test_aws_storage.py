"""Inputs that the emulated AWS rejects and accepts: buckets, file systems, registries and backups."""

import json

import pytest

from falaj.sandbox.clouds.values import Json, get_path
from tests.unit.clouds.aws_site import BUCKET, GROUP, INGRESS, Site
from tests.unit.clouds.driver import CreatedResource, Driver, Rejected, refused

EFS, TARGET, POINT = (
    "aws:efs/fileSystem:FileSystem",
    "aws:efs/mountTarget:MountTarget",
    "aws:efs/accessPoint:AccessPoint",
)
LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem"
LINK = "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
REPOSITORY, CACHE = "aws:ecr/repository:Repository", "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
TEMPLATE = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"
VAULT, LOCK = "aws:backup/vault:Vault", "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
PLAN, SELECTION = "aws:backup/plan:Plan", "aws:backup/selection:Selection"
KEY = "aws:kms/key:Key"
GOOD: dict[str, Json] = {"deploymentType": "PERSISTENT_2", "storageCapacity": 1200, "perUnitStorageThroughput": 125}


@pytest.fixture
def site(aws: Driver) -> Site:
    """A VPC with two subnets in two zones."""
    return Site(aws)


def lustre(site: Site, **changed: Json) -> CreatedResource:
    return site.aws.create(LUSTRE, "l", subnetIds=site.subnets[0].id, **{**GOOD, **changed})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"storageCapacity": 1000}, "must be 1200, 2400 or a multiple of 2400 GiB, got 1000"),
        ({"storageCapacity": 3600}, "got 3600"),
        ({"perUnitStorageThroughput": 200}, "must be one of [125, 250, 500, 1000], got 200"),
        ({"perUnitStorageThroughput": None}, "must be one of [125, 250, 500, 1000], got None"),
        ({"importPath": "s3://b"}, "not supported for PERSISTENT_2"),
        ({"deploymentType": "SCRATCH_2"}, "PerUnitStorageThroughput is not supported for SCRATCH_2"),
        ({"deploymentType": "SCRATCH_2", "perUnitStorageThroughput": None, "kmsKeyId": "k"},
         "KmsKeyId is not supported for deployment type SCRATCH_2"),
        ({"subnetIds": "subnet-0123456789abcdef0"}, "InvalidSubnetID.NotFound"),
    ],
)  # fmt: skip
def test_lustre(site: Site, changed: dict[str, Json], message: str) -> None:
    inputs: dict[str, Json] = {"subnetIds": site.subnets[0].id, **GOOD, **changed}
    text = refused(lambda: site.aws.create(LUSTRE, "l", **inputs))
    assert text.startswith("creating FSx LustreFileSystem: operation error FSx: CreateLustreFileSystem, api error ")
    assert message in text


def test_lustre_has_outputs_can_grow_and_blocks_deletion_of_its_subnet(site: Site) -> None:
    resource = lustre(site)
    assert resource["dnsName"] == f"{resource.id}.fsx.me-central-1.amazonaws.com"
    assert len(resource.text("mountName")) == 8
    assert resource["vpcId"] == site.vpc.id
    subnet: dict[str, Json] = {"subnetIds": site.subnets[0].id}
    assert not site.aws.diff(resource, **subnet, **{**GOOD, "storageCapacity": 2400}).replaces
    assert site.aws.diff(resource, **subnet, **{**GOOD, "deploymentType": "PERSISTENT_1"}).replaces == [
        "deploymentType"
    ]
    site.aws.update(resource, **subnet, **{**GOOD, "storageCapacity": 2400})
    assert "cannot be decreased from 2400 GiB to 1200 GiB" in refused(
        lambda: site.aws.update(resource, **subnet, **GOOD)
    )
    assert "DependencyViolation" in refused(lambda: site.aws.delete(site.subnets[0]))
    site.aws.delete(resource)
    site.aws.delete(site.subnets[0])


def test_lustre_needs_a_security_group_that_allows_its_port(site: Site) -> None:
    group = site.aws.create(GROUP, "g", vpcId=site.vpc.id)
    message = refused(lambda: lustre(site, securityGroupIds=[group.id]))
    assert "do not permit Lustre LNET network traffic on port 988" in message
    rule: dict[str, Json] = {"securityGroupId": group.id, "ipProtocol": "tcp", "fromPort": 988, "toPort": 988}
    site.aws.create(INGRESS, "r", **rule, referencedSecurityGroupId=group.id)
    resource = lustre(site, securityGroupIds=[group.id])
    assert "DependencyViolation" in refused(lambda: site.aws.delete(group))
    site.aws.delete(resource)


def test_associations_need_a_bucket_and_do_not_overlap(site: Site) -> None:
    system = lustre(site)
    for bucket in ("data-1", "data-2"):
        site.aws.create(BUCKET, bucket, bucket=bucket)

    def link(path: str, address: str) -> CreatedResource:
        inputs: dict[str, Json] = {"fileSystemPath": path, "dataRepositoryPath": address, "fileSystemId": system.id}
        return site.aws.create(LINK, path, **inputs)

    assert "The specified bucket does not exist" in refused(lambda: link("/a", "s3://none"))
    assert "must be in the format s3://" in refused(lambda: link("/a", "data-1"))
    link("/a", "s3://data-1")
    assert "FileSystemPath /a/b overlaps" in refused(lambda: link("/a/b", "s3://data-2"))
    assert "FileSystemPath / overlaps" in refused(lambda: link("/", "s3://data-2"))
    assert "DataRepositoryPath s3://data-1/x overlaps" in refused(lambda: link("/b", "s3://data-1/x"))
    link("/ab", "s3://data-2")
    site.aws.delete(system)  # deletes its data repository associations too


def test_a_zone_has_one_mount_target_and_its_file_system_cannot_be_deleted(site: Site) -> None:
    aws = site.aws
    system = aws.create(EFS, "f", encrypted=True)
    assert "FileSystemNotFound" in refused(
        lambda: aws.create(TARGET, "t", fileSystemId="fs-00000000", subnetId=site.subnets[0].id)
    )
    target = aws.create(TARGET, "t", fileSystemId=system.id, subnetId=site.subnets[0].id)
    assert target["availabilityZoneName"] == "me-central-1a"
    assert target["dnsName"] == system["dnsName"] == f"{system.id}.efs.me-central-1.amazonaws.com"
    same = site.subnet("10.0.9.0/24")
    message = refused(lambda: aws.create(TARGET, "u", fileSystemId=system.id, subnetId=same.id))
    assert "MountTargetConflict: mount target already exists in this AZ" in message
    other = aws.create(TARGET, "u", fileSystemId=system.id, subnetId=site.subnets[1].id)
    assert "FileSystemInUse" in refused(lambda: aws.delete(system))
    assert "DependencyViolation" in refused(lambda: aws.delete(site.subnets[0]))
    point = aws.create(POINT, "p", fileSystemId=system.id)
    assert point.id.startswith("fsap-")
    for resource in (target, other, point, system):
        aws.delete(resource)


def test_mount_targets_are_in_one_vpc(site: Site) -> None:
    system = site.aws.create(EFS, "f")
    site.aws.create(TARGET, "t", fileSystemId=system.id, subnetId=site.subnets[0].id)
    elsewhere = Site(site.aws)
    message = refused(lambda: site.aws.create(TARGET, "u", fileSystemId=system.id, subnetId=elsewhere.subnets[1].id))
    assert "not in the same VPC" in message


def test_file_systems_take_legal_choices(aws: Driver) -> None:
    assert "KmsKeyId can only be" in refused(lambda: aws.create(EFS, "f", encrypted=False, kmsKeyId="alias/k"))
    both: Json = [{"transitionToIa": "AFTER_30_DAYS", "transitionToPrimaryStorageClass": "AFTER_1_ACCESS"}]
    assert "only a single transition" in refused(lambda: aws.create(EFS, "f", lifecyclePolicies=both))
    with pytest.raises(Rejected):
        aws.create(EFS, "f", lifecyclePolicies=[{"transitionToIa": "AFTER_31_DAYS"}])
    with pytest.raises(Rejected):
        aws.create(EFS, "f", throughputMode="elastick")
    resource = aws.create(EFS, "f", encrypted=True)
    assert aws.diff(resource, encrypted=False).replaces == ["encrypted"]
    assert not aws.diff(resource, encrypted=True, throughputMode="elastic").replaces


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"transitions": [{"storageClass": "STANDARD_IA", "days": 29}]}, "greater than or equal to 30"),
        (
            {"transitions": [{"storageClass": "GLACIER_IR", "days": 60}], "expiration": {"days": 60}},
            "Expiration action",
        ),
    ],
)
def test_lifecycles_of_buckets(aws: Driver, rule: dict[str, Json], message: str) -> None:
    aws.create(BUCKET, "b", bucket="falaj-b")
    text = refused(
        lambda: aws.create(LIFECYCLE, "l", bucket="falaj-b", rules=[{"id": "r", "status": "Enabled", **rule}])
    )
    assert message in text


def test_intelligent_tiering_takes_objects_on_their_first_day(aws: Driver) -> None:
    aws.create(BUCKET, "b", bucket="falaj-b")
    rule: Json = {"id": "r", "status": "Enabled", "transitions": [{"storageClass": "INTELLIGENT_TIERING", "days": 0}]}
    aws.create(LIFECYCLE, "l", bucket="falaj-b", rules=[rule])
    wrong: Json = {"id": "r", "status": "Enabled", "transitions": [{"storageClass": "COLD", "days": 30}]}
    with pytest.raises(Rejected):
        aws.create(LIFECYCLE, "m", bucket="falaj-b", rules=[wrong])


def test_bucket_policies_name_the_bucket_only(aws: Driver) -> None:
    aws.create(BUCKET, "b", bucket="falaj-b")

    def policy(resource: str | list[str]) -> CreatedResource:
        text = json.dumps({"Statement": [{"Effect": "Deny", "Action": "s3:*", "Resource": resource}]})
        return aws.create(POLICY, "p", bucket="falaj-b", policy=text)

    assert "Policy has invalid resource" in refused(lambda: policy("arn:aws:s3:::falaj-bb/*"))
    assert "invalid Json" in refused(lambda: aws.create(POLICY, "p", bucket="falaj-b", policy="no"))
    policy(["arn:aws:s3:::falaj-b", "arn:aws:s3:::falaj-b/*"])


def test_repositories(aws: Driver) -> None:
    resource = aws.create(REPOSITORY, "r", name="uae/models")
    assert resource["repositoryUrl"] == "123456789012.dkr.ecr.me-central-1.amazonaws.com/uae/models"
    assert "already exists in the registry" in refused(lambda: aws.create(REPOSITORY, "s", name="uae/models"))
    keyed: Json = [{"encryptionType": "AES256", "kmsKey": "k"}]
    assert "kmsKey can only" in refused(lambda: aws.create(REPOSITORY, "s", encryptionConfigurations=keyed))
    with pytest.raises(Rejected):
        aws.create(REPOSITORY, "s", imageTagMutability="FROZEN")
    assert aws.diff(resource, name="uae/models", imageTagMutability="IMMUTABLE").changes
    assert not aws.diff(resource, name="uae/models", imageTagMutability="IMMUTABLE").replaces
    assert aws.diff(resource, name="uae/other").replaces == ["name"]


def test_policies_of_repositories(aws: Driver) -> None:
    aws.create(REPOSITORY, "r", name="uae/models")
    token, lifecycle = "aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:ecr/lifecyclePolicy:LifecyclePolicy"
    good = json.dumps({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:*"}]})
    assert "does not exist in the registry" in refused(lambda: aws.create(token, "p", repository="none", policy=good))
    wrong = json.dumps({"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Resource": "*"}]})
    assert "Invalid repository policy" in refused(lambda: aws.create(token, "p", repository="uae/models", policy=wrong))
    aws.create(token, "p", repository="uae/models", policy=good)

    def rules(*pairs: tuple[int, str, str]) -> CreatedResource:
        lifecycle_rules = [
            {"rulePriority": priority, "selection": {"tagStatus": status, "countType": kind}}
            for priority, status, kind in pairs
        ]
        policy = json.dumps({"rules": lifecycle_rules}).ljust(100)
        return aws.create(lifecycle, "l", repository="uae/models", policy=policy)

    count, age = "imageCountMoreThan", "sinceImagePushed"
    for bad in ((), ((1, "untagged", age), (1, "any", count)), ((1, "any", count), (2, "untagged", age)),
                ((1, "any", "never"),)):  # fmt: skip
        assert "Lifecycle policy validation failure" in refused(lambda bad=bad: rules(*bad))
    rules((1, "untagged", age), (2, "any", count))


def test_pull_through_caches(aws: Driver) -> None:
    def rule(prefix: str, upstream: str = "quay.io") -> CreatedResource:
        return aws.create(CACHE, prefix, ecrRepositoryPrefix=prefix, upstreamRegistryUrl=upstream)

    assert "requires a credential" in refused(lambda: rule("uae/hub", "registry-1.docker.io"))
    rule("uae/quay")
    assert "PullThroughCacheRuleAlreadyExists" in refused(lambda: rule("uae/quay"))
    template: dict[str, Json] = {"prefix": "uae/quay", "appliedFors": ["PULL_THROUGH_CACHE"]}
    tagged: Json = {"a": "b"}
    assert "customRoleArn is required" in refused(lambda: aws.create(TEMPLATE, "t", **template, resourceTags=tagged))
    aws.create(TEMPLATE, "t", **template)
    assert "TemplateAlreadyExists" in refused(lambda: aws.create(TEMPLATE, "u", **template))
    with pytest.raises(Rejected):
        aws.create(TEMPLATE, "u", prefix="x", appliedFors=["PULL"])


def test_backup_vaults(aws: Driver) -> None:
    vault = aws.create(VAULT, "v", name="vault")
    assert vault["arn"] == "arn:aws:backup:me-central-1:123456789012:backup-vault:vault"
    assert "AlreadyExistsException" in refused(lambda: aws.create(VAULT, "w", name="vault"))
    assert "does not exist" in refused(lambda: aws.create(LOCK, "l", backupVaultName="none"))
    crossed: dict[str, Json] = {"minRetentionDays": 10, "maxRetentionDays": 5}
    assert "Max retention days" in refused(lambda: aws.create(LOCK, "l", backupVaultName="vault", **crossed))
    assert "at least 3" in refused(lambda: aws.create(LOCK, "l", backupVaultName="vault", changeableForDays=2))
    lock = aws.create(LOCK, "l", backupVaultName="vault", minRetentionDays=5, maxRetentionDays=10)
    with aws.cloud.inventory.transaction() as transaction:
        [item] = transaction.find(VAULT)
        transaction.set_outputs(item, {**item.outputs, "recoveryPoints": 1})
    assert "contains recovery points" in refused(lambda: aws.delete(vault))
    aws.update(vault, name="vault", forceDestroy=True)
    aws.delete(lock)
    aws.delete(vault)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targetVaultName": "none"}, "Backup vault none does not exist"),
        ({"startWindow": 60, "completionWindow": 90}, "at least 60 minutes longer"),
        ({"lifecycle": {"coldStorageAfter": 30, "deleteAfter": 60}}, "90 days after"),
        ({"lifecycle": {"deleteAfter": 7}}, "outside that of the vault's lock"),
        ({"lifecycle": {"deleteAfter": 400}}, "outside that of the vault's lock"),
        ({}, "outside that of the vault's lock"),  # forever
    ],
)
def test_backup_plans(aws: Driver, change: dict[str, Json], message: str) -> None:
    aws.create(VAULT, "v", name="vault")
    aws.create(LOCK, "l", backupVaultName="vault", minRetentionDays=35, maxRetentionDays=365)
    rule: dict[str, Json] = {"ruleName": "nightly", "targetVaultName": "vault", **change}
    assert message in refused(lambda: aws.create(PLAN, "p", rules=[rule]))


def test_a_backup_plan_with_a_selection_cannot_be_deleted(aws: Driver) -> None:
    aws.create(VAULT, "v", name="vault")
    rule: Json = {"ruleName": "nightly", "targetVaultName": "vault", "lifecycle": {"deleteAfter": 35}}
    plan = aws.create(PLAN, "p", rules=[rule])
    role = "arn:aws:iam::999999999999:role/theirs"
    assert "plan none does not exist" in refused(
        lambda: aws.create(SELECTION, "s", planId="none", iamRoleArn=role, resources=["*"])
    )
    assert "must be specified" in refused(lambda: aws.create(SELECTION, "s", planId=plan.id, iamRoleArn=role))
    selection = aws.create(SELECTION, "s", planId=plan.id, iamRoleArn=role, resources=["arn:aws:s3:::*"])
    assert "selections must be deleted" in refused(lambda: aws.delete(plan))
    aws.delete(selection)
    aws.delete(plan)
    assert get_path(plan.values, "version")


def test_naming_the_region_of_the_provider_changes_nothing(aws: Driver) -> None:
    key = aws.create(KEY, "k")
    assert not aws.diff(key).changes
    assert not aws.diff(key, region="me-central-1").changes
    assert aws.diff(key, region="eu-west-1").replaces == ["region"]

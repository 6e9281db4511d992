"""Rules that need the whole plan: related resources, and locations that come from other resources."""

import pytest

from tests.samples import COST_TAGS as TAGS

from .cases import KEY
from .harness import UNKNOWN, Given, Pack, blocking

BUCKET = "aws:s3/bucket:Bucket"
SSE = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
GROUP = "azure-native:resources:ResourceGroup"
VNET = "azure-native:network:VirtualNetwork"
RULES = [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}}]


BLOCKED = Given(
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    dict.fromkeys(("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True),
    "account",
)


def _blocked_by(*plan: Given) -> set[str]:
    return blocking(Pack().evaluate_stack(*plan, BLOCKED)) - {"FJ-ENC-406"}  # these buckets have no policy


DEV_TAGS = TAGS | {"environment": "dev"}


def _bucket(name: str = "data", **props: object) -> Given:
    return Given(BUCKET, {"tags": DEV_TAGS, "lifecycleRules": [{"enabled": True}], **props}, name, stack="dev")


def test_a_bucket_needs_encryption_inline_or_as_a_separate_resource() -> None:
    other = Given(SSE, {"bucket": UNKNOWN, "rules": RULES}, "sse", links={"bucket": ("other",)})
    assert _blocked_by(_bucket()) == {"FJ-ENC-001"}
    assert _blocked_by(_bucket(), _bucket("other"), other) == {"FJ-ENC-001"}
    assert _blocked_by(_bucket("other"), other) == set()
    assert _blocked_by(_bucket(serverSideEncryptionConfiguration={"rule": RULES[0]})) == set()


def test_a_bucket_may_be_referenced_by_a_literal_name() -> None:
    assert (
        _blocked_by(_bucket(bucket="falaj-data"), Given(SSE, {"bucket": "falaj-data", "rules": RULES}, "sse")) == set()
    )
    assert _blocked_by(_bucket(bucket="falaj-data"), Given(SSE, {"bucket": "falaj", "rules": RULES}, "sse")) == {
        "FJ-ENC-001"
    }


def test_a_sql_server_needs_a_key_or_an_encryption_protector() -> None:
    def server(**props: object) -> Given:
        return Given("azure-native:sql:Server", {"tags": TAGS, "location": "uaenorth", **props}, "db", protect=True)

    protector = Given(
        "azure-native:sql:EncryptionProtector", {"serverName": UNKNOWN}, "p", links={"serverName": ("db",)}
    )
    assert _blocked_by(server()) == {"FJ-ENC-002"}
    assert _blocked_by(server(keyId=UNKNOWN)) == set()
    assert _blocked_by(server(), protector) == set()


@pytest.mark.parametrize("links", [{"resourceGroupName": ("rg",)}, {"location": ("rg",)}])
@pytest.mark.parametrize("props", [{}, {"location": UNKNOWN}])
@pytest.mark.parametrize(
    ("location", "expected"),
    [("uaenorth", set()), ("UAE Central", set()), ("westeurope", {"FJ-RES-201"}), (UNKNOWN, {"FJ-RES-201"})],
)
def test_an_azure_location_comes_from_the_resource_group(
    location: str, expected: set[str], props: dict[str, object], links: dict[str, tuple[str, ...]]
) -> None:
    group = Given(GROUP, {"location": location, "tags": TAGS}, "rg")
    net = Given(VNET, {"tags": TAGS, "resourceGroupName": UNKNOWN, **props}, "net", links=links)
    assert {item.rule for item in Pack().evaluate_stack(group, net) if "'net'" in item.text} == expected


def test_a_resource_group_may_be_referenced_by_name_and_an_unknown_one_blocks() -> None:
    group = Given(GROUP, {"resourceGroupName": "falaj", "location": "uaenorth", "tags": TAGS}, "rg")
    assert _blocked_by(group, Given(VNET, {"tags": TAGS, "resourceGroupName": "falaj"}, "net")) == set()
    assert _blocked_by(group, Given(VNET, {"tags": TAGS, "resourceGroupName": "other"}, "net")) == {"FJ-RES-201"}


def test_an_unknown_location_is_not_reported_by_resource_policies() -> None:
    assert Pack().evaluate_resource(Given(VNET, {"tags": TAGS, "location": UNKNOWN})) == []


def test_an_unknown_replica_region_is_the_region_of_its_source_resource() -> None:
    secret = Given(
        "aws:secretsmanager/secret:Secret",
        {"tags": TAGS, "kmsKeyId": UNKNOWN, "replicas": [{"region": UNKNOWN, "kmsKeyId": UNKNOWN}]},
        "secret",
        links={"replicas": ("key",)},
    )
    domestic = Given("aws:kms/alias:Alias", {}, "key")
    foreign = Given("aws:kms/alias:Alias", {}, "key", provider={"region": "eu-west-1"})
    assert _blocked_by(domestic, secret) == set()
    assert _blocked_by(foreign, secret) == {"FJ-RES-103"}
    assert _blocked_by(Given(secret.type, secret.props, "secret")) == {"FJ-RES-103"}


def test_s3_replicates_only_into_buckets_of_the_stack() -> None:
    def replication(target: str, **links: tuple[str, ...]) -> Given:
        rules = [{"destination": {"bucket": target}}]
        kind = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
        return Given(kind, {"bucket": UNKNOWN, "rules": rules}, "copy", links=links)

    bucket = _bucket(bucket="copies", serverSideEncryptionConfiguration={"rule": RULES[0]})
    assert _blocked_by(bucket, replication("arn:aws:s3:::copies")) == set()
    assert _blocked_by(bucket, replication(UNKNOWN, rules=("data",))) == set()
    assert _blocked_by(bucket, replication(UNKNOWN)) == {"FJ-RES-106"}
    assert _blocked_by(bucket, replication("arn:aws:s3:::elsewhere")) == {"FJ-RES-106"}


def test_a_kubeconfig_may_come_from_a_cluster_of_the_stack() -> None:
    cluster = Given("aws:eks/cluster:Cluster", {}, "cluster")
    provider = Given("pulumi:providers:kubernetes", {"kubeconfig": UNKNOWN}, "k8s", links={"kubeconfig": ("cluster",)})
    reports = Pack().evaluate_stack(cluster, provider)
    assert [item for item in reports if "'k8s'" in item.text] == []
    assert _blocked_by(Given("pulumi:providers:kubernetes", {"kubeconfig": UNKNOWN}, "k8s")) == {"FJ-RES-301"}


def test_looked_up_resources_are_not_evaluated_but_provide_their_location() -> None:
    foreign = Given(GROUP, {"location": "westeurope"}, "rg")
    domestic = Given(GROUP, {"location": "UAE North"}, "rg")
    net = Given(VNET, {"tags": TAGS, "location": UNKNOWN}, "net", links={"resourceGroupName": ("rg",)})
    assert Pack().evaluate_stack(read=(_bucket(), foreign)) == []
    assert blocking(Pack().evaluate_stack(net, read=(foreign,))) == {"FJ-RES-201"}
    assert Pack().evaluate_stack(net, read=(domestic,)) == []

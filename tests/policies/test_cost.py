"""Budgets, lifecycle policies and unused resources."""

from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.cost.machines import MACHINE_PATHS
from guardrails.cost.storage import REDUNDANCY_ROWS
from guardrails.engine.enforcement import Enforcement

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack

DEV_TAGS = TAGS | {"environment": "dev"}
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
EKS = Given("aws:eks/cluster:Cluster", {"tags": TAGS | {"site": "awsuae"}}, "eks")
AKS = Given("azure-native:containerservice:ManagedCluster", {"tags": TAGS | {"Tenant": "cards"}}, "aks")
NOTIFICATIONS = [{"threshold": 80, "subscriberEmailAddresses": ["finops@example.ae"]}]
BUDGET_RULES = ("FJ-COST-001", "FJ-COST-002", "FJ-COST-003")
AWS_BUDGET = "aws:budgets/budget:Budget"
AZURE_BUDGET = "azure-native:consumption:Budget"


def _pack_with_cost(settings: Mapping[str, Any] | None = None) -> Pack:
    return Pack(Enforcement.model_validate({"default": {}, "cost": settings or {}}))


def _budget_rules(*plan: Given, settings: Mapping[str, Any] | None = None) -> set[str]:
    reports = _pack_with_cost(settings).evaluate_stack(*plan)
    return {item.rule for item in reports if item.rule in BUDGET_RULES}


def _budget(name: str = "b", **props: Any) -> Given:
    return Given(AWS_BUDGET, {"limitAmount": "100", "notifications": NOTIFICATIONS, **props}, name)


def _azure_budget(name: str = "b") -> Given:
    return Given(AZURE_BUDGET, {"amount": 100, "notifications": {"a": {"contactEmails": ["finops@example.ae"]}}}, name)


def test_each_cloud_with_compute_has_a_budget() -> None:
    assert _budget_rules(STACK, Given("aws:s3/bucket:Bucket", {})) == set()
    assert _budget_rules(STACK, EKS) == {"FJ-COST-001"}
    assert _budget_rules(STACK, EKS, _budget("awsuae")) == set()
    assert _budget_rules(STACK, EKS, _azure_budget("awsuae")) == {"FJ-COST-001"}
    assert _budget_rules(STACK, AKS, _azure_budget("cards")) == set()
    assert _budget_rules(STACK, AKS, _budget("cards")) == {"FJ-COST-001"}
    external = {"budgets_elsewhere": {"prod-uae": "The account's budgets are kept by finance"}}
    assert _budget_rules(STACK, EKS, settings=external) == set()


def test_each_site_and_tenant_in_the_tags_has_a_budget() -> None:
    assert _budget_rules(STACK, EKS, _budget()) == {"FJ-COST-003"}
    filters: dict[str, Any] = {"filterExpression": {"tags": {"key": "site", "values": ["awsuae"]}}}
    assert _budget_rules(STACK, EKS, _budget(**filters)) == set()
    assert _budget_rules(STACK, AKS, _azure_budget("site-budget")) == {"FJ-COST-003"}
    assert _budget_rules(STACK, AKS, _azure_budget("cards-budget")) == set()


@pytest.mark.parametrize(
    ("token", "props", "refused"),
    [
        (AWS_BUDGET, {"limitAmount": "5", "notifications": NOTIFICATIONS}, False),
        (AWS_BUDGET, {"limitAmount": "5", "notifications": UNKNOWN}, True),
        (AWS_BUDGET, {"limitAmount": "5", "notifications": [{"subscriberSnsTopicArns": [UNKNOWN]}]}, False),
        (AWS_BUDGET, {"limitAmount": "5", "notifications": [{"subscriberEmailAddresses": []}]}, True),
        (AWS_BUDGET, {"limitAmount": "5"}, True),
        (AWS_BUDGET, {"notifications": NOTIFICATIONS}, True),
        (AWS_BUDGET, {"limitAmount": "0", "notifications": NOTIFICATIONS}, True),
        (AWS_BUDGET, {"autoAdjustData": {"autoAdjustType": "FORECAST"}, "notifications": NOTIFICATIONS}, False),
        (AZURE_BUDGET, {"amount": 5, "notifications": {"a": {"contactGroups": UNKNOWN}}}, False),
        (AZURE_BUDGET, {"amount": 5, "notifications": {"a": {"enabled": False, "contactRoles": ["Owner"]}}}, True),
        (AZURE_BUDGET, {"amount": 5, "notifications": {"a": {"threshold": 80}}}, True),
        (AZURE_BUDGET, {"amount": 5, "notifications": UNKNOWN_OBJECT}, True),
    ],
)
def test_a_budget_has_a_limit_and_recipients(token: str, props: dict[str, object], refused: bool) -> None:
    reports = {item.rule for item in Pack().evaluate_resource(Given(token, props)) if "COST" in item.rule}
    assert reports == ({"FJ-COST-002"} if refused else set())


def _resource_cost_rules(*plan: Given) -> set[str]:
    return {item.rule for item in Pack().evaluate_stack(*plan) if item.rule.startswith("FJ-COST-1")}


def test_storage_needs_a_lifecycle_policy() -> None:
    bucket = Given("aws:s3/bucket:Bucket", {"bucket": "data"}, "data")
    rule = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
    account = Given("azure-native:storage:StorageAccount", {}, "account")
    files = Given(account.type, {"kind": "FileStorage"}, "files")
    flows = {"storageId": UNKNOWN, "retentionPolicy": {"enabled": True, "days": 30}}
    repository = Given("aws:ecr/repository:Repository", {"name": "models"}, "models")
    for resource in (bucket, account, repository):
        assert _resource_cost_rules(resource) == {"FJ-COST-114"}
    assert _resource_cost_rules(bucket, Given(rule, {"bucket": "other"}, "r")) == {"FJ-COST-114"}
    assert _resource_cost_rules(bucket, Given(rule, {"bucket": UNKNOWN}, "r", links={"bucket": ("data",)})) == set()
    assert _resource_cost_rules(files) == set()
    policy = Given("azure-native:storage:ManagementPolicy", {}, "p", links={"accountName": ("account",)})
    assert _resource_cost_rules(account, policy) == set()
    log = "azure-native:network:FlowLog"
    assert _resource_cost_rules(account, Given(log, flows, "flows", links={"storageId": ("account",)})) == set()
    without_retention = flows | {"retentionPolicy": {"enabled": False}}
    assert _resource_cost_rules(account, Given(log, without_retention, "flows", links={"storageId": ("account",)})) == {
        "FJ-COST-114"
    }
    assert (
        _resource_cost_rules(
            repository, Given("aws:ecr/lifecyclePolicy:LifecyclePolicy", {"repository": "models"}, "l")
        )
        == set()
    )


def test_unused_addresses_and_load_balancers_are_reported() -> None:
    address = Given("aws:ec2/eip:Eip", {"domain": "vpc"}, "address")
    public = Given("azure-native:network:PublicIPAddress", {}, "public")
    front = Given("aws:lb/loadBalancer:LoadBalancer", {}, "front")
    assert _resource_cost_rules(address) == _resource_cost_rules(public) == {"FJ-COST-121"}
    assert _resource_cost_rules(front) == {"FJ-COST-122"}
    nat = Given("azure-native:network:NatGateway", {}, "nat", links={"publicIpAddresses": ("public",)})
    subnet = Given("azure-native:network:Subnet", {}, "subnet", links={"natGateway": ("nat",)})
    assert _resource_cost_rules(public, nat, subnet) == set()
    assert _resource_cost_rules(Given(address.type, {"networkInterface": UNKNOWN}, "address")) == set()
    allocated = Given(address.type, {"allocationId": "eipalloc-1"}, "address")
    assert (
        _resource_cost_rules(
            allocated, Given("aws:ec2/eipAssociation:EipAssociation", {"allocationId": "eipalloc-1"}, "a")
        )
        == set()
    )
    listener = Given("aws:lb/listener:Listener", {"port": 443}, "l", links={"loadBalancerArn": ("front",)})
    assert _resource_cost_rules(front, listener) == set()


def test_non_production_has_one_nat_gateway_and_no_standby_database() -> None:
    def nat(name: str, tags: dict[str, str] = DEV_TAGS) -> Given:
        return Given("aws:ec2/natGateway:NatGateway", {"tags": tags}, name)

    unused = {"FJ-COST-125"}
    assert _resource_cost_rules(nat("a")) == _resource_cost_rules(nat("a", TAGS), nat("b", TAGS)) == unused
    assert _resource_cost_rules(nat("a"), nat("b")) == {"FJ-COST-123", *unused}
    other_cloud = Given("azure-native:network:NatGateway", {"tags": DEV_TAGS}, "b")
    assert "FJ-COST-123" not in _resource_cost_rules(nat("a"), other_cloud)
    for tags, refused in ((DEV_TAGS, True), (TAGS, False)):
        database = Given("aws:rds/instance:Instance", {"multiAz": True, "tags": tags})
        reports = {item.rule for item in Pack().evaluate_resource(database)} & {"FJ-COST-117"}
        assert reports == ({"FJ-COST-117"} if refused else set())


NAMESPACE = "kubernetes:core/v1:Namespace"
QUOTA = "kubernetes:core/v1:ResourceQuota"


def _cluster_cost_rules(*plan: Given) -> set[str]:
    return {item.rule for item in Pack().evaluate_stack(*plan) if item.rule.startswith("FJ-COST-3")}


def test_a_tenant_has_a_quota() -> None:
    def namespace(labels: dict[str, str], name: str = "cards") -> Given:
        return Given(NAMESPACE, {"metadata": {"name": name, "labels": labels}}, "space")

    tenant = namespace({"falaj/tenant": "cards"})
    assert _cluster_cost_rules(namespace({})) == set()
    assert _cluster_cost_rules(tenant) == {"FJ-COST-301"}
    assert _cluster_cost_rules(tenant, Given(QUOTA, {"metadata": {"namespace": "cards"}}, "q")) == set()
    assert _cluster_cost_rules(tenant, Given(QUOTA, {"metadata": {"namespace": "loans"}}, "q")) == {"FJ-COST-301"}
    linked = Given(QUOTA, {"metadata": {"namespace": UNKNOWN}}, "q", links={"metadata": ("space",)})
    assert _cluster_cost_rules(tenant, linked) == set()


@pytest.mark.parametrize(
    ("limits", "spec", "refused"),
    [
        ({"nvidia.com/gpu": "1"}, {}, True),
        ({"nvidia.com/gpu": "1"}, {"activeDeadlineSeconds": 60}, False),
        ({"nvidia.com/gpu": "1"}, {"activeDeadlineSeconds": UNKNOWN}, False),
        ({"memory": "1Gi"}, {}, False),
    ],
)
def test_jobs_with_gpus_have_a_deadline(limits: dict[str, str], spec: dict[str, object], refused: bool) -> None:
    container = {"name": "train", "image": "x:1", "resources": {"limits": limits}}
    job = {**spec, "template": {"spec": {"containers": [container]}}}
    for token, props in (("Job", {"spec": job}), ("CronJob", {"spec": {"jobTemplate": {"spec": job}}})):
        reports = {item.rule for item in Pack().evaluate_resource(Given(f"kubernetes:batch/v1:{token}", props))}
        assert reports & {"FJ-COST-302"} == ({"FJ-COST-302"} if refused else set())


def test_the_sdks_have_the_properties() -> None:
    declared = [(row.path, token) for row in REDUNDANCY_ROWS for token in row.tokens]
    declared += [(path, token) for token, paths in MACHINE_PATHS.items() for path in paths]
    for path, token in declared:
        package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
        first = path.split(".")[0].rstrip("?").removesuffix("[*]")
        assert first in sdk(package).schema(token).inputs, (token, path)

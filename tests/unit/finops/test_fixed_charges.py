"""Charges that follow from the existence of a resource, types that are free, and types that are charged by use."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.type_charges import TypeCharge, type_charges
from falaj.finops.estimate import CHARGED
from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN
from falaj.sandbox.clouds.sdk_schema import sdk

from .plans import plan, priced, urn

AWS = ("pulumi:providers:aws", "site", {"region": "me-central-1"})
PROVIDER = {"provider": urn("pulumi:providers:aws", "site")}
TASK = ("aws:ecs/taskDefinition:TaskDefinition", "task", {"cpu": "2048", "memory": "4096"})
HOURS = 730


def _lines(kind: str, props: dict[str, Any], **more: Any) -> Any:
    return priced(plan(AWS, (*TASK, PROVIDER), (kind, "it", props, PROVIDER | more))).lines


@pytest.mark.parametrize(
    ("kind", "props", "expected"),
    [
        ("aws:route53/zone:Zone", {}, {"zone": 1}),
        ("aws:secretsmanager/secret:Secret", {}, {"secret": 1}),
        ("aws:wafv2/webAcl:WebAcl", {"rules": [{}, {}]}, {"web-acl": 1, "rule": 2}),
        ("aws:wafv2/webAclRule:WebAclRule", {}, {"rule": 1}),
        ("aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation", {}, {"rule": 1}),
        ("aws:ec2/vpnConnection:VpnConnection", {}, {"connection": HOURS}),
        ("aws:route53/resolverEndpoint:ResolverEndpoint", {"ipAddresses": [{}, {}, {}]},
         {"resolver-endpoint": 3 * HOURS}),
        ("aws:route53/resolverEndpoint:ResolverEndpoint", {"ipAddresses": UNKNOWN}, {"resolver-endpoint": 2 * HOURS}),
        ("aws:redshift/cluster:Cluster", {"nodeType": "ra3.16xlarge", "numberOfNodes": 100},
         {"ra3.16xlarge": 100 * HOURS}),
    ],
)  # fmt: skip
def test_a_charge_follows_from_existence_and_size(kind: str, props: dict[str, Any], expected: dict[str, int]) -> None:
    lines = _lines(kind, props)
    assert {line.charge.sku: line.charge.quantity.expected for line in lines} == expected
    assert all(line.priced and line.usd.expected > 0 for line in lines)


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("aws:redshift/cluster:Cluster", {"nodeType": "ra3.large"}),
        ("aws:redshift/cluster:Cluster", {"nodeType": "ra3.16xlarge", "numberOfNodes": UNKNOWN}),
        ("aws:ecs/service:Service", {"launchType": "FARGATE", "desiredCount": 5}),
        ("aws:ecs/service:Service", {"launchType": UNKNOWN}),
        ("aws:dynamodb/table:Table", {"readCapacity": 40_000}),
        *(
            ("aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex", index)
            for index in (
                {},
                {"onDemandThroughput": UNKNOWN},
                {"provisionedThroughput": {"readCapacityUnits": 40_000}},
                {"onDemandThroughput": {"maxReadRequestUnits": 5}, "warmThroughput": {"readUnitsPerSecond": 9_000_000}},
            )
        ),
        ("aws:apigateway/stage:Stage", {"cacheClusterEnabled": True}),
        ("azure-native:cognitiveservices:Deployment", {"sku": {"name": "GlobalProvisionedManaged", "capacity": 9}}),
        ("azure-native:cognitiveservices:Deployment", {"sku": {"name": UNKNOWN}}),
        ("azure-native:app:ContainerApp", {"template": {"scale": {"minReplicas": 300}}}),
        ("azure-native:web:AppServicePlan", {"sku": {"name": "K1"}}),
        ("azure-native:containerservice:Fleet", {"hubProfile": {"dnsPrefix": "hub"}}),
        ("azure-native:datafactory:IntegrationRuntime", {"properties": {"ssisProperties": {"edition": "Standard"}}}),
        ("azure-native:sql:Database", {"sku": {"name": "BC_M_8"}}),
        ("azure-native:cosmosdb:SqlResourceSqlContainer", {"options": {"throughput": 1_000_000}}),
        ("aws:redshift/scheduledAction:ScheduledAction", {"targetAction": {"resizeCluster": {"numberOfNodes": 100}}}),
        ("aws:redshift/scheduledAction:ScheduledAction", {"targetAction": UNKNOWN}),
        ("aws:batch/computeEnvironment:ComputeEnvironment", {"computeResources": {"minVcpus": UNKNOWN}}),
        ("aws:batch/computeEnvironment:ComputeEnvironment", {"computeResources": UNKNOWN}),
    ],
)
def test_what_exists_without_a_price_is_no_charge_by_use(kind: str, props: dict[str, Any]) -> None:
    assert [line.charge.basis for line in _lines(kind, props) if not line.priced] == [Basis.BASELINE]


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        ("aws:lambda/function:Function", {}),
        ("aws:dynamodb/table:Table", {"billingMode": "PAY_PER_REQUEST"}),
        ("aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex", {"onDemandThroughput": {"maxReadRequestUnits": 5}}),
        ("aws:opensearch/outboundConnection:OutboundConnection", {}),
        ("aws:apigateway/stage:Stage", {"cacheClusterEnabled": False}),
        (
            "aws:redshift/scheduledAction:ScheduledAction",
            {"targetAction": {"pauseCluster": {"clusterIdentifier": "dwh"}}},
        ),
        ("azure-native:web:AppServicePlan", {"sku": {"name": "Y1"}}),
        ("azure-native:containerservice:Fleet", {}),
        ("azure-native:datafactory:IntegrationRuntime", {"properties": {"type": "SelfHosted"}}),
        ("azure-native:cosmosdb:SqlResourceSqlContainer", {"options": {}}),
        ("aws:batch/computeEnvironment:ComputeEnvironment", {"computeResources": {"minVcpus": 0, "maxVcpus": 64}}),
        ("azure-native:cognitiveservices:Deployment", {"sku": {"name": "Standard", "capacity": 30}}),
        ("azure-native:app:ContainerApp", {"template": {"scale": {"minReplicas": 0}}}),
    ],
)
def test_what_is_charged_by_use_costs_nothing_unused(kind: str, props: dict[str, Any]) -> None:
    (line,) = _lines(kind, props)
    assert not line.priced
    assert line.charge.basis is Basis.USAGE
    assert line.charge.quantity.expected == 0


@pytest.mark.parametrize("kind", ["aws:kms/externalKey:ExternalKey", "aws:kms/replicaKey:ReplicaKey"])
def test_a_key_costs_the_same_wherever_its_material_is_from(kind: str) -> None:
    """AWS KMS pricing, "Key storage", read 2026-12-02."""
    (key, _) = _lines(kind, {})
    assert key.charge == _lines("aws:kms/key:Key", {})[0].charge


def test_tasks_on_fargate_are_priced_by_size_and_those_on_machines_are_free() -> None:
    props = {"launchType": "FARGATE", "desiredCount": 3}
    linked = {"dependencies": {"taskDefinition": [urn(TASK[0], "task")]}}
    lines = _lines("aws:ecs/service:Service", props, **linked)
    assert {line.charge.sku: line.charge.quantity.expected for line in lines} == {
        "vcpu": Decimal(6) * HOURS,
        "gib": Decimal(12) * HOURS,
    }
    least = ("aws:appautoscaling/target:Target", "t", {"serviceNamespace": "ecs", "minCapacity": 100})
    service = ("aws:ecs/service:Service", "it", props, PROVIDER | linked)
    scaled = priced(plan(AWS, (*TASK, PROVIDER), service, least)).lines
    assert {line.charge.quantity.expected for line in scaled} == {200 * HOURS, 400 * HOURS}
    assert _lines("aws:ecs/service:Service", {"launchType": "EC2", "desiredCount": 3}) == ()


def test_a_listed_type_exists_and_has_no_meter() -> None:
    assert not type_charges().keys() & CHARGED
    for package in ("aws", "azure-native"):
        listed = {token for token in type_charges() if token.startswith(f"{package}:")}
        assert listed <= set(sdk(f"pulumi_{package.replace('-', '_')}").tokens)


@pytest.mark.parametrize(
    "kind",
    [
        "aws:sagemaker/endpoint:Endpoint",
        "aws:rds/instance:Instance", "aws:ec2/dedicatedHost:DedicatedHost", "aws:ecs/taskSet:TaskSet",
        "aws:ec2/capacityBlockReservation:CapacityBlockReservation", "aws:emr/cluster:Cluster",
        "aws:bedrock/provisionedModelThroughput:ProvisionedModelThroughput", "aws:shield/subscription:Subscription",
        "aws:savingsplans/savingsPlan:SavingsPlan", "aws:kinesis/stream:Stream", "aws:msk/cluster:Cluster",
        "aws:rds/shardGroup:ShardGroup", "aws:dynamodb/contributorInsights:ContributorInsights",
        "aws:wafregional/webAcl:WebAcl", "aws:wafv2/webAclRule:WebAclRule", "aws:lb/trustStore:TrustStore",
        "aws:ssmincidents/responsePlan:ResponsePlan", "aws:servicediscovery/instance:Instance",
        "azure-native:machinelearningservices:Job", "azure-native:machinelearningservices:Compute",
        "azure-native:network:ApplicationGateway", "azure-native:network:DdosProtectionPlan",
        "azure-native:web:AppServicePlan", "azure-native:kusto:Cluster", "azure-native:avs:PrivateCloud",
        "azure-native:dbforpostgresql:ServerGroupCluster", "azure-native:storage:EncryptionScope",
        "azure-native:search:SharedPrivateLinkResource", "azure-native:machinelearningservices:Registry",
        "azure-native:machinelearningservices:ManagedNetworkSettingsRule",
        "azure-native:guestconfiguration:GuestConfigurationHCRPAssignment",
    ],
)  # fmt: skip
def test_what_costs_by_size_or_time_is_in_no_list(kind: str) -> None:
    assert kind not in type_charges()


@pytest.mark.parametrize("kind", ["azure-native:powerplatform:Account", "azure-native:graphservices:Account"])
def test_accounts_that_exist_to_be_billed_are_charged_by_use(kind: str) -> None:
    """Power Platform bills a subscription through its billing policies, Microsoft Graph its metered interfaces."""
    assert type_charges()[kind] is TypeCharge.USE


def test_both_groups_are_known() -> None:
    assert set(type_charges().values()) == set(TypeCharge)


@pytest.mark.parametrize("pool", ["/subscriptions/s/elasticPools/p", UNKNOWN], ids=["known", "of the stack"])
def test_a_database_in_a_pool_is_paid_for_with_the_pool(pool: Any) -> None:
    assert list(_lines("azure-native:sql:Database", {"elasticPoolId": pool})) == []


@pytest.mark.parametrize(("family", "source", "is_charged"), [
    ("ipv4", "amazon", True), ("ipv6", "amazon", False), ("ipv4", "byoip", False), ("ipv4", None, False),
    (UNKNOWN, "amazon", True), ("ipv4", UNKNOWN, True), ("ipv6", UNKNOWN, False),
])  # fmt: skip
def test_public_addresses_of_ipv4_that_aws_provides_are_charged(family: Any, source: Any, is_charged: bool) -> None:
    props = {"addressFamily": family, "ipamScopeId": "s", **({} if source is None else {"publicIpSource": source})}
    lines = list(_lines("aws:ec2/vpcIpamPool:VpcIpamPool", props))
    assert bool(lines) is is_charged
    assert all(line.price.usd is None for line in lines)

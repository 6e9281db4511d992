"""Data residency: regions and locations in every spelling, and missing or unknown ones."""

import json
from collections.abc import Mapping

import pytest
from guardrails.engine.enforcement import Enforcement

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules, secret

PACK = Pack()
SUBNET = "aws:ec2/subnet:Subnet"
ROUTES = "aws:ec2/route:Route"
FOREIGN = "eu-west-1"


Props = Mapping[str, object]


def _blocked_by(token: str, props: Props, provider: Props | None = None, name: str = "site") -> set[str]:
    resource = Given(token, {"tags": TAGS, **props}, provider=provider, provider_name=name)
    return blocking(PACK.evaluate_resource(resource)) - {"FJ-ESC-112"}  # some types here are made up


@pytest.mark.parametrize(
    ("props", "provider", "expected"),
    [
        ({}, {"region": "me-central-1"}, set()),
        ({}, {"region": FOREIGN}, {"FJ-RES-101"}),
        ({}, {"region": "me-south-1"}, {"FJ-RES-101"}),
        ({}, {}, {"FJ-RES-101"}),
        ({}, {"region": UNKNOWN}, {"FJ-RES-101"}),
        ({}, {"region": secret(FOREIGN)}, {"FJ-RES-101"}),
        ({"region": FOREIGN}, {"region": "me-central-1"}, {"FJ-RES-101"}),
        ({"region": "me-central-1"}, {"region": FOREIGN}, set()),
        ({"region": UNKNOWN}, {"region": "me-central-1"}, {"FJ-RES-101"}),
    ],
)
def test_the_region_of_an_aws_resource_comes_from_it_or_its_provider(
    props: Props, provider: Props, expected: set[str]
) -> None:
    assert _blocked_by(ROUTES, props, provider) == expected


@pytest.mark.parametrize(
    ("props", "stopped"), [({"region": FOREIGN}, True), ({}, True), ({"region": "me-central-1"}, False)]
)
def test_an_aws_provider_needs_a_region_in_the_uae(props: Props, stopped: bool) -> None:
    assert _blocked_by("pulumi:providers:aws", props, {}) == ({"FJ-RES-101"} if stopped else set())


@pytest.mark.parametrize(
    "token",
    ["aws:iam/rolePolicy:RolePolicy", "aws:budgets/budgetAction:BudgetAction", "aws:route53/record:Record",
     "aws:costexplorer/anomalyMonitor:AnomalyMonitor", "aws:organizations/policyAttachment:PolicyAttachment"],
)  # fmt: skip
def test_listed_global_services_may_use_a_provider_of_any_region(token: str) -> None:
    assert _blocked_by(token, {}, {"region": "us-east-1"}) == set()


@pytest.mark.parametrize(
    "token",
    ["aws:cloudfront/function:Function", "aws:globalaccelerator/listener:Listener", "aws:waf/ipSet:IpSet",
     "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment"],
)  # fmt: skip
def test_other_global_services_are_refused(token: str) -> None:
    assert _blocked_by(token, {}) == {"FJ-RES-102"}


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:dynamodb/tableReplica:TableReplica", {"kmsKeyArn": UNKNOWN, "x": {"regionName": FOREIGN}}),
        ("aws:ecr/replicationConfiguration:ReplicationConfiguration",
         {"replicationConfiguration": {
             "rules": [{"destinations": [{"region": "me-central-1"}, {"region": FOREIGN}]}]}}),
        ("aws:efs/replicationConfiguration:ReplicationConfiguration",
         {"destination": {"region": FOREIGN, "fileSystemId": "fs-1"}}),
        ("aws:keyspaces/keyspaceX:X", {"replicationSpecification": {"regionLists": ["me-central-1", FOREIGN]}}),
        ("aws:rds/snapshotCopyX:X", {"destinationRegion": FOREIGN}),
        ("aws:ec2/vpcPeeringConnectionX:X", {"peerRegion": FOREIGN}),
        ("aws:cloudformation/stackInstancesX:X", {"regions": [FOREIGN]}),
        ("aws:bcmdata/export:Export",
         {"export": {"destinationConfigurations": [{"s3Destinations": [{"s3Region": FOREIGN}]}]}}),
        ("aws:cognito/userPoolX:X", {"smsConfiguration": {"snsRegion": FOREIGN}}),
    ],
)  # fmt: skip
def test_any_property_that_names_a_foreign_aws_region_is_refused(token: str, props: Props) -> None:
    assert _blocked_by(token, props) == {"FJ-RES-103"}


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (
            "aws:costexplorer/anomalySubscription:AnomalySubscription",
            {"subscribers": [{"type": "SNS", "address": "{}"}]},
        ),
        ("aws:budgets/budget:Budget", {"limitAmount": "9", "notifications": [{"subscriberSnsTopicArns": ["{}"]}]}),
        ("aws:budgets/budgetAction:BudgetAction", {"subscribers": [{"subscriptionType": "SNS", "address": "{}"}]}),
        ("aws:cloudwatch/metricAlarm:MetricAlarm", {"alarmActions": ["{}"]}),
    ],
)
def test_cost_alerts_are_sent_to_topics_in_the_uae(token: str, props: Props) -> None:
    props_by_region = {region: json.loads(json.dumps(props).replace("{}", f"arn:aws:sns:{region}:123456789012:money"))
            for region in ("us-east-1", "me-central-1")}  # fmt: skip
    provider = {"region": "me-central-1"}
    assert _blocked_by(token, props_by_region["us-east-1"], provider) == {"FJ-RES-104"}
    assert _blocked_by(token, props_by_region["me-central-1"], provider) == set()


def test_billing_data_may_be_exported_to_a_bucket_in_the_uae() -> None:
    destination = {"s3Region": "me-central-1", "s3Bucket": UNKNOWN}
    props = {"export": {"name": "bill", "destinationConfigurations": [{"s3Destinations": [destination]}]}}
    assert _blocked_by("aws:bcmdata/export:Export", props, {"region": "me-central-1"}) == set()


def test_aggregating_from_foreign_regions_passes() -> None:
    props = {"accountAggregationSource": {"regions": [FOREIGN]}}
    assert _blocked_by("aws:cfg/configurationAggregator:ConfigurationAggregator", props) == set()


@pytest.mark.parametrize(
    ("token", "stopped"),
    [
        ("arn:aws:codeconnections:eu-west-1:123456789012:connection/1", False),
        ("arn:aws:codestar-connections:eu-west-1:123456789012:connection/1", False),
        ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:x", True),
    ],
)
def test_a_credential_of_codebuild_names_a_connection_anywhere(token: str, stopped: bool) -> None:
    props = {"authType": "CODECONNECTIONS", "serverType": "GITHUB", "token": token}
    refused = _blocked_by("aws:codebuild/sourceCredential:SourceCredential", props, {"region": "me-central-1"})
    assert refused == ({"FJ-RES-104"} if stopped else set())


@pytest.mark.parametrize(
    ("arn", "stopped"),
    [
        ("arn:aws:backup:eu-west-1:123456789012:backup-vault:x", True),
        ("arn:aws:backup:me-central-1:123456789012:backup-vault:x", False),
        ("arn:aws:iam::123456789012:role/x", False),
        ("arn:aws:s3:::bucket", False),
        ("arn:aws:backup:*:123456789012:x", False),
        (UNKNOWN, False),
    ],
)
def test_arns_of_foreign_regions_are_refused(arn: str, stopped: bool) -> None:
    kept = {"deleteAfter": 35}
    props = {"rules": [{"lifecycle": kept, "copyActions": [{"destinationVaultArn": arn, "lifecycle": kept}]}]}
    assert _blocked_by("aws:backup/plan:Plan", props) == ({"FJ-RES-104"} if stopped else set())


@pytest.mark.parametrize("location", ["uaenorth", "UAE North", "UAENORTH", "uae-central", "UAE Central"])
def test_azure_locations_in_the_uae_pass_in_every_spelling(location: str) -> None:
    props = {"location": location}
    assert _blocked_by("azure-native:resources:ResourceGroup", props) == set()


@pytest.mark.parametrize("location", ["westeurope", "West Europe", "qatarcentral", "global", "", "uae", 7])
def test_foreign_azure_locations_are_refused(location: object) -> None:
    props = {"location": location}
    assert _blocked_by("azure-native:resources:ResourceGroup", props) == {"FJ-RES-201"}


@pytest.mark.parametrize(
    "token",
    ["azure-native:network/v20240101:NatGateway", "azure-native_network_v20240101:network:NatGateway"],
)
def test_versioned_azure_tokens_are_evaluated_alike(token: str) -> None:
    assert _blocked_by(token, {"location": "westus"}) == {"FJ-RES-201"}


@pytest.mark.parametrize(
    "props",
    [
        {"locations": [{"locationName": "UAE North"}, {"locationName": "West Europe"}]},
        {"publishingProfile": {"targetRegions": [{"name": "uaenorth"}, {"name": "East US 2"}]}},
        {"dataProtection": {"replication": {"remoteVolumeRegion": "southafricanorth"}}},
        {"linkedRedisCacheLocation": "North Europe"},
        {"additionalLocations": [{"location": "swedencentral"}]},
        {"regionDetails": [{"location": "centralindia"}]},
    ],
)
def test_any_property_that_names_a_foreign_azure_location_is_refused(props: Props) -> None:
    assert _blocked_by("azure-native:some:Thing", props) == {"FJ-RES-202"}


def test_properties_whose_names_only_resemble_locations_pass() -> None:
    props = {
        "extendedLocation": {"name": "x", "type": "CustomLocation"},
        "secretsLocation": "/mnt/secrets",
        "region": "UAE North",
    }
    assert _blocked_by("azure-native:some:Thing", props) == set()


def test_listed_global_azure_services_pass() -> None:
    for token in ("azure-native:monitor:ActionGroup", "azure-native:insights:ActionGroup"):
        receivers = {"emailReceivers": [{"name": "finops", "emailAddress": "finops@example.ae"}]}
        assert _blocked_by(token, {**receivers, "location": "Global"}) == set()
        assert _blocked_by(token, {**receivers, "location": "swedencentral"}) == {"FJ-RES-201"}
        assert _blocked_by(token, receivers) == set()
    budget = {"amount": 9, "notifications": {"all": {"contactEmails": ["finops@example.ae"]}}}
    assert _blocked_by("azure-native:consumption:Budget", budget) == set()


EKS = "https://0A1B.gr7.me-central-1.eks.amazonaws.com"
AKS = "https://falaj-1a2b.hcp.uaenorth.azmk8s.io:443"


def _kubeconfig(*servers: str) -> str:
    return json.dumps({"clusters": [{"name": "c", "cluster": {"server": server}} for server in servers]})


@pytest.mark.parametrize(
    ("props", "stopped"),
    [
        ({"kubeconfig": _kubeconfig(EKS)}, False),
        ({"kubeconfig": secret(_kubeconfig(AKS))}, False),
        ({"kubeconfig": "clusters:\n- cluster:\n    server: " + EKS}, False),
        ({"kubeconfig": _kubeconfig(EKS.replace("me-central-1", FOREIGN))}, True),
        ({"kubeconfig": _kubeconfig(EKS, "https://10.0.0.1:6443")}, True),
        ({"kubeconfig": _kubeconfig("https://evil.example?x.me-central-1.eks.amazonaws.com")}, True),
        ({"kubeconfig": "/home/me/.kube/config"}, True),
        ({"kubeconfig": "{"}, True),
        ({"context": "somewhere"}, True),
        ({}, True),
    ],
)
def test_a_kubernetes_provider_connects_to_a_cluster_in_the_uae(props: Props, stopped: bool) -> None:
    assert _blocked_by("pulumi:providers:kubernetes", props) == ({"FJ-RES-301"} if stopped else set())


def test_ambient_kubeconfigs_are_refused() -> None:
    assert _blocked_by("kubernetes:core/v1:ConfigMap", {}, {}, "default_4_34_2") == {"FJ-RES-301"}
    assert _blocked_by("kubernetes:core/v1:ConfigMap", {}, {}, "default") == {"FJ-RES-301"}
    assert _blocked_by("kubernetes:core/v1:ConfigMap", {}, {}, "default-cluster") == set()
    assert _blocked_by("kubernetes:core/v1:ConfigMap", {}, {"kubeconfig": _kubeconfig(EKS)}, "default_4_34_2") == set()


def test_listed_clusters_pass_by_server_or_context() -> None:
    allowed = ["https://10.0.0.1:6443", "bank-onprem"]
    settings = Enforcement.model_validate({"default": {}, "kubernetes": {"allowed_clusters": allowed}})
    kind = "pulumi:providers:kubernetes"
    assert blocking(Pack(settings).evaluate_resource(Given(kind, {"kubeconfig": _kubeconfig(allowed[0])}))) == set()
    assert blocking(Pack(settings).evaluate_resource(Given(kind, {"context": allowed[1]}))) == set()
    assert blocking(Pack(settings).evaluate_resource(Given(kind, {"context": "other"}))) == {"FJ-RES-301"}


def test_messages_never_repeat_a_secret() -> None:
    reports = PACK.evaluate_resource(Given(ROUTES, {"region": secret("pa$$word/with+signs")}))
    assert rules(reports) == {"FJ-RES-101"}
    assert "pa$$word" not in reports[0].text

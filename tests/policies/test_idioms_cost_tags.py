"""Good idioms of platform teams, on which the rules of cost and tags must be silent.

They follow the usual shapes of published modules (terraform-aws-modules, awsx, EKS Blueprints, Azure Verified Modules),
but were written from memory: none was looked up. The cost tags are those of this pack.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT
from tests.samples import COST_TAGS as TAGS
from tests.samples import DEV_TAGS

from .harness import UNKNOWN, Given, Pack, Report

PACK = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
RULES = ("FJ-COST-001", "FJ-COST-002", "FJ-COST-003", "FJ-COST-004", "FJ-COST-005", "FJ-COST-119", "FJ-TAG-")
CLUSTER = "https://ABCDEF0123456789ABCDEF0123456789.gr7.me-central-1.eks.amazonaws.com"
KUBE = {"kubeconfig": json.dumps({"clusters": [{"name": "c", "cluster": {"server": CLUSTER}}]})}


@dataclass(frozen=True)
class Idiom:
    """A plan of a platform team, in a stack of its name."""

    name: str
    plan: tuple[Given, ...]
    stack: str = "prod-uae"

    def __str__(self) -> str:
        return self.name


def _aws(token: str, name: str = "it", links: dict[str, tuple[str, ...]] | None = None, **props: Any) -> Given:
    return Given(f"aws:{token}", {"tags": TAGS, **props}, name, links=links or {})


def _azure(token: str, name: str = "it", **props: Any) -> Given:
    return Given(f"azure-native:{token}", {"location": "uaenorth", "tags": TAGS, **props}, name)


def _kube(token: str, name: str = "it", **props: Any) -> Given:
    return Given(f"kubernetes:{token}", {"metadata": {"name": name, "namespace": "team", "labels": TAGS}, **props},
                 name, provider=KUBE)  # fmt: skip


MAIL = {"subscriberEmailAddresses": ["finops@example.ae"], "threshold": 80, "notificationType": "ACTUAL",
        "comparisonOperator": "GREATER_THAN", "thresholdType": "PERCENTAGE"}  # fmt: skip
BUDGET = _aws("budgets/budget:Budget", "budget", budgetType="COST", timeUnit="MONTHLY", limitUnit="USD",
              limitAmount="20000", notifications=[MAIL])  # fmt: skip
AZURE_BUDGET = Given("azure-native:consumption:Budget", {
    "amount": 20_000, "category": "Cost", "timeGrain": "Monthly", "scope": "/subscriptions/1",
    "timePeriod": {"startDate": "2026-12-01T00:00:00Z"},
    "notifications": {"a": {"enabled": True, "operator": "GreaterThan", "threshold": 80, "contactEmails": ["a@b.ae"]},
                      "f": {"enabled": True, "operator": "GreaterThan", "threshold": 110, "contactEmails": ["a@b.ae"],
                            "thresholdType": "Forecasted"}}}, "budget")  # fmt: skip
INSTANCE = _aws("ec2/instance:Instance", "web", instanceType="m6i.large", volumeTags=TAGS)
SPECIFICATIONS = [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume", "network-interface")]
TEMPLATE = _aws("ec2/launchTemplate:LaunchTemplate", "lt", instanceType="m6i.large", tagSpecifications=SPECIFICATIONS)
LAUNCHED = {"launchTemplate": ("lt",)}
GROUP_TAGS = [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]
OVERRIDES = {"overrides": [{"instanceType": kind} for kind in ("m6i.large", "m6i.xlarge")]}
FILTERED = replace(BUDGET, props={**BUDGET.props, "filterExpression": {
    "ands": [{"tags": {"key": "project", "values": ["arabic-llm"]}},
             {"not": {"dimensions": {"key": "RECORD_TYPE", "values": ["Credit", "Refund"]}}}]}})  # fmt: skip

IDIOMS = (
    Idiom("vpc with public and private subnets", (
        _aws("ec2/vpc:Vpc", "vpc"), _aws("ec2/subnet:Subnet", "a"), _aws("ec2/internetGateway:InternetGateway", "igw"),
        _aws("ec2/eip:Eip", "eip"), _aws("ec2/natGateway:NatGateway", "nat"), _aws("ec2/routeTable:RouteTable", "rt"),
        Given("aws:ec2/route:Route", {}, "r"), _aws("ec2/flowLog:FlowLog", "flow"),
        _aws("ec2/vpcDhcpOptions:VpcDhcpOptions", "dhcp"), Given("aws:ec2/networkAclRule:NetworkAclRule", {}, "acl"),
        _aws("ec2/vpcEndpoint:VpcEndpoint", "s3", vpcEndpointType="Gateway"))),
    Idiom("one machine, with a budget", (INSTANCE, BUDGET)),
    Idiom("a machine, with a budget by tags without credits", (INSTANCE, FILTERED)),
    Idiom("a machine, with a budget for the account", (INSTANCE, replace(BUDGET, props={
        **BUDGET.props, "costFilters": [{"name": "LinkedAccount", "values": ["123456789012"]}]}))),
    Idiom("a machine, with an annual budget", (INSTANCE, replace(BUDGET, props={
        **BUDGET.props, "timeUnit": "ANNUALLY", "limitAmount": "200000"}))),
    Idiom("auto scaling group with mixed instances", (
        TEMPLATE, BUDGET,
        Given("aws:autoscaling/group:Group", {
            "minSize": 1, "maxSize": 6, "desiredCapacity": 2, "tags": GROUP_TAGS, "mixedInstancesPolicy": {
                "launchTemplate": {"launchTemplateSpecification": {"launchTemplateId": UNKNOWN}, **OVERRIDES},
                "instancesDistribution": {"onDemandBaseCapacity": 1, "onDemandPercentageAboveBaseCapacity": 50}}},
            "group", links={"mixedInstancesPolicy": ("lt",)}),
        Given("aws:autoscaling/policy:Policy", {}, "policy"))),
    Idiom("eks with a managed node group", (
        TEMPLATE, BUDGET, _aws("eks/cluster:Cluster", "eks", version="1.34"),
        _aws("eks/nodeGroup:NodeGroup", "nodes", LAUNCHED, instanceTypes=["m6i.large"], launchTemplate={"id": UNKNOWN},
             scalingConfig={"minSize": 1, "maxSize": 3, "desiredSize": 2}),
        _aws("eks/addon:Addon", "coredns", addonName="coredns"), _aws("eks/accessEntry:AccessEntry", "entry"),
        _aws("iam/openIdConnectProvider:OpenIdConnectProvider", "oidc"), _aws("iam/role:Role", "role"))),
    Idiom("ec2 fleet of a launch template", (
        TEMPLATE, BUDGET,
        _aws("ec2/fleet:Fleet", "fleet", {"launchTemplateConfigs": ("lt",)},
             targetCapacitySpecification={"totalTargetCapacity": 2, "defaultTargetCapacityType": "spot"},
             launchTemplateConfigs=[{"launchTemplateSpecification": {"launchTemplateId": UNKNOWN}, **OVERRIDES}]))),
    Idiom("spot fleet with tagged specifications", (BUDGET, _aws(
        "ec2/spotFleetRequest:SpotFleetRequest", "spot", targetCapacity=2,
        launchSpecifications=[{"ami": "a", "instanceType": "m6i.large", "tags": TAGS}]))),
    Idiom("batch on spot from zero", (BUDGET, _aws(
        "batch/computeEnvironment:ComputeEnvironment", "batch", type="MANAGED",
        computeResources={"type": "SPOT", "minVcpus": 0, "maxVcpus": 64, "instanceTypes": ["m6i"], "tags": TAGS}),
        _aws("batch/jobQueue:JobQueue", "queue"), _aws("batch/jobDefinition:JobDefinition", propagateTags=True))),
    Idiom("batch on Fargate", (BUDGET, _aws(
        "batch/computeEnvironment:ComputeEnvironment", "batch", type="MANAGED",
        computeResources={"type": "FARGATE", "maxVcpus": 16}),)),
    Idiom("bucket with a lifecycle", (
        _aws("s3/bucket:Bucket", "b"), Given("aws:s3/bucketVersioning:BucketVersioning", {}, "v"),
        Given("aws:s3/bucketAcl:BucketAcl", {}, "a"), Given("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
                                                           {}, "c"),
        Given("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {"bucket": UNKNOWN, "rules": [
            {"id": "log", "status": "Enabled", "filter": {"prefix": "log/"}, "expiration": {"days": 90}},
            {"id": "abort", "status": "Enabled", "filter": {"prefix": ""},
             "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}]}, "l", links={"bucket": ("b",)}))),
    Idiom("serverless api", (
        _aws("lambda/function:Function", "f"), _aws("cloudwatch/logGroup:LogGroup", "log", retentionInDays=30),
        _aws("apigatewayv2/api:Api", "api"), Given("aws:apigatewayv2/integration:Integration", {}, "i"),
        Given("aws:apigatewayv2/route:Route", {}, "r"), _aws("apigatewayv2/stage:Stage", "s"),
        Given("aws:lambda/permission:Permission", {}, "p"), _aws("sqs/queue:Queue", "q"),
        _aws("dynamodb/table:Table", "t", billingMode="PAY_PER_REQUEST"), _aws("sfn/stateMachine:StateMachine", "m"),
        _aws("lambda/eventSourceMapping:EventSourceMapping", "e"), _aws("sns/topic:Topic", "topic"),
        _aws("cognito/userPool:UserPool", "users"), Given("aws:cognito/userPoolClient:UserPoolClient", {}, "client"),
        _aws("cloudwatch/eventRule:EventRule", "rule"), Given("aws:cloudwatch/eventTarget:EventTarget", {}, "et"))),
    Idiom("fargate service behind a load balancer", (
        _aws("ecs/cluster:Cluster", "c"), _aws("ecs/taskDefinition:TaskDefinition", "task", cpu="512", memory="1024"),
        _aws("ecs/service:Service", "s", {"taskDefinition": ("task",)}, launchType="FARGATE", desiredCount=2,
             propagateTags="SERVICE", taskDefinition=UNKNOWN),
        _aws("lb/loadBalancer:LoadBalancer", "lb", loadBalancerType="application"),
        _aws("lb/targetGroup:TargetGroup", "tg"), _aws("lb/listener:Listener", "l"),
        _aws("appautoscaling/target:Target", "t", serviceNamespace="ecs", minCapacity=2),
        Given("aws:appautoscaling/policy:Policy", {}, "p"), _aws("ecr/repository:Repository", "r"))),
    Idiom("keys, secrets and parameters", (
        _aws("kms/key:Key", "k"), Given("aws:kms/alias:Alias", {}, "a"), _aws("secretsmanager/secret:Secret", "s"),
        Given("aws:secretsmanager/secretVersion:SecretVersion", {}, "v"), _aws("ssm/parameter:Parameter", "p"),
        Given("aws:secretsmanager/secretRotation:SecretRotation", {}, "r"), _aws("acm/certificate:Certificate", "c"))),
    Idiom("names, waf and dashboards", (
        _aws("route53/zone:Zone", "z"), Given("aws:route53/record:Record", {}, "r"),
        _aws("wafv2/webAcl:WebAcl", "waf", rules=[{}]), _aws("cloudwatch/metricAlarm:MetricAlarm", "alarm"),
        Given("aws:wafv2/webAclAssociation:WebAclAssociation", {}, "wa"),
        Given("aws:cloudwatch/dashboard:Dashboard", {}, "d"), _aws("cloudtrail/trail:Trail", "trail"))),
    Idiom("data platform", (
        _aws("glue/job:Job", "j"), _aws("glue/catalogDatabase:CatalogDatabase", "db"),
        _aws("glue/crawler:Crawler", "c"),
        _aws("athena/workgroup:Workgroup", "w"), _aws("kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "f"),
        Given("aws:lakeformation/permissions:Permissions", {}, "p"))),
    Idiom("serverless model endpoint", (BUDGET, _aws("sagemaker/model:Model", "m"), _aws(
        "sagemaker/endpointConfiguration:EndpointConfiguration", "e",
        productionVariants=[{"modelName": "m", "serverlessConfig": {"maxConcurrency": 5, "memorySizeInMb": 2048}}]))),
    Idiom("bedrock guardrail and agent", (
        _aws("bedrock/guardrail:Guardrail", "g"), _aws("bedrock/agentAgent:AgentAgent", "a"),
        _aws("bedrock/agentKnowledgeBase:AgentKnowledgeBase", "k"))),
    Idiom("security baseline", (
        _aws("guardduty/detector:Detector", "g"), Given("aws:securityhub/account:Account", {}, "s"),
        _aws("cfg/rule:Rule", "r"), Given("aws:cfg/recorder:Recorder", {}, "rec"),
        _aws("accessanalyzer/analyzer:Analyzer", "aa"), Given("aws:inspector2/enabler:Enabler", {}, "i"))),
    Idiom("hub attachment, vpn and resolver", (
        _aws("ec2transitgateway/vpcAttachment:VpcAttachment", "a"), _aws("ec2/vpnConnection:VpnConnection", "v"),
        _aws("ec2/customerGateway:CustomerGateway", "g"), _aws("route53/resolverEndpoint:ResolverEndpoint", "r"),
        _aws("ram/resourceShare:ResourceShare", "s"))),
    Idiom("two warehouse nodes", (BUDGET, _aws("redshift/cluster:Cluster", "w", nodeType="ra3.4xlarge",
                                               numberOfNodes=2))),
    Idiom("karpenter pool and node class", (
        _kube("karpenter.k8s.aws/v1:EC2NodeClass", "class", spec={"tags": TAGS}),)),
    Idiom("deployment with a service", (
        _kube("apps/v1:Deployment", "app", spec={"replicas": 2, "template": {
            "metadata": {"labels": TAGS}, "spec": {"containers": [{"name": "a", "image": "x:1"}]}}}),
        _kube("core/v1:Service", "svc", spec={"type": "ClusterIP"}), _kube("core/v1:ConfigMap", "cm", data={}),
        _kube("core/v1:Namespace", "team"))),
    Idiom("aks with two pools", (
        AZURE_BUDGET, _azure("resources:ResourceGroup", "rg"),
        _azure("containerservice:ManagedCluster", "aks", agentPoolProfiles=[
            {"name": "system", "mode": "System", "vmSize": "Standard_D4s_v5", "count": 2, "tags": TAGS}]),
        _azure("containerservice:AgentPool", "user", vmSize="Standard_D8s_v5", count=1))),
    Idiom("storage account with a private endpoint", (
        _azure("storage:StorageAccount", "sa", sku={"name": "Standard_ZRS"}), Given(
            "azure-native:storage:BlobContainer", {}, "c"), _azure("network:PrivateEndpoint", "pe"),
        _azure("privatedns:PrivateZone", "z", location="global"), Given(
            "azure-native:network:PrivateDnsZoneGroup", {}, "g"), _azure("keyvault:Vault", "kv"))),
    Idiom("azure landing zone", (
        _azure("network:VirtualNetwork", "vnet"), Given("azure-native:network:Subnet", {}, "s"),
        _azure("network:NetworkSecurityGroup", "nsg"), _azure("network:RouteTable", "rt"),
        _azure("network:NatGateway", "nat"), _azure("operationalinsights:Workspace", "log"),
        Given("azure-native:monitor:DiagnosticSetting", {}, "d"), _azure("managedidentity:UserAssignedIdentity", "id"),
        Given("azure-native:authorization:PolicyAssignment", {}, "pa"), _azure("recoveryservices:Vault", "rsv"))),
    Idiom("azure openai by tokens", (
        _azure("cognitiveservices:Account", "a"), Given("azure-native:cognitiveservices:Deployment", {
            "sku": {"name": "Standard", "capacity": 30}, "tags": TAGS}, "d"),
        _azure("machinelearningservices:Workspace", "ml"))),
    Idiom("functions on a consumption plan", (
        _azure("web:AppServicePlan", "plan", sku={"name": "Y1", "tier": "Dynamic"}), _azure("web:WebApp", "f"),
        _azure("applicationinsights:Component", "ai"), _azure("app:ContainerApp", "ca", template={"scale": {
            "minReplicas": 0, "maxReplicas": 10}}))),
    Idiom("scale set of two machines", (AZURE_BUDGET, _azure(
        "compute:VirtualMachineScaleSet", "vmss", sku={"name": "Standard_D2s_v5", "capacity": 2}))),
    Idiom("a development stack without protection", (
        Given("aws:s3/bucket:Bucket", {"tags": DEV_TAGS}, "b", stack="team-dev"),), "team-dev"),
    Idiom("a stack without an environment in its name", (
        Given("aws:s3/bucket:Bucket", {"tags": TAGS}, "b", stack="payments"),
        Given("aws:sqs/queue:Queue", {"tags": TAGS}, "q", stack="payments")), "payments"),
    Idiom("tags of the provider's defaults, and a resource's own", (
        Given("aws:sqs/queue:Queue", {"tags": {"Name": "x"}}, "q", provider={
            "region": "me-central-1", "defaultTags": {"tags": TAGS | {"owner": "qa-team", "business-unit": "hr"}}}),)),
)  # fmt: skip


def _alarms(idiom: Idiom) -> list[Report]:
    stack = Given("pulumi:pulumi:Stack", {}, name=f"falaj-{idiom.stack}", provider={}, stack=idiom.stack)
    plan = (stack, *idiom.plan)
    return [item for item in PACK.evaluate_plan(*plan) if item.mandatory and item.rule.startswith(RULES)]


@pytest.mark.parametrize("idiom", IDIOMS, ids=str)
def test_a_good_idiom_raises_no_alarm(idiom: Idiom) -> None:
    assert [item.text for item in _alarms(idiom)] == []

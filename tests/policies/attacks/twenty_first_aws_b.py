"""Attacks on AWS: records, machines, money and tags (2026-12-01, twenty-first set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-12-01: AWS Network Firewall ("Firewall policy settings": policy
variables override HOME_NET), Amazon GuardDuty ("Uninstalling security agent for ECS-EC2 Bottlerocket resources": the
package AmazonGuardDuty-RuntimeMonitoringSsmPlugin). All else as known.
"""

from ..blind import KEY, ME, TAGS, aws
from . import Attack
from .cost_services import AWS, STACK

ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-RSL-")
RSL = ("FJ-RSL-", "FJ-ESC-115")
COST = ("FJ-COST-",)
R = "me-central-1"
MACHINE = {
    "ami": "ami-0123456789abcdef0", "instanceType": "m7g.large", "subnetId": "subnet-1", "tags": TAGS,
    "vpcSecurityGroupIds": ["sg-1"], "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
    "volumeTags": TAGS, "iamInstanceProfile": "app", "disableApiTermination": True, "monitoring": True,
    "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 40}}  # fmt: skip
SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZ6fXv7bVYx0mJq0Jk3rT9n2o5WmQeR8sUuYpLkHdCz contractor"
LOGIN = f"""#cloud-config
ssh_pwauth: true
users:
  - name: support
    sudo: ALL=(ALL) NOPASSWD:ALL
    lock_passwd: false
    ssh_authorized_keys:
      - {SSH}
"""
QUIET = """#!/bin/bash
systemctl disable --now auditd amazon-cloudwatch-agent amazon-guardduty-agent
auditctl -e 0
systemctl start orders
"""
FIREWALL = {
    "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": ["aws:forward_to_sfe"],
    "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER"},
    "statefulDefaultActions": ["aws:drop_established", "aws:alert_established"],
    "statefulRuleGroupReferences": [{"priority": 1, "resourceArn":
        f"arn:aws:network-firewall:{R}:aws-managed:stateful-rulegroup/ThreatSignaturesMalwareStrictOrder"}],
    "policyVariables": {"ruleVariables": [
        {"key": "HOME_NET", "ipSet": {"definitions": ["192.0.2.0/24"]}}]}}  # fmt: skip

ATTACKS = (
    Attack("a contractor signs in to every machine with a password or a key of his own", ("FJ-IDN-", *ESC), (
        aws("ec2/Instance", {**MACHINE, "userData": LOGIN}),),
        "major", "the account never ends, and no record names the person (cloud-init, 'Users and groups')"),
    Attack("machines start without records of who did what", RSL + ESC, (
        aws("ec2/Instance", {**MACHINE, "userData": QUIET}),),
        "major", "an intruder is neither seen nor traced (Linux Audit, auditctl(8): -e 0 disables)"),
    Attack("rules of the firewall protect a network that nobody has", ESC, (aws("networkfirewall/FirewallPolicy", {
        "name": "egress", "firewallPolicy": FIREWALL, "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY}}),),
        "major", "rules from HOME_NET match nothing of the bank's traffic (AWS Network Firewall, 'Firewall policy "
        "settings')"),
    Attack("an association removes the sensor of GuardDuty from every machine", ESC, (aws("ssm/Association", {
        "associationName": "sensors", "name": "AWS-ConfigureAWSPackage", "scheduleExpression": "rate(30 minutes)",
        "targets": [{"key": "InstanceIds", "values": ["*"]}], "tags": TAGS,
        "parameters": {"action": "Uninstall", "name": "AmazonGuardDuty-RuntimeMonitoringSsmPlugin"}}),),
        "major", "attacks on machines are seen by nobody (Amazon GuardDuty, 'Uninstalling the security agent')"),
    Attack("snapshots of the ledger live for one day", RSL, (aws("dlm/LifecyclePolicy", {
        "description": "Ledger", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED", "tags": TAGS,
        "policyDetails": {"resourceTypes": ["VOLUME"], "targetTags": {"app": "ledger"}, "schedules": [{
            "name": "daily", "copyTags": True, "createRule": {"interval": 24, "intervalUnit": "HOURS"},
            "retainRule": {"interval": 1, "intervalUnit": "DAYS"}}]}}),),
        "major", "damage that is found on Monday is in every copy (Amazon Data Lifecycle Manager, 'RetainRule')"),
    Attack("a table reserves forty thousand reads and writes a second", COST, (STACK, AWS, aws("dynamodb/Table", {
        "name": "orders", "hashKey": "id", "attributes": [{"name": "id", "type": "S"}], "tags": TAGS,
        "billingMode": "PROVISIONED", "readCapacity": 40000, "writeCapacity": 40000,
        "deletionProtectionEnabled": True, "pointInTimeRecovery": {"enabled": True},
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}}, provider_name="site"),),
        "major", "the capacity is charged by the hour, used or not: more than 20,000 USD a month (Amazon DynamoDB, "
        "'Provisioned capacity mode')"),
    Attack("a cache reserves five terabytes of memory", COST, (STACK, AWS, aws("elasticache/ServerlessCache", {
        "name": "sessions", "engine": "valkey", "kmsKeyId": KEY, "userGroupId": "app", "tags": TAGS,
        "subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"],
        "cacheUsageLimits": {"dataStorage": {"minimum": 5000, "maximum": 5000, "unit": "GB"},
                             "ecpuPerSeconds": [{"maximum": 5000}]}}, provider_name="site"),),
        "major", "the minimum is charged, used or not, by the hour (Amazon ElastiCache, 'Scaling ElastiCache "
        "Serverless', minimum limits)"),
    Attack("a schedule resizes the warehouse to a hundred large nodes", (*COST, "FJ-ESC-102", "FJ-ESC-115"), (
        STACK, AWS, aws("redshift/ScheduledAction", {
            "name": "month-end", "schedule": "cron(0 1 2 * ? *)", "iamRole": f"arn:aws:iam::{ME}:role/scheduler",
            "enable": True, "targetAction": {"resizeCluster": {
                "clusterIdentifier": "warehouse", "classic": False, "clusterType": "multi-node",
                "nodeType": "ra3.16xlarge", "numberOfNodes": 100}}}, provider_name="site")),
        "major", "nothing makes it small again: about 950,000 USD a month (Amazon Redshift, 'Resizing clusters')"),
)  # fmt: skip

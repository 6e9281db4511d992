"""Attacks by which a change is deployed that nobody approved, and by findings of which nobody hears (2026-12-02,
twenty-sixth set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-12-02: AWS CodeCommit,
"CreateApprovalRuleTemplate" (who is in the pool of approvers); Amazon EventBridge, "Using resource-based policies", and
"Why isn't my Amazon SNS topic receiving EventBridge notifications?" (the policy of a topic must let events in);
jenkinsci/github-branch-source-plugin, `gitHubTrustEveryone` (trusts each author of a pull request from a fork, found as
a string); manifests of Kargo with `promotionPolicies` of a ProjectConfig (found as strings); Azure Logic Apps, "Handle
errors and exceptions" (an action runs after the states that `runAfter` lists).
"""

import json

from ..blind import GROUP, HERE, KEY, ME, TAGS, aws, az, crd
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_fourth_money_b import CODE, OF_PROGRAMS, text

LOGIC = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
REVIEWS = ("FJ-ESC-", "FJ-IDN-")
UNHEARD = ("FJ-EXP-", "FJ-RSL-", "FJ-ESC-115")
JOBS = """\
jenkins:
  numExecutors: 0
jobs:
  - script: >
      multibranchPipelineJob('platform') {
        branchSources {
          branchSource {
            source {
              github {
                id('platform')
                credentialsId('github-app')
                repoOwner('bank')
                repository('platform')
                traits {
                  gitHubBranchDiscovery { strategyId(1) }
                  gitHubForkDiscovery {
                    strategyId(1)
                    trust { gitHubTrustEveryone() }
                  }
                }
              }
            }
          }
        }
      }
"""
TOPIC = aws("sns/Topic", {"name": "security", "kmsMasterKeyId": KEY, "tags": TAGS}, "security")
RULE = aws("cloudwatch/EventRule", {
    "name": "findings", "tags": TAGS, "eventPattern": json.dumps({
        "source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]})}, "findings")  # fmt: skip


def approvals(*pool: str, needed: int = 1, branches: tuple[str, ...] = ("refs/heads/main",)) -> tuple[Given, ...]:
    """Returns who approves changes of a repository of CodeCommit."""
    content = {"Version": "2018-11-08", "DestinationReferences": list(branches), "Statements": [
        {"Type": "Approvers", "NumberOfApprovalsNeeded": needed, "ApprovalPoolMembers": list(pool)}]}  # fmt: skip
    return (
        aws("codecommit/ApprovalRuleTemplate", {
            "name": "reviews", "description": "Reviews of the platform", "content": json.dumps(content)}, "reviews"),
        aws("codecommit/ApprovalRuleTemplateAssociation", {
            "approvalRuleTemplateName": "reviews", "repositoryName": "platform"}, "platform", links={
                "approvalRuleTemplateName": ("reviews",)}))  # fmt: skip


def release(*states: str, **conditions: object) -> tuple[Given, ...]:
    """Returns a workflow that asks for an approval and then releases a change."""
    asked = {
        "type": "ApiConnectionWebhook",
        "runAfter": {},
        "limit": {"timeout": "PT1H"},
        "inputs": {
            "host": {"connection": {"name": "@parameters('$connections')['office365']['connectionId']"}},
            "path": "/approvalmail/$subscriptions",
            "body": {
                "NotificationUrl": "@listCallbackUrl()",
                "Message": {
                    "To": "releases@example.ae",
                    "Subject": "Release of the platform",
                    "Options": "Approve, Reject",
                },
            },
        },
    }
    started = {"type": "ApiConnection", "runAfter": {"Ask_for_approval": list(states)}, "inputs": {
        "host": {"connection": {"name": "@parameters('$connections')['azureautomation']['connectionId']"}},
        "method": "put", "path": f"{GROUP}/jobs", "queries": {"runbookName": "release"}}}  # fmt: skip
    actions = {"Ask_for_approval": asked, "Release": started, **conditions}
    return (az("logic:Workflow", {
        **HERE, "workflowName": "release", "state": "Enabled", "identity": {"type": "SystemAssigned"}, "definition": {
            "$schema": LOGIC, "contentVersion": "1.0.0.0", "parameters": {
                "$connections": {"type": "Object", "defaultValue": {}}},
            "triggers": {"daily": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": actions},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []}, "contents": {"allowedCallerIpAddresses": [
            {"addressRange": "10.20.0.0/16"}]}}}, "release"),)  # fmt: skip


ATTACKS = (
    Attack("the role that deploys approves the changes that it deploys", REVIEWS, approvals(
        f"arn:aws:sts::{ME}:assumed-role/pulumi-deployer/*", f"arn:aws:sts::{ME}:assumed-role/codebuild-platform/*"),
        "critical", "one step of a build approves each change, and nobody has to look at it"),
    Attack("whoever forks a repository changes the pipeline that has its secrets", OF_PROGRAMS, text(
        "jenkins-jobs", "jobs.yaml", JOBS),
        "critical", "a pull request of a stranger brings its own Jenkinsfile, which reads each secret of the job"),
    Attack("each version that passes the test is promoted to production by itself", CODE, (
        crd("kargo.akuity.io/v1alpha1:ProjectConfig", {"promotionPolicies": [
            {"stageSelector": {"name": "test"}, "autoPromotionEnabled": True},
            {"stageSelector": {"name": "prod"}, "autoPromotionEnabled": True}]}, "payments"),),
        "critical", "whatever reaches the registry is in production minutes later, and nobody agreed to it"),
    Attack("a release goes on when nobody answers the question about it", CODE, release("Succeeded", "TimedOut"),
        "critical", "an hour after the mail the change is in production, and a refusal has the same end"),
    Attack("findings go to a topic that does not let them in", UNHEARD, (
        TOPIC, RULE, aws("cloudwatch/EventTarget", {"rule": "findings", "arn": UNKNOWN}, "target", links={
            "rule": ("findings",), "arn": ("security",)}),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": json.dumps({"Version": "2012-10-17", "Statement": [{
            "Sid": "Alarms", "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}, {
                "Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]})},
            "policy", links={"arn": ("security",)}),
        aws("sns/TopicSubscription", {
            "topic": UNKNOWN, "protocol": "email", "endpoint": "soc@example.ae"}, "soc", links={
                "topic": ("security",)})),
        "critical", "each finding of GuardDuty is refused by the topic, and the people on watch see a quiet mailbox"),
)  # fmt: skip

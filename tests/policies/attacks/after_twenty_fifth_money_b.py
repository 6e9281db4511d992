"""Other spellings of the twenty-fifth set's attacks by which a change is deployed that nobody reviewed (2026-12-02).

Properties by pulumi-aws 7.51.1 and pulumi-kubernetes; the sources are those of the rules.
"""

import json

from ..blind import ME, aws, release, workload
from ..harness import Given
from . import Attack
from .tenth_aws import R
from .twenty_fifth_money_b import BUILDS, HOURS, approved, project, renovate
from .twenty_first_money import flow
from .twenty_fourth_money_b import DEPLOY, text
from .twenty_second_money_b import PIPELINE, SOURCE, stage

OF_PROGRAMS, SWITCHED = ("FJ-IDN-313",), ("FJ-ESC-115",)
ASK = f"arn:aws:sns:{R}:{ME}:approvals"
WINDOW = HOURS["condition"]["rules"][0]  # type: ignore[index]
ALARM = {"condition": {"result": "SKIP", "rules": [{**WINDOW, "name": "alarm", "ruleTypeId": {
    **WINDOW["ruleTypeId"], "provider": "CloudWatchAlarm"}, "configuration": {  # type: ignore[dict-item]
        "AlarmName": "busy", "AlarmStates": "ALARM"}}]}}  # fmt: skip
KEEPER = """\
keeper:
  queries:
  - repos:
    - bank/platform
    labels:
    - skip-review
"""
TIDE = """\
tide:
  queries:
  - repos: [bank/docs]
    labels: [lgtm, approved]
  - repos: [bank/platform]
    includedBranches: [main]
"""


def env(name: str, value: str) -> tuple[Given, ...]:
    """Returns a workload whose container has a variable."""
    return (workload("apps/v1:Deployment", {"env": [{"name": name, "value": value}]}),)


ATTACKS = (
    Attack("a project without filters writes the cache from which the deployment builds", ("FJ-ESC-111",), (
        BUILDS, project("checks-of-changes"), project("deploy-bank"), aws("codebuild/Webhook", {
            "projectName": "checks-of-changes", "buildType": "BUILD"}, "hook")), "critical"),
    Attack("a variable says which commands the dependency bot runs", OF_PROGRAMS, env(
        "RENOVATE_ALLOWED_COMMANDS", json.dumps(["^.+$"])), "critical"),
    Attack("the dependency bot runs commands by the old name of the setting", OF_PROGRAMS, renovate(
        allowedPostUpgradeCommands=[".*"]), "critical"),
    Attack("programs of repositories read the token of the dependency bot", OF_PROGRAMS, renovate(
        exposeAllEnv=True), "critical"),
    Attack("the dependency bot merges everything by a preset, without tests", OF_PROGRAMS, renovate(
        extends=["config:recommended", ":skipStatusChecks"], automerge=True), "critical"),
    Attack("the dependency bot approves its own changes and merges them", OF_PROGRAMS, renovate(
        automerge=True, autoApprove=True), "critical"),
    Attack("one of two queries of a bot asks for no approval", OF_PROGRAMS, text("config", "config.yaml", TIDE),
           "critical"),
    Attack("a bot merges what has a label that skips the review", OF_PROGRAMS, text("config", "config.yaml", KEEPER),
           "critical"),
    Attack("an argument lets forks plan with the role of the deployer", OF_PROGRAMS, (workload("apps/v1:Deployment", {
        "command": ["atlantis", "server", "--allow-fork-prs"]}),), "critical"),
    Attack("values let forks plan with the role of the deployer", OF_PROGRAMS, release(
        "atlantis", "5.18.0", {"allowForkPRs": True}), "critical"),
    Attack("each repository of a shared forge plans with the role of the deployer", OF_PROGRAMS, env(
        "ATLANTIS_REPO_ALLOWLIST", "github.com/bank/*,github.com/*"), "critical"),
    Attack("guardrails are skipped while an alarm is on", SWITCHED, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, stage("Guardrails", "guardrails", beforeEntry=ALARM), DEPLOY]}),), "critical"),
    Attack("the approval is skipped outside the hours of the office", SWITCHED, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, {"name": "Approve", "beforeEntry": HOURS, "actions": [{
            "name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}]},
            DEPLOY]}),), "critical"),
    Attack("the approval of a workflow is given by its timeout", SWITCHED, (flow({
        "StartAt": "ApproveRelease", "States": {
            "ApproveRelease": {
                "Type": "Task", "Resource": "arn:aws:states:::sns:publish.waitForTaskToken", "TimeoutSeconds": 600,
                "Parameters": {"TopicArn": ASK, "Message.$": "$$.Task.Token"}, "Next": "Release",
                "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Release"}]},
            "Release": {"Type": "Task", "End": True, "Resource": "arn:aws:states:::codebuild:startBuild.sync",
                        "Parameters": {"ProjectName": "deploy"}}}}),), "critical"),
    Attack("a review ends by itself after five minutes", SWITCHED, (Given(
        "kubernetes:argoproj.io/v1alpha1:ClusterWorkflowTemplate", {
            **approved(suspend={"duration": "5m"}).props, "kind": "ClusterWorkflowTemplate"}, "release",
        provider=approved().provider),), "critical"),
)  # fmt: skip

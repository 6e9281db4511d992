"""Good idioms near the mends after the twenty-fifth set: builds, bots, pipelines and approvals (2026-12-02)."""

from dataclasses import replace

from ..attacks.after_twenty_fifth_money_b import ASK, env
from ..attacks.twenty_fifth_money_b import CACHE, HOURS, approved, project, renovate
from ..attacks.twenty_first_money import flow
from ..attacks.twenty_fourth_money_b import DEPLOY, EVALUATE, text
from ..attacks.twenty_second_money_b import PIPELINE, SOURCE, stage
from ..blind import aws, k8s, meta
from ..harness import Given
from . import Idiom
from .after_eighteenth_mclu import BUDGET as EVICTIONS
from .twelfth_charts import ours

AWS_DOCS = "docs.aws.amazon.com"
PIPELINES = f"{AWS_DOCS}/codepipeline/latest/userguide/stage-conditions.html"
BUILDS = {"escape": {"code_sources": {"bank-builds": "the bucket of the platform team's builds",
                                      "https://github.com/bank": "the organisation of the bank"}}}  # fmt: skip
TIDE = """\
tide:
  queries:
  - repos: [bank/platform]
    labels: [lgtm, approved]
    missingLabels: [do-not-merge/hold]
  - orgs: [bank]
    reviewApprovedRequired: true
"""
CHANGED = {"condition": {"result": "SKIP", "rules": [{
    "name": "changed", "ruleTypeId": {
        "category": "Rule", "owner": "AWS", "provider": "VariableCheck", "version": "1"},
    "configuration": {"Variable": "#{Detect.INFRASTRUCTURE}", "Value": "changed", "Operator": "EQ"}}]}}  # fmt: skip


def cached(name: str, namespace: str) -> Given:
    """Returns a project of CodeBuild with a cache of a namespace."""
    given = project(name)
    return replace(given, props={**given.props, "cache": {**CACHE, "cacheNamespace": namespace}})


def pipeline(*stages: object) -> tuple[Given, ...]:
    """Returns a pipeline with stages behind its source."""
    return (aws("codepipeline/Pipeline", {**PIPELINE, "stages": [SOURCE, *stages]}),)


IDIOMS = (
    Idiom("checks of pull requests and deployments have caches of their own", (
        cached("checks", "checks"), cached("deploy", "deploy"), aws("codebuild/Webhook", {
            "projectName": "checks", "buildType": "BUILD", "filterGroups": [{"filters": [
                {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED"},
                {"type": "BASE_REF", "pattern": "^refs/heads/main$"}]}]}, "hook")),
        f"{AWS_DOCS}/codebuild/latest/userguide/caching-s3.html", BUILDS),
    Idiom("Renovate merges tested patches of a week ago, and runs one command", renovate(
        allowedCommands=["^npm ci --ignore-scripts$"], packageRules=[
            {"matchUpdateTypes": ["patch", "digest"], "automerge": True, "automergeType": "pr", "ignoreTests": False,
             "minimumReleaseAge": "7 days"}, {"matchUpdateTypes": ["major"], "automerge": False}]),
        "docs.renovatebot.com/key-concepts/automerge", ours()),
    Idiom("Tide merges what somebody approved", text("config", "config.yaml", TIDE), "docs.prow.k8s.io"),
    Idiom("each push of a stranger's change is approved anew", (k8s("core/v1:ConfigMap", {
        "metadata": meta("pipelines-as-code", "pipelines-as-code"), "data": {"remember-ok-to-test": "false"}}),),
        "pipelinesascode.com/docs/install/settings"),
    Idiom("Atlantis plans changes of the bank's own repositories", (
        EVICTIONS, *env("ATLANTIS_REPO_ALLOWLIST", "github.com/bank/platform,github.com/bank/network-*")),
        "runatlantis.io/docs/server-configuration.html"),
    Idiom("a test under load runs at night alone", pipeline(
        EVALUATE, stage("LoadTest", "load-test", beforeEntry=HOURS), DEPLOY), PIPELINES),
    Idiom("a deployment waits for the hours of the office", pipeline(
        EVALUATE, stage("Release", "release", beforeEntry={"condition": {**HOURS["condition"], "result": "FAIL"}})),
        PIPELINES),
    Idiom("guardrails evaluate what a build finds to be a program of infrastructure", pipeline(
        stage("Guardrails", "guardrails", beforeEntry=CHANGED), DEPLOY), PIPELINES),
    Idiom("a workflow waits for an approval", (approved(suspend={}),),
          "argo-workflows.readthedocs.io/en/latest/walk-through/suspending"),
    Idiom("a release is refused when nobody approves it within a day", (flow({
        "StartAt": "ApproveRelease", "States": {
            "ApproveRelease": {
                "Type": "Task", "Resource": "arn:aws:states:::sns:publish.waitForTaskToken", "TimeoutSeconds": 86_400,
                "Parameters": {"TopicArn": ASK, "Message.$": "$$.Task.Token"}, "Next": "Release",
                "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Refused"}]},
            "Refused": {"Type": "Fail", "Error": "NotApproved"},
            "Release": {"Type": "Task", "End": True, "Resource": "arn:aws:states:::codebuild:startBuild.sync",
                        "Parameters": {"ProjectName": "deploy"}}}}),),
        f"{AWS_DOCS}/step-functions/latest/dg/tutorial-human-approval.html"),
)  # fmt: skip

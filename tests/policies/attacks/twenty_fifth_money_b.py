"""Attacks by which a change is deployed that nobody reviewed (2026-12-02, twenty-fifth set, written before any rule ran
on them).

Properties by pulumi-aws 7.51.1. Read on 2026-12-02: AWS CodeBuild, "Amazon S3 caching" (projects of one namespace share
a cache), and CodePipeline, "DeploymentWindow"; renovatebot/renovate 5558b0d3 docs/usage/self-hosted-configuration.md;
copies of kubernetes/test-infra prow/cmd/tide (reviewApprovedRequired is false by default); openshift-pipelines,
"ConfigMap" (remember-ok-to-test is false, for an attacker gains trust first); argoproj/argo-workflows,
docs/walk-through/suspending.md. As known: runatlantis.io, "Server configuration" (`--allow-fork-prs`).
"""

import json

from ..blind import TAGS, aws, crd, k8s, meta, pod, workload
from ..harness import Given
from ..idioms.eighteenth_charts import RENOVATE
from ..idioms.families import BUILD
from . import Attack
from .twenty_fourth_money_b import CODE, DEPLOY, OF_PROGRAMS, text
from .twenty_second_money_b import PIPELINE, SOURCE, stage

CACHE = {"type": "S3", "location": "bank-builds/cache", "cacheNamespace": "platform"}
BUILDS = aws("s3/Bucket", {"bucket": "bank-builds", "tags": TAGS}, "builds")
HOURS = {"condition": {"result": "SKIP", "rules": [{
    "name": "hours", "ruleTypeId": {
        "category": "Rule", "owner": "AWS", "provider": "DeploymentWindow", "version": "1"},
    "configuration": {"Cron": "* * 8-16 ? * MON-FRI *", "TimeZone": "Asia/Dubai"}}]}}  # fmt: skip
TIDE = """\
tide:
  sync_period: 2m
  merge_method:
    bank/platform: squash
  queries:
  - orgs:
    - bank
    missingLabels:
    - do-not-merge/hold
"""


def project(name: str) -> Given:
    """Returns a project of CodeBuild whose cache lies in a bucket."""
    return aws("codebuild/Project", {
        **BUILD, "name": name, "cache": CACHE, "artifacts": {"type": "NO_ARTIFACTS"}, "source": {
            "type": "GITHUB", "location": "https://github.com/bank/platform.git",
            "buildspec": f"pipelines/{name}.yml"}}, name)  # fmt: skip


def renovate(**settings: object) -> tuple[Given, ...]:
    """Returns the settings of Renovate with others."""
    return text("renovate", "config.json", json.dumps({**json.loads(RENOVATE), **settings}))


def approved(**approval: object) -> Given:
    """Returns a workflow with a step that waits for an approval."""
    steps = [[{"name": name, "template": name}] for name in ("plan", "approve", "deploy")]
    work = pod({})
    container = {"container": work["containers"][0], "automountServiceAccountToken": False,  # type: ignore[index]
                 "securityContext": work["securityContext"]}  # fmt: skip
    return crd("argoproj.io/v1alpha1:WorkflowTemplate", {
        "entrypoint": "all", "serviceAccountName": "app", "activeDeadlineSeconds": 86400, "podMetadata": {
            "labels": TAGS}, "templates": [
                {"name": "all", "steps": steps}, {"name": "plan", **container}, {"name": "approve", **approval},
                {"name": "deploy", **container}]}, "release")  # fmt: skip


ATTACKS = (
    Attack("builds of pull requests write the cache from which the deployment builds", CODE, (
        BUILDS, project("checks-of-changes"), project("deploy-bank"), aws("codebuild/Webhook", {
            "projectName": "checks-of-changes", "buildType": "BUILD", "filterGroups": [{"filters": [
                {"type": "EVENT", "pattern": "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED"},
                {"type": "BASE_REF", "pattern": "^refs/heads/main$"}]}]}, "hook",
            links={"projectName": ("checks-of-changes",)})),
        "critical", "whoever opens a pull request puts a program into the cache, which the deployer's role then runs"),
    Attack("each repository says which commands the dependency bot runs", OF_PROGRAMS, renovate(
        allowedCommands=[".*"]),
        "critical", "a file of any repository runs commands with the token that writes to all of them"),
    Attack("the dependency bot merges each new version without a pull request and without tests", OF_PROGRAMS, renovate(
        packageRules=[{"matchUpdateTypes": ["major", "minor", "patch"], "automerge": True, "automergeType": "branch",
                       "ignoreTests": True}]),
        "critical", "whoever takes over any dependency is in the main branch within the hour, and nobody looked"),
    Attack("a bot merges each change that nobody has approved", OF_PROGRAMS, text("config", "config.yaml", TIDE),
        "critical", "each change of the organisation whose tests pass is merged, whoever wrote it"),
    Attack("who was allowed once to run the pipeline may run it with any later change", OF_PROGRAMS, (
        k8s("core/v1:ConfigMap", {"metadata": meta("pipelines-as-code", "pipelines-as-code"), "data": {
            "application-name": "Pipelines of the bank", "secret-github-app-token-scoped": "true",
            "remember-ok-to-test": "true"}}),),
        "critical", "a stranger's harmless change is approved, and his next one takes the secrets of the pipeline"),
    Attack("guardrails are skipped outside the hours of the office", CODE, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, stage("Guardrails", "guardrails", beforeEntry=HOURS), DEPLOY]}),),
        "critical", "whoever merges in the evening deploys what the guardrails would refuse"),
    Attack("a deployment approves itself after a minute", CODE, (approved(suspend={"duration": "60"}),),
        "critical", "the step that waits for a person goes on by itself, whether anybody looked or not"),
    Attack("whoever forks a repository plans with the role of the deployer", OF_PROGRAMS, (
        workload("apps/v1:Deployment", {"env": [{"name": "ATLANTIS_ALLOW_FORK_PRS", "value": "true"}]}),),
        "critical", "a plan runs programs of the change with the deployer's credentials before anybody reads it"),
)  # fmt: skip

"""Attacks by pipelines, state and settings through which a change approves itself (2026-12-02, twenty-fourth set,
written before any rule ran on them).

Properties by pulumi-aws 7.51.1. As known: Wiz, "CodeBreach" (patterns of a webhook are found anywhere in a value), and
the server-side configuration of Atlantis (`allow_custom_workflows`).
"""

import json

from ..blind import KEY, TAGS, aws, k8s, meta, workload
from ..harness import Given
from . import Attack
from .tenth_aws import R
from .twenty_second_money_b import PIPELINE, SOURCE, stage

CODE = ("FJ-ESC-",)
OF_PROGRAMS = (*CODE, "FJ-IDN-313")
EVALUATE, DEPLOY = stage("Guardrails", "guardrails"), stage("Deploy", "deploy")
STATE = json.dumps({"version": 3, "checkpoint": {"stack": "organization/falaj/prod-uae", "latest": {
    "manifest": {"version": "v3.259.0"}, "resources": []}}})  # fmt: skip
SERVER = """\
repos:
  - id: /.*/
    apply_requirements: []
    allowed_overrides: [workflow, apply_requirements]
    allow_custom_workflows: true
"""
LEVELS = """\
default:
  all: advisory
presets: []
"""


def beside() -> dict[str, object]:
    """Returns a stage in which the evaluation and the deployment run at the same time."""
    actions = [*EVALUATE["actions"], *DEPLOY["actions"]]  # type: ignore[misc]
    return {"name": "Release", "actions": [{**item, "runOrder": 1} for item in actions]}


def job(command: str) -> tuple[Given, ...]:
    """Returns a workload whose container runs a command."""
    return (workload("apps/v1:Deployment", {"command": ["sh", "-c", command]}),)


def text(name: str, key: str, content: str) -> tuple[Given, ...]:
    """Returns a ConfigMap with one file."""
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {key: content}}),)


ATTACKS = (
    Attack("whoever pushes any branch deploys production", CODE, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, EVALUATE, DEPLOY], "triggers": [{
            "providerType": "CodeStarSourceConnection", "gitConfiguration": {
                "sourceActionName": "Source", "pushes": [{"branches": {"includes": ["**"]}}]}}]}),),
        "critical", "a branch that nobody reviewed, with its own guardrails, is deployed by the deployer's role"),
    Attack("a branch whose name begins with that of the main one is deployed", CODE, (aws("codebuild/Webhook", {
        "projectName": "deploy", "buildType": "BUILD", "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": "PUSH"}, {"type": "HEAD_REF", "pattern": "refs/heads/main"}]}]}),),
        "critical", "the pattern is found in refs/heads/main-2 too, which no rule of the forge protects"),
    Attack("the state of a stack is written as an object", CODE, (aws("s3/BucketObjectv2", {
        "bucket": "treasury-models", "key": ".pulumi/stacks/falaj/prod-uae.json", "content": STATE, "tags": TAGS,
        "serverSideEncryption": "aws:kms", "kmsKeyId": KEY}),),
        "critical", "the next deployment believes that nothing exists: it creates all again, and protects nothing"),
    Attack("a job of a cluster switches the guardrails of the organisation off", CODE, job(
        "pulumi policy disable bank/guardrails latest --policy-group default-policy-group"),
        "critical", "no deployment of the organisation is evaluated any more"),
    Attack("a job of a cluster approves changes and merges them past the protection of the branch", CODE, job(
        "for pr in $(gh pr list --label ready --json number -q '.[].number'); do "
        "gh pr review $pr --approve && gh pr merge $pr --squash --admin; done"),
        "critical", "whoever adds a label deploys what nobody read"),
    Attack("every change brings the commands with which Atlantis evaluates it", OF_PROGRAMS, text(
        "atlantis", "repos.yaml", SERVER),
        "critical", "a change runs any command with the deployer's role before anybody reads it"),
    Attack("the settings of the guardrails that a runner mounts refuse nothing", OF_PROGRAMS, text(
        "guardrails", "enforcement.yaml", LEVELS),
        "critical", "every rule only reports, and whatever it refuses is deployed"),
    Attack("a provider reads who it is from a file beside the program", ("FJ-ESC-", "FJ-IDN-"), (
        Given("pulumi:providers:aws", {
            "region": R, "profile": "release", "sharedConfigFiles": json.dumps(["./ci/aws-config"]),
            "allowedAccountIds": json.dumps(["123456789012"])}, "release"),),
        "critical", "a profile has a command for its credentials: whoever changes the file runs it as the deployer"),
    Attack("guardrails run at the same time as the deployment", CODE, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, beside()]}),),
        "critical", "actions of one order run side by side: what is refused is deployed before anybody knows"),
)  # fmt: skip

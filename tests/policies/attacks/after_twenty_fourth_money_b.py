"""Other spellings of the twenty-fourth set's attacks by which a change approves itself (2026-12-02).

Properties by pulumi-aws 7.51.1; the sources are those of the rules.
"""

import json

from ..blind import KEY, TAGS, aws, k8s, meta, release, workload
from ..harness import Given
from . import Attack
from .tenth_aws import R
from .twenty_fourth_money_b import DEPLOY, EVALUATE, SERVER, job
from .twenty_second_money_b import PIPELINE, SOURCE

SWITCHED, CALLED, OF_PROGRAMS = ("FJ-ESC-115",), ("FJ-ESC-109",), ("FJ-IDN-313",)
PROVIDER = "CodeStarSourceConnection"
APPROVAL = {"name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}


def started(**events: object) -> Given:
    """Returns a pipeline that some events of a repository start."""
    return aws("codepipeline/Pipeline", {**PIPELINE, "stages": [SOURCE, EVALUATE, DEPLOY], "triggers": [{
        "providerType": PROVIDER, "gitConfiguration": {"sourceActionName": "Source", **events}}]})  # fmt: skip


def ordered(first: object, second: object, orders: tuple[int, int]) -> Given:
    """Returns a pipeline with two actions of one stage."""
    actions = [{**item, "runOrder": order} for item, order in zip((first, second), orders, strict=True)]  # type: ignore[dict-item]
    return aws("codepipeline/Pipeline", {**PIPELINE, "stages": [SOURCE, {"name": "Release", "actions": actions}]})


def webhook(pattern: str) -> Given:
    """Returns a webhook for pushes to the branches that a pattern matches."""
    return aws("codebuild/Webhook", {"projectName": "deploy", "buildType": "BUILD", "filterGroups": [{"filters": [
        {"type": "EVENT", "pattern": "PUSH"}, {"type": "HEAD_REF", "pattern": pattern}]}]})  # fmt: skip


ATTACKS = (
    Attack("whoever opens a pull request deploys production", SWITCHED, (started(pullRequests=[{
        "events": ["OPEN", "UPDATED"], "branches": {"includes": ["main"]}}]),), "critical"),
    Attack("whoever pushes a feature deploys production", SWITCHED, (started(pushes=[{
        "branches": {"includes": ["main", "feature/*"]}}]),), "critical"),
    Attack("a branch whose name begins with one of two is deployed", SWITCHED, (
        webhook("^refs/heads/(main|master)"),), "critical"),
    Attack("a branch whose name has the word main in it is deployed", SWITCHED, (webhook("main"),), "critical"),
    Attack("a deployment does not wait for the approval beside it", SWITCHED, (
        ordered(APPROVAL, DEPLOY["actions"][0], (1, 1)),), "critical"),  # type: ignore[index]
    Attack("a deployment runs before the guardrails", SWITCHED, (
        ordered(EVALUATE["actions"][0], DEPLOY["actions"][0], (2, 1)),), "critical"),  # type: ignore[index]
    Attack("the state of a stack is overwritten with another one", SWITCHED, (aws("s3/ObjectCopy", {
        "bucket": "treasury-models", "key": "platform/.pulumi/stacks/falaj/prod-uae.json", "tags": TAGS,
        "source": "treasury-models/drafts/prod-uae.json", "serverSideEncryption": "aws:kms", "kmsKeyId": KEY}),),
        "critical"),
    Attack("the state of a stack of Terraform is written as an object", SWITCHED, (aws("s3/BucketObject", {
        "bucket": "treasury-models", "key": "network/terraform.tfstate", "content": "{}", "tags": TAGS,
        "serverSideEncryption": "aws:kms", "kmsKeyId": KEY}),), "critical"),
    Attack("a job of a cluster imports the state of a stack", CALLED, job(
        "pulumi stack import --stack prod-uae --file /state/prod-uae.json"), "critical"),
    Attack("a job of a cluster deploys whatever a folder has", CALLED, job(
        "pulumi watch --stack prod-uae --path /work"), "critical"),
    Attack("a job of a cluster publishes its own guardrails", CALLED, job(
        "cd /packs/empty && pulumi policy publish bank && pulumi policy enable bank/guardrails latest"), "critical"),
    Attack("a job of a cluster approves changes of GitLab", CALLED, job(
        "for mr in $(cat /work/ready); do glab mr approve $mr && glab mr merge $mr --yes; done"), "critical"),
    Attack("a job of a cluster ends the protection of a branch", CALLED, job(
        "gh api -X DELETE repos/bank/platform/branches/main/protection"), "critical"),
    Attack("a job of a cluster votes for changes of Azure", CALLED, job(
        "az repos pr set-vote --id $PR --vote approve"), "critical"),
    Attack("Atlantis lets each change bring its commands, by values", OF_PROGRAMS, release(
        "atlantis", "5.18.0", {"repoConfig": SERVER}), "critical"),
    Attack("Atlantis lets each change say that it needs no approval", OF_PROGRAMS, (workload("apps/v1:Deployment", {
        "env": [{"name": "ATLANTIS_REPO_CONFIG_JSON", "value": json.dumps({"repos": [{
            "id": "/.*/", "apply_requirements": ["approved"], "allowed_overrides": ["apply_requirements"]}]})}]}),),
        "critical"),
    Attack("the settings of a policy pack switch all of it off", OF_PROGRAMS, (k8s("core/v1:ConfigMap", {
        "metadata": meta("guardrails"), "data": {"policy-config.json": json.dumps({"all": "disabled"})}}),),
        "critical"),
    Attack("a provider has its keys from a file beside the program", ("FJ-IDN-114",), (Given("pulumi:providers:aws", {
        "region": R, "profile": "release", "sharedCredentialsFiles": json.dumps(["ci/credentials"])}, "release"),),
        "critical"),
)  # fmt: skip

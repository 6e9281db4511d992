"""Good idioms of platform teams on AWS: an assistant and what scientists share (set 23, blind)."""

import base64

from ..blind import KEY, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import group
from .twenty_third_aws import by_pod

IDLE = """#!/bin/bash
set -eux
mkdir -p /home/sagemaker-user/work
git config --global credential.helper '!aws codecommit credential-helper $@'
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("an assistant calls one model under its guardrail by an endpoint of the network, and calls are counted", (
        aws("bedrock/Guardrail", {
            "name": "assistant", "description": "What staff may ask", "kmsKeyArn": KEY, "blockedInputMessaging":
            "I cannot help with that.", "blockedOutputsMessaging": "I cannot answer that.", "contentPolicyConfig": {
                "filtersConfigs": [{"type": kind, "inputStrength": "HIGH", "outputStrength": strength}
                                   for kind, strength in (("HATE", "HIGH"), ("VIOLENCE", "HIGH"), ("SEXUAL", "HIGH"),
                                                          ("PROMPT_ATTACK", "NONE"))]},
            "sensitiveInformationPolicyConfig": {"piiEntitiesConfigs": [
                {"type": "CREDIT_DEBIT_CARD_NUMBER", "action": "BLOCK"}, {"type": "EMAIL", "action": "ANONYMIZE"}],
                "regexesConfigs": [{"name": "emirates-id", "pattern": "784-[0-9]{4}-[0-9]{7}-[0-9]", "action":
                                    "ANONYMIZE", "description": "Number of an Emirates ID"}]},
            "topicPolicyConfig": {"topicsConfigs": [{"name": "advice", "type": "DENY", "definition":
                "Advice on single investments", "examples": ["Which share should I buy?"]}]}, "tags": TAGS}, "guard"),
        aws("bedrock/GuardrailVersion", {"guardrailArn": UNKNOWN, "description": "First", "skipDestroy": True},
            "version", links={"guardrailArn": ("guard",)}),
        group("bedrock", ("10.64.0.0/16", 443, "Programs in the network")),
        aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "vpcEndpointType": "Interface", "serviceName": f"com.amazonaws.{R}.bedrock-runtime",
            "privateDnsEnabled": True, "subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN], "policy": document({
                "Effect": "Allow", "Principal": {"AWS": role_arn("assistant")}, "Action": [
                    "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "bedrock:ApplyGuardrail"],
                "Resource": "*"}), "tags": {**TAGS, "Name": "bedrock-runtime"}}, "endpoint", links={
                    "securityGroupIds": ("sg-bedrock",)}),
        *by_pod("assistant", "apps", "assistant", "assistant", statement(
            ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
            f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-pro-v1:0", {
                "StringLike": {"bedrock:GuardrailIdentifier": f"{arn('bedrock', 'guardrail/abcdefghij12')}:*"}}),
            statement("bedrock:ApplyGuardrail", arn("bedrock", "guardrail/abcdefghij12"))),
        alarm("assistant-throttled", "AWS/Bedrock", "InvocationThrottles", 5.0, ModelId="amazon.nova-pro-v1:0"),
        alarm("assistant-blocked", "AWS/Bedrock/Guardrails", "InvocationsIntervened", 20.0,
              GuardrailArn=arn("bedrock", "guardrail/abcdefghij12"))),
        f"{AWS_DOCS}/bedrock/latest/userguide/guardrails-permissions-id.html; .../vpc-interface-endpoints.html, "
        "as known", OURS),
    Idiom("scientists share a space of Studio in the network, whose machines go when idle and start with one script", (
        BUDGET, trusted("sagemaker.amazonaws.com", "scientists"), rights("scientists", statement(
            ["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-datasets/science/*"), statement(
                "s3:ListBucket", "arn:aws:s3:::bank-datasets", {"StringLike": {"s3:prefix": "science/*"}}), statement(
                    ["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sagemaker/StudioLifecycleConfig", {
            "studioLifecycleConfigName": "prepare", "studioLifecycleConfigAppType": "JupyterLab",
            "studioLifecycleConfigContent": base64.b64encode(IDLE.encode()).decode(), "tags": TAGS}, "prepare"),
        aws("sagemaker/Domain", {
            "domainName": "science", "authMode": "SSO", "vpcId": VPC, "subnetIds": SUBNETS, "kmsKeyId": KEY,
            "appNetworkAccessType": "VpcOnly", "tagPropagation": "ENABLED", "domainSettings": {
                "securityGroupIds": GROUPS, "dockerSettings": {"enableDockerAccess": "DISABLED"},
                "executionRoleIdentityConfig": "USER_PROFILE_NAME"}, "defaultUserSettings": {
                "executionRole": UNKNOWN, "securityGroups": GROUPS, "defaultLandingUri": "studio::", "studioWebPortal":
                "ENABLED", "spaceStorageSettings": {"defaultEbsStorageSettings": {
                    "defaultEbsVolumeSizeInGb": 20, "maximumEbsVolumeSizeInGb": 100}}, "jupyterLabAppSettings": {
                    "lifecycleConfigArns": [UNKNOWN], "defaultResourceSpec": {"instanceType": "ml.m5.large"},
                    "appLifecycleManagement": {"idleSettings": {"lifecycleManagement": "ENABLED",
                        "idleTimeoutInMinutes":
                        60, "maxIdleTimeoutInMinutes": 120, "minIdleTimeoutInMinutes": 60}}}},
            "defaultSpaceSettings": {"executionRole": UNKNOWN, "securityGroups": GROUPS}, "tags": TAGS}, "domain",
            protect=True, links={"defaultUserSettings": ("scientists", "prepare"), "defaultSpaceSettings": (
                "scientists",)}),
        *(aws("sagemaker/UserProfile", {"domainId": UNKNOWN, "userProfileName": name, "singleSignOnUserIdentifier":
                                        "UserName", "singleSignOnUserValue": f"{name}@bank.ae", "tags": TAGS}, name,
              links={"domainId": ("domain",)}) for name in ("analyst-a", "analyst-b")),
        aws("sagemaker/Space", {
            "domainId": UNKNOWN, "spaceName": "risk", "spaceDisplayName": "risk", "spaceSharingSettings": {
                "sharingType": "Shared"}, "ownershipSettings": {"ownerUserProfileName": "analyst-a"}, "spaceSettings": {
                "appType": "JupyterLab", "spaceStorageSettings": {"ebsStorageSettings": {"ebsVolumeSizeInGb": 50}}},
            "tags": TAGS}, "space", links={"domainId": ("domain",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/studio-updated-idle-shutdown.html; .../onboard-vpc.html, as known",
        merged(merged(OURS, kept("domain")), unpriced("aws:sagemaker/domain:Domain::domain", *(
            f"aws:sagemaker/userProfile:UserProfile::{name}" for name in ("analyst-a", "analyst-b")),
            "aws:sagemaker/space:Space::space"))),
)  # fmt: skip

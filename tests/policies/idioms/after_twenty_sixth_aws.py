"""Good programs close to the attacks of the twenty-sixth set on AWS (2026-12-02)."""

import json

from ..attacks.after_twenty_sixth_aws import TABLE, TALKS, TO_ROLE, rule
from ..attacks.after_twenty_sixth_aws_b import API, CLUSTER, FIREWALL, NAT, NONE, RECORDS, TASK, told
from ..attacks.twenty_sixth_aws import R
from ..attacks.twenty_sixth_aws_b import PIPELINE, SEEN, registered, steps
from ..blind import ME, TAGS, aws, document, policy, statement
from . import Idiom, unpriced
from .families import AWS_DOCS

IAM = f"{AWS_DOCS}/IAM/latest/UserGuide"
IOT = f"{AWS_DOCS}/iot/latest/developerguide"
TENANT = "${aws:PrincipalTag/tenant}"
ORIGINS = """#set($own = ["https://portal.bank.ae", "https://cards.bank.ae"])
#set($origin = $input.params().header.get("Origin"))
#if($origin == "") #set($origin = $input.params().header.get("origin")) #end
#if($own.contains($origin))
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end
$input.json('$')
"""


FILTERED = PIPELINE.replace(
    '/userIdentity/sessionContext/sessionIssuer/userName == "Administrator"',
    '/http_path == "/health" or /user_agent == "ELB-HealthChecker/2.0" or /level == "DEBUG"',
)


def waiting() -> dict[str, object]:
    """Returns a step that registers a version of the model which somebody has to approve."""
    step = registered("Register")
    arguments = step["Arguments"]
    assert isinstance(arguments, dict)
    return {**step, "Arguments": {**arguments, "ModelApprovalStatus": "PendingManualApproval"}}


def counted(*keys: dict[str, object]) -> dict[str, object]:
    """Returns a rule that limits the requests of each set of values."""
    name = "-".join(key for item in keys for key in item).lower()
    return {"name": name, "priority": len(name), "action": {"block": {}}, "visibilityConfig": SEEN, "statement": {
        "rateBasedStatement": {"limit": 300, "aggregateKeyType": "CUSTOM_KEYS", "customKeys": list(keys)}}}  # fmt: skip


IDIOMS = (
    Idiom("teams have their folders, users their secrets and accounts their buckets", (policy(
        statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-teams/${aws:PrincipalTag/team}/*"),
        statement("s3:ListBucket", "arn:aws:s3:::bank-teams", {"StringLike": {
            "s3:prefix": ["${aws:PrincipalTag/team}/*", "${aws:PrincipalTag/team}"]}}),
        statement("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:users/${{aws:userid}}-*"),
        statement("s3:PutObject", "arn:aws:s3:::bank-results-${aws:PrincipalAccount}*/results/*"),
        statement("s3:GetObject", "arn:aws:s3:::bank-signs/${*}/*")),),
        f"{IAM}/reference_policies_examples_s3_home-directory-console.html"),
    Idiom("a device hears its own topics", (aws("iot/Policy", {"name": "meters", "tags": TAGS, "policy": document(
        statement("iot:Connect", f"arn:aws:iot:{R}:{ME}:client/${{iot:Connection.Thing.ThingName}}", {
            "Bool": {"iot:Connection.Thing.IsAttached": ["true"]}}),
        statement("iot:Subscribe", f"arn:aws:iot:{R}:{ME}:topicfilter/meters/${{iot:Connection.Thing.ThingName}}/*"),
    )}),), f"{IOT}/thing-policy-variables.html"),
    Idiom("a tenant works with its rows, and an operator looks at the table", (policy(
        statement(["dynamodb:GetItem", "dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:DescribeTable"], TABLE, {
            "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [TENANT]}}),
        statement("dynamodb:Scan", f"{TABLE}-rates")),),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/specifying-conditions.html"),
    Idiom("an assistant remembers each customer by himself, and its products for all", (
        aws("bedrock/AgentcoreMemoryStrategy", {
            **TALKS, "type": "USER_PREFERENCE",
            "namespaceTemplates": ["/strategies/{memoryStrategyId}/actors/{actorId}/"]}, "preferences"),
        aws("bedrock/AgentcoreMemoryStrategy", {
            **TALKS, "name": "summaries", "type": "SUMMARIZATION", "namespaces": ["/summaries/{actorId}/{sessionId}/"]},
            "summaries"),
        aws("bedrock/AgentcoreMemoryStrategy", {
            **TALKS, "name": "products", "type": "SEMANTIC", "namespaceTemplates": ["/shared/products/"]}, "products")),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide/memory-organization.html"),
    Idiom("snapshots of machines leave out what is made again", (aws("dlm/LifecyclePolicy", {
        "description": "Ledger", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED", "tags": TAGS,
        "policyDetails": {
            "resourceTypes": ["INSTANCE"], "targetTags": {"app": "ledger"},
            "parameters": {"excludeBootVolume": False, "excludeDataVolumeTags": {"content": "scratch"}},
            "schedules": [{
                "name": "daily", "copyTags": True, "tagsToAdd": TAGS,
                "createRule": {"interval": 24, "intervalUnit": "HOURS"},
                "retainRule": {"interval": 35, "intervalUnit": "DAYS"}}]}}),),
        f"{AWS_DOCS}/dlm/latest/APIReference/API_Parameters.html"),
    Idiom("rules of devices send by the topic and the sender", (
        rule("SELECT state FROM 'devices/+/state'", republishes=[
            {**TO_ROLE, "topic": "$$aws/things/${topic(2)}/shadow/update", "qos": 1},
            {**TO_ROLE, "topic": "alarms/${severity}", "qos": 1}]),),
        f"{IOT}/iot-substitution-templates.html"),
    Idiom("requests are counted by their address and browser, by key, and by path", (aws("wafv2/RuleGroup", {
        "name": "limits", "scope": "REGIONAL", "capacity": 100, "tags": TAGS, "visibilityConfig": SEEN, "rules": [
            counted({"ip": {}}, {"header": {"name": "User-Agent", "textTransformations": NONE}}),
            counted({"header": {"name": "X-API-Key", "textTransformations": NONE}}),
            counted({"uriPath": {"textTransformations": NONE}}, {"httpMethod": {}})]}),),
        f"{AWS_DOCS}/waf/latest/developerguide/waf-rule-statement-type-rate-based-aggregation-options.html"),
    Idiom("an answer allows two pages of the bank", (
        aws("apigateway/IntegrationResponse", {
            **API, "httpMethod": "GET", "statusCode": "200", "responseTemplates": {"application/json": ORIGINS}}),
        aws("apigateway/Response", {
            "restApiId": "a1b2c3d4e5", "responseType": "DEFAULT_4XX", "responseParameters": {
                "gatewayresponse.header.Access-Control-Allow-Origin": "'https://portal.bank.ae'"}})),
        f"{AWS_DOCS}/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html",
        {"residency": {"known": {"portal.bank.ae": "our own portal", "cards.bank.ae": "our own portal"}}}),
    Idiom("a table leads to the firewall, and one partner and the head office go another way", (
        aws("ec2/RouteTable", {"vpcId": "vpc-0123456789abcdef0", "tags": TAGS, "routes": [
            {"cidrBlock": "0.0.0.0/0", "vpcEndpointId": FIREWALL},
            {"cidrBlock": "10.0.0.0/8", "transitGatewayId": "tgw-0123456789abcdef0"},
            {"cidrBlock": "203.0.113.0/28", "natGatewayId": NAT}]}),
        aws("ec2/RouteTable", {"vpcId": "vpc-0123456789abcdef0", "tags": TAGS, "routes": [
            {"cidrBlock": "0.0.0.0/0", "natGatewayId": NAT},
            {"cidrBlock": "10.20.0.0/16", "vpcEndpointId": FIREWALL}]}, "firewall")),
        f"{AWS_DOCS}/network-firewall/latest/developerguide/route-tables.html"),
    Idiom("a pipeline of records drops checks of health, and what has no level", (
        aws("opensearchingest/Pipeline", {**RECORDS, "pipelineConfigurationBody": FILTERED}),),
        "https://docs.opensearch.org/latest/data-prepper/pipelines/configuration/processors/drop-events",
        unpriced("aws:opensearchingest/pipeline:Pipeline::it")),
    Idiom("a model that passes its evaluation waits for an approval, and another one ends the pipeline", (steps(
        {"Name": "Check", "Type": "Condition", "Arguments": {
            "Conditions": [{"Type": "GreaterThanOrEqualTo", "RightValue": 0.9, "LeftValue": {"Std:JsonGet": {
                "PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Report"}, "Path": "metrics.auc.value"}}}],
            "IfSteps": [waiting()], "ElseSteps": [{"Name": "Worse", "Type": "Fail", "Arguments": {
                "ErrorMessage": "The model is worse than the one in use"}}]}}),),
        f"{AWS_DOCS}/sagemaker/latest/dg/build-and-manage-steps-types.html",
        unpriced("aws:sagemaker/pipeline:Pipeline::it")),
    Idiom("a task gets the name of a file as an argument and in its environment", told(json.dumps({
        "containerOverrides": [{
            "name": "import", "command": ["import", "--file", "<key>"],
            "environment": [{"name": "KEY", "value": "<key>"}]}]}), CLUSTER, **TASK),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-transform-target-input.html"),
)  # fmt: skip

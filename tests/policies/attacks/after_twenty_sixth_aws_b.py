"""More spellings of what the twenty-sixth set found on AWS: limits that count nobody, signatures that an earlier path
does without, origins that are copied, routes round a firewall, and records that are dropped (2026-12-02).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from . import Attack
from .fields_aws_accounts import BEHAVIOUR, SITE
from .twenty_sixth_aws import R
from .twenty_sixth_aws_b import PIPELINE, SEEN, SIGNED, registered, steps

NONE = [{"priority": 0, "type": "NONE"}]
RECORDS = {
    "vpcOptions": {"subnetIds": ["subnet-0123456789abcdef0"], "securityGroupIds": ["sg-0123456789abcdef0"]},
    "pipelineName": "audit", "minUnits": 1, "maxUnits": 4, "encryptionAtRestOptions": {"kmsKeyArn": KEY}, "tags": TAGS,
    "pipelineRoleArn": f"arn:aws:iam::{ME}:role/audit-pipeline"}  # fmt: skip
API = {"restApi": "a1b2c3d4e5", "resourceId": "abc123"}
NAT, FIREWALL = "nat-0123456789abcdef0", "vpce-0123456789abcdef0"


def limit(name: str, *keys: dict[str, object], kind: str = "RuleGroup", **more: object) -> Attack:
    """Returns rules of a web firewall that count requests by what their senders write."""
    required = {"capacity": 100} if kind == "RuleGroup" else {}
    return Attack(name, ("FJ-EXP-127",), (aws(f"wafv2/{kind}", {
        "name": "limits", "scope": "REGIONAL", **required, "tags": TAGS, "visibilityConfig": SEEN, **more, "rules": [{
            "name": "sign-in", "priority": 1, "action": {"block": {}}, "visibilityConfig": SEEN, "statement": {
                "rateBasedStatement": {"limit": 100, "aggregateKeyType": "CUSTOM_KEYS", "customKeys": list(keys)}}}],
        }),), "critical", "each value is counted by itself (AWS WAF, RateBasedStatementCustomKey)")  # fmt: skip


def edge(name: str, *behaviours: dict[str, object]) -> Attack:
    """Returns a distribution whose earlier behaviours ask for no signature."""
    return Attack(name, ("FJ-EXP-127",), (aws("cloudfront/Distribution", {
        **SITE, "orderedCacheBehaviors": [{**BEHAVIOUR, **item} for item in behaviours]}),), "critical",
        "the first pattern that matches decides (Amazon CloudFront, 'Cache behavior settings')")  # fmt: skip


def origin(name: str, kind: str, **props: object) -> Attack:
    """Returns an answer that allows whichever page asked."""
    return Attack(name, ("FJ-EXP-122",), (aws(f"apigateway/{kind}", props),), "critical",
                  "pages of strangers read the answer (Fetch standard, 'CORS protocol and credentials')")  # fmt: skip


def records(name: str, *processors: str) -> Attack:
    """Returns a pipeline of records that drops some."""
    before, _, after = PIPELINE.partition("    - drop_events:")
    text = "\n".join(f"    - {item}" for item in processors)
    body = f"{before}{text}\n  sink:{after.partition('  sink:')[2]}"
    return Attack(name, ("FJ-RSL-117",), (aws("opensearchingest/Pipeline", {
        **RECORDS, "pipelineConfigurationBody": body}),), "critical",
        "nobody finds what was done (OpenSearch Data Prepper, 'Drop events processor')")  # fmt: skip


def route(name: str, **props: object) -> Given:
    """Returns a route of a table of the plan."""
    return aws("ec2/Route", {"routeTableId": UNKNOWN, **props}, name, links={"routeTableId": ("private",)})


def told(template: str, target: str, **more: object) -> tuple[Given, Given]:
    """Returns a rule of events by whose target a task or a job gets the name of a file."""
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["inbox"]}}}
    return aws("cloudwatch/EventRule", {"name": "inbox", "tags": TAGS, "eventPattern": json.dumps(pattern)}, "inbox"), (
        aws("cloudwatch/EventTarget", {
            "rule": "inbox", "arn": f"arn:aws:{target}", "roleArn": f"arn:aws:iam::{ME}:role/events", **more,
            "inputTransformer": {"inputPaths": {"key": "$.detail.object.key"}, "inputTemplate": template}},
            links={"rule": ("inbox",)}))  # fmt: skip


def overrides(*command: str) -> str:
    """Returns what a task is told to run."""
    return json.dumps({"containerOverrides": [{"name": "import", "command": list(command)}]})


CLUSTER = f"ecs:{R}:{ME}:cluster/imports"
TASK = {"ecsTarget": {"taskDefinitionArn": f"arn:aws:ecs:{R}:{ME}:task-definition/import:1", "taskCount": 1,
                      "tags": TAGS}}  # fmt: skip
JOB = {"batchTarget": {"jobDefinition": "import:1", "jobName": "import"}}
SWITCH = ("FJ-ESC-115",)
SHELL = "a shell reads ; and $( in it (Amazon EventBridge, 'Input transformation', read 2026-12-02)"
TABLE = aws("ec2/RouteTable", {"vpcId": "vpc-0123456789abcdef0", "tags": TAGS}, "private")
ROUTE = ("FJ-EXP-109",)
HARM = "the longest prefix decides, and IPv6 has routes of its own (Amazon VPC, 'Route priority')"

ATTACKS = (
    limit("passwords are tried with another cookie each time", {"cookie": {
        "name": "visit", "textTransformations": NONE}}),
    limit("passwords are tried with another question each time", {"queryArgument": {
        "name": "v", "textTransformations": NONE}}, {"httpMethod": {}}),
    limit("a web firewall counts by the browser", {"header": {"name": "User-Agent", "textTransformations": NONE}},
          {"uriPath": {"textTransformations": NONE}}, kind="WebAcl", defaultAction={"allow": {}}),
    edge("everything is read before the statements are looked at", {"pathPattern": "/*"},
         {"pathPattern": "statements/*", **SIGNED}),
    edge("statements of one year are open by a part of their path", {"pathPattern": "/*/2025/*"},
         {"pathPattern": "/assets/*"}, {"pathPattern": "/statements/*", **SIGNED}),
    origin("errors tell each page that it may read them", "Response", restApiId="a1b2c3d4e5",
           responseType="DEFAULT_4XX", responseParameters={
               "gatewayresponse.header.Access-Control-Allow-Origin": "method.request.header.Origin",
               "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'"}),
    origin("a question before a request is answered yes for each page", "Integration", **API, httpMethod="OPTIONS",
           type="MOCK", requestTemplates={"application/json": (
               "{\"statusCode\": 200}\n#set($context.responseOverride.header.Access-Control-Allow-Origin = "
               "$input.params('origin'))")}),
    origin("an origin is compared with whatever has a letter", "IntegrationResponse", **API, httpMethod="GET",
           statusCode="200", responseTemplates={"application/json": (
               "#set($origin = $input.params(\"Origin\"))\n#if($origin.matches(\".+\")) "
               "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end")}),
    Attack("a half of the internet is reached past the firewall", ROUTE, (
        TABLE, route("default", destinationCidrBlock="0.0.0.0/0", vpcEndpointId=FIREWALL),
        route("half", destinationCidrBlock="128.0.0.0/1", natGatewayId=NAT)), "critical", HARM),
    Attack("packets of IPv6 leave past the firewall", ROUTE, (aws("ec2/RouteTable", {
        "vpcId": "vpc-0123456789abcdef0", "tags": TAGS, "routes": [
            {"cidrBlock": "0.0.0.0/0", "vpcEndpointId": FIREWALL},
            {"ipv6CidrBlock": "::/0", "egressOnlyGatewayId": "eigw-0123456789abcdef0"}]}),), "critical", HARM),
    Attack("a route is added to a table beside its firewall", ROUTE, (
        aws("ec2/Route", {"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "vpcEndpointId": FIREWALL},
            "default"),
        aws("ec2/Route", {"routeTableId": "rtb-1", "destinationCidrBlock": "64.0.0.0/2", "natGatewayId": NAT},
            "quarter")), "critical", HARM),
    records("a pipeline drops every record", "drop_events:\n        drop_when: true"),
    records("a pipeline drops the records from one address",
            "drop_events:\n        drop_when: '/sourceIPAddress == \"203.0.113.10\"'"),
    records("a pipeline takes away who did it",
            "delete_entries:\n        with_keys: [userIdentity, requestParameters]"),
    records("a pipeline takes away who did it, on lines", "delete_entries:\n        with_keys:\n          - requestID\n"
            "          - userIdentity"),
    Attack("whoever names a file runs commands in a task", SWITCH, told(
        overrides("/bin/sh", "-c", "import s3://bank-inbox/<key>"), CLUSTER, **TASK), "critical", SHELL),
    Attack("whoever names a file runs commands in a job", SWITCH, told(
        '{"ContainerOverrides": {"Command": ["bash", "-ec", "import \\"<key>\\""]}}',
        f"batch:{R}:{ME}:job-queue/imports", **JOB), "critical", SHELL),
    Attack("whoever writes a message runs commands in a task", SWITCH, (aws("pipes/Pipe", {
        "name": "imports", "roleArn": f"arn:aws:iam::{ME}:role/pipes", "tags": TAGS, "kmsKeyIdentifier": KEY,
        "source": f"arn:aws:sqs:{R}:{ME}:imports", "target": f"arn:aws:{CLUSTER}",
        "targetParameters": {"inputTemplate": overrides("sh", "-c", "import <$.body.file>")}}),), "critical", SHELL),
    Attack("whoever starts a workflow runs commands in a task", SWITCH, (aws("sfn/StateMachine", {
        "name": "imports", "roleArn": f"arn:aws:iam::{ME}:role/imports", "tags": TAGS, "definition": json.dumps({
            "StartAt": "Import", "States": {"Import": {
                "Type": "Task", "Resource": "arn:aws:states:::ecs:runTask.sync", "End": True, "Parameters": {
                    "Cluster": "imports", "TaskDefinition": "import", "Overrides": {"ContainerOverrides": [{
                        "Name": "import", "Command.$":
                        "States.Array('sh', '-c', States.Format('import {}', $.file))"}]}}}}})}),), "critical", SHELL),
    Attack("a model that fails is approved inside another step", ("FJ-ESC-115",), (steps(
        {"Name": "Check", "Type": "Condition", "Arguments": {
            "Conditions": [{"Type": "LessThan", "LeftValue": {"Get": "Steps.Evaluate.OutputParameters['mse']"},
                            "RightValue": 0.1}],
            "IfSteps": [registered("Register")], "ElseSteps": [{
                "Name": "Again", "Type": "Condition", "Arguments": {"Conditions": json.loads("[]"), "IfSteps": [
                    registered("RegisterAnyway")], "ElseSteps": []}}]}}),), "major",
        "the version of either branch is approved (Amazon SageMaker AI, 'Pipelines steps', Condition)"),
)  # fmt: skip

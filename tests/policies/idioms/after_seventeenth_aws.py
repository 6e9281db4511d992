"""Good idioms that come close to the rows after the seventeenth set on AWS: web firewalls behind proxies, rules of
balancers, filters of events, APIs that write to a queue, runbooks, names in rules of firewalls (2026-11-30).

Shapes by the documents named, as known; names and numbers invented.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import FUNCTION

R = "me-central-1"
WAF = "AWS WAF Developer Guide"
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "portal", "sampledRequestsEnabled": True}
OFFICE = f"arn:aws:wafv2:{R}:{ME}:regional/ipset/office/a1b2c3d4-5678-90ab-cdef-111122223333"
LISTENER = f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/portal/50dc6c495c0c9188/f2f7dc8efc522ab2"
PORTAL = f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/portal/73e2d6bc24d8a067"
SIGN_IN = {"type": "authenticate-cognito", "order": 1, "authenticateCognito": {
    "userPoolArn": f"arn:aws:cognito-idp:{R}:{ME}:userpool/{R}_AbCdEfGhI", "userPoolClientId": UNKNOWN,
    "userPoolDomain": "bank-portal", "onUnauthenticatedRequest": "authenticate"}}  # fmt: skip
ROLE = f"arn:aws:iam::{ME}:role/api"


def _acl(name: str, default: str, *rules: dict[str, object]) -> Given:
    return aws("wafv2/WebAcl", {
        "name": name, "scope": "REGIONAL", "defaultAction": {default: {}}, "tags": TAGS, "visibilityConfig": SEEN,
        "rules": [{"name": f"rule-{index}", "priority": index, "visibilityConfig": SEEN, **rule}
                  for index, rule in enumerate(rules)]}, name)  # fmt: skip


def _rule(name: str, priority: int, conditions: list[dict[str, object]], *actions: dict[str, object]) -> Given:
    return aws("lb/ListenerRule", {"listenerArn": LISTENER, "priority": priority, "conditions": conditions,
                                   "actions": list(actions), "tags": TAGS}, name)  # fmt: skip


def _forward(order: int = 1) -> dict[str, object]:
    return {"type": "forward", "order": order, "targetGroupArn": PORTAL}


def _remediation(name: str, **values: str) -> Given:
    return aws("cfg/RemediationConfiguration", {
        "configRuleName": "checked", "targetType": "SSM_DOCUMENT", "automatic": True, "targetId": name,
        "maximumAutomaticAttempts": 3, "retryAttemptSeconds": 60, "parameters": [
            {"name": "AutomationAssumeRole", "staticValue": f"arn:aws:iam::{ME}:role/remediation"},
            {"name": "BucketName", "resourceValue": "RESOURCE_ID"},
            *({"name": key, "staticValue": value} for key, value in values.items())]}, name)  # fmt: skip


def _permit(name: str, text: str) -> Given:
    return aws("verifiedpermissions/Policy", {"policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
        "description": name, "statement": text}}}, name)  # fmt: skip


SURICATA = "\n".join((
    'pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; dotprefix; content:".partner.ae"; nocase; endswith; '
    'flow:to_server, established; msg:"partner"; sid:1; rev:1;)',
    'pass tls $HOME_NET any -> $EXTERNAL_NET 443 (tls.sni; pcre:"/^(?:api|files)[0-9]?\\.clearing\\.ae$/i"; '
    'flow:to_server; sid:2; rev:1;)',
    'pass http $HOME_NET any -> $EXTERNAL_NET 80 (http.host; content:"crl.digicert.com"; startswith; endswith; '
    'sid:3; rev:1;)',
    'alert tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; pcre:"/.*/"; msg:"others"; sid:4; rev:1;)'))  # fmt: skip
FILTERS = {"filters": [{"pattern": json.dumps({"body": item})} for item in (
    {"amount": [{"numeric": [">", 0, "<=", 5000]}]}, 
    {"type": ["refund"], "amount": [{"numeric": ["<", 0]}]})]}  # fmt: skip
STEPS = json.dumps({"schemaVersion": "1.0", "phases": [{"name": "build", "steps": [{
    "name": "users", "action": "ExecuteBash", "inputs": {"commands": [
        "useradd --system --no-create-home --shell /sbin/nologin exporter", "usermod -aG docker ec2-user",
        "usermod -L games", "passwd -l root"]}}]}]})  # fmt: skip

IDIOMS = (
    Idiom("the web firewall lets in the office by the address that the last proxy wrote", (
        _acl("last", "block", {"action": {"allow": {}}, "statement": {"ipSetReferenceStatement": {
            "arn": OFFICE, "ipSetForwardedIpConfig": {
                "headerName": "X-Forwarded-For", "position": "LAST", "fallbackBehavior": "NO_MATCH"}}}}),),
        f"{WAF}, 'Using forwarded IP addresses'"),
    Idiom("the web firewall refuses known attackers wherever they stand in the header", (
        _acl("any", "allow", {"action": {"block": {}}, "statement": {"ipSetReferenceStatement": {
            "arn": OFFICE, "ipSetForwardedIpConfig": {
                "headerName": "X-Forwarded-For", "position": "ANY", "fallbackBehavior": "MATCH"}}}},
             {"action": {"block": {}}, "statement": {"rateBasedStatement": {
                 "limit": 2000, "aggregateKeyType": "FORWARDED_IP", "forwardedIpConfig": {
                     "headerName": "X-Forwarded-For", "fallbackBehavior": "MATCH"}}}}),),
        f"{WAF}, 'Rate-based rule statements'"),
    Idiom("requests behind a network of delivery are limited by the address that it writes", (
        _acl("delivery", "allow", {"action": {"block": {}}, "statement": {"rateBasedStatement": {
            "limit": 1000, "aggregateKeyType": "CUSTOM_KEYS", "customKeys": [{"forwardedIp": {}}, {"uriPath": {
                "textTransformations": [{"priority": 0, "type": "NONE"}]}}], "forwardedIpConfig": {
                "headerName": "CF-Connecting-IP", "fallbackBehavior": "NO_MATCH"}}}}),),
        f"{WAF}, 'Aggregating requests'"),
    Idiom("injections are looked for in short bodies, and long ones are refused", (
        _acl("bodies", "allow", {"action": {"block": {}}, "statement": {"sizeConstraintStatement": {
            "comparisonOperator": "GT", "size": 8192, "fieldToMatch": {"body": {"oversizeHandling": "MATCH"}},
            "textTransformations": [{"priority": 0, "type": "NONE"}]}}},
             {"action": {"block": {}}, "statement": {"sqliMatchStatement": {
                 "fieldToMatch": {"body": {"oversizeHandling": "NO_MATCH"}}, "sensitivityLevel": "HIGH",
                 "textTransformations": [{"priority": 0, "type": "URL_DECODE"}]}}}),),
        f"{WAF}, 'Oversize web request components'"),
    Idiom("the app says how it is without sign-in, and a proxy comes in by its secret", (
        _rule("health", 1, [{"pathPattern": {"values": ["/healthz"]}}], _forward()),
        _rule("proxy", 2, [{"httpHeader": {"httpHeaderName": "X-Origin-Key", "values": [UNKNOWN]}}], _forward()),
        _rule("own", 3, [{"httpHeader": {"httpHeaderName": "X-Team", "values": ["beta"]}}], SIGN_IN, _forward(2)),
        _rule("all", 10, [{"pathPattern": {"values": ["/*"]}}], SIGN_IN, _forward(2))),
        "Elastic Load Balancing, 'Authenticate users'"),
    Idiom("a function reads its models from a folder of EFS and starts from its layer", (aws("lambda/Function", {
        **FUNCTION, "name": "scores", "layers": [f"arn:aws:lambda:{R}:{ME}:layer:start:3"],
        "vpcConfig": {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]}, "fileSystemConfig": {
            "arn": f"arn:aws:elasticfilesystem:{R}:{ME}:access-point/fsap-0123456789abcdef0",
            "localMountPath": "/mnt/models"},
        "environment": {"variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/start", "MODELS": "/mnt/models/current"}}}),),
        "AWS Lambda, 'Modifying the runtime environment'"),
    Idiom("an API writes orders into its queue, and starts its workflow", (
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST",
            "type": "AWS", "uri": f"arn:aws:apigateway:{R}:sqs:path/{ME}/orders", "credentials": ROLE,
            "requestParameters": {"integration.request.header.Content-Type": "'application/x-www-form-urlencoded'"},
            "requestTemplates": {"application/json": "Action=SendMessage&MessageBody=$util.urlEncode($input.body)"}},
            "queue"),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST",
            "type": "AWS", "uri": f"arn:aws:apigateway:{R}:states:action/StartExecution", "credentials": ROLE,
            "requestTemplates": {"application/json": json.dumps({
                "input": "$util.escapeJavaScript($input.json('$'))",
                "stateMachineArn": f"arn:aws:states:{R}:{ME}:stateMachine:orders"})}}, "workflow"),
        aws("apigateway/Integration", {
            "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "GET", "integrationHttpMethod": "POST",
            "type": "AWS", "uri": f"arn:aws:apigateway:{R}:dynamodb:action/GetItem", "credentials": ROLE,
            "requestTemplates": {"application/json": json.dumps({
                "TableName": "orders", "Key": {"id": {"S": "$input.params('id')"}}})}}, "table")),
        "Amazon API Gateway, 'AWS integration'"),
    Idiom("an HTTP API puts events on the bus of the team", (aws("apigatewayv2/Integration", {
        "apiId": "a1b2c3d4e5", "integrationType": "AWS_PROXY", "integrationSubtype": "EventBridge-PutEvents",
        "credentialsArn": ROLE, "payloadFormatVersion": "1.0", "requestParameters": {
            "Source": "orders", "DetailType": "$request.body.type", "Detail": "$request.body.detail",
            "EventBusName": f"arn:aws:events:{R}:{ME}:event-bus/orders"}}),),
        "Amazon API Gateway, 'Integration subtype reference'"),
    Idiom("a query of an API starts a workflow through its data source", (aws("appsync/DataSource", {
        "apiId": "a1b2c3d4e5", "name": "workflows", "type": "HTTP", "serviceRoleArn": ROLE, "httpConfig": {
            "endpoint": f"https://states.{R}.amazonaws.com/", "authorizationConfig": {
                "authorizationType": "AWS_IAM", "awsIamConfig": {
                    "signingRegion": R, "signingServiceName": "states"}}}}),),
        "AWS AppSync, 'HTTP resolvers'"),
    Idiom("what differs from a rule is mended by runbooks of AWS", (
        _remediation("AWS-ConfigureS3BucketVersioning", VersioningState="Enabled"),
        _remediation("AWSConfigRemediation-ConfigureS3PublicAccessBlock", AccountId=ME, BlockPublicPolicy="true"),
        _remediation("AWS-AttachIAMToInstance", RoleName="ssm-managed-instance"),
        _remediation("AWS-DisablePublicAccessForSecurityGroup"),
        _remediation("AWSConfigRemediation-RevokeUnusedIAMUserCredentials", IAMResourceId="AIDAEXAMPLE")),
        "AWS Config, 'Remediating noncompliant resources'"),
    Idiom("a consumer takes payments and refunds by a filter each", (aws("lambda/EventSourceMapping", {
        "functionName": "settle", "eventSourceArn": f"arn:aws:sqs:{R}:{ME}:payments", "kmsKeyArn": KEY, "tags": TAGS,
        "batchSize": 10, "functionResponseTypes": ["ReportBatchItemFailures"], "filterCriteria": FILTERS}, "settle"),
        aws("cloudwatch/EventRule", {"name": "cold", "tags": TAGS, "eventPattern": json.dumps({
            "source": ["bank.vaults"], "detail": {"temperature": [{"numeric": ["<", 0]}], "owner": [{"exists": False}],
                                                  "size": [{"numeric": [">=", 5, "<=", 5]}]}})}, "cold"),
        aws("cloudwatch/LogMetricFilter", {
            "name": "denied", "logGroupName": "/audit", "pattern":
                '{ ($.errorCode = "AccessDenied*") && ($.userIdentity.type = "AssumedRole") }',
            "metricTransformation": {"name": "denied", "namespace": "audit", "value": "1"}}, "denied")),
        "AWS Lambda, 'Using event filtering with an Amazon SQS event source'"),
    Idiom("the firewall passes names of partners by Suricata's rules", (aws("networkfirewall/RuleGroup", {
        "name": "names", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {
            "rulesSource": {"rulesString": SURICATA}, "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}}}),),
        "AWS Network Firewall, 'Examples of stateful rules'"),
    Idiom("permits hold for those who own something, up to an amount", (
        _permit("owner", "permit (principal, action, resource) when { resource.owner == principal };"),
        _permit("amount", 'permit (principal, action == Action::"pay", resource) when { context.amount >= 0 && '
                "context.amount < 5000 };"),
        _permit("bounded", "permit (principal, action, resource) when { context.amount >= 0 && context.amount < 1000 "
                "&& principal.branch == resource.branch } unless { principal.suspended };"),
        _permit("admins", 'permit (principal in Group::"admins", action, resource) when { true };')),
        "docs.cedarpolicy.com, 'Example policies'"),
    Idiom("databases of Oracle and SQL Server record who does what, and Kafka keeps a week", (
        aws("rds/ParameterGroup", {"name": "oracle", "family": "oracle-ee-19", "tags": TAGS, "parameters": [
            {"name": "audit_trail", "value": "DB,EXTENDED", "applyMethod": "pending-reboot"},
            {"name": "audit_sys_operations", "value": "TRUE", "applyMethod": "pending-reboot"}]}, "oracle"),
        aws("rds/ParameterGroup", {"name": "mssql", "family": "sqlserver-ee-16.0", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1", "applyMethod": "pending-reboot"},
            {"name": "default trace enabled", "value": "1", "applyMethod": "immediate"}]}, "mssql"),
        aws("msk/Configuration", {"name": "week", "kafkaVersions": ["3.8.x"], "serverProperties":
            "auto.create.topics.enable=false\nallow.everyone.if.no.acl.found=false\nlog.retention.hours=168\n"
            "log.retention.bytes=-1\nlog.segment.bytes=1048576\ndelete.topic.enable=true\n"}, "week")),
        "Amazon MSK, 'Custom configurations'"),
    Idiom("images have a user for an exporter, who may nothing", (aws("imagebuilder/Component", {
        "name": "exporter", "platform": "Linux", "version": "1.0.0", "kmsKeyId": KEY, "data": STEPS, "tags": TAGS}),),
        "EC2 Image Builder, 'Component document'", unpriced()),
    Idiom("costs of the shared platform are split among units", (aws("costexplorer/CostCategory", {
        "name": "units", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "platform", "tags": TAGS,
        "rules": [{"value": unit, "type": "REGULAR", "rule": {"tags": {
            "key": "business-unit", "values": [unit], "matchOptions": ["EQUALS"]}}} for unit in ("retail", "research")],
        "splitChargeRules": [{"source": "platform", "targets": ["retail", "research"], "method": "PROPORTIONAL"}]}),),
        "AWS Cost Management, 'Splitting charges within cost categories'"),
)  # fmt: skip

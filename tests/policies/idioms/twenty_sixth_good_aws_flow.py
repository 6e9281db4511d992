"""Good programs of platform teams on AWS: messages, flows, ways in and names (set 26, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_fourth_good_aws import log
from .twenty_third_aws import store
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT

USES_KEY = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)
FIFO = {"fifoQueue": True, "contentBasedDeduplication": True, "deduplicationScope": "messageGroup",
        "fifoThroughputLimit": "perMessageGroupId", "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 3600,
        "tags": TAGS}  # fmt: skip


def denied(action: str, at: str) -> dict[str, object]:
    """Returns what refuses calls without TLS."""
    return {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": action, "Resource": at, "Condition": {
        "Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip


def queue_policy(name: str, topic: str) -> str:
    """Returns the policy of a queue that takes what one topic sends, and asks for TLS."""
    at = arn("sqs", name)
    return document(
        {"Sid": "Topic", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
         "Resource": at, "Condition": {"ArnEquals": {"aws:SourceArn": arn("sns", topic)},
                                       "StringEquals": {"aws:SourceAccount": ME}}},
        denied("sqs:*", at))  # fmt: skip


def from_rules(name: str, rule: str) -> str:
    """Returns the policy of a queue that takes what rules could not deliver, and asks for TLS."""
    at = arn("sqs", name)
    return document(
        {"Sid": "Rules", "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action":
         "sqs:SendMessage", "Resource": at, "Condition": {"ArnLike": {"aws:SourceArn": arn("events", f"rule/{rule}")}}},
        denied("sqs:*", at))  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("SNS and SQS: postings stay in order, reach two queues by what they say, and can be sent again for a month", (
        BUDGET,
        aws("sns/Topic", {
            "name": "postings.fifo", "fifoTopic": True, "contentBasedDeduplication": True, "fifoThroughputScope":
            "MessageGroup", "kmsMasterKeyId": KEY, "archivePolicy": json.dumps({"MessageRetentionPeriod": "30"}),
            "tracingConfig": "Active", "policy": document(
                {"Sid": "Owner", "Effect": "Allow", "Principal": {"AWS": role_arn("postings")}, "Action": "sns:Publish",
                 "Resource": arn("sns", "postings.fifo")},
                {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn(
                    "sns", "postings.fifo"), "Condition": {"Bool": {"aws:SecureTransport": "false"}}}),
            "tags": TAGS}, "topic"),
        *(given for name, kinds in (("ledger", ["debit", "credit"]), ("fraud", ["debit"])) for given in (
            aws("sqs/Queue", {"name": f"{name}-dead.fifo", **FIFO, "messageRetentionSeconds": 1209600}, f"{name}-dead"),
            aws("sqs/Queue", {
                "name": f"{name}.fifo", **FIFO, "visibilityTimeoutSeconds": 180, "receiveWaitTimeSeconds": 20,
                "messageRetentionSeconds": 345600, "redrivePolicy": json.dumps({
                    "deadLetterTargetArn": arn("sqs", f"{name}-dead.fifo"), "maxReceiveCount": 5})}, name),
            aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
                "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", f"{name}.fifo")]})}, f"{name}-redrive",
                links={"queueUrl": (f"{name}-dead",)}),
            aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": queue_policy(f"{name}.fifo", "postings.fifo")},
                f"{name}-policy", links={"queueUrl": (name,)}),
            aws("sns/TopicSubscription", {
                "topic": UNKNOWN, "protocol": "sqs", "endpoint": arn("sqs", f"{name}.fifo"), "rawMessageDelivery": True,
                "filterPolicyScope": "MessageBody", "filterPolicy": json.dumps({"kind": kinds}), "redrivePolicy":
                    json.dumps({
                    "deadLetterTargetArn": arn("sqs", f"{name}-dead.fifo")})}, f"{name}-subscription", links={
                        "topic": ("topic",), "endpoint": (name,)}),
            alarm(f"{name}-dead-letters", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0.0,
                  QueueName=f"{name}-dead.fifo"))),
        trusted("ecs-tasks.amazonaws.com", "postings"),
        rights("postings", statement("sns:Publish", arn("sns", "postings.fifo")), USES_KEY)),
        f"{AWS_DOCS}/sns/latest/dg/fifo-message-archiving-replay.html; terraform-aws-modules/terraform-aws-sns "
        "examples/complete, as known", OURS),
    Idiom("Step Functions: each line of a night's file is a run of its own, forty at a time, and what failed is kept", (
        BUDGET, *store("bank-night-files", "files"),
        aws("s3/BucketNotification", {"bucket": UNKNOWN, "eventbridge": True}, "files-events", links={
            "bucket": ("files",)}),
        log("/aws/vendedlogs/states/night", "group"), trusted("states.amazonaws.com", "night"),
        rights("night", statement(["s3:GetObject", "s3:GetObjectVersion"], "arn:aws:s3:::bank-night-files/in/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-night-files", {"StringLike": {"s3:prefix": ["in/*"]}}),
               statement(["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
                         "arn:aws:s3:::bank-night-files/results/*"),
               statement("lambda:InvokeFunction", arn("lambda", "function:post-line:live")),
               statement("states:StartExecution", arn("states", "stateMachine:night")),
               statement(["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"], arn(
                   "states", "execution:night/*")), statement("sns:Publish", ALARMS), statement(
                   ["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery",
                    "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy",
                    "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"]), statement([
                        "xray:PutTraceSegments", "xray:PutTelemetryRecords"]), USES_KEY),
        aws("sfn/StateMachine", {
            "name": "night", "type": "STANDARD", "roleArn": UNKNOWN, "publish": True, "definition": json.dumps({
                "QueryLanguage": "JSONata", "StartAt": "Lines", "TimeoutSeconds": 14400, "States": {
                    "Lines": {
                        "Type": "Map", "Label": "Lines", "MaxConcurrency": 40, "ToleratedFailurePercentage": 1,
                        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {
                            "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 1000000}, "Arguments": {
                                "Bucket": "bank-night-files", "Key": "{% $states.input.detail.object.key %}"}},
                        "ItemBatcher": {"MaxItemsPerBatch": 100}, "ItemProcessor": {
                            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "Post",
                            "States": {"Post": {
                                "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": {
                                    "FunctionName": arn("lambda", "function:post-line:live"), "Payload":
                                        "{% $states.input %}"},
                                "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException",
                                                           "Lambda.ServiceException"], "IntervalSeconds": 2,
                                           "BackoffRate": 2, "MaxAttempts": 4, "JitterStrategy": "FULL"}],
                                "TimeoutSeconds": 60, "End": True}}},
                        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Arguments": {
                            "Bucket": "bank-night-files", "Prefix": "results"}, "WriterConfig": {
                                "Transformation": "COMPACT", "OutputType": "JSONL"}},
                        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Tell"}], "Next": "Done"},
                    "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Arguments": {
                        "TopicArn": ALARMS, "Message": "{% 'Night failed: ' & $states.errorOutput.Error %}"}, "Next":
                            "Failed"},
                    "Failed": {"Type": "Fail", "Error": "Night"}, "Done": {"Type": "Succeed"}}}),
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY,
                                        "kmsDataKeyReusePeriodSeconds": 300}, "loggingConfiguration": {
                "level": "ERROR", "includeExecutionData": False, "logDestination": arn(
                    "logs", "log-group:/aws/vendedlogs/states/night:*")}, "tracingConfiguration": {"enabled": True},
            "tags": TAGS}, "flow", links={"roleArn": ("night",)}),
        aws("sqs/Queue", {"name": "night-undelivered", "messageRetentionSeconds": 1209600, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "undelivered"),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": from_rules("night-undelivered", "night-file")},
            "undelivered-policy", links={"queueUrl": ("undelivered",)}),
        aws("cloudwatch/EventRule", {"name": "night-file", "description": "A file of the night arrived", "eventPattern":
            json.dumps({"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {
                "bucket": {"name": ["bank-night-files"]}, "object": {"key": [{"prefix": "in/"}], "size": [{
                    "numeric": [">", 0]}]}}}), "tags": TAGS}, "rule"),
        trusted("events.amazonaws.com", "night-start"),
        rights("night-start", statement("states:StartExecution", arn("states", "stateMachine:night")), USES_KEY),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "arn": UNKNOWN, "roleArn": UNKNOWN, "deadLetterConfig": {"arn": arn(
                "sqs", "night-undelivered")}, "retryPolicy": {"maximumEventAgeInSeconds": 3600,
                                                             "maximumRetryAttempts": 10}}, "target", links={
                "rule": ("rule",), "arn": ("flow",), "roleArn": ("night-start",)}),
        alarm("night-failed", "AWS/States", "ExecutionsFailed", 0.0, StateMachineArn=arn("states", "stateMachine:night")
              )),
        f"{AWS_DOCS}/step-functions/latest/dg/use-dist-map-orchestrate-large-scale-parallel-workloads.html; "
        "aws-samples/aws-stepfunctions-examples, as known", merged(OURS, merged(kept("files"), {"residency": {"known": {
            "bank-night-files": "our own bucket, in me-central-1"}}}))),
    Idiom("EventBridge: jobs, copies and builds that fail tell those on duty in one sentence, and nothing gets lost", (
        BUDGET,
        aws("sns/Topic", {"name": "duty", "kmsMasterKeyId": KEY, "tags": TAGS}, "duty"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource":
            arn("sns", "duty"), "Condition": {"StringEquals": {"aws:SourceAccount": ME}, "ArnLike": {
                "aws:SourceArn": arn("events", "rule/failed-*")}}}, denied("sns:Publish", arn("sns", "duty")))},
            "duty-policy", links={"arn": ("duty",)}),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "email", "endpoint": "duty@bank.ae"}, "mail",
            links={"topic": ("duty",)}),
        aws("sqs/Queue", {"name": "duty-undelivered", "messageRetentionSeconds": 1209600, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "undelivered"),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": from_rules("duty-undelivered", "failed-*")},
            "undelivered-policy", links={"queueUrl": ("undelivered",)}),
        *(given for name, pattern, paths, words in (
            ("glue", {"source": ["aws.glue"], "detail-type": ["Glue Job State Change"], "detail": {
                "state": ["FAILED", "TIMEOUT", "ERROR"]}}, {"job": "$.detail.jobName", "why": "$.detail.message"},
             "Glue job <job> failed: <why>"),
            ("batch", {"source": ["aws.batch"], "detail-type": ["Batch Job State Change"], "detail": {
                "status": ["FAILED"], "jobQueue": [{"suffix": "/nightly"}]}}, {
                    "job": "$.detail.jobName", "why": "$.detail.statusReason"}, "Batch job <job> failed: <why>"),
            ("backup", {"source": ["aws.backup"], "detail-type": ["Backup Job State Change"], "detail": {
                "state": ["FAILED", "EXPIRED", "ABORTED"]}}, {
                    "job": "$.detail.resourceArn", "why": "$.detail.statusMessage"}, "No backup of <job>: <why>"),
            ("ecs", {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"], "detail": {
                "lastStatus": ["STOPPED"], "stopCode": [{"anything-but": ["UserInitiated",
                                                                          "ServiceSchedulerInitiated"]}],
                "containers": {"exitCode": [{"anything-but": 0}]}}}, {
                    "job": "$.detail.group", "why": "$.detail.stoppedReason"}, "Task of <job> ended: <why>"),
            ("health", {"source": ["aws.health"], "detail-type": ["AWS Health Event"], "detail": {
                "eventTypeCategory": ["issue"], "eventRegion": [R, "global"]}}, {
                    "job": "$.detail.service", "why": "$.detail.eventTypeCode"}, "AWS reports <why> of <job>"))
          for given in (
              aws("cloudwatch/EventRule", {"name": f"failed-{name}", "description": f"What fails in {name}",
                  "eventPattern": json.dumps(pattern), "state": "ENABLED", "tags": TAGS}, f"failed-{name}"),
              aws("cloudwatch/EventTarget", {
                  "rule": UNKNOWN, "arn": UNKNOWN, "inputTransformer": {"inputPaths": paths, "inputTemplate":
                      f'"{words}"'}, "deadLetterConfig": {"arn": arn("sqs", "duty-undelivered")}, "retryPolicy": {
                          "maximumEventAgeInSeconds": 21600, "maximumRetryAttempts": 50}}, f"tell-{name}", links={
                              "rule": (f"failed-{name}",), "arn": ("duty",)})))),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-transform-target-input.html; terraform-aws-modules/"
        "terraform-aws-eventbridge, as known", merged(OURS, {"residency": {"known": {"@bank.ae": "our own mail"}}})),
    Idiom("HTTP API: partners come with tokens of Entra and certificates of the bank to a service behind a link", (
        BUDGET, log("/aws/apigateway/partners", "group"),
        aws("apigatewayv2/Api", {
            "name": "partners", "protocolType": "HTTP", "disableExecuteApiEndpoint": True, "description":
            "Rates and limits for partners", "corsConfiguration": {
                "allowOrigins": ["https://portal.bank.ae"], "allowMethods": ["GET", "POST"], "allowHeaders": [
                    "authorization", "content-type"], "maxAge": 600}, "tags": TAGS}, "api"),
        aws("apigatewayv2/Authorizer", {
            "apiId": UNKNOWN, "name": "entra", "authorizerType": "JWT", "identitySources": [
                "$request.header.Authorization"], "jwtConfiguration": {
                    "issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0", "audiences": [CLIENT]}}, "entra",
            links={"apiId": ("api",)}),
        aws("apigatewayv2/VpcLink", {"name": "partners", "subnetIds": SUBNETS, "securityGroupIds": GROUPS,
                                     "tags": TAGS}, "link"),
        aws("apigatewayv2/Integration", {
            "apiId": UNKNOWN, "integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "connectionType": "VPC_LINK",
            "connectionId": UNKNOWN, "integrationUri": arn("elasticloadbalancing", "listener/app/rates/1/2"),
            "payloadFormatVersion": "1.0", "timeoutMilliseconds": 10000, "tlsConfig": {
                "serverNameToVerify": "rates.apps.bank.ae"}, "requestParameters": {
                    "overwrite:header.x-partner": "$context.authorizer.claims.azp"}}, "rates", links={
                        "apiId": ("api",), "connectionId": ("link",)}),
        *(aws("apigatewayv2/Route", {
            "apiId": UNKNOWN, "routeKey": key, "target": UNKNOWN, "authorizationType": "JWT", "authorizerId": UNKNOWN,
            "authorizationScopes": [scope]}, name, links={
                "apiId": ("api",), "target": ("rates",), "authorizerId": ("entra",)}) for name, key, scope in (
                    ("get-rates", "GET /v1/rates", "rates.read"), ("post-orders", "POST /v1/orders", "orders.write"))),
        aws("apigatewayv2/Stage", {
            "apiId": UNKNOWN, "name": "$default", "autoDeploy": True, "accessLogSettings": {
                "destinationArn": arn("logs", "log-group:/aws/apigateway/partners"), "format": json.dumps({
                    "request": "$context.requestId", "route": "$context.routeKey", "status": "$context.status",
                    "partner": "$context.authorizer.claims.azp", "certificate":
                        "$context.identity.clientCert.serialNumber"})},
            "defaultRouteSettings": {"throttlingBurstLimit": 50, "throttlingRateLimit": 25, "detailedMetricsEnabled":
                True}, "tags": TAGS}, "stage", links={"apiId": ("api",)}),
        aws("apigatewayv2/DomainName", {
            "domainName": "partners.bank.ae", "domainNameConfiguration": {
                "certificateArn": CERTIFICATE, "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2",
                "ipAddressType": "ipv4"}, "mutualTlsAuthentication": {
                    "truststoreUri": "s3://bank-trust/partners.pem", "truststoreVersion": "3sL4kqtJlcpXroDTDmJ"},
            "tags": TAGS}, "domain"),
        aws("apigatewayv2/ApiMapping", {"apiId": UNKNOWN, "domainName": UNKNOWN, "stage": UNKNOWN}, "mapping", links={
            "apiId": ("api",), "domainName": ("domain",), "stage": ("stage",)}),
        aws("route53/Record", {"zoneId": "Z0123456789ABCDEFGHIJ", "name": "partners.bank.ae", "type": "A", "aliases": [{
            "name": UNKNOWN, "zoneId": "Z1ABCDEFGHIJKL", "evaluateTargetHealth": True}]}, "record", links={
                "aliases": ("domain",)}),
        alarm("partners-errors", "AWS/ApiGateway", "5xx", 5.0, ApiId="partners")),
        f"{AWS_DOCS}/apigateway/latest/developerguide/http-api-jwt-authorizer.html; .../http-api-mutual-tls.html; "
        "terraform-aws-modules/terraform-aws-apigateway-v2, as known", merged(OURS, {
            "residency": {"known": {"bank-trust": "our own bucket, in me-central-1"}}, "escape": {"code_sources": {
                "bank-trust": "authorities of partners, kept by the platform team"}}, "identity": {"trusted": {
                    f"login.microsoftonline.com/{TENANT}": "Entra, the bank's own tenant"}}})),
)  # fmt: skip

"""Good uses of AWS beside the attacks of `attacks/read_again_bedrock_to_xray.py`: another value, or another word
(2026-11-29)."""

import json

from ..blind import KEY, ME, TAGS, aws
from . import Idiom
from .fourth import AWS_DOCS

SECRET = f"arn:aws:secretsmanager:me-central-1:{ME}:secret:kafka"
KAFKA = {"functionName": "orders", "topics": ["orders"], "startingPosition": "LATEST", "tags": TAGS,
         "selfManagedEventSource": {"endpoints": {"KAFKA_BOOTSTRAP_SERVERS": "kafka.corp.internal:9093"}}}  # fmt: skip
NETWORK = [{"type": "VPC_SUBNET", "uri": "subnet:subnet-0123456789abcdef0"},
           {"type": "VPC_SECURITY_GROUP", "uri": "security_group:sg-0123456789abcdef0"}]  # fmt: skip


IDIOMS = (
    Idiom("a function reads Kafka with tokens of the bank's provider", (aws("lambda/EventSourceMapping", {
        **KAFKA, "sourceAccessConfigurations": [
            *NETWORK, {"type": "OAUTHBEARER_AUTH", "uri": SECRET}, {"type": "OAUTHBEARER_SCOPE", "uri": "kafka"}]}),),
        f"{AWS_DOCS}/lambda/latest/dg/kafka-cluster-auth.html"),
    Idiom("documents of a collection are kept for a month, in hours", (aws("opensearch/ServerlessLifecyclePolicy", {
        "name": "logs", "type": "retention", "policy": json.dumps({"Rules": [{
            "ResourceType": "index", "Resource": ["index/logs/*"], "MinIndexRetention": "720h"}]})}),),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/serverless-lifecycle.html"),
    Idiom("agents return to the developer's machine by its address", (aws("bedrock/AgentcoreWorkloadIdentity", {
        "name": "agent", "tags": TAGS, "allowedResourceOauth2ReturnUrls": [
            "http://127.0.0.1:8080/return", "http://localhost", "http://[::1]:8080/return"]}),),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide"),
    Idiom("a copy of rows keeps the time of its country in its own session", (aws("dms/Endpoint", {
        "endpointId": "core", "endpointType": "target", "engineName": "aurora-postgresql", "sslMode": "verify-full",
        "kmsKeyArn": KEY, "secretsManagerArn": SECRET, "secretsManagerAccessRoleArn": f"arn:aws:iam::{ME}:role/worker",
        "databaseName": "core", "tags": TAGS, "postgresSettings": {
            "afterConnectScript": "SET TIME ZONE 'Asia/Dubai'; SET statement_timeout = 0"}}),),
        f"{AWS_DOCS}/dms/latest/userguide/CHAP_Target.PostgreSQL.html"),
    Idiom("mail of the domain comes from the named servers", (aws("route53/Record", {
        "name": "example.ae", "type": "TXT", "ttl": 300, "zoneId": "Z1",
        "records": ["v=spf1 mx include:all.example.ae -all"]}),), f"{AWS_DOCS}/Route53"),
    Idiom("findings of the platform's own scanner are critical until somebody works on them", (
        aws("securityhub/AutomationRuleV2", {
            "ruleName": "own", "ruleOrder": 1, "description": "own scanner", "tags": TAGS,
            "criteria": {"ocsfFindingCriteriaJson": "{}"},
            "action": {"type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": {"severityId": 5, "statusId": 2}}}),),
        f"{AWS_DOCS}/securityhub/latest/userguide/securityhub-v2-automation-rules.html"),
)  # fmt: skip

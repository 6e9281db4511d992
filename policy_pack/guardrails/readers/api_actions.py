"""Calls of AWS that services make for somebody, of which `data/listed_calls.csv` has those that do no harm.

Kinds of rows: `caller` is a call, as service:action, that an API may make for whoever calls it, and a workflow too;
`call` one that a workflow or schedule may make; `disclosing` one that no pattern of these means, as its answer has a
password, key or address that signs in (members of botocore 1.44.8 that are sensitive or named so); `integration` an
optimised integration of Step Functions; `path` a path of a service behind API Gateway; `subtype` one of HTTP APIs;
`signer` a service of AppSync's data sources; `document` a document of Systems Manager. Calls that create what no
guardrail sees, give rights, remove protections or disclose credentials (`data/disclosing_actions.csv`) are not listed.

Sources: AWS Step Functions Developer Guide, "Optimized integrations" and "Supported AWS SDK service integrations"
(services without hyphens; identifiers by botocore 1.44.8); API Gateway Developer Guide, "Integration subtype
reference"; Systems Manager Automation runbook reference; what public programs call (aws-samples/serverless-patterns,
aws-samples/aws-cdk-examples and nine others; 2026-11-30). Documents that only their names describe are as known.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from .policy_documents import matches

_PREFIXES = {
    "acmpca": "acm-pca", "apigatewaymanagementapi": "execute-api", "applicationautoscaling": "application-autoscaling",
    "bedrock-agent": "bedrock", "bedrock-agent-runtime": "bedrock", "bedrock-runtime": "bedrock",
    "bedrockagent": "bedrock", "bedrockagentcore": "bedrock-agentcore", "bedrockagentruntime": "bedrock",
    "bedrockruntime": "bedrock", "cloudwatchlogs": "logs", "cognitoidentity": "cognito-identity",
    "cognitoidentityprovider": "cognito-idp", "configservice": "config", "databasemigration": "dms",
    "directoryservice": "ds", "docdb": "rds", "ec2instanceconnect": "ec2-instance-connect",
    "efs": "elasticfilesystem", "elasticloadbalancingv2": "elasticloadbalancing", "elasticsearch": "es",
    "email": "ses", "emr": "elasticmapreduce", "emrcontainers": "emr-containers", "emrserverless": "emr-serverless",
    "eventbridge": "events", "iotdataplane": "iot-data", "keyspaces": "cassandra", "monitoring": "cloudwatch",
    "neptune": "rds", "opensearch": "es", "rdsdata": "rds-data", "redshiftdata": "redshift-data",
    "redshiftserverless": "redshift-serverless", "s3control": "s3",
    "sagemakerruntime": "sagemaker", "sesv2": "ses", "sfn": "states",
    "ssmincidents": "ssm-incidents", "ssoadmin": "sso", "vpclattice": "vpc-lattice",
    "workspacesweb": "workspaces-web",
}  # fmt: skip
"""Service of the SDK or of a host, in lower case -> prefix of its actions in policies, where they differ."""
CALL, CALLER, DISCLOSING, DOCUMENT, INTEGRATION, PATH, SIGNER, SUBTYPE = (
    "call", "caller", "disclosing", "document", "integration", "path", "signer", "subtype",
)  # fmt: skip
_OF_SECRETS = lazy_regex(r"password|secretvalue|token|credential|accesskey|apikey|presigned", re.IGNORECASE)
"""Words of calls that disclose what signs somebody in."""
_LONGEST = 512
"""Characters of a name that are read."""


@cache
def listed() -> Mapping[str, tuple[str, ...]]:
    """Returns kind -> the patterns of its names."""
    with (DATA / "listed_calls.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {kind: tuple(row["name"] for row in rows if row["kind"] == kind) for kind in {row["kind"] for row in rows}}


@cache
def _disclosing() -> frozenset[str]:
    with (DATA / "disclosing_actions.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["action"].lower() for row in csv.DictReader(file))


@lru_cache(maxsize=4096)
def is_listed(kind: str, name: str) -> bool:
    """Returns whether a name is listed as one of a kind. Names are compared without case."""
    return any(matches(pattern, name[:_LONGEST]) for pattern in listed()[kind])


def prefix_of(service: str) -> str:
    """Returns the prefix by which policies name the actions of a service."""
    name = service.strip().lower()
    return _PREFIXES.get(name, name)


def is_for_callers(service: str, action: str) -> bool:
    """Returns whether an API may make a call for whoever calls it."""
    return is_listed(CALLER, f"{prefix_of(service)}:{action.strip()}")


def is_for_workflows(service: str, action: str) -> bool:
    """Returns whether a workflow or schedule may make a call."""
    name = f"{prefix_of(service)}:{action.strip()}"
    if is_for_callers(service, action):
        return True
    patterns = [pattern for pattern in listed()[CALL] if matches(pattern, name[:_LONGEST])]
    # What a service lists or describes of itself is shown, but no credentials.
    is_named = any(not pattern.startswith("*") for pattern in patterns)
    return is_named or (bool(patterns) and not _discloses(name, prefix_of(service)))


def _discloses(name: str, prefix: str) -> bool:
    is_known = name.lower() in _disclosing() or is_listed(DISCLOSING, name)
    return is_known or prefix == "sts" or _OF_SECRETS.search(name) is not None

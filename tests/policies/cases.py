"""Compliant resources for each type that rows apply to, and variants that each violate one row."""

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from guardrails.cost.node_formulas import FEW_NODES
from guardrails.cost.workload_sizes import FEW_PROCESSORS
from guardrails.encryption.transit.azure import STRONG_CHANNELS
from guardrails.engine import conditions
from guardrails.engine.conditions import Condition
from guardrails.engine.rows import Check
from guardrails.engine.sdk_types import LOCATED_AZURE, TAGGABLE
from guardrails.readers.effective_tags import NEVER_TAG
from guardrails.registry import ALL
from guardrails.resilience.call_records import CALL_ROWS
from guardrails.resilience.data_protection import PRODUCTION_ROWS

from tests.samples import COST_TAGS as TAGS

from .condition_samples import SAMPLES
from .harness import Given

KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"

Props = dict[str, object]

_SAMPLES: dict[int, tuple[list[object], list[object]]] = {
    id(conditions.SET): (["something"], [""]),
    id(conditions.CUSTOMER_KEY): ([KEY, "alias/falaj"], ["", "alias/aws/ebs", KEY.replace("key/1", "alias/aws/1")]),
    id(conditions.TRUE): ([True, "true"], [False, "false", "no"]),
    id(conditions.NOT_TRUE): ([False], [True, "true"]),
    id(conditions.FALSE): ([False, "false"], [True, "true"]),
    id(conditions.NOT_FALSE): ([True, "true"], [False, "false"]),
    id(conditions.ABSENT): ([], ["something"]),
    **SAMPLES,
    id(FEW_PROCESSORS): (["64 vCPU", "64"], ["100000 vCPU", "", "many"]),
    id(FEW_NODES): (["$TargetDedicatedNodes=min(4, $PendingTasks.GetSample(1));"], ["$TargetDedicatedNodes=900;"]),
    id(STRONG_CHANNELS): (["AES-256-GCM;"], ["AES-128-CCM;AES-256-GCM;", "aes-128-ccm"]),
}

_REQUIRED_BY_PREDICATES: dict[str, Props] = {
    "aws:ec2/launchTemplate:LaunchTemplate": {
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]
    },
    "aws:ec2/instance:Instance": {"volumeTags": TAGS},
    "aws:eks/cluster:Cluster": {"enabledClusterLogTypes": ["audit"]},
    "aws:emr/cluster:Cluster": {"autoTerminationPolicy.idleTimeout": 3600},
    "aws:sagemaker/domain:Domain": {
        "defaultUserSettings.jupyterLabAppSettings.appLifecycleManagement.idleSettings.lifecycleManagement": "ENABLED"
    },
    "aws:autoscaling/group:Group": {
        "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]
    },
    "azure-native:cosmosdb:CassandraDataCenter": {
        f"properties.{part}CustomerKeyUri": "https://bank.vault.azure.net/keys/core"
        for part in ("backupStorage", "managedDisk")
    },
    "azure-native:devopsinfrastructure:Pool": {
        "fabricProfile.networkProfile.subnetId": "/subscriptions/1/subnets/builds"
    },
    "aws:cognito/userPool:UserPool": {"adminCreateUserConfig.allowAdminCreateUserOnly": True},
    "aws:appsync/graphQLApi:GraphQLApi": {"logConfig.excludeVerboseContent": True},
    "aws:cloudtrail/trail:Trail": {"enableLogFileValidation": True, "isMultiRegionTrail": True},
    "aws:mskconnect/connector:Connector": {"kafkaClusterClientAuthentication.authenticationType": "IAM"},
    "aws:docdb/cluster:Cluster": {"enabledCloudwatchLogsExports": ["audit"]},
    "aws:neptune/cluster:Cluster": {"enableCloudwatchLogsExports": ["audit"]},
    "aws:redshiftserverless/namespace:Namespace": {"logExports": ["connectionlog"]},
    "aws:ses/receiptRule:ReceiptRule": {"scanEnabled": True},
    "aws:cloudwatch/eventTarget:EventTarget": {"ecsTarget.propagateTags": "TASK_DEFINITION"},
    "aws:pipes/pipe:Pipe": {"targetParameters.ecsTaskParameters.propagateTags": "TASK_DEFINITION"},
    "aws:scheduler/schedule:Schedule": {"target.ecsParameters.propagateTags": "TASK_DEFINITION"},
    **{
        f"aws:{service}/domain:Domain": {"logPublishingOptions": [{"logType": "AUDIT_LOGS"}]}
        for service in ("opensearch", "elasticsearch")
    },
    "kubernetes:storage.k8s.io/v1:StorageClass": {
        "parameters.tags": ",".join(f"{key}={value}" for key, value in TAGS.items()),
        **{f"parameters.tagSpecification_{key}": f"{key}={value}" for key, value in TAGS.items()},
    },
    "azure-native:datafactory:LinkedService": {"properties.serviceEndpoint": "https://10.0.0.4/"},
    "azure-native:machinelearningservices:Compute": {"properties.properties.remoteLoginPortPublicAccess": "Disabled"},
    "azure-native:datafactory:IntegrationRuntime": {"properties.managedVirtualNetwork.referenceName": "default"},
    "azure-native:storage:StorageAccount": {"networkRuleSet.defaultAction": "Deny"},
    "azure-native:netapp:CapacityPoolVolume": {"exportPolicy.rules[*].hasRootAccess": False},
    "azure-native:network:Subnet": {"networkSecurityGroup.id": "/g"},
    "azure-native:containerservice:ManagedCluster": {
        "securityProfile.azureKeyVaultKms.keyVaultNetworkAccess": "Private"
    },
    "azure-native:kusto:Cluster": {"trustedExternalTenants": [], "restrictOutboundNetworkAccess": "Enabled"},
    **{
        f"azure-native:{kind}": {"properties.networkAcls.defaultAction": "Deny"}
        for kind in ("keyvault:Vault", "keyvault:ManagedHsm", "cognitiveservices:Account")
    },
    "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": {"resourceTags": TAGS},
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {"resourceTags": TAGS},
    "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate": {"stagingAreaTags": TAGS},
    "azure-native:batch:Pool": {"resourceTags": TAGS},
    "azure-native:keyvault:Key": {"properties.rotationPolicy.lifetimeActions": [{"action": {"type": "rotate"}}]},
}
"""Values that predicates require of types that also have rows: type -> path -> value."""


def samples(condition: Condition) -> tuple[list[object], list[object]]:
    """Returns (values that satisfy a condition, values that do not)."""
    if id(condition) in _SAMPLES:
        return _SAMPLES[id(condition)]
    words = [
        word.strip("'") for word in condition.requirement.split() if word not in ("must", "be", "or", "not", "contain")
    ]
    if condition.requirement.startswith(("must be at least", "must be at most")):
        limit = int(words[-1])
        beyond = -1 if "least" in words else 1
        return [limit, float(limit), str(limit)], [limit + beyond, float(limit + beyond), "some"]
    if condition.requirement.startswith("must contain"):
        return [[words[0]], [words[0], "more"]], [[], ["more"]]
    if condition.requirement.startswith("must not contain"):
        return [["REGIONAL"]], [[words[0]], ["REGIONAL", words[0]]]
    if condition.requirement.startswith("must not be a cross-region"):
        return ["amazon.nova-lite-v1:0"], [
            "us.amazon.nova-lite-v1:0",
            "arn:aws:bedrock:::inference-profile/global.nova",
        ]
    if condition.requirement.startswith("must not be set"):
        return [], ["something"]
    if condition.requirement.startswith("must not be"):
        return ["Standard"], [word.replace("*", "Standard") for word in words]
    allowed = condition.requirement.removeprefix("must be ").split(" or ")
    return [*allowed, allowed[0].upper()], ["Neither", ""]


def put(props: Props, path: str, value: object) -> None:
    """Sets a property at the path of a row, and creates missing objects and one-item lists."""
    *parents, last = path.split(".")
    target = props
    for segment in parents:
        name = segment.rstrip("?").removesuffix("[*]").removesuffix("[+]")
        child: Props = {}
        if segment.endswith("]"):
            existing = target.setdefault(name, [child])
            assert isinstance(existing, list)
            target = existing[0]
        else:
            existing = target.setdefault(name, child)
            assert isinstance(existing, dict)
            target = existing
    target[last] = value


def remove(props: Props, path: str) -> None:
    """Removes the property at the path of a row."""
    *parents, last = path.split(".")
    target = props
    for segment in parents:
        child = target[segment.rstrip("?").removesuffix("[*]").removesuffix("[+]")]
        inner = child[0] if isinstance(child, list) else child
        assert isinstance(inner, dict)
        target = inner
    target.pop(last, None)


@cache
def checks_by_type() -> Mapping[str, list[tuple[str, Check]]]:
    """Returns type -> its (rule ID, row) pairs; read-only, because all tests of a process share it."""
    checks: dict[str, list[tuple[str, Check]]] = defaultdict(list)
    for guardrail in ALL:
        for check in guardrail.checks:
            for token in check.tokens:
                checks[token].append((guardrail.id, check))
    return MappingProxyType(dict(checks))


def compliant(token: str, broken: Check | None = None) -> Props:
    """Returns inputs that satisfy every row of the type, including the precondition (`when`) of the row `broken`."""
    props: Props = {}
    if token in TAGGABLE and token not in NEVER_TAG:
        props["tags"] = dict(TAGS)
    if token in LOCATED_AZURE:
        props["location"] = "uaenorth"
    rows = [check for _, check in checks_by_type().get(token, ())]
    for check in [*rows, broken] if broken else rows:
        good, _ = samples(check.condition)
        if good and check.path:
            put(props, check.path, copy.deepcopy(good[0]))
        if check.when is not None:
            required, _ = samples(check.when[1]) if check.when[1].requirement != "must be absent" else ([], [])
            if required:
                put(props, check.when[0], copy.deepcopy(required[0]))
    for row in (*PRODUCTION_ROWS, *CALL_ROWS):
        if token in row.tokens:
            put(props, row.path, samples(row.condition)[0][0])
    for path, value in _REQUIRED_BY_PREDICATES.get(token, {}).items():
        put(props, path, copy.deepcopy(value))
    return props


@dataclass(frozen=True)
class Case:
    """A resource and the rules that must block it."""

    label: str
    resource: Given
    stopped_by: frozenset[str]


def _is_forbidden(token: str) -> bool:
    return any(not check.path for _, check in checks_by_type().get(token, ()))


def good_cases() -> Iterator[Case]:
    """Yields a compliant resource of every type."""
    for token in sorted(checks_by_type()):
        if not _is_forbidden(token):
            yield Case(f"{token} good", Given(token, compliant(token)), frozenset())


def bad_cases() -> Iterator[Case]:
    """Yields resources with one violation each: every invalid value, and a missing property if that is a violation."""
    for token, rows in sorted(checks_by_type().items()):
        for rule, check in rows:
            if not check.path:
                yield Case(f"{token} exists", Given(token, compliant(token)), frozenset({rule}))
                continue
            for bad in samples(check.condition)[1]:
                props = compliant(token, check)
                put(props, check.path, bad)
                yield Case(f"{token} {check.path}={bad!r}", Given(token, props), frozenset({rule}))
            if check.condition.missing.value == "fail":
                props = compliant(token, check)
                remove(props, check.path)
                yield Case(f"{token} {check.path} absent", Given(token, props), frozenset({rule}))

"""Resources that deploy others: templates, generic resources, runbooks, documents of Systems Manager, and calls of the
clouds' APIs from workflows.

Types and property names by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.reading import UNKNOWN, Plain, Resource, from_json, leaves, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined
from .allowed_types import is_allowed
from .literal_templates import only_changes_existing

_DEPLOYING_TYPES: dict[str, str] = {
    **dict.fromkeys(
        aws("cloudformation/Stack", "cloudformation/StackSet", "cloudformation/StackSetInstance",
            "cloudformation/StackInstances", "serverlessrepository/CloudFormationStack"),
        "a CloudFormation template",
    ),
    **dict.fromkeys(aws("cloudcontrol/Resource"), "a resource of any type, as JSON"),
    **dict.fromkeys(
        (*aws("servicecatalog/ProvisionedProduct", "sagemaker/Project"), *azure("solutions:Application")),
        "a product that others define",
    ),
    **dict.fromkeys(aws("eks/Capability"), "whatever controllers create from objects in a cluster or repository"),
    **dict.fromkeys(
        azure("resources:Deployment", "resources:DeploymentAtScope", "resources:DeploymentAtTenantScope",
              "resources:DeploymentAtSubscriptionScope", "resources:DeploymentAtManagementGroupScope",
              "resources:DeploymentStackAtResourceGroup", "resources:DeploymentStackAtSubscription",
              "resources:DeploymentStackAtManagementGroup", "blueprint:Assignment", "devtestlab:Environment"),
        "an ARM template",
    ),
    **dict.fromkeys(azure("resources:Resource"), "a resource of any type"),
    **dict.fromkeys(azure("resources:AzureCliScript", "resources:AzurePowerShellScript"), "a script"),
    **dict.fromkeys(
        azure("compute:VirtualMachineRunCommandByVirtualMachine", "compute:VirtualMachineScaleSetVMRunCommand",
              "hybridcompute:MachineRunCommand", "guestconfiguration:GuestConfigurationAssignment",
              "automation:DscConfiguration", "automation:DscNodeConfiguration"),
        "a script on a machine",
    ),
    **dict.fromkeys(
        azure("automation:Runbook", "automation:Watcher"), "whatever a script creates with the account's identity"
    ),
    **dict.fromkeys(
        azure("kubernetesconfiguration:FluxConfiguration", "kubernetesconfiguration:SourceControlConfiguration",
              "automation:SourceControl"),
        "whatever is in a repository",
    ),
    **dict.fromkeys(azure("kubernetesconfiguration:Extension"), "programs in a cluster"),
}  # fmt: skip
"""Type -> what it deploys, for messages."""

_TEMPLATE_PATHS: Mapping[str, str] = dict.fromkeys(
    azure("authorization:PolicyDefinition", "authorization:PolicyDefinitionAtManagementGroup",
          "authorization:PolicyDefinitionVersion", "authorization:PolicyDefinitionVersionAtManagementGroup"),
    "policyRule.then.details?.deployment?",
)  # fmt: skip
"""Type -> path of a template that the cloud deploys later (Azure Policy, effect deployIfNotExists, 2026-11)."""

_EXTENSION_TYPES: Mapping[str, str] = {
    **dict.fromkeys(azure("compute:VirtualMachineExtension", "compute:VirtualMachineScaleSetExtension",
                          "compute:VirtualMachineScaleSetVMExtension", "hybridcompute:MachineExtension"), "type"),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"),
                    "virtualMachineProfile?.extensionProfile?.extensions[*].type?"),
}  # fmt: skip
_SCRIPT_EXTENSION = re.compile(
    r"customscript|^dsc|desiredstate|runcommand|chef|puppet|saltminion|^docker", re.IGNORECASE
)
"""Machine extensions that run scripts or recipes (Azure: "Virtual machine extensions and features", 2026-11)."""

_DOCUMENTS: Mapping[str, str] = {
    **dict.fromkeys(aws("ssm/Association"), "name"),
    **dict.fromkeys(aws("ssm/MaintenanceWindowTask"), "taskArn"),
    **dict.fromkeys(aws("cfg/RemediationConfiguration"), "targetId"),
}
"""Type -> property with the Systems Manager document or function that it runs."""
_GENERIC_DOCUMENT = re.compile(
    r"AWS-(?:Run(?!PatchBaseline|CfnLint|InspectorChecks)|Apply(?!PatchBaseline)|InstallApplication"
    r"|Create(?:Managed|CloudFormation|Stack)|UpdateCloudFormation|ExecuteScript)\w*",
    re.IGNORECASE,
)
"""Documents of AWS that run any script or deploy a template (Systems Manager document reference, 2026-11)."""
_AWS_DOCUMENT = re.compile(
    r"(?:arn:aws[\w-]*:ssm:[\w-]*::(?:document|automation-definition)/)?(?P<name>AWS\w*-[\w-]+|Amazon[\w-]+)"
)
_HARMLESS_DOCUMENTS = frozenset({"Session", "Policy", "Package", "ChangeCalendar", "ApplicationConfiguration",
                                 "ApplicationConfigurationSchema", "DeploymentStrategy"})  # fmt: skip
"""Types of documents that run nothing by themselves."""

_SDK_CALL = re.compile(r"arn:aws[\w-]*:(?:states|scheduler):::aws-sdk:(?P<service>\w+):(?P<action>\w+)")
_CREATING_ACTION = re.compile(
    r"create|run|request|attach|restore|copy|import|allocate|provision|purchase|authorize|sendcommand|startautomation"
    r"|put\w*policy|executechangeset|updatestack|updatefunctioncode|startsession",
    re.IGNORECASE,
)
_DATA_CALL = re.compile(
    r"(?:dynamodb|sqs|sns|athena|cloudwatchlogs|xray|logs|support|bedrockruntime|s3):(?!createbucket|put\w*policy)\w+"
    r"|\w+:create(?:snapshots?|image|dbsnapshot|dbclustersnapshot|backup|tags)",
    re.IGNORECASE,
)
_OTHER_CALL = re.compile(r"arn:aws[\w-]*:states:::(?P<call>eks:(?:call|createCluster|createNodegroup|runJob)"
                         r"|elasticmapreduce:createCluster)(?:\.sync)?")  # fmt: skip
_CALLING_TYPES = aws("sfn/StateMachine", "scheduler/Schedule")
_ARM_CALLING_TYPES = azure("logic:Workflow", "datafactory:Pipeline", "synapse:Pipeline")
_ARM_HOST = re.compile(r"management\.(?:core\.windows\.net|azure\.com)", re.IGNORECASE)


def check_templates(allowed: Mapping[str, str]) -> Predicate:
    """Returns the check of all types that deploy others. `allowed`: types in the settings."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        outcomes = list(_outcomes(resource))
        if outcomes and (is_allowed(resource, allowed) or only_changes_existing(resource)):
            yield passed()
        else:
            yield from outcomes

    return predicate


def _outcomes(resource: Resource) -> Iterator[Outcome]:
    deployed = _DEPLOYING_TYPES.get(resource.type)
    if deployed is not None:
        yield failed(f"it deploys {deployed}")
    if resource.type in _TEMPLATE_PATHS:
        for path, _ in walk(resource.props, _TEMPLATE_PATHS[resource.type]):
            yield failed(f"{path} is an ARM template that Azure Policy deploys", path)
    if resource.type in _EXTENSION_TYPES:
        for path, value in walk(resource.props, _EXTENSION_TYPES[resource.type]):
            if isinstance(value, str) and _SCRIPT_EXTENSION.search(value):
                yield failed(f"{path} {value} runs a script on a machine", path)
    if resource.type in _DOCUMENTS:
        yield from _judge_document(_DOCUMENTS[resource.type], resource)
    if resource.type in aws("ssm/Document"):
        yield from _judge_document_type(resource.get("documentType"))
    if resource.type in _CALLING_TYPES:
        yield from _judge_calls(resource)
    if resource.type in _ARM_CALLING_TYPES:
        yield from _judge_requests(resource.props, "")


def _judge_document(key: str, resource: Resource) -> Iterator[Outcome]:
    value = resource.get(key)
    if value is UNKNOWN:
        yield undetermined(f"{key} is not known before deployment", key)
    elif isinstance(value, str) and ":lambda:" not in value and ":states:" not in value:
        match = _AWS_DOCUMENT.fullmatch(value)
        if match is None or _GENERIC_DOCUMENT.fullmatch(match["name"]):
            yield failed(f"{key} {value} is a document that runs scripts or deploys resources", key)
        else:
            yield passed()


def _judge_document_type(kind: Plain) -> Iterator[Outcome]:
    if kind is UNKNOWN:
        yield undetermined("documentType is not known before deployment", "documentType")
    elif isinstance(kind, str) and kind not in _HARMLESS_DOCUMENTS:
        yield failed(f"documentType {kind} runs scripts or deploys resources", "documentType")


def _judge_calls(resource: Resource) -> Iterator[Outcome]:
    props = {key: from_json(value) for key, value in resource.props.items()}
    for path, _, value in leaves(props):
        if not isinstance(value, str):
            continue
        match, other = _SDK_CALL.match(value), _OTHER_CALL.match(value)
        call = f"{match['service']}:{match['action']}" if match else other["call"] if other else ""
        creates = match is not None and _CREATING_ACTION.match(match["action"]) and not _DATA_CALL.fullmatch(call)
        if creates or other:
            yield failed(f"{path} calls {call}, which creates resources that no guardrail sees", path)


def _judge_requests(value: Plain, path: str) -> Iterator[Outcome]:
    """Yields a violation for each request that writes to Azure Resource Manager."""
    if isinstance(value, Mapping):
        address = next((text for key, text in value.items() if key.lower() in ("uri", "url")), "")
        method = next((text for key, text in value.items() if key.lower() == "method"), "")
        if _ARM_HOST.search(str(address)) and str(method).upper() in ("PUT", "PATCH"):
            yield failed(f"{path} creates resources through Azure Resource Manager", path)
        for key, item in value.items():
            yield from _judge_requests(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _judge_requests(item, f"{path}[{index}]")


INDIRECT_TYPES: tuple[str, ...] = (
    *_DEPLOYING_TYPES, *_TEMPLATE_PATHS, *_EXTENSION_TYPES, *_DOCUMENTS, *aws("ssm/Document"), *_CALLING_TYPES,
    *_ARM_CALLING_TYPES,
)  # fmt: skip
"""Every type that the check reads."""

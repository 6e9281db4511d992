"""Resources that deploy others: templates, generic resources, runbooks, script extensions and pipelines.

Types and property names by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from .allowed_types import is_allowed
from .api_calls import CALL_JUDGES
from .azure_policies import AZURE_POLICY_JUDGES
from .carried_templates import TEMPLATE_JUDGES
from .experiments import EXPERIMENT_JUDGES
from .gateway_calls import GATEWAY_JUDGES
from .literal_templates import only_changes_existing
from .machine_documents import DOCUMENT_JUDGES

_DEPLOYING_TYPES: dict[str, str] = {
    **dict.fromkeys(
        aws("cloudformation/Stack", "cloudformation/StackSet", "cloudformation/StackSetInstance",
            "cloudformation/StackInstances", "serverlessrepository/CloudFormationStack"),
        "a CloudFormation template",
    ),
    **dict.fromkeys(aws("cloudcontrol/Resource"), "a resource of any type, as JSON"),
    **dict.fromkeys(
        (*aws("servicecatalog/ProvisionedProduct", "sagemaker/Project", "datazone/Environment"),
         *azure("solutions:Application")),
        "a product that others define",
    ),
    **dict.fromkeys(
        aws("servicecatalog/Product", "servicecatalog/ProvisioningArtifact"), "a template that others launch"
    ),
    **dict.fromkeys(aws("redshiftdata/Statement"), "whatever a statement of SQL grants and creates"),
    **dict.fromkeys(aws("amplify/App", "amplify/BackendEnvironment"), "what the build of a repository creates"),
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
              "hybridcompute:MachineRunCommand", "automation:DscConfiguration", "automation:DscNodeConfiguration"),
        "a script on a machine",
    ),
    **dict.fromkeys(
        azure("automation:Runbook", "automation:Watcher", "automation:Webhook"),
        "what a script does with the account's identity",
    ),
    **dict.fromkeys(
        azure("kubernetesconfiguration:FluxConfiguration", "kubernetesconfiguration:SourceControlConfiguration",
              "automation:SourceControl", "devcenter:Catalog", "devcenter:ProjectCatalog"),
        "whatever is in a repository",
    ),
    **dict.fromkeys(azure("kubernetesconfiguration:Extension"), "programs in a cluster"),
}  # fmt: skip
"""Type -> what it deploys, for messages."""

_OF_MACHINES = "extensionProfile?.extensions[*]"
_EXTENSION_TYPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(azure("compute:VirtualMachineExtension", "compute:VirtualMachineScaleSetExtension",
                          "compute:VirtualMachineScaleSetVMExtension"), ("type",)),
    **dict.fromkeys(azure("hybridcompute:MachineExtension"), ("properties.type",)),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), (f"virtualMachineProfile?.{_OF_MACHINES}.type?",)),
    **dict.fromkeys(azure("azurefleet:Fleet"), (
        f"computeProfile?.baseVirtualMachineProfile?.{_OF_MACHINES}.properties?.type?",
        "additionalLocationsProfile?.locationProfiles[*].virtualMachineProfileOverride?"
        f".{_OF_MACHINES}.properties?.type?",
    )),
    **dict.fromkeys(azure("computebulkactions:BulkAction"), (
        "properties?.computeProfile?.extensions[*].properties?.type?",
    )),
    **dict.fromkeys(azure("batch:Pool"), (
        "deploymentConfiguration?.virtualMachineConfiguration?.extensions[*].type?",
    )),
    **dict.fromkeys(azure("servicefabric:NodeType"), ("vmExtensions[*].type?",)),
}  # fmt: skip
_SCRIPT_EXTENSION = lazy_regex(
    r"customscript|^dsc|desiredstate|runcommand|chef|puppet|saltminion|^docker", re.IGNORECASE
)
"""Machine extensions that run scripts or recipes (Azure: "Virtual machine extensions and features", 2026-11)."""

_ASSIGNMENTS = azure(
    "guestconfiguration:GuestConfigurationAssignment", "guestconfiguration:GuestConfigurationAssignmentsVMSS",
    "guestconfiguration:GuestConfigurationConnectedVMwarevSphereAssignment",
    "guestconfiguration:GuestConfigurationHCRPAssignment",
)  # fmt: skip

_DEPLOYING_ACTIONS = frozenset({"CloudFormation", "CloudFormationStackSet", "ServiceCatalog", "EKS", "Commands"})
"""Providers of CodePipeline's actions that deploy templates or charts, or run commands (its action reference)."""


def _deployed(resource: Resource) -> Iterator[Outcome]:
    yield failed(f"it deploys {_DEPLOYING_TYPES[resource.type]}")


def _assignments(resource: Resource) -> Iterator[Outcome]:
    """Allows packages of Microsoft, which have no address, where they only report: others run what is in an archive
    (pulumi-azure-native 3.29.0, `GuestConfigurationNavigation`; MicrosoftDocs/azure-docs 017654d1, articles/governance/
    policy/concepts/guest-configuration-assignments.md; read 2026-11-30)."""
    found = [value for _, value in walk(resource.props, "properties?.guestConfiguration?")]
    given = found[0] if found and isinstance(found[0], Mapping) else {}
    if given.get("assignmentType") != "Audit" or given.get("contentUri") or given.get("contentManagedIdentity"):
        yield failed("it deploys a script on a machine")


def _extensions(resource: Resource) -> Iterator[Outcome]:
    for pattern in _EXTENSION_TYPES[resource.type]:
        for path, value in walk(resource.props, pattern):
            if isinstance(value, str) and _SCRIPT_EXTENSION.search(value):
                yield failed(f"{path} {value} runs a script on a machine", path)


def _pipeline_actions(resource: Resource) -> Iterator[Outcome]:
    for path, value in walk(resource.props, "stages[*].actions[*].provider"):
        if value in _DEPLOYING_ACTIONS:
            yield failed(f"{path} {value} deploys what no guardrail sees", path)


_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(_DEPLOYING_TYPES, _deployed),
    **dict.fromkeys(_ASSIGNMENTS, _assignments),
    **dict.fromkeys(_EXTENSION_TYPES, _extensions),
    **dict.fromkeys(aws("codepipeline/Pipeline"), _pipeline_actions),
    **DOCUMENT_JUDGES,
    **CALL_JUDGES,
    **GATEWAY_JUDGES,
    **TEMPLATE_JUDGES,
    **EXPERIMENT_JUDGES,
    **AZURE_POLICY_JUDGES,
}
"""Type -> what judges it."""
INDIRECT_TYPES: tuple[str, ...] = tuple(_JUDGES)
"""Every type that the check reads."""


def check_templates(allowed: Mapping[str, str]) -> Predicate:
    """Returns the check of all types that deploy others. `allowed`: types in the settings."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        outcomes = list(_JUDGES[resource.type](resource)) if resource.type in _JUDGES else []
        if outcomes and (is_allowed(resource, allowed) or only_changes_existing(resource)):
            yield passed()
        else:
            yield from outcomes

    return predicate

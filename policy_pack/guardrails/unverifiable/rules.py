"""Deployments that the pack cannot evaluate are refused, unless the settings allow them.

The pack evaluates three packages. Resources of other packages, and resources that deploy templates or scripts, would
bypass it, so they are refused by default. `escape` in enforcement.yaml lists the exceptions.
"""

import re
from collections.abc import Iterator

from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import kind_of
from ..engine.reading import MISSING, Resource
from ..engine.rows import Guardrail, Predicate, Severity, aws, azure
from ..engine.settings import EscapeSettings
from ..engine.tokens import normalise
from ..engine.verdicts import Outcome, failed, passed
from .helm_releases import helm_guardrails
from .literal_templates import only_changes_existing

_EVALUATED_PACKAGES = frozenset({"aws", "azure-native", "kubernetes", "pulumi", "falaj"})
_LOCAL_PACKAGES = frozenset({"random", "time", "tls", "std"})
"""Packages that create no resources in any cloud."""

_INDIRECT_DEPLOYMENTS: dict[str, str] = {
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
              "hybridcompute:MachineRunCommand"),
        "a script on a machine",
    ),
    **dict.fromkeys(
        azure("kubernetesconfiguration:FluxConfiguration", "kubernetesconfiguration:SourceControlConfiguration"),
        "whatever is in a repository",
    ),
    **dict.fromkeys(azure("kubernetesconfiguration:Extension"), "programs in a cluster"),
}  # fmt: skip
"""Type -> what it deploys, for messages."""
_CONTROLLER_GROUP = re.compile(
    r"(?:.+\.)?(?:services\.k8s\.aws|crossplane\.io|upbound\.io|fluxcd\.io|cluster\.x-k8s\.io|helm\.cattle\.io)"
    r"|kro\.run|app\.terraform\.io|pulumi\.com|(?!karpenter\.).+\.azure\.com"
)
"""API groups whose controllers create cloud resources or deploy a repository (ACK, Crossplane, Flux, ASO ...)."""
_API_GROUP = re.compile(r"kubernetes:([^/:]+)/")
_RENDER_PROPERTY = "renderYamlToDirectory"


def _package(resource: Resource) -> str:
    """Returns the package of a resource or provider."""
    return resource.type.removeprefix("pulumi:providers:").split(":")[0]


def _is_allowed(resource: Resource, allowed: dict[str, str]) -> bool:
    """Returns whether the type is listed, under its current token or under an older or versioned one."""
    return any(
        resource.type == normalise(name) or (name.endswith("*") and resource.type.startswith(normalise(name[:-1])))
        for name in allowed
    )


def _check_package(allowed: dict[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        # A component has no provider and creates no cloud resource itself; its children are evaluated.
        if resource.provider is None and not resource.type.startswith("pulumi:providers:"):
            return
        name = _package(resource)
        if name in _EVALUATED_PACKAGES or name in _LOCAL_PACKAGES or _is_allowed(resource, allowed):
            return
        yield failed(f"it is of package {name}, which no guardrail evaluates")

    return predicate


def _check_templates(allowed: dict[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        deployed = _INDIRECT_DEPLOYMENTS.get(resource.type)
        if deployed is not None:
            is_allowed = _is_allowed(resource, allowed) or only_changes_existing(resource)
            yield passed() if is_allowed else failed(f"it deploys {deployed}")

    return predicate


def _check_controllers(allowed: dict[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        group = _API_GROUP.match(resource.type)
        if group is None:
            return
        is_deployer = group[1] == "argoproj.io" and kind_of(resource) in ("Application", "ApplicationSet")
        if is_deployer or _CONTROLLER_GROUP.fullmatch(group[1]):
            violation = "a controller in the cluster creates resources from it that no guardrail sees"
            yield passed() if _is_allowed(resource, allowed) else failed(violation)

    return predicate


def _check_rendering(resource: Resource) -> Iterator[Outcome]:
    if resource.type == "pulumi:providers:kubernetes" and resource.get(_RENDER_PROPERTY) not in (MISSING, ""):
        yield failed("its objects are rendered to files and deployed by other means", _RENDER_PROPERTY)


_WHY = "no guardrail can evaluate what it does not see"


def unverifiable_guardrails(settings: EscapeSettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the exceptions in the settings."""
    types = settings.allowed_types
    or_list_type = "or list the type under escape.allowed_types in enforcement.yaml, with the reason"
    return (
        unverifiable_rule(101, Severity.CRITICAL, "Resources come from packages that the guardrails evaluate",
                          _WHY, f"Use aws, azure-native or kubernetes, {or_list_type}",
                          predicate=_check_package(types)),
        unverifiable_rule(102, Severity.CRITICAL, "Nothing is deployed through templates, scripts or generic resources",
                          _WHY, f"Declare the resources in the program, {or_list_type}",
                          predicate=_check_templates(types)),
        unverifiable_rule(103, Severity.HIGH, "Controllers in a cluster create no cloud resources",
                          _WHY, f"Declare the resources that they would create in the program, {or_list_type}",
                          predicate=_check_controllers(types)),
        unverifiable_rule(104, Severity.HIGH, "Kubernetes objects are applied by Pulumi, and not rendered to files",
                          _WHY, "Remove renderYamlToDirectory from the provider",
                          predicate=_check_rendering),
        *helm_guardrails(settings.helm_sources),
    )  # fmt: skip

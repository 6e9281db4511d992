"""Plaintext secrets in settings of AWS and Azure services: environment variables, application settings, scripts, and
addresses of repositories."""

from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.families import exposure_rule
from ..engine.reading import MISSING, Resource, items_of, walk
from ..engine.rows import CONTAINER_GROUPS, Guardrail, Predicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.api_policies import POLICIES
from ..readers.command_secrets import command_of, has_secret_commands, secrets_of_workflow
from ..readers.known_later import resolve_from
from ..readers.plaintext_secrets import decode, has_secret_lines, is_secret_value, judge_variable, variables
from ..readers.task_containers import CONTAINERS, containers
from .plaintext_addresses import REPOSITORIES, check_repositories
from .plaintext_gateways import BACKENDS, check_backends, check_policies
from .plaintext_locations import FURTHER_SCRIPTS, FURTHER_SETTINGS

SETTINGS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("lambda/Function"), ("environment?.variables",)),
    **dict.fromkeys(aws("apprunner/Service"), (
        "sourceConfiguration?.imageRepository?.imageConfiguration?.runtimeEnvironmentVariables",
        "sourceConfiguration?.codeRepository?.codeConfiguration?.codeConfigurationValues?.runtimeEnvironmentVariables",
    )),
    **dict.fromkeys(aws("sagemaker/Model"), ("primaryContainer?.environment", "containers[*].environment")),
    **dict.fromkeys(aws("sagemaker/TrainingJob"), ("environment", "hyperParameters")),
    **dict.fromkeys(aws("elasticbeanstalk/Environment"), ("settings",)),
    **dict.fromkeys(aws("amplify/Branch"), ("environmentVariables",)),
    **dict.fromkeys(azure("web:WebApp", "web:WebAppSlot"), (
        "siteConfig?.appSettings", "siteConfig?.connectionStrings",
    )),
    **dict.fromkeys(
        azure("web:WebAppApplicationSettings", "web:WebAppApplicationSettingsSlot", "web:WebAppConnectionStrings",
              "web:WebAppConnectionStringsSlot"), ("properties",)),
    **dict.fromkeys(CONTAINER_GROUPS, (
        "containers[*].environmentVariables", "initContainers[*].environmentVariables",
    )),
    **dict.fromkeys(azure("app:ContainerApp", "app:Job"), (
        "template?.containers[*].env", "template?.initContainers[*].env",
    )),
    **dict.fromkeys(azure("machinelearningservices:OnlineDeployment"), ("properties?.environmentVariables",)),
    **FURTHER_SETTINGS,
}  # fmt: skip
"""Type -> paths of its variables, which are a map or a list."""
SCRIPTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        aws("ec2/Instance", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest"),
        ("userData", "userDataBase64"),
    ),
    **dict.fromkeys(aws("ec2/LaunchTemplate"), ("userData",)),
    **dict.fromkeys(azure("compute:VirtualMachine"), ("osProfile?.customData", "userData")),
    **dict.fromkeys(
        azure("compute:VirtualMachineExtension", "compute:VirtualMachineScaleSetExtension"),
        ("settings.commandToExecute", "settings.script"),
    ),
    **FURTHER_SCRIPTS,
}
"""Type -> scripts, as text or base64."""
_SECRET_REFERENCES = ("PARAMETER_STORE", "SECRETS_MANAGER")
_BUILD = "aws:codebuild/project:Project"
_WORKFLOWS = aws("sfn/StateMachine")


_PAIRS: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(azure("apimanagement:NamedValue", "apimanagement:WorkspaceNamedValue"),
                    (("displayName", "namedValueId"), "secret")),
    **dict.fromkeys(azure("automation:Variable"), (("variableName", "name"), "isEncrypted")),
    **dict.fromkeys(azure("appconfiguration:KeyValue"), (("keyValueName",), "contentType")),
}  # fmt: skip
"""Type of one named value -> properties with its name, and the one that hides it from readers."""
_REFERENCE_TYPE = "keyvaultref"
"""Part of the content type of a value that is the address of a secret:
`application/vnd.microsoft.appconfig.keyvaultref+json;charset=utf-8` (a copy of Azure App Configuration, "Key Vault
reference", read 2026-11-29)."""


def _check_pairs(resource: Resource) -> Iterator[Outcome]:
    names, hidden = _PAIRS.get(resource.type, ((), ""))
    name = next((text for key in names if isinstance(text := resource.get(key), str)), "")
    value = resource.get("value")
    is_hidden = is_true(resource.get(hidden)) or _REFERENCE_TYPE in str(resource.get(hidden)).lower()
    if name and not is_hidden:
        # A variable of Azure Automation is JSON: a text stands in quotes.
        plain = value.strip("\"' ") if isinstance(value, str) else value
        yield judge_variable(name, plain, "value")


def _check_settings(resource: Resource) -> Iterator[Outcome]:
    for path in SETTINGS.get(resource.type, ()):
        for value_path, values in walk(resource.props, path):
            for name, value, variable_path in variables(values, value_path):
                yield judge_variable(name, value, variable_path)


def _check_containers(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        for name, value, variable_path in variables(item.get("environment"), f"{path}.environment"):
            yield judge_variable(name, value, variable_path)
        if has_secret_commands(command_of(item)):
            yield failed(f"{path}.command contains a plaintext secret", path)


def _check_workflows(resource: Resource) -> Iterator[Outcome]:
    definition = resource.get("definition") if resource.type in _WORKFLOWS else MISSING
    if is_secret_value(definition):
        yield failed("definition contains a plaintext secret", "definition")
    yield from (failed(f"definition sets '{name}' to a plaintext value", "definition")
                for name in secrets_of_workflow(definition))  # fmt: skip


def _check_builds(resource: Resource) -> Iterator[Outcome]:
    if resource.type != _BUILD:
        return
    for value_path, items in walk(resource.props, "environment?.environmentVariables"):
        for index, item in enumerate(items_of(items)):
            if isinstance(item, dict) and item.get("type") not in _SECRET_REFERENCES:
                yield judge_variable(str(item.get("name", "")), item.get("value", MISSING), f"{value_path}[{index}]")


def _check_scripts(resource: Resource) -> Iterator[Outcome]:
    for path in SCRIPTS.get(resource.type, ()):
        for value_path, text in walk(resource.props, path):
            script = decode(text)
            if is_secret_value(script) or has_secret_lines(script) or has_secret_commands(script):
                yield failed(f"{value_path} contains a plaintext secret", value_path)
            else:
                yield passed()


def _check_plaintext(resource: Resource) -> Iterator[Outcome]:
    for check in _CHECKS:
        yield from check(resource)


_CHECKS: tuple[Predicate, ...] = (
    _check_settings,
    _check_pairs,
    _check_containers,
    _check_builds,
    _check_scripts,
    _check_workflows,
    check_backends,
    check_policies,
    check_repositories,
)


_STORES = (*azure("keyvault:Vault", "keyvault:Secret"), *aws("secretsmanager/Secret"))
"""Types of which a setting takes a reference, such as `@Microsoft.KeyVault(SecretUri=...)`, whose address no first
preview shows (Microsoft Learn, "Use Key Vault references", found in ten programs of public
repositories, read 2026-12-01). A value is evaluated when it is known."""


PLAINTEXT_SETTINGS: tuple[Guardrail, ...] = (
    exposure_rule(114, Severity.CRITICAL, "The settings and start-up scripts of a service contain no plaintext secret",
                  "everyone who can view the service, its history or its logs can read the secret",
                  "Keep it in AWS Secrets Manager or Azure Key Vault and reference it; rotate the secret that was "
                  "written here",
                  predicate=_check_plaintext, resolve=resolve_from(types=_STORES),
                  types=(*SETTINGS, *_PAIRS, *CONTAINERS, *SCRIPTS, *REPOSITORIES, *BACKENDS, *POLICIES, *_WORKFLOWS,
                         _BUILD)),
)  # fmt: skip

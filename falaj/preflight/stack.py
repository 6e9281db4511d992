"""The settings of a stack, and the checks of all its sites on clouds."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from falaj.components.core.validation.raw import as_mapping
from falaj.components.settings.config_references import in_config, resolve
from falaj.components.settings.load import platform_settings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import CONFIG_KEY, Settings
from falaj.facts import strict_text, strict_yaml
from falaj.facts.clouds import Cloud
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import AwsNeeds, AzureNeeds


class NoPlatform(Exception):
    """A stack file cannot be read, or has no settings of a platform. The message is one sentence."""


def read(path: Path) -> Settings:
    """Returns the settings of a stack file. Raises `NoPlatform`, or `SettingsRefused` for invalid ones."""
    try:
        content = strict_yaml.load(path)
    except OSError as error:
        raise NoPlatform(f"{path.name}: cannot be read: {strict_text.reason(error)}") from None
    except yaml.YAMLError as error:
        raise NoPlatform(f"{path.name}: not YAML: {strict_yaml.describe(error)}") from None
    config = as_mapping(as_mapping(content).get("config"))
    if f"falaj:{CONFIG_KEY}" not in config:
        raise NoPlatform(f"{path.name} has no settings under falaj:{CONFIG_KEY}")
    return platform_settings(resolve(config[f"falaj:{CONFIG_KEY}"], in_config(config)))


@dataclass(frozen=True)
class DeploymentNeeds:
    """Permissions that the deployment of a stack needs, computed when a check asks for them."""

    aws: AwsNeeds
    azure: AzureNeeds


def stack_checks(stack: str, settings: Settings, needs: DeploymentNeeds) -> list[AccountCheck]:
    """Returns the checks of all sites on clouds. Nothing is requested before a check runs."""
    sites = [(name, site) for name, site in settings.sites.items() if site.cloud in _CHECKS]
    return [check for name, site in sites for check in _CHECKS[site.cloud](stack, settings, name, site, needs)]


def _aws(stack: str, settings: Settings, name: str, site: SiteSettings, needs: DeploymentNeeds) -> list[AccountCheck]:
    from falaj.preflight.aws.checks import aws_checks
    from falaj.preflight.aws.context import AwsContext, connect

    context = AwsContext(stack, settings, name, site, connect(site))
    return aws_checks(context, needs.aws)


def _azure(stack: str, settings: Settings, name: str, site: SiteSettings, needs: DeploymentNeeds) -> list[AccountCheck]:
    from falaj.preflight.azure.checks import azure_checks
    from falaj.preflight.azure.context import AzureContext, connect

    given = os.environ.get("AZURE_SUBSCRIPTION_ID") or os.environ.get("ARM_SUBSCRIPTION_ID", "")
    context = AzureContext(stack, settings, name, site, connect(site), given_subscription=given)
    return azure_checks(context, needs.azure)


_CHECKS: Mapping[Cloud, Callable[[str, Settings, str, SiteSettings, DeploymentNeeds], list[AccountCheck]]] = {
    Cloud.AWS: _aws,
    Cloud.AZURE: _azure,
}

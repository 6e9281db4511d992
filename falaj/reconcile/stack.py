"""The questions to the accounts of a stack's sites."""

import os
from collections.abc import Callable, Mapping

from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.facts.clouds import Cloud
from falaj.reconcile.listed import Question, stack_tags


def stack_questions(stack: str, settings: Settings) -> list[Question]:
    """Returns the questions to all accounts of a stack, each once. Nothing is requested before one is asked."""
    tags = stack_tags(settings.tags)
    sites: dict[object, tuple[str, SiteSettings]] = {}
    for name, site in settings.sites.items():
        sites.setdefault(_account_of(site), (name, site))
    return [
        question
        for name, site in sites.values()
        if site.cloud in _QUESTIONS
        for question in _QUESTIONS[site.cloud](stack, settings, name, site, tags)
    ]


def _account_of(site: SiteSettings) -> tuple[object, ...]:
    """Returns what decides which account and region are asked for a site."""
    aws, azure = site.aws, site.azure
    return (
        site.cloud,
        site.region if site.cloud is Cloud.AWS else "",
        aws.account.model_dump_json() if aws and aws.account else "",
        (azure.subscription_id, azure.tenant_id) if azure else None,
    )


def _aws(stack: str, settings: Settings, name: str, site: SiteSettings, tags: Mapping[str, str]) -> list[Question]:
    from falaj.preflight.aws.context import AwsContext, connect
    from falaj.reconcile.aws import aws_questions

    return aws_questions(AwsContext(stack, settings, name, site, connect(site)), tags)


def _azure(stack: str, settings: Settings, name: str, site: SiteSettings, tags: Mapping[str, str]) -> list[Question]:
    from falaj.preflight.azure.context import AzureContext, connect
    from falaj.reconcile.azure import azure_questions

    given = os.environ.get("AZURE_SUBSCRIPTION_ID") or os.environ.get("ARM_SUBSCRIPTION_ID", "")
    return azure_questions(AzureContext(stack, settings, name, site, connect(site), given_subscription=given), tags)


_QUESTIONS: Mapping[Cloud, Callable[[str, Settings, str, SiteSettings, Mapping[str, str]], list[Question]]] = {
    Cloud.AWS: _aws,
    Cloud.AZURE: _azure,
}

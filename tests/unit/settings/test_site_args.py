"""A site's settings and its context reach the arguments of its component whole, each cloud's own ones only there."""

import pytest

from falaj.components import aws, azure
from falaj.components.core.site.args import SiteArgs, site_args
from falaj.components.core.site.contexts import AwsSiteContext, AzureSiteContext, SiteContext
from falaj.components.core.site.specs import SiteSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.settings.arguments import site_context
from falaj.components.settings.load import platform_settings
from tests.unit.settings.stacks import raw


@pytest.mark.parametrize(("site", "declared"), [("awsuae", aws.SiteArgs), ("azuae", azure.SiteArgs)])
def test_every_field_is_handed_on(site: str, declared: type[SiteArgs]) -> None:
    settings = platform_settings(raw())
    spec, context = settings.sites[site], site_context(settings, site, alarm_topic="topic", bill_from="2027-01-01")
    args = site_args(declared, spec, context)
    for source, fields in ((spec, SiteSpec.model_fields), (context, SiteContext.model_fields)):
        for name in fields.keys() & declared.model_fields.keys():
            assert getattr(args, name) == getattr(source, name), name
    assert SiteSpec.model_fields.keys() <= declared.model_fields.keys()


def test_a_site_has_no_argument_that_only_the_other_cloud_uses() -> None:
    assert not AzureSiteContext.model_fields.keys() & aws.SiteArgs.model_fields.keys()
    assert not AwsSiteContext.model_fields.keys() & azure.SiteArgs.model_fields.keys()
    with pytest.raises(BadArguments, match=r"bill_from: unknown field"):
        aws.SiteArgs(bill_from="2027-01-01")  # pyright: ignore[reportCallIssue]

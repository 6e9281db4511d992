"""Action groups that budget alarms notify."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import monitor

from falaj.components.core.validation.names import short_name

SHORT_NAME_LIMIT = 12
"""Maximum length in characters of an action group's short name, the prefix of its text messages."""


def alarm_topic(
    name: str,
    resource_group_name: pulumi.Input[str],
    scope: str,
    notify: Sequence[pulumi.Input[str]],
    tags: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> monitor.ActionGroup:
    """Creates an action group that sends e-mail to `notify`; receivers can be added to it later.

    The group's short name is derived from `scope`, the label of what the budget covers.
    """
    return monitor.ActionGroup(
        name,
        # Action groups have no region in the UAE; the service stores names and e-mail addresses only.
        location="global",
        resource_group_name=resource_group_name,
        group_short_name=short_name(scope, limit=SHORT_NAME_LIMIT, tail=3),
        enabled=True,
        email_receivers=[
            monitor.MicrosoftCommonEmailReceiverArgs(name=address, email_address=address, use_common_alert_schema=True)
            for address in notify
        ],
        tags=tags,
        opts=opts,
    )

"""Action groups: who is notified of budget alarms and cost anomalies."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_azure_native import monitor

from falaj.components.core.validation.names import short_name

SHORT_NAME_LIMIT = 12
"""Characters of an action group's short name, which text messages begin with."""


def alarm_topic(
    name: str,
    resource_group_name: pulumi.Input[str],
    scope: str,
    notify: Sequence[pulumi.Input[str]],
    tags: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> monitor.ActionGroup:
    """An action group that sends e-mail to `notify`; further receivers subscribe to it. `scope` is a label."""
    return monitor.ActionGroup(
        name,
        # The service has no region of its own in the UAE; it keeps names and addresses only.
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

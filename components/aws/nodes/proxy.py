"""User data of nodes, and environment variables of controllers, behind a proxy."""

import base64
from collections.abc import Sequence

import pulumi

from falaj.components.aws.nodes.local_disks import have_local_disks, user_data
from falaj.components.core.site.aws_proxy import EksProxySpec, direct_targets, environment, node_user_data
from falaj.facts.machines import Machine


def proxy_variables(proxy: EksProxySpec | None, region: str) -> pulumi.Output[dict[str, str]] | None:
    """Returns the environment variables of a process behind the proxy, or None without a proxy."""
    if proxy is None or proxy.url is None:
        return None
    return pulumi.Output.all(proxy.url, *proxy.no_proxy).apply(
        lambda known: environment(known[0], direct_targets(region, known[1:]))
    )


def multipart_user_data(
    proxy: EksProxySpec | None, region: str, machines: Sequence[Machine] = ()
) -> pulumi.Output[str] | None:
    """Returns the user data of nodes behind a proxy, as text; None without one. `machines` are given if the user data
    also sets up local disks."""
    if proxy is None:
        return None
    local_storage = bool(machines) and have_local_disks(machines)
    variables = proxy_variables(proxy, region)
    return pulumi.Output.all(variables, proxy.certificates).apply(
        lambda known: node_user_data(local_storage, known[0], known[1]) or ""
    )


def template_user_data(
    proxy: EksProxySpec | None, region: str, machines: Sequence[Machine]
) -> pulumi.Input[str | None]:
    """Returns the user data of a launch template, base64-encoded; None if there is nothing to set up."""
    document = multipart_user_data(proxy, region, machines)
    if document is None:
        return user_data(machines)
    return document.apply(lambda text: base64.b64encode(text.encode()).decode() if text else None)

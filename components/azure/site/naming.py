"""Names of a site's resources by the pattern of its settings."""

import pulumi

from falaj.components.azure.site.args import SiteArgs
from falaj.components.core.site.azure_names import RULES, azure_name

_PACKAGE = "azure-native:"


def with_names(name: str, args: SiteArgs, opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions | None:
    """Returns options of the site with which its resources are named by the pattern, if there is one.

    A transformation reaches all children, so that components do not know the pattern.
    """
    pattern = args.options.names.pattern
    if pattern is None:
        return opts
    values = {"site": name, "region": args.region, "environment": args.tags["environment"]}

    def rename(child: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        rule = RULES.get(child.type_.removeprefix(_PACKAGE)) if child.type_.startswith(_PACKAGE) else None
        if rule is None:
            return None
        props = {**child.props, rule.property_name: azure_name(rule, pattern, child.name, values)}
        return pulumi.ResourceTransformationResult(props=props, opts=child.opts)

    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(transformations=[rename]))

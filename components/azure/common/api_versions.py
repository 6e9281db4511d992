"""Aliases of Azure resources for other API versions."""

import pulumi


def without_old_versions(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Stack transformation that removes the aliases of Azure resources for other API versions.

    The azure-native SDK gives each resource about forty aliases, for stacks created with an older SDK. Stacks of this
    package were never created with one, and computing the aliases took about half of a preview's CPU time.
    """
    if not args.type_.startswith("azure-native:"):
        return None
    args.opts.aliases = []
    return pulumi.ResourceTransformationResult(props=args.props, opts=args.opts)

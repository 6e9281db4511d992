"""Azure's API versions."""

import pulumi


def without_old_versions(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    """Drops the names that a resource would have had under other API versions: a stack transformation.

    Azure's SDK gives each resource some forty such aliases, for stacks made by an older one. Ours never were, and
    working the aliases out took about half of a preview's processor time.
    """
    if not args.type_.startswith("azure-native:"):
        return None
    args.opts.aliases = []
    return pulumi.ResourceTransformationResult(props=args.props, opts=args.opts)

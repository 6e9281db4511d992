"""Base of components on AWS: their resources are in the region of their arguments, not in that of the provider."""

import pulumi
from pulumi import ResourceTransformation, ResourceTransformationArgs, ResourceTransformationResult

REGION = "region"
"""Argument of every resource of a regional service. Global services, such as IAM or Budgets, do not have it
(pulumi-aws, docs/enhanced-region-support.md, 7.0)."""


class RegionalComponent(pulumi.ComponentResource):
    """Component whose resources, and those of the components in it, are created in `region`.

    A provider has a region of its own, from the stack's configuration, the environment or its arguments. A component
    passes the provider on to its resources, so a provider of another region would put them there. Each resource is
    therefore registered with its region, which takes precedence. Existing resources do not change: the state already
    contains the region that the provider set.
    """

    def __init__(self, token: str, name: str, region: str, opts: pulumi.ResourceOptions | None) -> None:
        pinned = pulumi.ResourceOptions(transformations=[_in_region(region)])
        super().__init__(token, name, {}, pulumi.ResourceOptions.merge(opts, pinned))


def _in_region(region: str) -> ResourceTransformation:
    """Returns a transformation that sets the region of AWS resources without one. A component's resources inherit
    it."""

    def set_region(args: ResourceTransformationArgs) -> ResourceTransformationResult | None:
        is_regional = args.type_.startswith("aws:") and REGION in args.props
        if not is_regional or args.props[REGION] is not None:
            return None
        return ResourceTransformationResult({**args.props, REGION: region}, args.opts)

    return set_region

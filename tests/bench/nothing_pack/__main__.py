"""One resource policy and one stack policy that do nothing: what every policy pack of the SDK costs."""

from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy, StackValidationPolicy

_RESOURCE = ResourceValidationPolicy("resource", "nothing", lambda _args, _report: None, EnforcementLevel.MANDATORY)
_STACK = StackValidationPolicy("stack", "nothing", lambda _args, _report: None, EnforcementLevel.MANDATORY)

PolicyPack("nothing", [_RESOURCE, _STACK])

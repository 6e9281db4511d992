"""Rules of a web firewall of AWS that stand in a text of JSON, as the properties of the same rules.

The text has the names of the API (`OverrideAction`), in any case, since the provider decodes it with Go, and searched
texts as they are (hashicorp/terraform-provider-aws, internal/service/wafv2/flex.go, expandWebACLRulesJSON, found as a
string, read 2026-11-30). Names of properties by pulumi-aws 7.51.1, the classes WebAclRule*Args.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from ..engine.reading import Plain, Resource, items_of
from ..engine.rows import aws
from .network_rules import read_rules

_TEXTS: Mapping[str, str] = {
    **dict.fromkeys(aws("wafv2/WebAcl"), "ruleJson"),
    **dict.fromkeys(aws("wafv2/RuleGroup"), "rulesJson"),
}
"""Type -> property with the text."""
_NAMES = (
    "actionToUse addressFields aggregateKeyType allQueryArguments andStatement asnLists asnMatchStatement "
    "awsManagedRulesAcfpRuleSet awsManagedRulesAntiDdosRuleSet awsManagedRulesAtpRuleSet "
    "awsManagedRulesBotControlRuleSet byteMatchStatement captchaConfig challengeConfig clientSideActionConfig "
    "cloudwatchMetricsEnabled comparisonOperator countryCodes creationPath customKeys customRequestHandling "
    "customResponse customResponseBodyKey emailField enableMachineLearning enableRegexInPath evaluationWindowSec "
    "excludedCookies excludedHeaders excludedRules exemptUriRegularExpressions failureCodes failureStrings "
    "failureValues fallbackBehavior fieldToMatch forwardedIp forwardedIpConfig geoMatchStatement headerName "
    "headerOrders httpMethod immunityTime immunityTimeProperty includedCookies includedHeaders includedPaths "
    "insertHeaders inspectionLevel invalidFallbackBehavior ipSetForwardedIpConfig ipSetReferenceStatement "
    "ja3Fingerprint ja4Fingerprint jsonBody labelMatchStatement labelNamespace loginPath managedRuleGroupConfigs "
    "managedRuleGroupStatement matchPattern matchPatterns matchScope metricName notStatement orStatement "
    "overrideAction oversizeHandling passwordField payloadType phoneNumberFields positionalConstraint queryArgument "
    "queryString rateBasedStatement regexMatchStatement regexPatternSetReferenceStatement regexString "
    "registrationPagePath requestInspection responseCode responseHeaders responseInspection ruleActionOverrides "
    "ruleGroupReferenceStatement ruleLabels sampledRequestsEnabled scopeDownStatement searchString sensitivityLevel "
    "sensitivityToBlock singleHeader singleQueryArgument sizeConstraintStatement sqliMatchStatement statusCode "
    "successCodes successStrings successValues textTransformations uriFragment uriPath usageOfAction usernameField "
    "vendorName visibilityConfig xssMatchStatement"
)
"""Names of properties of more than one word."""
_PROPERTIES = {
    **{name.lower(): name for name in _NAMES.split()},
    "headerorder": "headerOrders",
    "ipset": "ipSet",
}
_MOST = 30
"""Depth of a text that is read: statements nest a few times."""


def _as_properties(value: Plain, depth: int = 0) -> Plain:
    if depth > _MOST:
        return None
    if isinstance(value, list):
        return [_as_properties(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    return {_PROPERTIES.get(name.lower(), name.lower()): _as_properties(item, depth + 1)
            for name, item in value.items()}  # fmt: skip


@lru_cache(maxsize=1024)
def with_rules(resource: Resource) -> Resource:
    """Returns a web ACL or a group of rules with the rules of its text among its `rules`; others as they are."""
    text = resource.props.get(_TEXTS.get(resource.type, ""))
    if not isinstance(text, str):
        return resource
    rules = [_as_properties(rule) for rule in read_rules(text)]
    return replace(resource, props={**resource.props, "rules": [*items_of(resource.props.get("rules")), *rules]})

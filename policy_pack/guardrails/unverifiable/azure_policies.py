"""Definitions of Azure Policy that deploy templates, that write cost tags over those of resources, that open them or
deny what records and protects, and those that change objects of clusters by the effect mutate (Microsoft Learn, "Azure
Policy definitions mutate (preview) effect", read 2026-12-01).

The operation addOrReplace of the effect modify replaces a tag whatever the resource has, and remove takes it away.
Values of the resource group or subscription are those of the owner, and pass. The effects modify and append write
fields of every resource in the scope of an assignment, whatever its program says (MicrosoftDocs/azure-docs 0b8729ea,
articles/governance/policy/concepts/effect-modify.md, read 2026-11-29). The effect addToNetworkGroup connects networks
to those of a group: a rule says which (Azure/Enterprise-Scale eslzArm/subscriptionTemplates/avnm, by their names).
"""

import re
from collections.abc import Iterator, Mapping

from falaj.facts.tags import COST_TAGS

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, walk
from ..engine.rows import Predicate, azure
from ..engine.verdicts import Outcome, Verdict, failed
from ..readers.cidrs import NARROW_ADDRESSES
from .switch_rows import condition, table

_DEFINITIONS = azure(
    "authorization:PolicyDefinition", "authorization:PolicyDefinitionAtManagementGroup",
    "authorization:PolicyDefinitionVersion", "authorization:PolicyDefinitionVersionAtManagementGroup",
)  # fmt: skip
_COST_TAGS = frozenset(tag.key for tag in COST_TAGS)
_TAG = lazy_regex(r"\[?\s*tags(?:\.|\['?)(?P<key>[^'\]]+)", re.IGNORECASE)
_INHERITED = lazy_regex(r"\[\s*(?:resourceGroup|subscription)\(\)\.", re.IGNORECASE)

_EVERY_TYPE = "azure-native:"
_PARAMETER = lazy_regex(r"\[\s*parameters\(\s*'(\w+)'\s*\)\s*\]", re.IGNORECASE)
_SAFE = tuple(
    (lazy_regex(pattern, re.IGNORECASE), safe)
    for pattern, safe in (
        (r"publicNetworkAccess\w*", "Disabled|SecuredByPerimeter"),
        (r"defaultAction|\w*RestrictionsDefaultAction", "Deny"),
        (r"(?:ip|resourceAccess)Rules?|ipSecurityRestrictions", "[]"),
        (r"min(?:imum|imal)?TlsVersion\w*", "1.2|1.3|TLS1_2|TLS1_3|Tls12|Tls13"),
        (r"supportsHttpsTrafficOnly|enableRbacAuthorization|disableLocalAccounts|privateEndpointOnly", "true"),
        (r"allowSharedKeyAccess|allowCrossTenantReplication|adminUserEnabled|anonymousPullEnabled|enableNonSslPort",
         "false"),
        (r"ftpsState", "Disabled|FtpsOnly"),
    )
)  # fmt: skip
"""Names of fields that guardrails evaluate in programs -> values that these let pass, as in the table of switches."""
_ADDRESSES = lazy_regex(r"authorizedIPRanges", re.IGNORECASE)
"""Names of lists of addresses, of which an empty one lets everybody in."""
_EXPRESSION = lazy_regex(r"\[\s*[a-z]", re.IGNORECASE)
_READS = lazy_regex(
    r"\b(?:current|field|parameters|policy|requestContext|resourceGroup|subscription|utcNow)\s*\(", re.IGNORECASE
)
_CHOICE = lazy_regex(r"\[\s*if\(.*,\s*'([^']*)'\s*,\s*'([^']*)'\s*\)\s*\]", re.IGNORECASE | re.DOTALL)
"""Expressions: the functions that read a parameter or a resource, and a choice between two values. All other functions
of templates that a rule may have, such as base64ToString, only spell a value (MicrosoftDocs/azure-docs 03e5750a,
articles/governance/policy/concepts/definition-structure-policy-rule.md, "Policy functions"; read 2026-11-30)."""
_PROTECTING = lazy_regex(
    r"microsoft\.(?:insights/(?:diagnosticsettings|activitylogalerts|datacollection\w{0,30})|authorization/locks"
    r"|network/networkwatchers(?:/flowlogs)?|(?:security|securityinsights|recoveryservices|dataprotection)/.{1,200})",
    re.IGNORECASE,
)
"""Types of resources that record, find, save or keep from deletion (pulumi-azure-native 3.29.0, modules monitor,
network, authorization, security, securityinsights, recoveryservices and dataprotection)."""
_ALWAYS_SET = frozenset({"id", "location", "name", "fullname"})
"""Fields that every network has."""
_ANYTHING = lazy_regex(r"\*{1,9}")
_TESTS = ("equals", "in", "like", "contains")


def _overwrites_cost_tag(operation: dict[str, Plain]) -> bool:
    field = str(operation.get("field", ""))
    match = _TAG.match(field)
    is_cost_tag = match is not None and (match["key"].lower() in _COST_TAGS or "(" in field)  # or a computed name
    changes = str(operation.get("operation")).lower() in ("addorreplace", "remove")
    return is_cost_tag and changes and not _INHERITED.match(str(operation.get("value", "")))


def _judge_definition(resource: Resource) -> Iterator[Outcome]:
    yield from _judge_denial(resource)
    for path, _ in walk(resource.props, "policyRule.then.details?.deployment?"):
        yield failed(f"{path} is an ARM template that Azure Policy deploys", path)
    for path, _ in walk(resource.props, "policyRule.then.details?.mutationInfo?"):
        yield failed(f"{path} changes objects of clusters after the guardrails have evaluated them", path)
    for path, _ in walk(resource.props, "policyRule.then.details?.networkGroupId?"):
        if all(_is_of_every_one(test) for _, test in walk(resource.props, "policyRule.if")):
            yield failed(f"{path} connects every network in the scope: name them in policyRule.if", path)
    for path, value in walk(resource.props, "policyRule.then.details?.operations?"):
        for index, operation in enumerate(one_or_many(value)):
            if isinstance(operation, dict) and _overwrites_cost_tag(operation):
                yield failed(f"{path}[{index}] writes a cost tag over that of each resource", path)
    for path, value in walk(resource.props, "policyRule.then.details?"):
        for item_path, field, written in _written(value, path):
            if any(_opens(field, item) for item in _possible(_of_parameter(written, resource))):
                yield failed(f"{item_path} opens each resource in the scope of an assignment", item_path)


def _judge_denial(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if a definition denies every resource of a type that records or protects, whatever it says."""
    effect = next((value for _, value in walk(resource.props, "policyRule.then.effect")), None)
    is_denial = str(_of_parameter(effect, resource)).strip().lower() == "deny"
    for path, test in walk(resource.props, "policyRule.if") if is_denial else ():
        if any(_PROTECTING.fullmatch(name.strip()) for name in _types_alone(test)):
            yield failed(f"{path} denies everybody what records or protects resources", path)


def _types_alone(test: Plain) -> list[str]:
    """Returns the types that a condition of a rule is about, if it asks for nothing else."""
    if not isinstance(test, dict):
        return []
    if isinstance(items := test.get("anyOf"), list) and len(test) == 1:
        return [name for item in items for name in _types_alone(item)]
    if isinstance(items := test.get("allOf"), list) and len(test) == len(items) == 1:
        return _types_alone(items[0])
    is_of_type = str(test.get("field")).strip().lower() == "type"
    found = (text for key in _TESTS for text in one_or_many(test.get(key)) if isinstance(text, str))
    return list(found) if is_of_type else []


def _is_of_every_one(test: Plain) -> bool:
    """Returns whether a condition of a rule holds for each resource of a type. An empty one asks for nothing, and one
    of a value that reads nothing holds for all or for none. Keys of rules are read in any case (as known)."""
    if not isinstance(test, dict) or not test:
        return not test
    stated = {key.lower(): value for key, value in test.items()}
    for key, some in (("allof", all), ("anyof", any)):
        if isinstance(items := stated.get(key), list):
            return some(map(_is_of_every_one, items))
    if "value" in stated:
        value = stated["value"]
        return value is not UNKNOWN and not (isinstance(value, str) and _EXPRESSION.match(value))
    field = str(stated.get("field")).strip().lower()
    is_any = _ANYTHING.fullmatch(str(stated.get("like"))) or str(stated.get("exists")).strip().lower() == "true"
    is_any = is_any or stated.get("contains") == "" or "" in (stated.get("notequals"), stated.get("notlike"))
    return field == "type" or (field in _ALWAYS_SET and bool(is_any))


def _written(details: Plain, path: str) -> Iterator[tuple[str, str, Plain]]:
    """Yields the fields that the effects modify and append write, as (path, field, value)."""
    operations = details.get("operations") if isinstance(details, dict) else details
    start = f"{path}.operations" if isinstance(details, dict) else path
    for index, item in enumerate(one_or_many(operations)):
        if isinstance(item, dict) and "value" in item:
            yield f"{start}[{index}]", str(item.get("field")), item.get("value")


def _of_parameter(value: Plain, resource: Resource) -> Plain:
    """Returns the default of the parameter that is a value; any other expression as it is written."""
    name = _PARAMETER.fullmatch(value.strip()) if isinstance(value, str) else None
    if name is None:
        return value
    return next((item for _, item in walk(resource.props, f"parameters.{name[1]}.defaultValue")), None)


def _possible(value: Plain) -> list[Plain]:
    """Returns the values that an expression may have: UNKNOWN if it reads something. One that reads nothing only hides
    a value, and stays as it is written."""
    if not isinstance(value, str) or not _EXPRESSION.match(value):
        return [value]
    choice = _CHOICE.fullmatch(value.strip())
    return [*choice.groups()] if choice else [UNKNOWN if _READS.search(value) else value]


def _opens(field: str, value: Plain) -> bool:
    """Returns whether a value of a field of resources, by its alias, is one that the pack refuses in a program."""
    if _TAG.match(field) or "tags[" in field:
        return False
    name = re.sub(r"\[[^]]*\]", "", field).rpartition("/")[2].rpartition(".")[2]
    if _ADDRESSES.fullmatch(name):
        return value is not MISSING and NARROW_ADDRESSES.judge(value) is Verdict.FAIL
    if isinstance(value, dict | list):  # what refuses callers opens nothing
        value = [item for item in one_or_many(value) if not _denies(item)]
    safe = next((safe for pattern, safe in _SAFE if pattern.fullmatch(name)), "")
    row = None if safe else table().find(_EVERY_TYPE, name)
    safe = safe or (row.safe if row is not None and row.is_evaluated_where_set else "")
    return bool(safe) and condition(safe).judge(value) is Verdict.FAIL


def _denies(item: Plain) -> bool:
    return isinstance(item, dict) and str(item.get("action")).lower() == "deny"


AZURE_POLICY_JUDGES: Mapping[str, Predicate] = dict.fromkeys(_DEFINITIONS, _judge_definition)
"""Type -> what judges its rule."""

"""Rules that hide findings name what was looked into: a resource, a hole or a check, not a severity or everything.

botocore 1.44.8, guardduty and inspector2, CreateFilter, accessanalyzer, CreateArchiveRule, and securityhub,
AutomationRulesFindingFieldsUpdate, read 2026-11-29; MicrosoftDocs/azure-docs 014bcff1 articles/sentinel/
automate-incident-handling-with-automation-rules.md (an incident may be closed, or be of another severity) and Microsoft
Learn, "Microsoft.Security alertsSuppressionRules" (all conditions of the scope must be met), read 2026-11-30; property
names by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0, which a test repeats.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_open

_BEGINNING = lazy_regex(r"arn(?::[^:]*){0,4}(?::|$)|cve-(?:[0-9]{0,4}$|[0-9]{4}-)", re.IGNORECASE)
"""What ARNs of one account and region, and numbers of holes of one year, begin with."""
_SHORTEST = 2
"""Characters that may be of anything; judged, not read anywhere."""
_NEGATIVE = lazy_regex(r"not|.*_not_", re.IGNORECASE)
"""Beginning of comparisons that are met by whatever is not named."""


@dataclass(frozen=True)
class _Filter:
    """How a type says which findings it hides.

    `actions` and `hides`: paths of what it does, and the values that hide; without a path it always hides. `criteria`:
    path of the criteria. `narrow`: names of criteria by which a finding is one that was looked into. `name` and
    `values`: keys of a criterion's name and of what it must be; without, a criterion's name is its key, and it has a
    list of comparisons.
    """

    actions: tuple[str, ...]
    hides: re.Pattern[str]
    criteria: str
    narrow: re.Pattern[str]
    name: str = ""
    values: tuple[str, ...] = ()


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ANY = _word(".*")
_HUB = r"(?:ids|resourceIds|generatorIds|titles|resourceTags|resourceDetailsOthers|relatedFindingsIds|noteTexts"
FILTERS: dict[str, _Filter] = {
    **dict.fromkeys(aws("guardduty/Filter"), _Filter(
        ("action",), _word("archive"), "findingCriteria.criterions",
        _word(r"id|resource\.(?!resourceType$).+|service\.action\..+(?:address\w*|domain|ipAddressV[46])"),
        "field", ("equals", "matches"))),
    **dict.fromkeys(aws("inspector2/Filter"), _Filter(
        ("action",), _word("suppress"), "filterCriterias",
        _word(r"vulnerabilityIds|relatedVulnerabilities|findingArns|titles|resourceIds|resourceTags|ecrImageHashes"
              r"|ecrImageRepositoryNames|lambdaFunctionNames|vulnerablePackages|componentIds"
              r"|codeVulnerabilityFilePaths"))),
    **dict.fromkeys(aws("accessanalyzer/ArchiveRule"), _Filter(
        (), _ANY, "filters", _word(r"id|resource|principal\..+|condition\..+"), "criteria", ("eqs", "contains"))),
    **dict.fromkeys(aws("securityhub/AutomationRule"), _Filter(
        ("actions[*].findingFieldsUpdate.workflow?.status", "actions[*].findingFieldsUpdate.severity?.label",
         "actions[*].findingFieldsUpdate.verificationState?"),
        _word("suppressed|resolved|informational|low|false_positive|benign_positive"), "criteria",
        _word(rf"{_HUB}|complianceSecurityControlIds|userDefinedFields|resourceApplicationArns)"))),
    **dict.fromkeys(azure("securityinsights:AutomationRule"), _Filter(
        ("actions[*].actionConfiguration?.status?", "actions[*].actionConfiguration?.severity?"),
        _word("closed|informational|low"),
        "triggeringLogic.conditions[*].conditionProperties?",
        _word(r"(?!Incident(?:Severity|Status|Tactics|ProviderName)$).+"), "propertyName", ("propertyValues",))),
    **dict.fromkeys(azure("security:AlertsSuppressionRule"), _Filter(
        ("state",), _word("enabled"), "suppressionAlertsScope.allOf", _ANY, "field", ("field",))),
}  # fmt: skip
"""Type -> how it hides findings."""


def _names_something(value: Plain) -> bool:
    """Returns whether a value, or each of a list, is more than a wildcard or the beginning of every ARN or CVE."""
    if isinstance(value, list):
        return bool(value) and all(map(_names_something, value))
    if value is UNKNOWN:
        return True
    text = _BEGINNING.sub("", str(value or "").strip())
    if re.fullmatch(r"[0-9a-f.:]+/\d{1,3}", text):
        return is_open([text]) is False
    last = text.rpartition("/")[2]
    if "/" in text and "*" not in last:  # a repository, or the resource of an ARN
        return bool(last)
    return len(re.sub(r"[*?.^$]", "", last)) > _SHORTEST


_NESTED = ("innerConditions", "itemConditions")
"""Conditions in a condition (Microsoft Learn, AutomationRulePropertyArrayValuesCondition.ItemConditions, with the types
of the conditions in it, read 2026-11-30)."""


def _properties(condition: Plain) -> Plain:
    return condition.get("conditionProperties", condition) if isinstance(condition, dict) else condition


def _is_narrow(criterion: Plain, rule: _Filter) -> bool:
    if not isinstance(criterion, dict):
        return criterion is UNKNOWN
    nested = [item for key in _NESTED if isinstance(found := criterion.get(key), list) for item in found]
    if nested:
        combine = all if str(criterion.get("operator")).lower() == "or" else any
        return combine(_is_narrow(_properties(item), rule) for item in nested)
    if rule.name:
        is_negative = _NEGATIVE.match(str(criterion.get("operator") or "")) is not None
        is_named = rule.narrow.fullmatch(str(criterion.get(rule.name))) is not None
        return is_named and not is_negative and any(_names_something(criterion.get(key)) for key in rule.values)
    named = [value for key, value in criterion.items() if rule.narrow.fullmatch(key)]
    return any(_compares(item) for value in named for item in one_or_many(value))


def _compares(item: Plain) -> bool:
    """Returns whether a comparison is met by what it names only."""
    if not isinstance(item, dict):
        return item is UNKNOWN
    return not _NEGATIVE.match(str(item.get("comparison") or "")) and any(
        _names_something(value) for key, value in item.items() if key != "comparison"
    )


def _items(resource: Resource, path: str) -> list[Plain]:
    """Returns the values at a path, and the items of those that are lists."""
    found = [value for _, value in walk(resource.props, path)]
    return [item for value in found for item in one_or_many(value)]


def check_findings(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcome of a rule that hides findings."""
    rule = FILTERS[resource.type]
    actions = [str(value) for path in rule.actions for value in _items(resource, path)] if rule.actions else [""]
    if not any(rule.hides.fullmatch(action) for action in actions):
        yield passed()
        return
    criteria = _items(resource, rule.criteria)
    path = re.split(r"[.\[]", rule.criteria)[0]
    text = f"{path} hides findings without the name of a resource, a hole or a check"
    yield passed() if any(_is_narrow(item, rule) for item in criteria) else failed(text, path)

"""Alarms of Azure on what people do that leave out a person by his mail.

An alarm counts the records that its query keeps, and those that a dimension does not exclude (pulumi-azure-native
3.29.0, monitor:ScheduledQueryRule, `dimensions`; Kusto, operators with `!` and `not()`, as known). Programs that deploy
are left out by the number of their identity, as in public rules; whole organisations by the end of a mail.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, one_or_many, texts_in, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.log_transforms import is_of_security

_QUERIES = {
    **dict.fromkeys(azure("monitor:ScheduledQueryRule"), "criteria.allOf[*].query"),
    **dict.fromkeys(azure("securityinsights:ScheduledAlertRule"), "query?"),
}
_CRITERIA = "criteria?.allOf?"
_LONGEST = 20_000
_MAIL = r"['\"][^'\"@|\s]{1,100}@[^'\"@|\s]{1,200}['\"]"
_LEFT_OUT = lazy_regex(
    rf"(?:!=|!~|<>|!(?:in|has|contains|startswith)\w{{0,12}}~?)\s{{0,9}}(?:\(?[^|()]{{0,400}}?)?{_MAIL}"
    rf"|\bnot\s{{0,9}}\([^|]{{0,400}}?{_MAIL}"
    rf"|\bin~?\s{{0,9}}\([^|()]{{0,400}}?{_MAIL}[^|()]{{0,400}}\)[\s)]{{0,9}}==\s{{0,9}}false\b",
    re.IGNORECASE,
)
_TABLE = lazy_regex(r"\b[A-Z][A-Za-z]{3,60}\b")
_NAME = lazy_regex(r"[^@\s]{1,100}@[^@\s]{1,200}")
_COMMENT = lazy_regex(r"//[^\n]*")


def check_left_out_persons(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each alarm on records of security whose query, or a dimension of it, leaves out a mail."""
    pattern = _QUERIES.get(resource.type)
    for path, query in walk(resource.props, pattern) if pattern else ():
        if isinstance(query, str) and _is_of_security(query) and _LEFT_OUT.search(_COMMENT.sub(" ", query[:_LONGEST])):
            yield failed(f"{path} leaves out what one person does: leave out programs by their number", path)
    for path, parts in walk(resource.props, _CRITERIA) if pattern else ():
        for index, part in enumerate(one_or_many(parts)):
            fields, place = part if isinstance(part, dict) else {}, f"{path}[{index}].dimensions"
            if _is_of_security(str(fields.get("query"))) and _excludes_mail(fields.get("dimensions")):
                yield failed(f"{place} excludes what one person does", place)


def _is_of_security(query: str) -> bool:
    return any(is_of_security(name) for name in dict.fromkeys(_TABLE.findall(query[:_LONGEST])))


def _excludes_mail(dimensions: Plain) -> bool:
    return any(
        str(item.get("operator")).lower() == "exclude" and any(map(_NAME.fullmatch, texts_in(item.get("values"))))
        for item in one_or_many(dimensions)
        if isinstance(item, dict)
    )

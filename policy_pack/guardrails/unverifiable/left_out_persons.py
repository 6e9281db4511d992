"""Alarms of Azure on what people do that leave out a person by his mail.

An alarm counts the records that its query keeps, and those that a dimension does not exclude (pulumi-azure-native
3.29.0, monitor:ScheduledQueryRule, `dimensions`; Kusto, "String operators", in a copy, read 2026-12-02). Programs that
deploy are left out by the number of their identity, as in public rules; whole organisations by the end of a mail. The
same of queries by which a pipeline of Data Factory or a job of SQL keeps records (sqlReaderQuery, as known).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves, one_or_many, texts_in, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers.log_transforms import reads_security

QUERIES = {
    **dict.fromkeys(azure("monitor:ScheduledQueryRule"), "criteria.allOf[*].query"),
    **dict.fromkeys(azure("securityinsights:ScheduledAlertRule"), "query?"),
}
_COPIES = azure("datafactory:Pipeline", "datafactory:Dataset", "sql:JobStep")
_OF_RECORDS = lazy_regex(
    r"\b(?:from|join|into|delete)\s{1,9}[\w.$\[\]\"`]{0,120}?(?:audit|_?logs?\b|log[\]\"`]?(?:\s|$)|history|journal|access"
    r"|sessions?|logins?|events?\b|activit)|\bfn_get_audit_file\b",
    re.IGNORECASE,
)
"""Tables whose names say that they record what people did."""
_CRITERIA = "criteria?.allOf?"
_LONGEST = 20_000
_NEAR = 400
"""Characters before and after a mail in which its operator stands."""
_MAIL = lazy_regex(r"['\"][^'\"@|\s]{1,100}@[^'\"@|\s]{1,200}['\"]")
_NEGATIVE = lazy_regex(r"!=|!~|<>|!(?:in|has|contains|startswith|endswith)\w{0,12}~?|\bnot\s{1,9}(?:in|i?like)\b"
                       r"|\bis\s{1,9}distinct\s{1,9}from\b", re.IGNORECASE)  # fmt: skip
_LIST = lazy_regex(r"\s{0,9}(?:\([^()]{0,400})?")
"""What may stand between an operator and a text: the beginning of a list."""
_NOT = lazy_regex(r"\bnot\s{0,9}(?=\()", re.IGNORECASE)
_IS_FALSE = lazy_regex(r"[^|()]{0,400}\)[\s)]{0,9}==\s{0,9}false\b", re.IGNORECASE)
_NAME = lazy_regex(r"[^@\s]{1,100}@[^@\s]{1,200}")
_COMMENT = lazy_regex(r"//[^\n]*")


def check_left_out_persons(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each alarm on records of security whose query, or a dimension of it, leaves out a mail."""
    pattern = QUERIES.get(resource.type)
    for path, query in walk(resource.props, pattern) if pattern else ():
        if isinstance(query, str) and reads_security(query) and _leaves_out_mail(query):
            yield failed(f"{path} leaves out what one person does: leave out programs by their number", path)
    yield from _check_copies(resource)
    for path, parts in walk(resource.props, _CRITERIA) if pattern else ():
        for index, part in enumerate(one_or_many(parts)):
            fields, place = part if isinstance(part, dict) else {}, f"{path}[{index}].dimensions"
            if reads_security(str(fields.get("query"))) and _excludes_mail(fields.get("dimensions")):
                yield failed(f"{place} excludes what one person does", place)


def _check_copies(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each query of a pipeline on a table of records that leaves out a mail."""
    for path, _, query in leaves(resource.props) if resource.type in _COPIES else ():
        if isinstance(query, str) and _OF_RECORDS.search(query[:_LONGEST]) and _leaves_out_mail(query):
            yield failed(f"{path} leaves out of the records what one person did", path)


def _leaves_out_mail(query: str) -> bool:
    """Returns whether a query leaves out the records in which a mail stands."""
    text = _COMMENT.sub(" ", query[:_LONGEST])
    return any(
        _is_negative(text[max(0, found.start() - _NEAR) : found.start()].rpartition("|")[2])
        or _IS_FALSE.match(text[found.end() : found.end() + _NEAR]) is not None
        for found in _MAIL.finditer(text)
    )


def _is_negative(before: str) -> bool:
    """Returns whether what stands before a text compares with whatever else, or denies what it is in."""
    rests = [before[found.end() :] for found in _NEGATIVE.finditer(before)]
    if rests and _LIST.fullmatch(rests[-1]) is not None:
        return True
    denied = (before[found.end() :] for found in _NOT.finditer(before))
    return any(rest.count("(") > rest.count(")") for rest in denied)


def _excludes_mail(dimensions: Plain) -> bool:
    return any(
        str(item.get("operator")).lower() == "exclude" and any(map(_NAME.fullmatch, texts_in(item.get("values"))))
        for item in one_or_many(dimensions)
        if isinstance(item, dict)
    )

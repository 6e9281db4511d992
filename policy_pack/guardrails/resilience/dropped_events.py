"""Pipelines of records that drop what somebody did, or who it was.

`drop_events` drops what meets `drop_when`, an expression over the fields of the event, and everything with `true`
(OpenSearch Data Prepper, "Drop events processor", read 2026-12-02); `delete_entries` takes fields away, of which it has
names or patterns, also in a list of entries ("Delete entries processor", docs.opensearch.org, read 2026-12-02). What
good pipelines drop is told by what kind of record it is: its level, its status, the path of a check of health (found as
strings in ten public programs on 2026-12-02). Properties by pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

PIPELINES = aws("opensearchingest/Pipeline")
_BODY = "pipelineConfigurationBody"
_DROPS = lazy_regex(r"[\"']?\bdrop_when[\"']?\s{0,9}:[ \t]{0,9}(?P<condition>[^\n]{1,2000})")
_ALL = lazy_regex(r"[\"']?\s{0,9}true\s{0,9}[\"']?\s{0,9}[,}]?", re.IGNORECASE)
_FIELD = lazy_regex(r"(?<![\w/])/?(?:[\w@.-]{1,100}/){0,12}[\w@.-]{1,100}")
_QUOTED = lazy_regex(r"\\?\"[^\"\\]{0,500}\\?\"")
_WHO = lazy_regex(
    r"(?:.*[/_.-])?(?:user(?!_?-?agent)[\w.-]*|principal[\w.-]*|caller[\w.-]*|actor[\w.-]*|account[\w.-]*|identity"
    r"|sessionIssuer|arn|source_?ip(?:address)?|client_?ip|src_?(?:ip|addr)|impersonated\w*)(?:/.*)?",
    re.IGNORECASE,
)
"""Fields that say who did something, and from where."""
_DELETED = lazy_regex(
    r"\bwith_keys(?P<patterns>_regex)?[\"']?\s{0,9}:(?P<keys>[ \t]{0,9}\[[^\]]{0,2000}\]"
    r"|[^\n]{0,1000}(?:\n[ \t]{1,40}-[ \t]{1,9}[^\n:]{1,200}){0,50})"
)
"""Keys that a processor works on: `lowercase_string` has them under the same name (opensearch-project/
documentation-website 048c9022 _data-prepper/pipelines/configuration/processors/lowercase-string.md, read
2026-12-02)."""
_DELETES = lazy_regex(r"\bdelete_entries[\"']?\s{0,9}:")
_NEXT = lazy_regex(
    r"(?:\n[ \t-]{0,60}|[{,]\s{0,9})[\"']?(?!(?:with_keys(?:_regex)?|entries|exclude_from_delete|delete_\w{1,30}"
    r"|iterate_on)[\"']?\s{0,9}:)[a-zA-Z][\w-]{0,60}[\"']?\s{0,9}:(?:\s|$)"
)
"""Key that is no option of `delete_entries`, and so ends it."""
_ANY_LETTERS = lazy_regex(r"[\"'\s]\^?\.[*+]")
"""A pattern that begins with any text."""


def check_dropped_events(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step of a pipeline that drops records by who did something, or that field."""
    body = resource.props.get(_BODY) if resource.type in PIPELINES else None
    for found in _DROPS.finditer(body) if isinstance(body, str) else ():
        condition = found["condition"].strip()
        if _ALL.fullmatch(condition):
            yield failed(f"{_BODY}: drop_when drops every record", _BODY)
        elif who := _who(_QUOTED.sub(" ", condition)):
            yield failed(f"{_BODY}: drop_when leaves out records by {who}, which says who did it", _BODY)
    for found in _deleted(body) if isinstance(body, str) else ():
        every = found["patterns"] and _ANY_LETTERS.search(found["keys"]) and "every field"
        if who := _who(found["keys"]) or every:
            yield failed(f"{_BODY}: delete_entries takes away {who}, which says who did it", _BODY)


def _deleted(body: str) -> Iterator[re.Match[str]]:
    """Yields the keys of each step that deletes entries."""
    for step in _DELETES.split(body)[1:]:
        end = _NEXT.search(step)
        yield from _DELETED.finditer(step[: end.start()] if end else step)


def _who(text: str) -> str:
    """Returns the first field of an expression that says who did something; empty if there is none."""
    fields = (name.strip("/'\"") for name in _FIELD.findall(text))
    return next((name for name in fields if _WHO.fullmatch(name)), "")

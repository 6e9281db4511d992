"""Pipelines of records that drop what somebody did, or who it was.

`drop_events` drops what meets `drop_when`, an expression over the fields of the event, and everything with `true`
(OpenSearch Data Prepper, "Drop events processor", read 2026-12-02); `delete_entries` takes fields away ("Delete entries
processor", as known). What good pipelines drop is told by what kind of record it is: its level, its status, the path of
a check of health (found as strings in ten public programs on 2026-12-02). Properties by pulumi-aws 7.51.1.
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
    r"\bdelete_entries[\"']?\s{0,9}:(?P<keys>[^\n]{0,500}(?:\n[ \t-]{1,40}with_keys[^\n]{0,1000}"
    r"(?:\n[ \t]{1,40}-[ \t]{1,9}[^\n:]{1,200}){0,50})?)"
)


def check_dropped_events(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step of a pipeline that drops records by who did something, or that field."""
    body = resource.props.get(_BODY) if resource.type in PIPELINES else None
    for found in _DROPS.finditer(body) if isinstance(body, str) else ():
        condition = found["condition"].strip()
        if _ALL.fullmatch(condition):
            yield failed(f"{_BODY}: drop_when drops every record", _BODY)
        elif who := _who(_QUOTED.sub(" ", condition)):
            yield failed(f"{_BODY}: drop_when leaves out records by {who}, which says who did it", _BODY)
    for found in _DELETED.finditer(body) if isinstance(body, str) else ():
        if who := _who(found["keys"].partition("with_keys")[2]):
            yield failed(f"{_BODY}: delete_entries takes away {who}, which says who did it", _BODY)


def _who(text: str) -> str:
    """Returns the first field of an expression that says who did something; empty if there is none."""
    fields = (name.strip("/'\"") for name in _FIELD.findall(text))
    return next((name for name in fields if _WHO.fullmatch(name)), "")

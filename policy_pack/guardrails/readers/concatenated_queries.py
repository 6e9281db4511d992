"""Programs in JavaScript that put what they are given into the text of a query.

A stored procedure of Azure Cosmos DB runs a text, or a text with parameters (`{query: ..., parameters: [...]}`); a
value that is joined into the text ends it with a quote (MicrosoftDocs/azure-docs 24733d55
articles/cosmos-db/nosql/query/parameterized-queries.md, read 2026-12-02).
"""

import re

from ..engine.lazy_regex import lazy_regex

_TOKEN = lazy_regex(
    r"(?P<gap>//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?|\s+)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\[\s\S])*`?)"
    r"|(?P<plus>\+(?![+=]))|(?P<name>[A-Za-z_$(][\w$]*)|."
)
"""Parts of a program: comments, texts, and what may join them. One without an end goes on to the end of the text, so
that the time is linear."""
_QUERY = lazy_regex(r"[\"'`]\s*(?:select|delete|update|insert)\s", re.IGNORECASE)


def joins_values(program: str) -> bool:
    """Returns whether a program joins a value into the text of a query."""
    is_query = is_joined = False
    for part in _TOKEN.finditer(program):
        if part["text"]:
            is_query = (is_query and is_joined) or _QUERY.match(part[0]) is not None
            if is_query and part[0][0] == "`" and "${" in part[0]:
                return True
        elif part["name"] and is_query and is_joined:
            return True
        elif part["gap"]:
            continue
        elif not part["plus"]:
            is_query = False
        is_joined = part["plus"] is not None
    return False

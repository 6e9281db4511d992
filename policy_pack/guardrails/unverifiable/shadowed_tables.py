"""Functions of Kusto that have the name of the table that they read: queries that name the table get the function.

Kusto's tables and stored functions share their names, and the stored function is chosen; `table()` reads the table
("Tables" and "table()", read 2026-11-30). A saved search of Log Analytics is such a function, by its alias
(pulumi-azure-native 3.29.0, SavedSearch, functionAlias, read 2026-12-01).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_SCRIPTS = azure("kusto:Script")
_SEARCHES = azure("operationalinsights:SavedSearch")
_FUNCTION = lazy_regex(
    r"\.(?:create-or-alter|create|alter)\s{1,20}function\s{1,20}(?:ifnotexists\s{1,20})?"
    r"(?:with\s{0,20}\((?:'[^'\n]*'|\"[^\"\n]*\"|[^)'\"])*+\)\s{0,20})?(?:\[\s?['\"])?(?P<name>[A-Za-z_]\w{0,200})",
    re.IGNORECASE,
)
_NEXT = lazy_regex(r"\n\s{0,20}\.(?:create|alter|drop|set|append|delete|add|execute)")
_MADE = lazy_regex(
    r"\.create(?:-merge)?\s{1,20}(?:tables?|materialized-view)\s{1,20}(?P<name>[A-Za-z_]\w{0,200})", re.I
)
_FIRST = lazy_regex(r"(?:\A|[{(;])\s{0,200}(?P<name>[A-Za-z_]\w{0,200})\s{0,200}(?:\||\Z)")
"""A table at the beginning of a query."""
_BY_NAME = lazy_regex(r"\btable\s{0,20}\(\s{0,20}['\"](?P<name>[A-Za-z_]\w{0,200})['\"]")


def check_shadowed_tables(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each function with the name of a table."""
    if resource.type in _SCRIPTS:
        text = resource.get("scriptContent")
        for name in dict.fromkeys(_shadowing(text)) if isinstance(text, str) else ():
            yield failed(f"scriptContent makes a function {name} with the name of a table, which queries get instead",
                         "scriptContent")  # fmt: skip
    elif resource.type in _SEARCHES:
        alias, query = resource.get("functionAlias"), resource.get("query")
        if isinstance(alias, str) and isinstance(query, str) and alias in _tables(query):
            yield failed(f"functionAlias is {alias}, the table that it reads, and queries get the function instead",
                         "functionAlias")  # fmt: skip


def _shadowing(text: str) -> Iterator[str]:
    made = {found["name"] for found in _MADE.finditer(text)}
    functions = list(_FUNCTION.finditer(text))
    ends = [found.start() for found in functions[1:]] + [len(text)]
    for found, end in zip(functions, ends, strict=False):  # without functions there is one end too many
        body = _NEXT.split(text[found.end() : end], maxsplit=1)[0]
        if found["name"] in made or found["name"] in _tables(body):
            yield found["name"]


def _tables(query: str) -> set[str]:
    """Returns the names of tables that a query begins with, and those of `table()`."""
    return {found["name"] for form in (_FIRST, _BY_NAME) for found in form.finditer(query)}

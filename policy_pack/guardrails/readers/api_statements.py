"""Policies of API Management that put what callers send into a statement.

A resolver gives a database a statement and its parameters; an expression inside the statement is a part of its text
(learn.microsoft.com/azure/api-management/sql-data-source-policy, `sql-statement` and `parameters`; the resolver of
Cosmos DB has the same elements: MicrosoftDocs/azure-docs 0b8729ea
articles/api-management/cosmosdb-data-source-policy.md; both read 2026-12-02).
"""

import html

from ..engine.reading import Plain
from .api_policies import elements

_EXPRESSIONS = ("@(", "@{")


def binds_values(value: Plain) -> bool:
    """Returns whether each statement of a policy is a fixed text, whose values are parameters."""
    bodies = (html.unescape(body) for _, body in elements(value, "sql-statement"))
    return not any(expression in body for body in bodies for expression in _EXPRESSIONS)

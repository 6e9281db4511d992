"""Programs and steps of workflows in which whoever asks writes the statement that a database runs.

The connector of SQL Server of Logic Apps runs the text of `query` at a path that ends in /query/sql; what `@{...}` puts
into it is a part of the statement, whereas a stored procedure has parameters (public programs with that path, found as
a string on 2026-12-02; the rest as known). Stored procedures of Cosmos DB: `readers.concatenated_queries`. A program
of a custom activity of Data Factory has no shell unless its command starts one (Azure Data Factory, "Use custom
activities in a pipeline": the command is one of Batch, which does not run under a shell; as known).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves, one_or_many, texts_in
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.concatenated_queries import joins_values
from ..readers.resolver_statements import statements_of_callers
from ..readers.workflow_steps import PIPELINES, WORKFLOWS, Step, groups_of_steps

_PROGRAMS = aws("appsync/Resolver", "appsync/Function")
_PROCEDURES = azure("cosmosdb:SqlResourceSqlStoredProcedure", "cosmosdb:SqlResourceSqlTrigger",
                    "cosmosdb:SqlResourceSqlUserDefinedFunction")  # fmt: skip
_AS_SQL = lazy_regex(r"/query/sql", re.IGNORECASE)
_OF_THE_CALLER = lazy_regex(r"\btrigger(?:Body|Outputs|FormDataValue|FormDataMultiValues)?\s{0,9}\(", re.IGNORECASE)
_EXPRESSION = lazy_regex(r"@\{|^\s{0,99}@(?!@)")
_SHELL = lazy_regex(
    r"\b(?:ba|da|z|k)?sh(?:\.exe)?\s[^|;]{0,99}?-\w{0,9}c\b|\bcmd(?:\.exe)?\s{1,9}/[a-z/\s]{0,20}[ck]\b"
    r"|\b(?:pwsh|powershell)(?:\.exe)?\s[^|;]{0,200}?-(?:c|command|encodedcommand|ec?)\b|\binvoke-expression\b|\beval\b",
    re.IGNORECASE,
)
_GIVEN = lazy_regex(r"\b(?:pipeline\s{0,9}\(\s{0,9}\)\s{0,9}\.\s{0,9}parameters|trigger(?:Body|Outputs)?\s{0,9}\(|item"
                    r"\s{0,9}\(|activity\s{0,9}\()", re.IGNORECASE)  # fmt: skip
"""What of an expression whoever starts a run, or writes a file, chooses."""
_WHOLE = lazy_regex(
    r"\s{0,99}@\{?\s{0,9}(?:concat\s{0,9}\(\s{0,9})?(?:pipeline\s{0,9}\(\s{0,9}\)\s{0,9}\.\s{0,9}parameters|trigger)",
    re.IGNORECASE,
)
_LONGEST = 20_000


def check_statements_of_callers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement of SQL, name of a table, or command that the caller writes."""
    code = resource.props.get("code") if resource.type in _PROGRAMS else None
    for what in statements_of_callers(code) if isinstance(code, str) else ():
        yield failed(f"code lets callers write {what}, so that they read and change each table", "code")
    body = _body(resource) if resource.type in _PROCEDURES else None
    if isinstance(body, str) and joins_values(body):
        yield failed("resource.body joins a value into the text of a query: give it as a parameter", "resource.body")
    if resource.type in WORKFLOWS or resource.type in PIPELINES:
        yield from _check_steps(resource)


def _body(resource: Resource) -> Plain:
    given = resource.get("resource")
    return given.get("body") if isinstance(given, dict) else None


def _check_steps(resource: Resource) -> Iterator[Outcome]:
    for step in (step for group in groups_of_steps(resource) for step in group.values()):
        if any(map(_is_of_the_caller, _queries(step))):
            yield failed(f"{step.path} puts what callers send into a statement of a database: call a stored procedure "
                         "with parameters", step.path)  # fmt: skip
        if step.kind == "custom" and _starts_anything(step.props.get("command")):
            yield failed(f"{step.path}.command puts what a run is given into a command of a shell: start the program "
                         "itself, and read the value in it", step.path)  # fmt: skip


def _queries(step: Step) -> list[str]:
    inputs = step.props.get("inputs")
    if not isinstance(inputs, Mapping) or _AS_SQL.search(str(inputs.get("path"))[:_LONGEST]) is None:
        return []
    body = inputs.get("body")
    return texts_in(one_or_many(body.get("query") if isinstance(body, dict) else body))


def _is_of_the_caller(query: str) -> bool:
    text = query[:_LONGEST]
    return _EXPRESSION.search(text) is not None and _OF_THE_CALLER.search(text) is not None


def _starts_anything(command: Plain) -> bool:
    """Returns whether an expression puts what a run is given into what a shell reads, or is the command as a whole."""
    text = " ".join(str(item) for _, _, item in leaves(command))[:_LONGEST]
    if _EXPRESSION.search(text) is None or _GIVEN.search(text) is None:
        return False
    return _SHELL.search(text) is not None or _WHOLE.match(text) is not None

"""Programs of APIs in which whoever asks writes the statement that a database runs."""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.resolver_statements import statements_of_callers

_PROGRAMS = aws("appsync/Resolver", "appsync/Function")


def check_statements_of_callers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement of SQL, or name of a table, that the caller writes."""
    code = resource.props.get("code") if resource.type in _PROGRAMS else None
    for what in statements_of_callers(code) if isinstance(code, str) else ():
        yield failed(f"code lets callers write {what}, so that they read and change each table", "code")

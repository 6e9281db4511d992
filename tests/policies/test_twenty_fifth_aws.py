"""What programs of APIs let callers write, names of administrators, and rewrites of paths."""

import pytest
from guardrails.exposure.rewritten_paths import may_meet
from guardrails.readers.administrators import is_name_of_administrator, names_administrator
from guardrails.readers.resolver_statements import statements_of_callers

from tests.processor_time import within


@pytest.mark.parametrize(
    "code",
    [
        "createPgStatement(ctx.args.sql)",
        "createMySQLStatement(`SELECT ${context.arguments.id}`)",
        "createPgStatement('SELECT 1', 'SELECT ' + ctx.args.id)",
        "const q = ctx.args.q; createPgStatement(q)",
        "const { q } = ctx.args; createPgStatement(q)",
        "const { args: given } = ctx; createPgStatement(given.q)",
        "const a = ctx.args.a; const b = 'SELECT ' + a; createPgStatement(b)",
        "export function request({ args }) { return createPgStatement(args.q) }",
        "return { statements: [`SELECT ${ctx.args.id}`] }",
        "return { 'statements': ['BEGIN', ctx.args.sql] }",
        "createPgStatement(select({ table: ctx.args.table }))",
    ],
)
def test_callers_write_a_statement(code: str) -> None:
    assert list(statements_of_callers(code))


@pytest.mark.parametrize(
    "code",
    [
        "createPgStatement(sql`SELECT * FROM a WHERE id = ${ctx.args.id}`)",
        "const q = sql`SELECT ${ctx.args.id}`; createPgStatement(q)",
        "const q = select({ table: 'a', where: { id: { eq: ctx.args.id } } }); createPgStatement(q)",
        "return { statements: ['SELECT * FROM a WHERE id = :ID'], variableMap: { ':ID': ctx.args.id } }",
        "const id = ctx.args.id; createPgStatement('SELECT * FROM a', sql`SELECT ${id}`)",
        "return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) }",
        "createPgStatement('SELECT ctx.args.id')",
        "createPgStatement(`SELECT * FROM ${TABLE}`)",
    ],
)
def test_callers_write_parameters(code: str) -> None:
    assert list(statements_of_callers(code)) == []


@pytest.mark.parametrize("text", ["createPgStatement(", "statements: [", "const a = ", "'\\'", "const { a ", "`${"])
def test_programs_are_read_in_time_for_their_length(text: str) -> None:
    with within(2):
        list(statements_of_callers(text * (32768 // len(text))))


@pytest.mark.parametrize("name", ["Admin", "administrator", "OrganizationAccountAccessRole", "Admin*", "full-admin"])
def test_a_name_is_that_of_an_administrator(name: str) -> None:
    assert is_name_of_administrator(name)


@pytest.mark.parametrize("name", ["admin-portal", "app-*", "database-administrator", "AWSReservedSSO_ReadOnly_*"])
def test_a_name_is_of_somebody_else(name: str) -> None:
    assert not is_name_of_administrator(name)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("*:assumed-role/Administrator/*", True),
        ("arn:aws:sts::*:assumed-role/AWSReservedSSO_AdministratorAccess_*", True),
        ("*AWSReservedSSO_ReadOnlyAccess*", False),
        ("*:assumed-role/admin-portal/*", False),
        ("platform-deploy-role", False),
    ],
)
def test_an_arn_has_the_name_of_an_administrator(text: str, wanted: bool) -> None:
    assert names_administrator(text) is wanted


@pytest.mark.parametrize(
    ("replacement", "pattern", "wanted"),
    [
        ("/admin/$1", "/admin/*", True),
        ("$1", "/admin/*", True),
        ("/$1", "/admin", True),
        ("/admin/users", "/admin/*", True),
        ("/admin", "/admin", True),
        ("/public/$1", "/admin/*", False),
        ("/help", "/admin/*", False),
        ("/admin", "/admin/users", False),
        ("/$1", "/accounts/*/close", True),
        ("api.$1.svc", "*.bank.ae", False),
        ("$1.bank.ae", "*.bank.ae", True),
        ("internal.svc", "*.bank.ae", False),
    ],
)
def test_a_rewrite_may_meet_a_path(replacement: str, pattern: str, wanted: bool) -> None:
    assert may_meet(replacement, pattern) is wanted

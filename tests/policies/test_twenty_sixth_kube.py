"""Roles of vaults, checks of callers by NGINX, administrators of directories, and expressions of Argo CD."""

import pytest
from guardrails.identity.auth_subrequests import check_auth_subrequests
from guardrails.identity.program_switch_rows import program_switches
from guardrails.identity.vault_roles import check_vault_roles
from guardrails.readers.texts import Leaf

from tests.processor_time import within

from .attacks.after_twenty_sixth_kube import SERVED
from .attacks.twenty_fourth_kube import settings
from .attacks.twenty_sixth_kube import ARGO_CD, CHECKED
from .harness import Pack, blocking

PACK = Pack()
ROLE = "vault write auth/jwt/role/a role_type=jwt bound_claims_type=glob bound_claims="
ENDS = (
    "nopassword=no pam_permit.so uid admin-filter Domain Admins grafana_admin org_role TO dbms /bin/true success=done"
)
"""Words that texts have that the expressions are tried on."""
HARMS = (
    "each person of the directory is an administrator",
    "whoever has a ticket of the realm changes accounts of others",
    "whoever knows a name signs in with any password",
    "somebody administers each machine and account of the domain",
    "the account administers the store, or nobody has to sign in to it",
)


def is_refused(text: str, rule: str = "FJ-IDN-313", name: str = "settings.conf") -> bool:
    """Returns whether a file or a script is refused."""
    return rule in blocking(PACK.evaluate_plan(settings("config", "team-a", {name: text})))


@pytest.mark.parametrize(("text", "expected"), [
    (f"{ROLE}'{{\"sub\": \"repo:*:ref:refs/heads/main\"}}'", True), (f"{ROLE}'{{\"repository\": \"*/deploy\"}}'", True),
    (f"{ROLE}'{{\"sub\": [\"repo:bank/*\", \"repo:*\"]}}'", True),
    (f"{ROLE}'{{\"sub\": \"organization:*:project:*\"}}'", True),
    ("bao write auth/jwt/role/a bound_claims_type=glob bound_claims=\"{\\\"sub\\\": \\\"*\\\"}\"", True),
    (f"{ROLE}'{{\"sub\": \"repo:bank/*\"}}'", False), (f"{ROLE}'{{\"sub\": \"*\", \"project_id\": \"22\"}}'", False),
    (f"{ROLE}'{{\"sub\": \"*\"}}' bound_subject=repo:bank/a", False),
    (ROLE.replace("glob", "string") + "'{\"sub\": \"*\"}'", False),
    ("vault read auth/jwt/role/a # bound_claims_type=glob bound_claims='{\"sub\": \"*\"}'", False),
    ("vault write ssh/roles/a key_type=ca allowed_users=ops,*", True),
    ("vault write -namespace=a ssh/roles/a allowed_users='ops'", False),
    ("vault write secret/a allowed_users='*'", False),
    ("vault write ssh/roles/a allowed_users=ops\nvault write kv/a note='allowed_users=*'", False),
    ("vault write aws/roles/a policy_arns=arn:aws:iam::aws:policy/ReadOnlyAccess", False),
    ("vault write aws/roles/a policy_arns=arn:aws:iam::aws:policy/IAMFullAccess,arn:aws:iam::1:policy/a", True),
])  # fmt: skip
def test_roles_of_vaults_are_for_somebody(text: str, *, expected: bool) -> None:
    assert is_refused(text) is expected


@pytest.mark.parametrize(("text", "expected"), [
    (CHECKED, True), (CHECKED.replace("return 204", "return 401"), False),
    (CHECKED.replace("auth_request /check", "# auth_request /check"), False),
    (CHECKED.replace("auth_request /check", "auth_request /other"), False),
    (CHECKED.replace("location = /check", "location ^~ /check"), True),
    (CHECKED.replace("return 204", "if ($http_x_key = '') { return 401; } return 204"), False),
    (SERVED, True), (SERVED.replace("error_page 401 403 =", "error_page 404 ="), False),
    (SERVED.replace("location @ledger {", "location @ledger {\n    rewrite ^ /sign-in break;"), False),
    (SERVED.replace("@ledger {\n    proxy_pass https://ledger", "@ledger {\n    proxy_pass https://sign-in"), False),
])  # fmt: skip
def test_a_check_of_callers_may_refuse(text: str, *, expected: bool) -> None:
    assert is_refused(text) is expected


@pytest.mark.parametrize(("text", "expected"), [
    ("*@EXAMPLE.AE x", True), ("*/*@EXAMPLE.AE m *", True), ("*/* *", True), ("*@EXAMPLE.AE ADMCIL", False),
    ("*@EXAMPLE.AE il", False), ("*/admin@EXAMPLE.AE *", False), ("*@EXAMPLE.AE c *1@EXAMPLE.AE", False),
    ("# *@EXAMPLE.AE *", False), ("reports@EXAMPLE.AE *", False), ("* * * * *", False),
])  # fmt: skip
def test_a_realm_is_administered_by_somebody(text: str, *, expected: bool) -> None:
    assert is_refused(text, name="kadm5.acl") is expected


@pytest.mark.parametrize(("text", "expected"), [
    ('--admin-filter "(uid=%s)"', True), ('admin_filter = "(&(objectClass=user)(sAMAccountName={0}))"', True),
    ('--admin-filter "(objectClass=posixAccount)"', True), ('--admin-filter "(cn=ops)"', False),
    ('--admin-filter "(memberOf=cn=admins,dc=example,dc=ae)"', False), ('--user-filter "(uid=%s)"', False),
])  # fmt: skip
def test_administrators_are_found_by_a_group(text: str, *, expected: bool) -> None:
    assert is_refused(f"gitea admin auth add-ldap --name a {text} --port 636") is expected


@pytest.mark.parametrize(("line", "expected"), [
    ("p, role:a, proj, update, .*, allow", True), ("p, role:a, .*, get|sync, .*, allow", False),
    ("p, role:a, ^(applications|logs)$, .*, ^a/.*$, allow", False), ("p, role:a, clusters, ^g, .*, allow", True),
    ("p, role:a, [a-z]+, create, .*, allow", True), ("p, role:a, .*, .*, .*, deny", False),
])  # fmt: skip
def test_expressions_of_argo_cd_are_read_as_such(line: str, *, expected: bool) -> None:
    data = {"policy.default": "", "policy.matchMode": "regex", "policy.csv": line}
    reports = PACK.evaluate_plan(settings("argocd-rbac-cm", "argocd", data, **ARGO_CD))
    assert ("FJ-IDN-310" in blocking(reports)) is expected


@pytest.mark.parametrize("text", [
    "vault write a/roles/b ", "/v1/a/role/b \"bound_claims\": {\"", "location /a {", "; auth_request /a ",
    "passdb {\n a",
    "auth required pam_env.so\n", "group_dn = \"*\"\n", "*/*@A ", "admin-filter=(", "GRANT ROLE admin ",
    "samba-tool group addmembers ", "dn: cn=Domain Admins,\na", "auth_request         ",
    "bound_claims_type=glob bound_claims=",
])  # fmt: skip
def test_long_texts_are_read_in_linear_time(text: str) -> None:
    leaf = Leaf("data.a", "a", text * (100_000 // len(text)) + ENDS, is_in_text=True)
    with within(8):
        assert [*check_vault_roles([leaf]), *check_auth_subrequests([leaf])] == []
        for switch in (item for item in program_switches() if item.name is None and item.harm in HARMS):
            switch.has_value(str(leaf.value))

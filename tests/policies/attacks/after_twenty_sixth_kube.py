"""Further spellings of the twenty-sixth set's attacks on clusters (2026-12-02), as known unless a date is stated."""

from ..harness import Given
from . import Attack
from .after_twenty_fifth_kube import AUTHORISED
from .twenty_fifth_kube_b import in_vault
from .twenty_fourth_kube import secret_of, settings
from .twenty_sixth_kube import ARGO_CD, CHECKED, DIRECTORY, admission
from .twenty_sixth_kube_b import MAILBOXES, SHELLS
from .twenty_third_critical_kube import nightly

RULES = ("FJ-IDN-313",)
SOURCES = "as in the twenty-sixth set's attacks on clusters"


def file(name: str, text: str, namespace: str = "team-a") -> tuple[Given, ...]:
    """Returns a file of settings of a program."""
    return (settings("config", namespace, {name: text}),)


def administering(*commands: str) -> tuple[Given, ...]:
    """Returns a job of each night that changes who administers a program."""
    return (nightly(*commands, env=[secret_of("PASSWORD", "ops", "password")]),)


ROLE_OF_USERS = r"""vault write ssh-client-signer/roles/my-role -<<"EOH"
{
  "allow_user_certificates": true,
  "allowed_users": "*",
  "default_extensions": {"permit-pty": ""},
  "key_type": "ca",
  "default_user": "ubuntu",
  "ttl": "30m0s"
}
EOH"""
REQUEST = (
    f"curl --cacert /etc/ca/ca.crt {AUTHORISED} -X POST https://vault.vault.svc:8200/v1/auth/jwt/role/deploy "
    '-d \'{"role_type": "jwt", "user_claim": "sub", "bound_claims_type": "glob", "bound_claims": '
    '{"sub": ["project_path:*:ref_type:branch:ref:main"], "ref_protected": "true"}, "token_policies": ["deploy"]}\''
)
BRANCH = (
    "vault write auth/jwt/config bound_issuer=https://token.actions.githubusercontent.com\n"
    "vault write auth/jwt/role/deploy role_type=jwt user_claim=repository bound_audiences=https://github.com/bank "
    'bound_claims=\'{"ref": "refs/heads/main", "event_name": "push"}\' token_policies=deploy'
)
REVERSED = """
[[servers.group_mappings]]
org_role = "Admin"
org_id = 1
group_dn = '*'
"""
SERVED = """
server {
  listen 8443 ssl;
  location /api/ {
    auth_request /check;
    error_page 401 403 = @ledger;
    proxy_pass https://ledger.payments.svc:8443;
  }
  location = /check { internal; proxy_pass https://sign-in.team-a.svc:8443/check; }
  location @ledger {
    proxy_pass https://ledger.payments.svc:8443;
  }
}
"""
NEWER = """
dovecot_config_version = 2.4.1
passdb static {
  fields {
    nopassword = yes
  }
}
"""
LDIF = """dn: CN=Domain Admins,CN=Users,DC=example,DC=ae
changetype: modify
add: member
member: CN=contractor,CN=Users,DC=example,DC=ae
"""

PEOPLE = (
    Attack("each person of the directory is an administrator of the boards, the other way round", RULES,
           file("ldap.toml", REVERSED), "critical", SOURCES),
    Attack("each person of the directory is a super administrator of the boards", RULES,
           file("ldap.toml", DIRECTORY.replace('org_role = "Admin"', 'org_role = "Viewer"')), "critical", SOURCES),
    Attack("each person of the directory administers the server of sources", RULES, administering(
        'gitea admin auth add-ldap --name staff --security-protocol ldaps --host ldap.team-a.svc --port 636 '
        '--user-search-base "ou=people,dc=example,dc=ae" --user-filter "(uid=%s)" '
        '--admin-filter "(&(objectClass=person)(uid=*))" --email-attribute mail'), "critical", SOURCES),
    Attack("whoever has a ticket of the realm, and any role, administers it", RULES,
           file("kadm5.acl", "*/*@EXAMPLE.AE admcil\n"), "critical", SOURCES),
    Attack("whoever has a ticket of the realm changes the passwords of others", RULES,
           file("kadm5.acl", "*/admin@EXAMPLE.AE *\n*@EXAMPLE.AE ci */admin@EXAMPLE.AE\n"), "critical", SOURCES),
)  # fmt: skip
CALLERS = (
    Attack("the check of each caller of the ledger answers with a text", RULES,
           file("ledger.conf", CHECKED.replace("return 204;", 'default_type text/plain;\n    return 200 "ok";')),
           "critical", SOURCES),
    Attack("calls of the ledger that the check refuses are served", RULES, file("ledger.conf", SERVED), "critical",
           SOURCES),
    Attack("whoever knows a name reads the mailbox, by newer settings", RULES, file("dovecot.conf", NEWER), "critical",
           SOURCES),
    Attack("whoever knows a name reads the mailbox, with a field beside it", RULES,
           file("dovecot.conf", MAILBOXES.replace("nopassword=y", "user=%Lu nopassword")), "critical", SOURCES),
    Attack("any password signs in to the host of administrators, by a stack that ends", RULES,
           file("sshd", SHELLS.replace("sufficient  ", "[success=done default=ignore]")), "critical", SOURCES),
    Attack("any password signs in to the host of administrators, by a command that succeeds", RULES,
           file("sshd", SHELLS.replace("pam_permit.so", "pam_exec.so quiet /bin/true")), "critical", SOURCES),
    Attack("nothing asks for a password on the host of administrators", RULES,
           file("sshd", "auth required pam_env.so\nauth required pam_permit.so\naccount required pam_unix.so\n"),
           "critical", SOURCES),
)  # fmt: skip
ROLES = (
    Attack("whoever has a role of the vault is any user of each machine, by JSON", RULES, (in_vault(ROLE_OF_USERS),),
           "critical", SOURCES),
    Attack("each project of a forge takes a role of the vault, by a request", RULES, (nightly(REQUEST),), "critical",
           SOURCES),
    Attack("the main branch of each repository of GitHub takes a role of the vault", RULES, (in_vault(BRANCH),),
           "critical", SOURCES),
    Attack("whoever has a role of the vault administers the account", RULES, (in_vault(
        "vault write aws/roles/ops credential_type=iam_user policy_arns=arn:aws:iam::aws:policy/AdministratorAccess"),),
        "critical", SOURCES),
    Attack("a contractor is an administrator of the enterprise", RULES, administering(
        "net rpc group addmem 'Enterprise Admins' contractor -U \"ops%$PASSWORD\" -S dc1.team-a.svc"), "critical",
        SOURCES),
    Attack("a contractor administers the domain, by a change of the directory", RULES,
           file("admins.ldif", LDIF), "critical", SOURCES),
    Attack("a contractor administers FreeIPA, and everybody is root", RULES, administering(
        "ipa group-add-member admins --users=contractor"), "critical", SOURCES),
    Attack("everybody is root on each machine of the domain", RULES, administering(
        "ipa sudorule-add everything --usercat=all --hostcat=all --cmdcat=all"), "critical", SOURCES),
    Attack("a contractor administers the warehouse", RULES, administering(
        'snowsql -q "GRANT ROLE ACCOUNTADMIN TO USER contractor"'), "critical", SOURCES),
    Attack("a contractor administers the spread database", RULES, administering(
        'cockroach sql --certs-dir /certs --host ledger.team-a.svc -e "GRANT admin TO contractor"'), "critical",
        SOURCES),
)  # fmt: skip
EXPRESSIONS = (
    *(Attack(f"developers administer Argo CD by the expression {resource}", ("FJ-IDN-310",), (
        settings("argocd-rbac-cm", "argocd", {
            "policy.default": "", "policy.matchMode": "regex",
            "policy.csv": f"p, role:developers, {resource}, {action}, .*, allow\ng, developers, role:developers\n"},
            **ARGO_CD),), "critical", SOURCES)
      for resource, action in ((".+", ".+"), ("^proj", "update|get"), ("applications|clusters", "."))),
    Attack("a policy on pods asks for a list that is not shorter than nothing", ("FJ-ESC-119",), admission(
        "privileged-pods",
        validations=[{"expression": "!(object.spec.containers.filter(c, has(c.securityContext)).size() < 0)",
                      "message": "Containers are not privileged."}]), "major", SOURCES),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*PEOPLE, *CALLERS, *ROLES, *EXPRESSIONS)

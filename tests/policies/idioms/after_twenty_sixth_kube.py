"""Good programs next to the twenty-sixth set's attacks on clusters (2026-12-02)."""

from ..attacks.after_twenty_fifth_kube import AUTHORISED
from ..attacks.after_twenty_sixth_kube import CHECKED, MAILBOXES, administering, file
from ..attacks.twenty_fifth_kube_b import in_vault
from ..attacks.twenty_fourth_kube import settings
from ..attacks.twenty_sixth_kube import ARGO_CD, admission
from ..attacks.twenty_third_critical_kube import nightly
from ..blind import TAGS, release
from . import Idiom

BY_EXPRESSION = """
p, role:team-a, applications, ^(get|sync|update)$, ^team-a/.+$, allow
p, role:team-a, logs|exec, get, ^team-a/.+$, allow
p, role:team-a, projects|clusters|repositories, get, .*, allow
p, role:platform, .*, .*, .*, allow
g, team-a, role:team-a
g, platform, role:platform
"""
DIRECTORY = """
[[servers.group_mappings]]
group_dn = "cn=boards-admins,ou=groups,dc=example,dc=ae"
org_role = "Admin"
grafana_admin = true

[[servers.group_mappings]]
group_dn = "*"
org_role = "Viewer"
"""
PRINCIPALS = """
# whoever has a role of administration, and each person his own password
*/admin@EXAMPLE.AE    *
joeadmin@EXAMPLE.AE   ADMCIL
*/root@EXAMPLE.AE     cil   *1@EXAMPLE.AE
*@EXAMPLE.AE          c     *1@EXAMPLE.AE
*/*@EXAMPLE.AE        il
"""
ASKED = """
server {
  listen 8443 ssl;
  location / {
    auth_request /check;
    error_page 401 = @sign_in;
    proxy_pass https://ledger.team-a.svc:8443;
  }
  location = /check {
    internal;
    proxy_pass https://sign-in.team-a.svc:8443/oauth2/auth;
  }
  location @sign_in {
    return 302 https://sign-in.example.ae/oauth2/start?rd=$request_uri;
  }
  location = /healthz { return 200 "ok"; }
}
"""
DECIDED = CHECKED.replace("return 204;", "if ($ssl_client_verify != SUCCESS) { return 401; }\n    return 204;")
PAGE = """
server {
  location / {
    auth_request /auth-proxy;
    error_page 401 =200 /login;
    proxy_pass https://ledger.team-a.svc:8443;
  }
  location /login { proxy_pass https://ledger.team-a.svc:8443; }
  location = /auth-proxy { internal; proxy_pass https://ldap-auth.team-a.svc:8443; }
}
"""
PROXIED = """
passdb static {
  fields {
    nopassword = yes
    proxy = yes
    proxy_mech = %{mechanism}
  }
}
"""
OF_PEOPLE = MAILBOXES.replace(
    "driver = static\n  args = nopassword=y", "driver = ldap\n  args = /etc/dovecot/ldap.conf"
)
SHELLS = """#%PAM-1.0
auth       required                    pam_env.so
auth       requisite                   pam_succeed_if.so uid >= 1000 quiet_success
auth       [success=1 default=ignore]  pam_unix.so
auth       requisite                   pam_deny.so
auth       required                    pam_permit.so
account    sufficient                  pam_permit.so
session    required                    pam_permit.so
"""
SUBSTITUTE = "auth sufficient pam_rootok.so\nauth required pam_unix.so\naccount required pam_permit.so\n"
USERS = """vault write ssh/roles/ops -<<EOH
{"key_type": "ca", "allow_user_certificates": true, "allowed_users": "ops,deploy", "default_user": "ops",
 "default_extensions": {"permit-pty": ""}, "ttl": "30m"}
EOH"""
REPOSITORY = (
    "vault write auth/jwt/role/deploy role_type=jwt user_claim=repository bound_audiences=https://github.com/bank "
    "bound_claims_type=glob "
    'bound_claims=\'{"sub": "repo:bank/*:ref:refs/heads/main", "ref": "refs/heads/main"}\' token_policies=deploy'
)
PROJECT = (
    f"curl --cacert /etc/ca/ca.crt {AUTHORISED} -X POST https://vault.vault.svc:8200/v1/auth/jwt/role/deploy "
    '-d \'{"role_type": "jwt", "user_claim": "sub", "bound_claims": {"project_id": "22", "ref": "main", '
    '"ref_type": "branch"}, "token_policies": ["deploy"]}\''
)
OF_ANYTHING_ELSE = (
    "vault write auth/jwt/role/deploy role_type=jwt user_claim=sub bound_claims_type=glob "
    'bound_claims=\'{"sub": "*", "repository_owner_id": "1234567"}\' token_policies=deploy'
)

IDIOMS: tuple[Idiom, ...] = (
    Idiom("roles of Argo CD are for the applications of a project, by expressions", (
        settings("argocd-rbac-cm", "argocd", {
            "policy.default": "", "policy.matchMode": "regex", "policy.csv": BY_EXPRESSION}, **ARGO_CD),),
        "argo-cd.readthedocs.io/en/stable/operator-manual/rbac"),
    Idiom("administrators of the boards are one group of the directory, and everybody reads", (
        *file("ldap.toml", DIRECTORY, "monitoring"),),
        "grafana.com/docs/grafana/latest/setup-grafana/configure-security/configure-authentication/ldap"),
    Idiom("administrators of the server of sources are one group of the directory", administering(
        'gitea admin auth add-ldap --name staff --security-protocol ldaps --host ldap.team-a.svc --port 636 '
        '--user-search-base "ou=people,dc=example,dc=ae" --user-filter "(&(objectClass=person)(uid=%s))" '
        '--admin-filter "(&(objectClass=person)(memberOf=cn=admins,ou=groups,dc=example,dc=ae))"'),
        "docs.gitea.com/administration/command-line"),
    Idiom("principals with a role administer the realm, and each person changes his own password",
          file("kadm5.acl", PRINCIPALS), "web.mit.edu/kerberos/krb5-latest/doc/admin/conf_files/kadm5_acl"),
    Idiom("callers of the ledger are asked who they are, and shown where they sign in",
          (*file("ledger.conf", ASKED), *file("page.conf", PAGE, "team-b"), *file("own.conf", DECIDED, "payments")),
          "nginx.org/en/docs/http/ngx_http_auth_request_module"),
    Idiom("mailboxes ask a directory, or another server", (
        *file("dovecot.conf", OF_PEOPLE), *file("proxy.conf", PROXIED, "mail")),
        "doc.dovecot.org/main/core/config/auth/databases/static"),
    Idiom("a host of administrators asks for the password, and root becomes another user", (
        *file("sshd", SHELLS), *file("su", SUBSTITUTE, "team-b")), "man7.org/linux/man-pages/man5/pam.d.5"),
    Idiom("roles of the vault are for users, repositories and projects that they name", (
        in_vault(USERS), in_vault(REPOSITORY), nightly(PROJECT), in_vault(OF_ANYTHING_ELSE),
        in_vault("vault write aws/roles/reports credential_type=assumed_role "
                 "role_arns=arn:aws:iam::123456789012:role/reports"),
        in_vault("vault write transit/keys/ledger type=aes256-gcm96 exportable=false")),
        "developer.hashicorp.com/vault/api-docs/auth/jwt"),
    Idiom("people come and go in groups of the domain and the databases", administering(
        "samba-tool group addmembers reports analyst -H ldaps://dc1.team-a.svc -U \"ops%$PASSWORD\"",
        "samba-tool group removemembers 'Domain Admins' contractor -H ldaps://dc1.team-a.svc -U \"ops%$PASSWORD\"",
        "ipa group-add-member reports --users=analyst", "ipa group-remove-member admins --users=contractor",
        "ipa sudorule-add restart --usercat=all --hostcat=all",
        "cypher-shell -a neo4j+s://graph.team-a.svc:7687 -d system 'GRANT ROLE reader TO reports'",
        "cypher-shell -a neo4j+s://graph.team-a.svc:7687 -d system 'GRANT ROLE admin TO platform_admin'"),
        "neo4j.com/docs/operations-manual/current/authentication-authorization/built-in-roles"),
    Idiom("the group of administrators of the domain is described", file(
        "groups.ldif", "dn: CN=Domain Admins,CN=Users,DC=example,DC=ae\nchangetype: modify\nreplace: description\n"
                       "description: people who administer the domain\n"),
        "www.rfc-editor.org/rfc/rfc2849"),
    Idiom("a policy on pods asks for no privileged container, by the length of a list", admission(
        "privileged-pods",
        variables=[{"name": "privileged", "expression": "object.spec.containers.filter(c, "
                    "c.?securityContext.?privileged.orValue(false))"}],
        validations=[{"expression": "size(variables.privileged) <= 0", "message": "Containers are not privileged."}]),
        "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy"),
    Idiom("load balancers of the cluster are internal unless they say something else", release(
        "aws-load-balancer-controller", "3.0.0", {
            "clusterName": "dc1", "region": "me-central-1", "defaultLoadBalancerScheme": "internal",
            "defaultTags": TAGS}, "kube-system"),
        "kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations"),
)  # fmt: skip

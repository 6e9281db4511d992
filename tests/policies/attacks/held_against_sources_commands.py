"""Attacks by values and commands next to those of the table of programs, found when its statements were held against
sources (2026-12-02). Sources are those of `data/program_switches.csv` and `data/joined_switches.csv`.
"""

from . import Attack
from .after_twenty_fifth_kube import AUTHORISED
from .after_twenty_sixth_kube import LDIF, RULES, administering, file
from .twenty_fourth_kube import secret_of
from .twenty_sixth_kube_b import SHELLS
from .twenty_third_critical_kube import nightly

PROVIDERS = "social providers of Keycloak, source of each"
GROUPS = "Microsoft Learn, 'Active Directory security groups'"
DATABASES = "Snowflake, 'GLOBALORGADMIN'; CockroachDB, 'GRANT'"
ROLES = "opensearch-project, 'Default action groups' and 'Permissions'"


def of_provider(name: str, *settings: str) -> str:
    """Returns the command that makes a provider of a realm of Keycloak."""
    return f"kcadm.sh create identity-provider/instances -r bank -s alias=staff -s providerId={name} " + " ".join(
        f"-s 'config.{setting}'" for setting in settings
    )


def to_search(path: str, body: str) -> str:
    """Returns the command that changes rights of a search cluster."""
    return f"curl --cacert /etc/ca/ca.crt {AUTHORISED} -X PUT https://search.search.svc:9200/{path} -d '{body}'"


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"everybody with an account at the provider is let in: {name}, {limit}", RULES, (nightly(
        of_provider(name, limit), env=[secret_of("SECRET", "provider", "secret")]),), "critical", PROVIDERS)
      for name, limit in (
          ("google", "hostedDomain=*"), ("google", "tenantId=bank"), ("microsoft", "tenantId=common"),
          ("microsoft", "tenantId=organizations"), ("microsoft", "hostedDomain=example.ae"),
          ("github", "baseUrl=https://github.com/"), ("gitlab", "baseUrl=https://git.example.ae"))),
    Attack("everybody with an account of Google is let in, by a request", RULES, (nightly(
        f"curl --cacert /etc/ca/ca.crt {AUTHORISED} -X POST https://sso.sso.svc:8443/admin/realms/bank/"
        'identity-provider/instances -d \'{"alias": "google", "providerId": "google", "enabled": true}\'',
        env=[secret_of("TOKEN", "ops", "token")]),), "critical", PROVIDERS),
    Attack("the realm no longer asks for the domain of the bank", RULES, (nightly(
        "kcadm.sh update identity-provider/instances/google -r bank -s 'config.hostedDomain=*'"),), "critical",
        PROVIDERS),
    *(Attack(f"a contractor is one of the {group} of the domain", RULES, administering(
        f"samba-tool group addmembers '{group}' contractor -H ldaps://dc1.team-a.svc -U \"ops%$PASSWORD\""),
        "critical", GROUPS)
      for group in ("Print Operators", "Enterprise Key Admins", "Group Policy Creator Owners", "Replicator",
                    "Domain Controllers")),
    Attack("a contractor is one of the Print Operators, by a change of the directory", RULES,
           file("operators.ldif", LDIF.replace("Domain Admins", "Print Operators")), "critical", GROUPS),
    Attack("a contractor administers the keys of the enterprise, by a change of the directory in another form", RULES,
           file("operators.ldif", LDIF.replace("Domain Admins", "Enterprise Key Admins").replace("add:", "replace:")),
           "critical", GROUPS),
    Attack("whoever is in the list of local users signs in to the host of administrators with any password", RULES,
           file("sshd", SHELLS.replace("pam_permit.so", "pam_localuser.so")), "critical",
           "linux-pam pam_localuser.8.xml"),
    Attack("a contractor administers the dashboards, by a role", RULES, administering(
        "superset fab create-user --role Admin --username contractor --firstname C --lastname D --email c@example.ae"),
        "critical", "dpgaspar/Flask-AppBuilder cli.py"),
    Attack("a contractor administers every account of the warehouse", RULES, administering(
        'snowsql -q "GRANT ROLE GLOBALORGADMIN TO USER contractor"'), "critical", DATABASES),
    Attack("a contractor has each privilege of the spread database", RULES, administering(
        'cockroach sql --certs-dir /certs --host ledger.team-a.svc -e "GRANT SYSTEM ALL PRIVILEGES TO contractor"'),
        "critical", DATABASES),
    *(Attack(f"readers of reports administer the searches, {name}", RULES, (nightly(
        to_search(path, body), env=[secret_of("TOKEN", "ops", "token")]),), "critical", ROLES)
      for name, path, body in (
          ("by each action of the cluster", "_plugins/_security/api/roles/reports",
           '{"cluster_permissions": ["cluster:*"]}'),
          ("by each action of each index", "_plugins/_security/api/roles/reports",
           '{"index_permissions": [{"index_patterns": ["*"], "allowed_actions": ["indices:*"]}]}'),
          ("by the roles of others", "_plugins/_security/api/roles/reports",
           '{"cluster_permissions": ["cluster_monitor", "restapi:admin/rolesmapping"]}'),
          ("by a second pattern", "_plugins/_security/api/roles/reports",
           '{"index_permissions": [{"index_patterns": ["logs-*", "*"], "allowed_actions": ["indices_all"]}]}'),
          ("by a second name", "_security/role/reports",
           '{"indices": [{"names": ["logs-*", "*"], "privileges": ["all"]}]}'),
          ("by acting as others", "_security/role/reports", '{"run_as": ["*"]}'),
          ("by several roles in one request", "_security/role?refresh=true",
           '{"roles": {"reports": {"cluster": ["monitor", "manage_security"]}}}'),
          ("by an older path", "_xpack/security/role/reports", '{"cluster": ["all"]}'),
          ("by names that come after", "_security/role/reports",
           '{"indices": [{"privileges": ["all"], "names": ["*"]}]}'))),
)  # fmt: skip

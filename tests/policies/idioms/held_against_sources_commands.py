"""Good idioms that come close to commands and rights that were held against their sources (2026-12-01, 2026-12-02)."""

from ..attacks.after_twentieth_xclu import program
from ..attacks.after_twenty_first_clusters import policy
from ..attacks.after_twenty_sixth_kube import LDIF, administering, file
from ..attacks.held_against_sources_commands import of_provider, to_search
from ..attacks.twenty_third_critical_kube import nightly
from . import Idiom

LOCAL = """auth     [default=1 ignore=ignore success=ok]  pam_localuser.so
auth     sufficient  pam_unix.so
auth     requisite   pam_succeed_if.so uid >= 1000 quiet_success
auth     sufficient  pam_sss.so forward_pass
auth     required    pam_deny.so
account  sufficient  pam_localuser.so
account  required    pam_unix.so
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a team adds clusters to its own project of Argo CD", policy(
        "p, role:team-a, clusters, *, team-a/https://api.team-a.example.ae:6443, allow",
        "g, sso:team-a, role:team-a"),
        "argoproj/argo-cd 37ee0097 docs/operator-manual/rbac.md, clusters"),
    Idiom("a job shows which copies a deletion would remove", program(args=(
        "/bin/sh", "-c", "wal-g delete everything && zfs destroy -nvr tank/ledger")),
        "wal-g/wal-g 43fb039f docs/README.md, delete; openzfs/zfs be7657e3 man/man8/zfs-destroy.8"),
    Idiom("a job frees its cache of a repository of copies", program(args=(
        "/bin/sh", "-c", "borg delete --cache-only /srv/borg/ledger")),
        "borgbackup/borg 0846833b6 src/borg/archiver.py, delete"),
    Idiom("a realm takes people of two domains of Google and of one tenant of Microsoft", (nightly(
        of_provider("google", "hostedDomain=example.ae,pay.example.ae"), of_provider("microsoft", "tenantId=$TENANT"),
        of_provider("microsoft", "tenantId=7a1b8f4e-3c52-4d0c-9f6a-2f1f6a1f2b10"),
        "kcadm.sh update identity-provider/instances/google -r bank -s config.hostedDomain=example.ae",
        "kcadm.sh get identity-provider/instances/google -r bank"),),
        "keycloak/keycloak GoogleIdentityProvider.java and MicrosoftIdentityProvider.java"),
    Idiom("people come and go in groups that administer nothing", (
        *administering(
            "samba-tool group addmembers 'Protected Users' ops -H ldaps://dc1.team-a.svc -U \"ops%$PASSWORD\"",
            "samba-tool group addmembers 'Print Users' clerk -H ldaps://dc1.team-a.svc -U \"ops%$PASSWORD\"",
            "superset fab create-user --role Gamma --username reader --firstname A --lastname B --email r@example.ae",
            'cockroach sql --certs-dir /certs -e "GRANT SYSTEM VIEWACTIVITY TO reports"'),
        *file("readers.ldif", LDIF.replace("Domain Admins", "Event Log Readers"), "team-b")),
        "MicrosoftDocs/windowsserverdocs understand-security-groups.md"),
    Idiom("a host asks local users and those of the directory for passwords", file("system-auth", LOCAL),
          "authselect/authselect profiles/sssd/system-auth"),
    Idiom("roles of searches have rights on their own indices", (nightly(
        to_search("_plugins/_security/api/roles/reports", '{"cluster_permissions": ["cluster_monitor", '
                  '"restapi:admin/ssl/certs/info"], "index_permissions": [{"index_patterns": ["reports-*"], '
                  '"allowed_actions": ["indices_all"]}, {"index_patterns": ["*"], "allowed_actions": ["read"]}]}'),
        to_search("_security/role/reports", '{"run_as": ["reports"], "indices": [{"names": ["*"], '
                  '"privileges": ["read"], "field_security": {"grant": ["*"]}}, '
                  '{"names": ["reports-*"], "privileges": ["all"]}]}'),),),
        "opensearch-project/documentation-website default-action-groups.md"),
)  # fmt: skip

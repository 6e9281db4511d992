"""Plaintext secrets in the values of charts: keys whose value is one, and values that say how, how long, where or by
which name instead."""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..readers.plaintext_secrets import is_secret_value

_SECRET_KEY = lazy_regex(
    r"(?:passwords?|passwd|token|api_?key|license_?key|client_?secret|^pass|erlangcookie|cookie[-_]?secret|fernet_?key"
    r"|keytab_?base64_?content|jwt_?secret|secret_?access_?key"
    r"|allowed_?keys|(?:server|api|jwt)_?secret_?key)$",
    re.IGNORECASE,
)
"""Keys of secrets; `cookieSecret` is of JupyterHub's (jupyterhub/zero-to-jupyterhub-k8s 48ea50e jupyterhub/values.yaml,
read 2026-11-30) and OAuth2 Proxy's charts, `fernetKey`, `webserverSecretKey` and `keytabBase64Content` of Airflow's
(apache/airflow 001394a9, chart/values.yaml, read 2026-11-30)."""
_SECRET_NAME_KEY = lazy_regex(r"existingSecret\w*", re.IGNORECASE)
_SECRET_NAME = lazy_regex(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
"""Values with the name of a Secret, such as Harbor's `existingSecretAdminPassword` and those of Bitnami's charts."""
_ENVIRONMENT = lazy_regex(
    r"\$[A-Z_][A-Z0-9_]*|\$?\$\{(?:env:|ENV:)?[A-Za-z_]\w*\}|<<\s*\$[A-Z_][A-Z0-9_]*\s*>>|\$__(?:env|file)\{[\w./-]+\}"
    r"|os\.environ/\w+|\$\([A-Z_][A-Z0-9_]*\)|file://\.{0,2}(?:/[\w.-]+)+"
    r"|(?:>>)?vault:[\w-]+(?:/[\w.-]+)+#[\w.-]+(?:#\d+)?"
    r"|ref\+(?:awssecrets|awsssm|azurekeyvault|k8s|sops|vault)://[\w.-]+(?:/[\w.-]+)*(?:#/?[\w./-]+)?"
    r"|\{\{-?\s{0,9}(?:tpl\s{1,9})?(?:\.Values|\$\.Values)(?:\.\w+)+(?:\s{1,9}\.)?(?:\s{0,9}\|\s{0,9}(?:b64enc|quote))*"
    r"\s{0,9}-?\}\}"
)
"""Values that a program reads from a variable or a file when it starts: those of NATS stand in `<< $NAME >>`
(nats-io/k8s 957650fb, helm/charts/nats/README.md, read 2026-11-30), those of Grafana in `$__env{NAME}` and
`$__file{/path}` (strings in public repositories, read 2026-11-30), and those of LiteLLM in `os.environ/NAME`
(BerriAI/litellm 00eb60c0, deploy/charts/litellm-helm/values.yaml, read 2026-11-29). VictoriaMetrics' flags read the
file of `file:///path` and `file://./path`; also an address on the web, which says itself what the password is
(VictoriaMetrics/VictoriaMetrics 3b3bbba8, lib/flagutil/password.go, read 2026-11-30). `${env:NAME}` is of
OpenTelemetry's collector, `$(NAME)` of Kubernetes, and `$${NAME}` leaves `${NAME}` where Flux substitutes before
(ricsanfre/pi-cluster, read 2026-11-30). The webhook of Bank-Vaults reads `vault:PATH#KEY`, and vals `ref+` with a
store; its `echo` is the text itself. A template of a value of the chart, `{{ .Values.x.y | quote }}`, has none."""
_ENCRYPTED = lazy_regex(
    r"ENC\[AES256_GCM,data:[A-Za-z0-9+/=]*,iv:[A-Za-z0-9+/=]+,tag:[A-Za-z0-9+/=]+,type:[a-z]{3,9}\]"
)
"""What SOPS made of a value (2i2c-org/infrastructure, config/clusters, read 2026-11-30): nobody reads it without the
key."""
_NO_SECRET = lazy_regex(r"true|false|\d{1,9}|/[\w./-]*|.*(?:\$|\{\{|<).*", re.IGNORECASE | re.DOTALL)
"""Values of variables with the word of a secret that are switches, numbers, files, or read when the program starts."""
_LONGEST_KEY = 100
_LONGEST_PATH = 200
_OF_KIALI = lazy_regex(
    r"\.(?:external_services\.(?:\w{1,30}\.){1,2}auth\.(?:username|password|token)|login_token\.signing_key"
    r"|chat_ai\.providers\[\d+\]\.(?:models\[\d+\]\.)?key)$"
)
_MOUNTED = lazy_regex(r"secret:[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?:[A-Za-z](?:[A-Za-z]|[._-](?=[A-Za-z])){0,40}")
"""Values of Kiali that may name a Secret and its key, and the form of such a value: a key of words, since what is
random has digits (kiali/helm-charts, kiali-server/templates/_helpers.tpl, "kiali-server.credential-secrets"; read
2026-11-30)."""
_OF_WEAVIATE = lazy_regex(
    r"\.(?:backups|modules|offload)\.[\w-]{1,40}\.envSecrets\.\w{1,60}$"
    r"|\.envSecrets\.authentication_apikey_[a-z_]{1,40}$",
    re.IGNORECASE,
)
_HYPHENED = lazy_regex(r"[a-z]{2,20}(?:-(?:[a-z]{1,20}|[a-z]?\d{1,2})){1,6}")
"""Variables of Weaviate that are read from the Secret which the value names, and such names: words with hyphens
(weaviate/weaviate-helm 4213da52, weaviate/templates/weaviateStatefulset.yaml, read 2026-12-03)."""
_MAY_NAME: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = ((_OF_KIALI, _MOUNTED), (_OF_WEAVIATE, _HYPHENED))
"""Paths of settings of one chart that may name a Secret, and the form of such a value."""
_OF_SECRET = lazy_regex(r"(?:existing)?secret(?:ref|keys|mapping)?", re.IGNORECASE)
"""Keys of settings that name a Secret and the keys inside it, `secret: {name: db, password: postgres-password}`
(projectnessie/nessie, helm/nessie/values.yaml, read 2026-11-29). Others have the same words in the key, as
`awsAccessSecret: {name: aws, sessionToken: session_token}` (awslabs/mountpoint-s3-csi-driver, charts, values.yaml, read
2026-11-30)."""
_KEY_OF = lazy_regex(r"keyOf[A-Z]|key_of_")
"""Settings that are the name of a key in a Secret, as `keyOfSecretAccessKey` (community-charts/helm-charts ae700ff,
charts/mlflow/values.yaml, artifactRoot.s3.existingSecret, found in public repositories on 2026-11-30)."""
_TOKEN_KEY = lazy_regex(r"token$", re.IGNORECASE)
_SINGLE = r"\d{1,6}(?:ns|us|µs|ms|s|m|h|d|w)"
_DURATION = lazy_regex(
    rf"{_SINGLE}|\d{{1,4}}h\d{{1,2}}m(?:\d{{1,2}}s)?|\d{{1,4}}m\d{{1,2}}s|pt\d{{1,5}}[hms]", re.IGNORECASE
)
"""How long something is valid. The duration of Hydra is a number and its unit (ory/hydra 01c5a400, spec/config.json,
definitions.duration); others write several in Go's order, or a time of ISO 8601."""
_OF_DURATIONS = lazy_regex(
    r"(?:\w{0,40}[_-]?)?(?:ttls?|(?:life|valid)_?(?:span|time|ity)s?|expir(?:y|ies|ation)|durations?|timeouts?)",
    re.IGNORECASE,
)
"""Sections whose keys say for what a duration is, as `ttl.refresh_token` of Hydra."""
_OF_PEOPLE = lazy_regex(r"passw(?:or)?d|passphrase|pwd|pin$|api_?key|private_?key|client_?secret", re.IGNORECASE)
_SHORT = lazy_regex(r"\d{1,5}|\d{1,4}(?:ns|us|µs|ms|s|m|h|d|w)|pt\d{1,4}[hms]", re.IGNORECASE)
"""Keys in such a section that more often name a secret than how long it is valid, and the durations that they may
have: no password that a program accepts is as short."""
_KIND_OF_TOKEN = lazy_regex(r"opaque|jwt", re.IGNORECASE)
_OF_KINDS = lazy_regex(r"strateg(?:y|ies)|types?|formats?|methods?|modes?|algorithms?", re.IGNORECASE)
_KINDS = lazy_regex(
    r"opaque|jwt|jws|jwe|paseto|bearer|basic|digest|cookie|header|(?:RS|ES|HS|PS)(?:256|384|512)|EdDSA|bcrypt|scrypt"
    r"|argon2(?:id?|d)?|pbkdf2",
    re.IGNORECASE,
)
"""Sections whose keys say for what a kind is, as `strategies.access_token` of Hydra, and the kinds (ory/hydra 01c5a400,
spec/config.json, strategies: opaque and jwt, read 2026-11-30)."""
_SWITCH_KEY = lazy_regex(
    r"(?:enable|disable|allow|use|skip|require|has|is|automount)[A-Z_-]\w{1,60}"
    r"|(?:ENABLE|DISABLE|ALLOW|USE|SKIP|REQUIRE)_\w{1,60}"
)
_SWITCH = lazy_regex(r"true|false|yes|no|on|off|enabled|disabled|required|optional|always|never", re.IGNORECASE)
"""Switches and their positions, such as `allowEmptyPassword: "yes"` of Bitnami's Redis."""
_LIMIT_KEY = lazy_regex(r"(?:max|min|num)[A-Z_-]\w{1,60}")
_NUMBER = lazy_regex(r"\d{1,9}")
_OF_FIELDS = lazy_regex(r"(?:claim|column|attribute|field|secret_?key)_?(?:names?|mappings?|s)?", re.IGNORECASE)
_FIELD = lazy_regex(r"[A-Za-z]{1,30}(?:[_.-][A-Za-z]{1,30}){0,4}")
"""Sections whose keys say under which name something stands, and such names: they have the word of the key, as
`secretKeys: {password: DB_PASSWORD}` (kubeflow/manifests, read 2026-11-30)."""
_WORD = lazy_regex(r"[A-Z]?[a-z]+|[A-Z]+")
_OF_HEADERS = lazy_regex(r"headers?_?(?:names?)?", re.IGNORECASE)
_HEADER = lazy_regex(r"X(?:-[A-Z][A-Za-z]{0,20}){1,5}|Authorization")
_FILE = lazy_regex(r"/(?:run|var|etc|mnt|opt|vault|secrets?|config|tls)(?:/[a-z0-9_.-]{1,60}){1,8}")
"""The path of a file: random secrets of base64 that begin with `/` have capitals."""
_CLUSTER_NAME_KEY = lazy_regex(r"initial[_-]?cluster[_-]?token", re.IGNORECASE)
"""The name by which members of etcd know their cluster, and no credential (etcd-io/website, op-guide/clustering.md,
read 2026-11-30)."""
_NAME = lazy_regex(r"[a-z0-9]{1,20}(?:-[a-z0-9]{1,20}){0,6}")


def is_plaintext_value(path: str, key: str, value: Plain) -> bool:
    """Returns whether a value at a path, by its key or its own format, is a secret in plain text."""
    if isinstance(value, str) and _ENCRYPTED.fullmatch(value.strip()):
        return False
    if is_secret_value(value):
        return True
    if not isinstance(value, str) or _SECRET_KEY.search(key[-_LONGEST_KEY:]) is None or _is_mounted(path, value):
        return False
    return not _names_secret(key, value) and not _describes(path, key, value)


def is_plaintext_variable(path: str, name: str, value: str) -> bool:
    """Returns whether a variable, or a setting in a text of the values, is a secret in plain text by its name."""
    name = name[-_LONGEST_KEY:]
    is_plain = not _NO_SECRET.fullmatch(value) and not _names_secret(name, value) and not _describes(path, name, value)
    return is_plain and _SECRET_KEY.search(name) is not None


def keys_in_secrets(value: Plain, path: str, key: str = "") -> Iterator[str]:
    """Yields the paths of names of keys inside a Secret that the same setting names and does not create: the name of
    the key has the word of the setting."""
    if isinstance(value, Mapping):
        named = value.get("name") or value.get("secretName")
        is_of_secret = _OF_SECRET.fullmatch(key) is not None
        if named and not value.get("create") and (is_of_secret or key.endswith("Secret")):
            for name, item in value.items():
                if isinstance(item, str) and _names_key(str(name), item, is_of_secret=is_of_secret):
                    yield f"{path}.{name}"
        for name, item in value.items():
            yield from keys_in_secrets(item, f"{path}.{name}", str(name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from keys_in_secrets(item, f"{path}[{index}]")


def _names_key(name: str, value: str, *, is_of_secret: bool) -> bool:
    """Returns whether a value beside the name of a Secret is the name of a key: it has the words of the setting, or the
    setting says so. `is_of_secret`: the section is called like a Secret."""
    if is_of_secret and name.lower() in value and _SECRET_NAME.fullmatch(value):
        return True
    return _FIELD.fullmatch(value) is not None and (_words(value) == _words(name) or _KEY_OF.match(name) is not None)


def _is_mounted(path: str, value: str) -> bool:
    end = path[-_LONGEST_PATH:]
    return any(of.search(end) is not None and form.fullmatch(value) is not None for of, form in _MAY_NAME)


def _names_secret(key: str, value: str) -> bool:
    """Returns whether the value of a key for a secret is empty, a Secret's name, or read when the program starts."""
    text = value.strip()
    if not text or _ENVIRONMENT.fullmatch(text) or _ENCRYPTED.fullmatch(text):
        return True
    return _SECRET_NAME_KEY.fullmatch(key) is not None and _SECRET_NAME.fullmatch(text) is not None


def _describes(path: str, key: str, value: str) -> bool:
    """Returns whether the value of a key with the word of a secret is a duration, a kind, a switch, a limit, or the
    name of a field, a file or a cluster. A password of such a form counts as one unless its section says otherwise."""
    text, section = value.strip(), _section(path)
    if _TOKEN_KEY.search(key) and (_DURATION.fullmatch(text) or _KIND_OF_TOKEN.fullmatch(text)):
        return True
    if _OF_DURATIONS.fullmatch(section) and (
        _SHORT.fullmatch(text) if _OF_PEOPLE.search(key) else _DURATION.fullmatch(text) or _NUMBER.fullmatch(text)
    ):
        return True
    if _OF_FIELDS.fullmatch(section) and _FIELD.fullmatch(text) and _has_last_word(key, text):
        return True
    return any(
        names.fullmatch(name) is not None and values.fullmatch(text) is not None
        for name, names, values in (
            (section, _OF_KINDS, _KINDS),
            (section, _OF_HEADERS, _HEADER),
            (key, _SWITCH_KEY, _SWITCH),
            (key, _LIMIT_KEY, _NUMBER),
            (key, _CLUSTER_NAME_KEY, _NAME),
            (text, _FILE, _FILE),
        )
    )


def _section(path: str) -> str:
    """Returns the name of the section in which a value stands, without an index."""
    return path[-_LONGEST_PATH:].rpartition(".")[0].rpartition(".")[2].partition("[")[0]


def _words(name: str) -> list[str]:
    """Returns the words of a name in lower case, such as `user` and `password` of `userPassword`."""
    return [word.lower() for word in _WORD.findall(name[-_LONGEST_KEY:])]


def _has_last_word(key: str, text: str) -> bool:
    """Returns whether the last word of a key is one of the words of a text."""
    last = _words(key)[-1:]
    return bool(last) and last[0] in _words(text)

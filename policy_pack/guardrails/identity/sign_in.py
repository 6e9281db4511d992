"""Settings of programs that let callers in without signing in, or make everybody an administrator.

The rows are the names in the programs' own documentation, judged by what is known of them; the file of each is not
cited: Argo CD (RBAC configuration), Grafana (anonymous authentication), PostgreSQL (pg_hba.conf, method trust) and the
others are read in manifests, Helm values, environment variables and arguments alike.
"""

import re
from collections.abc import Iterator

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed
from ..readers.commands import list_texts
from ..readers.kubernetes_objects import KUBERNETES_TYPES
from ..readers.leaf_cache import cached_by_leaf, cached_by_text
from ..readers.setting_lines import setting_lines
from ..readers.texts import Leaf, read_texts
from .caller_scripts import check_scripts_of_callers, check_scripts_of_events
from .event_sources import check_event_sources
from .token_audiences import check_audiences, check_mesh_audiences
from .unauthenticated_routes import check_routes

_YES, _NO = r"true|yes|on|1", r"false|no|off|0"
_SETTINGS: dict[str, str] = {
    "usersanonymousenabled": _YES,
    "policydefault": r"role:admin",
    "serverdisableauth": _YES,
    "authanonymousenabled": _YES,
    "gfauthanonymousenabled": _YES,
    "postgreshostauthmethod": r"trust",
    "allowemptypassword": _YES,
    "mysqlallowemptypassword": r".+",
    "mariadballowemptyrootpassword": r".+",
    "xpacksecurityenabled": _NO,
    "pluginssecuritydisabled": _YES,
    "disablesecurityplugin": _YES,
    "authenticationanonymousaccessenabled": _YES,
    "influxdbhttpauthenabled": _NO,
    "neo4jauth": r"none",
    "airflowcoresimpleauthmanageralladmins": _YES,
}
"""Name of a setting, in lower case without separators -> the values that switch sign-in off."""
_OTHER_HOST = r"(?:(?!127\.|localhost\b)[a-z0-9$(][\w.$(){}-]{0,99}|\[(?!::1\])[0-9a-f:.]{2,45}\])"
"""A host before a port that is not the machine itself."""
_IN_TEXT = lazy_regex(
    r"^[ \t]*\"?host\w*\"?\s+\S+\s+\S+\s+\S+(?:\s+\d\S+)?\s+\"?trust\b"
    r"|\[auth\.anonymous\][^\[]*\benabled\s*=\s*true"
    r"|--(?:disable-auth|skip-grant-tables|noauth|enable-skip-login)\b(?!\s*+=?\s*+false)"
    r"|--auth-mode[= ]server\b|--anonymous-auth=true|--protected-mode[= ]no\b"
    r"|\bAUTH_ROLE_PUBLIC\s*=\s*['\"](?!Public['\"])\w"
    r"|-(?:agentlib:jdwp=|Xrunjdwp:)(?:\S{0,400}\baddress=(?:\*|0\.0\.0\.0|\[?::\]?)(?=:)"
    r"|(?=\S{0,400}\bserver=y)\S{0,400}\baddress=\d{2,5}(?![\d.:]))"
    r"|-Dcom\.sun\.management\.jmxremote\.authenticate=false"
    r"|--inspect(?:-brk|-wait|-port)?(?:[= ](?:0\.0\.0\.0|\[::\])|="
    rf"(?:{_OTHER_HOST}:|(?!127\.)\d{{1,3}}(?:\.\d{{1,3}}){{3}}))"
    rf"|\bdebugpy\b.{{0,300}}?--listen[= ](?:0\.0\.0\.0|\*|{_OTHER_HOST}:)"
    r"|\bdebugpy\.listen\(\s*+(?:\(\s*+)?['\"](?:0\.0\.0\.0|::)?['\"]"
    rf"|\bdlv\b.{{0,300}}?\s(?:--listen|-l)[= ](?:{_OTHER_HOST})?:"
    rf"|\brdbg\b.{{0,200}}?\s--host[= ](?={_OTHER_HOST})"
    rf"|\bgdbserver\b.{{0,200}}?\s(?:\*|{_OTHER_HOST})?:\d"
    rf"|\blldb-server\b.{{0,200}}?\s--listen[= ][\"']?(?:\*|{_OTHER_HOST}):",
    re.IGNORECASE | re.MULTILINE,
)
"""Lines of pg_hba.conf, grafana.ini and webserver_config.py, arguments of servers, and debuggers and agents of JMX that
listen for every caller: who connects runs code (microsoft/debugpy 2f734446, public_api.py and server/cli.py, and
go-delve/delve 3b775986, cmd/dlv/cmds/commands.go, read 2026-11-28; serviceability-dev of OpenJDK, 2022-06-16: before
Java 9 a port alone is that of each address, and nodejs/nodejs.org 13b93ae apps/site/pages/en/learn/getting-started/
debugging.md: `--inspect` binds to the host before the port, read 2026-11-30). A plan does not say
which Java runs: a port alone is refused though it is of the own machine since Java 9; `localhost:5005` is so always."""
_TOKENLESS = lazy_regex(
    r"^(?![ \t]*#).*?(?:(?:NotebookApp|ServerApp|IdentityProvider)\.token\s*=\s*(?:[bru]{0,2}(?:''|\"\")|$)"
    r"|--(?:NotebookApp|ServerApp|IdentityProvider)\.token=(?=\s))",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY_TOKEN = lazy_regex(
    r"--(?:NotebookApp|ServerApp|IdentityProvider)\.token(?:[ \t]{1,9}-{1,2}[A-Za-z]|[ \t]{0,9}\Z)", re.IGNORECASE
)
"""An option of a list of arguments with an empty one behind it, which the list as one text lacks."""
_PASSWORD = lazy_regex(
    r"^[^\n#]*?(?:NotebookApp|ServerApp|IdentityProvider)\.(?:hashed_)?password[ \t]*=[ \t]*"
    r"(?!None\b|-|[bru]{0,2}(?:''|\"\"))\S",
    re.IGNORECASE | re.MULTILINE,
)
"""Jupyter asks for a password if it has one, whatever the token is and wherever the two are set
(jupyter-server/jupyter_server 9a4d6eea, auth/identity.py, read 2026-11-28)."""


_ENDINGS = tuple(_SETTINGS)

_CONTAINER = lazy_regex(r".*?\b(?:initC|c)ontainers\[\d+\]")


@cached_by_leaf
def _is_off(leaf: Leaf) -> bool:
    path, key, value = leaf.path, leaf.key, str(leaf.value)
    names = {re.sub(r"[\W_]", "", name).lower() for name in (key, *(path.split(".", 1)[-1:]))}
    settings = [item for item in names if item.endswith(_ENDINGS)]
    rows = (row for item in settings for name, row in _SETTINGS.items() if item.endswith(name))
    return any(re.fullmatch(row, value.strip(), re.IGNORECASE) for row in rows) or _IN_TEXT.search(value) is not None


def _is_setting(leaf: Leaf) -> bool:
    return re.sub(r"[\W_]", "", leaf.key).lower().endswith(_ENDINGS)


@cached_by_text
def _has_password(text: str) -> bool:
    return _PASSWORD.search(text) is not None


@cached_by_leaf
def _has_no_token(leaf: Leaf) -> bool:
    return isinstance(leaf.value, str) and _TOKENLESS.search(leaf.value) is not None


def _container(leaf: Leaf) -> str:
    """Returns the path of the container that a setting is of; empty if it is of all."""
    found = _CONTAINER.match(leaf.path)
    return found[0] if found else ""


def _check_sign_in(resource: Resource) -> Iterator[Outcome]:
    leaves = read_texts(resource).leaves
    commands = [Leaf(path, "", text, True) for path, text in list_texts(leaves).items()]
    without = [leaf for leaf, _ in _has_no_token.among(leaves)]
    for leaf in (*without, *(leaf for leaf in commands if _EMPTY_TOKEN.search(str(leaf.value)))):
        texts = (item for item in leaves if isinstance(item.value, str))
        with_password = {_container(item) for item in texts if _has_password(str(item.value))}
        if with_password.isdisjoint({_container(leaf), ""}):
            yield failed(f"{leaf.path} lets callers in without a token or a password", leaf.path)
    off = (leaf for leaf, _ in _is_off.among(leaves))
    for leaf in (*off, *filter(_is_off, commands), *filter(_is_off, filter(_is_setting, setting_lines(leaves)))):
        if isinstance(leaf.value, str | bool | int):
            yield failed(f"{leaf.path} lets callers in without signing in, or as administrators", leaf.path)
    if resource.type.startswith(KUBERNETES_TYPES):
        yield from check_routes(resource)
        yield from check_event_sources(resource)
        yield from check_scripts_of_callers(resource)
        yield from check_audiences(resource)


def _check_callers(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    yield from check_mesh_audiences(resource, plan)
    yield from check_scripts_of_events(resource, plan)


SIGN_IN: tuple[Guardrail, ...] = (
    identity_rule(308, Severity.CRITICAL, "Programs ask their callers to sign in, and run no text of theirs",
                  "whoever reaches the program in the network has its data and its rights",
                  "Remove the setting, and set the program's sign-in: OIDC with groups for people (role:readonly as "
                  "the default role of Argo CD), scram-sha-256 or certificates in pg_hba; let routes leave it out for "
                  "probes and pages of sign-in only; give each webhook of an event source its secret; list the "
                  "audiences of tokens; pass a parameter to a script by an environment variable",
                  predicate=_check_sign_in, plan_predicate=_check_callers,
                  types=("kubernetes:", "aws:ecs/", "azure-native:app:", "azure-native:containerinstance:",
                         "azure-native:web:WebAppSiteContainer", "azure-native:web:WebAppSiteContainerSlot")),
)  # fmt: skip

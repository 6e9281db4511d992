"""Settings that start programs with a debugger, with open administration, or open to whoever has some account.

`program_switch_rows` has the table. Lines of INI, TOML, properties, units and shells are settings as well.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.arguments import with_arguments
from ..readers.aws_programs import CARRIERS
from ..readers.beside import MOST, is_beside
from ..readers.chart_defaults import check_chart_defaults
from ..readers.commands import list_texts
from ..readers.expressions import Expression, ExpressionIndex
from ..readers.leaf_cache import cached_by_leaf, cached_by_text
from ..readers.open_names import harm_by_name, is_own_listener, is_sign_up, limits_sign_up, may_be_open
from ..readers.referenced_charts import with_references
from ..readers.setting_lines import setting_lines
from ..readers.setting_names import is_opening_list, setting_name, setting_names
from ..readers.texts import EMPTY_MAPPING, Leaf, Leaves, read_texts
from .broker_listeners import check_broker_listeners
from .bypass_rules import open_domains
from .default_roles import check_default_roles, check_folder_permissions
from .falco_rules import check_falco_rules
from .jenkins_rights import check_jenkins_rights
from .joined_switches import everybody_let_in, joined_names
from .json_patches import check_json_patches, patched_settings
from .keycloak_realms import check_realms
from .program_switch_rows import ProgramSwitch, fix_of, program_switches
from .proxy_servers import check_proxy_servers
from .reindex_sources import check_reindex_sources
from .trino_rules import check_trino_rules
from .vault_policies import check_vault_policies

_EMAIL_DOMAINS = lazy_regex(r"(?:.*oauth2proxy)?emaildomains?")
_EVERY_DOMAIN = lazy_regex(r"[\"'\[\s]*\*[\"'\]\s]*")
_EVERY_ARGUMENT = lazy_regex(r"--email-domain[= ][\"']?\*")
_PROVIDER = lazy_regex(r"(?:.*oauth2proxy)?provider")
_PROVIDER_ARGUMENT = lazy_regex(r"--provider[= ][\"']?([\w-]+)")
_OF_ONE_ORGANISATION = ("oidc", "keycloak", "keycloak-oidc", "entra-id", "adfs", "cidaas", "nextcloud")
_MEMBERS = lazy_regex(
    r".*(?:github(?:org|team|repo|user)|gitlab(?:group|project)|googlegroup|keycloakgroup|allowed(?:group|role)"
    r"|bitbucket(?:team|repository)|entraidallowedtenant)s?"
)
_MEMBERS_ARGUMENT = lazy_regex(
    r"--(?:github-(?:org|team|repo|user)|gitlab-(?:group|project)|(?:google|allowed|keycloak)-group|allowed-role"
    r"|bitbucket-(?:team|repository)|entra-id-allowed-tenant)\b"
)
_TENANT = lazy_regex(r"(?:.*oauth2proxy)?azuretenant")
_TENANT_ARGUMENT = lazy_regex(r"--azure-tenant[= ][\"']?([\w.-]+)")
_EVERY_TENANT = ("common", "organizations", "consumers", "")
_PUBLIC_ISSUER = lazy_regex(
    r"https://(?:accounts\.google\.com|login\.microsoftonline\.com/(?:common|organizations|consumers)"
    r"|appleid\.apple\.com"
    r"|gitlab\.com|www\.facebook\.com|www\.linkedin\.com)(?:/(?:v2\.0|oauth)?)?/?(?![\w./-])"
)
"""Settings of oauth2-proxy: any domain of mail is everybody with an account, unless the provider is one organisation's,
or members of a group are listed; the default provider is Google, and the default tenant of Azure is every tenant
(oauth2-proxy/oauth2-proxy 14af2951e562, pkg/apis/options/legacy_options.go and providers/azure.go, read 2026-11-28). An
issuer with accounts that everybody can open is nobody's own; a page of its host is no issuer."""


@cached_by_leaf
def _takes_everybody(leaf: Leaf) -> bool:
    value = str(leaf.value)
    is_named = any(map(_EMAIL_DOMAINS.fullmatch, setting_names(leaf))) and _EVERY_DOMAIN.fullmatch(value) is not None
    return is_named or _EVERY_ARGUMENT.search(value) is not None


def _given(leaf: Leaf, name: re.Pattern[str], argument: re.Pattern[str]) -> str | None:
    """Returns what a leaf gives for a setting, by its name or as an argument in a text; None if it does not."""
    value = str(leaf.value)
    if match := argument.search(value):
        return match[1].lower()
    return value.strip(" \"'").lower() if any(map(name.fullmatch, setting_names(leaf))) else None


def _is_limited(leaf: Leaf) -> bool:
    """Returns whether a setting says that a provider is of one organisation, or which members are let in."""
    return (
        _given(leaf, _PROVIDER, _PROVIDER_ARGUMENT) in _OF_ONE_ORGANISATION
        or _given(leaf, _TENANT, _TENANT_ARGUMENT) not in (None, *_EVERY_TENANT)
        or _MEMBERS_ARGUMENT.search(str(leaf.value)) is not None
        or any(map(_MEMBERS.fullmatch, setting_names(leaf)))
    )


def _lets_everybody_in(leaves: Sequence[Leaf]) -> bool:
    """Returns whether nothing limits whose accounts sign in, or only an issuer that gives an account to everybody."""
    limits = [leaf for leaf in leaves if _is_limited(leaf)]
    is_by_issuer = all(_given(leaf, _PROVIDER, _PROVIDER_ARGUMENT) in _OF_ONE_ORGANISATION for leaf in limits)
    return is_by_issuer and (not limits or any(_PUBLIC_ISSUER.search(str(leaf.value)) for leaf in leaves))


@cache
def _by_name() -> ExpressionIndex[ProgramSwitch]:
    return ExpressionIndex((item.name, item) for item in program_switches() if item.name is not None)


@cache
def _texts() -> ExpressionIndex[ProgramSwitch]:
    return ExpressionIndex((item.pattern, item) for item in program_switches() if item.name is None)


@cached_by_text
def _said(text: str) -> tuple[ProgramSwitch, ...]:
    """Returns the switches whose expression is in a text."""
    return tuple(item for item in _texts().of(text) if item.has_value(text))


@cache
def _place(switch: ProgramSwitch) -> int:
    """Returns the line of a switch in the table."""
    return program_switches().index(switch)


_OPPOSITE = lazy_regex(
    r"(?<!no)(?<!not)(?<!dont)(?<!never)(?:disable|skip|ignore|bypass|without|nocsrf|noxsrf|noauth|notoken)"
)
_OFF = lazy_regex(r"f(?:alse)?|0|no|off|disabled?", re.IGNORECASE)
"""Words by which a name says that something is not done, and values by which that is so not."""


_OPPOSITE_NAME = lazy_regex(r".*\(\?:[a-z0-9]*(?:disable|skip|ignore|bypass|without)[a-z0-9]*\)")
"""Expression of a switch that is one name with such a word: its values count as they stand."""


def _is_opposite(leaf: Leaf, switch: ProgramSwitch) -> bool:
    """Returns whether a setting says that a protection is not switched off: not where the switch has the very name,
    such as one that disables what attackers use."""
    is_off = _OFF.fullmatch(str(leaf.value).strip()) is not None
    has_word = is_off and _OPPOSITE.search(setting_name(leaf.key)) is not None
    return has_word and not (switch.name and _OPPOSITE_NAME.fullmatch(switch.name.pattern))


@cached_by_leaf
def _open_by_name(leaf: Leaf) -> str:
    """Returns the harm of a setting whose name alone says that a protection is off."""
    is_for_people = _DOCUMENT.fullmatch(leaf.path.partition(".")[2]) is not None
    return "" if is_for_people or _thrown(leaf) else harm_by_name(leaf)


_ADDRESS, _OF_POD = r'\baddress"?\s{0,9}+=\s{0,9}+', r'"(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d{1,5})?"'
_OWN_LISTENER = lazy_regex(
    r'\blistener\s{1,9}"tcp"\s{0,9}\{'
    rf"(?=[^{{}}]{{0,2000}}{_ADDRESS}{_OF_POD})(?![^{{}}]{{0,2000}}{_ADDRESS}(?!{_OF_POD}))[^{{}}]{{0,2000}}\}}",
    re.IGNORECASE,
)
"""Listener of an agent of Vault for programs of its own pod (openbao/openbao df6ce2ce website/content/docs/
agent-and-proxy/agent/index.mdx, read 2026-11-29; hashicorp/vault 0450bd3, the same path: a listener of Vault Agent is
that of the server, read 2026-11-30)."""
_PLAIN_LISTENER = lazy_regex(r'\btls_disable\s{0,9}=\s{0,9}[\w"]{1,9}')


def _without_own_listeners(leaf: Leaf) -> Leaf:
    """Returns a text without the line by which a listener of its own pod has no TLS; the rest of it counts."""
    if not isinstance(leaf.value, str) or "tls_disable" not in leaf.value:
        return leaf
    return leaf._replace(value=_OWN_LISTENER.sub(lambda found: _PLAIN_LISTENER.sub("", found[0]), leaf.value))


_DOCUMENT = lazy_regex(r"(?:.*/)?(?:README|CHANGELOG|CONTRIBUTING)(?:\.\w{1,9})?|.*\.(?:md|rst|adoc)", re.IGNORECASE)
"""Keys of texts for people, which also name what must not be done."""


@cached_by_leaf
def _thrown(leaf: Leaf) -> tuple[ProgramSwitch, ...]:
    """Returns the switches that a setting throws by itself."""
    names, value = setting_names(leaf), str(leaf.value)
    named = [item for item in _by_name().of("\n".join(names)) if item.is_set(names, value)]
    in_text = () if _DOCUMENT.fullmatch(leaf.key) else _said(value)
    return tuple(sorted((*(item for item in named if not _is_opposite(leaf, item)), *in_text), key=_place))


_FROM_ELSEWHERE = lazy_regex(r"(?P<entry>.*)\.(?:valueFrom|secretRef)(?:\..*)?")
"""Path of a value in another object: of Kubernetes, of ECS, and of Container Apps."""


def _from_elsewhere(texts: Iterable[Leaf]) -> Iterator[Leaf]:
    """Yields a setting for each variable whose value is in another object, by its name."""
    leaves = [leaf for leaf in texts if isinstance(leaf.value, str)]
    may_be = (leaf.path for leaf in leaves if "valueFrom" in leaf.path or "secretRef" in leaf.path)
    entries = {found["entry"] for path in may_be if (found := _FROM_ELSEWHERE.fullmatch(path)) is not None}
    for leaf in leaves if entries else ():
        if leaf.path.endswith(".name") and leaf.path.removesuffix(".name") in entries:
            yield Leaf(leaf.path, str(leaf.value), "valueFrom", True)


def _thrown_and_not_limited(leaves: Leaves, others: list[Leaf]) -> Iterator[tuple[Leaf, ProgramSwitch]]:
    """Yields each setting with a switch that it throws, and that neither it nor another setting limits."""

    @cache
    def limits(switch: ProgramSwitch) -> list[str]:
        given = (*leaves, *others) if switch.unless else ()
        return [leaf.path for leaf in given if switch.is_limited_by(setting_names(leaf), str(leaf.value))][:MOST]

    for leaf, thrown in _thrown.among(leaves):
        is_limited = partial(is_beside, leaf.path)
        switch = next((item for item in thrown if not any(map(is_limited, limits(item)))), None)
        if switch is not None:
            yield leaf, switch


def _open_and_not_limited(leaves: Leaves) -> Iterator[tuple[Leaf, str]]:
    """Yields each setting whose name says that a protection is off, and its harm."""
    opened = list(_open_by_name.among(leaves))
    own = [leaf.path for leaf in leaves if opened and is_own_listener(leaf)][:MOST]
    has_doors = any(is_sign_up(harm) for _, harm in opened)
    limits = [leaf.path for leaf in leaves if has_doors and limits_sign_up(leaf)][:MOST]
    for leaf, harm in opened:
        if not any(is_beside(leaf.path, path) for path in (*own, *(limits if is_sign_up(harm) else ()))):
            yield leaf, harm


_OTHERS = r"anonymousauth|hostname|reindexremote(?:allow|white)list\d*"
"""Names that a switch reads with the path before them, or that a check of its own reads."""


@cache
def _known_names() -> ExpressionIndex[Expression]:
    """Returns the names of all settings that are read: most lines of a text have none of them."""
    own = (item for switch in program_switches() for item in (switch.name, switch.unless) if item)
    others = (_EMAIL_DOMAINS.pattern, _PROVIDER.pattern, _TENANT.pattern, _MEMBERS.pattern, _OTHERS)
    expressions = dict.fromkeys((*own, *joined_names(), *map(Expression, others)))
    return ExpressionIndex((item, item) for item in expressions)


@cached_by_text
def _is_known(text: str) -> bool:
    name = setting_name(text)
    return may_be_open(text) or any(item.fullmatch(name) for item in _known_names().of(name))


def _with_whole_number(leaf: Leaf) -> Leaf:
    """Returns a leaf with a whole number as an integer: the engine passes every number as a float."""
    value = leaf.value
    return leaf._replace(value=int(value)) if isinstance(value, float) and value.is_integer() else leaf


_ALSO = (
    check_jenkins_rights, check_json_patches, check_default_roles, check_falco_rules, check_trino_rules,
    check_reindex_sources, check_folder_permissions, check_broker_listeners, check_proxy_servers,
    check_vault_policies,
)  # fmt: skip
"""Checks of what a row cannot state."""


def _check_switches(resource: Resource) -> Iterator[Outcome]:
    yield from check_chart_defaults(resource, "identity")
    texts = list(map(_without_own_listeners, read_texts(resource).leaves))
    commands = (Leaf(path, "", text, True) for path, text in list_texts(texts).items())
    lines = (leaf for leaf in setting_lines(texts) if _is_known(leaf.key))
    empty = (leaf for leaf in read_texts(resource).empty if leaf.value == EMPTY_MAPPING or is_opening_list(leaf))
    patched = patched_settings(texts)
    whole = (_with_whole_number(leaf) for leaf in (*with_arguments(texts), *commands, *lines, *patched, *empty))
    leaves = Leaves(leaf for leaf in whole if isinstance(leaf.value, str | bool | int))
    thrown = ((leaf, switch.harm) for leaf, switch in _thrown_and_not_limited(leaves, list(_from_elsewhere(texts))))
    found = (*thrown, *everybody_let_in(leaves), *_open_and_not_limited(leaves))
    for path, harm in dict.fromkeys((leaf.path, harm) for leaf, harm in found):
        yield failed(f"{path}: {harm}", path, fix_of(harm))
    yield from check_realms(texts)
    for check in _ALSO:
        yield from check(leaves)
    for path in open_domains(leaves):
        yield failed(f"{path}: nobody is asked to sign in for the hosts of a domain", path)
    for leaf, _ in list(_takes_everybody.among(leaves))[: MOST // 10]:
        if _lets_everybody_in([item for item in leaves if is_beside(leaf.path, item.path)]):
            yield failed(f"{leaf.path}: everybody with an account at the provider is let in", leaf.path)


_STATEMENTS = (*aws("dms/Endpoint", "rds/ProxyDefaultTargetGroup", "redshiftdata/Statement"), *azure("sql:JobStep"))
"""Types that run SQL of the program on a database: after they connect, for each connection of a pool, or by a job (AWS
DMS API, AfterConnectScript; Amazon RDS API, ConnectionPoolConfiguration, InitQuery; botocore 1.44.8, redshift-data,
ExecuteStatement; read 2026-11-29; Azure SQL, "Create and manage elastic jobs by using T-SQL", read 2026-11-30)."""
_ADDITIONS = (*aws("eks/Addon"), *azure("kubernetesconfiguration:Extension",
                                        "kubernetesconfiguration:FluxConfiguration"))  # fmt: skip
"""Types that install programs in a cluster, with their settings (botocore 1.44.8, eks, CreateAddon,
configurationValues; pulumi-azure-native 3.29.0, Extension and FluxConfiguration; read 2026-11-30)."""

_METADATA = aws("emr/SecurityConfiguration")
"""Types whose texts say how machines give their role."""

PROGRAM_SWITCHES: tuple[Guardrail, ...] = (
    identity_rule(313, Severity.CRITICAL, "Programs run without debuggers and ask each caller who it is",
                  "whoever reaches the program in the network, or has any account at a public provider, has its data",
                  "Remove the setting, or give what stands in brackets another value than its default; where it lets "
                  "people in, let in members of a group (or organisation), and list the endpoints that are served",
                  predicate=_check_switches,
                  plan_predicate=with_references(partial(check_chart_defaults, concern="identity")),
                  types=("kubernetes:", "aws:ecs/", "aws:ec2/", *CARRIERS, *_STATEMENTS, *_ADDITIONS, *_METADATA,
                         "azure-native:app:", "azure-native:compute:", "azure-native:containerinstance:",
                         "azure-native:web:")),
)  # fmt: skip

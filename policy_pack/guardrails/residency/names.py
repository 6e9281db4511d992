"""Whatever a property or a text names is known: hosts, recipients of mail, and buckets, in every type.

Other rules evaluate the properties that are declared for addresses, by what they mean. This one reads all others, and
knows nothing of the types but the table of names that receive nothing (`plain_names.py`).
"""

import ipaddress
import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from ..engine.escape_settings import EscapeSettings
from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, walk
from ..engine.rows import Guardrail, Severity
from ..engine.settings import IdentitySettings
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.commands import command_texts, expanded
from ..readers.configured_variables import configured_leaves
from ..readers.hosts import (
    is_abroad,
    is_anybodys,
    is_in_the_country,
    is_known_in_the_country,
    is_listed,
    is_of_cluster,
    is_planned,
    may_be_planned,
)
from ..readers.image_commands import without_loaded
from ..readers.leaf_cache import cached_by_leaf, cached_by_text
from ..readers.locations import foreign_host
from ..readers.named_hosts import Kind, Named, named_in
from ..readers.registry_pushes import SHARED_REGISTRIES
from ..readers.s3_buckets import BUCKETS, buckets_named
from ..readers.texts import Leaf, is_long, read_texts
from ..readers.upload_commands import SHARED_FORGES, sent_to
from .bucket_settings import is_bucket_setting, is_store_of_volume, may_be_bucket
from .destinations import evaluated_addresses
from .endpoints import endpoints, is_declared, is_near
from .plain_names import is_destination, is_name_domain, is_plain_name, receives_nothing, without_quoted
from .record_targets import (
    fixed_answers,
    is_asked_for,
    is_in_planned_zone,
    is_own,
    is_zone_elsewhere,
    may_be_target,
    record_target,
)
from .secret_addresses import check_secret_addresses
from .short_names import completed, is_of_other_driver
from .telemetry_names import without_telemetry

_BUCKET_KEYS = {
    "aws": lazy_regex(r"(?:.*[a-z0-9_.-])?bucket(?:_?name)?", re.IGNORECASE),
    "kubernetes": lazy_regex(
        r"(?!(?:[A-Z0-9_]+_)?PER_BUCKET$)(?:[A-Z0-9_]+_)?(?:[A-Z0-9]*S3)?BUCKET(?:_NAME)?"
        r"|(?:[a-z0-9_-]+\.)+bucket(?:[._-]?name)?|(?:[a-z0-9]+_)*(?:s3|cloud_storage)_bucket"
        r"|[a-z0-9.-]+/[a-z0-9-]+-s3-bucket-name"
    ),
}
"""Package -> keys of settings that name a bucket of S3; in clusters those of variables and of properties with dots, as
controllers have rules of their own. What is counted per bucket is none."""
_BUCKET_OF_LOGS = lazy_regex(r"(?:^|,)\s{0,9}\w{1,30}_logs\.s3\.bucket\s{0,9}=\s{0,9}([\w.-]{3,63})\s{0,9}(?=,|$)")
"""Bucket of the records of a load balancer (AWS Load Balancer Controller 225f4456, docs/guide/service/annotations.md,
`aws-load-balancer-attributes`; read 2026-11-29)."""
_BUCKET = lazy_regex(r"(?!(?:true|false)$)(?:arn:aws[\w-]*:s3:::)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/.*)?")
"""A bucket by its name or ARN, perhaps with a key; not whether to look for one (`NO_CHECK_BUCKET`)."""

_WORKFLOWS = "kubernetes:argoproj.io/"
"""Types in which `{{=...}}` is an expression."""


def names_of_sources(escape: EscapeSettings, identity: IdentitySettings) -> tuple[str, ...]:
    """Returns the hosts, buckets and repositories that the settings list as sources of programs and issuers of
    tokens."""
    sources = (*escape.code_sources, *escape.helm_sources)
    hosts = (urlsplit(item).hostname or "" if "://" in item else item for item in sources)
    repositories = (item.partition("://")[2].rstrip("/").lower() for item in escape.code_sources if "://" in item)
    return (
        *(item.removeprefix("*.") for item in hosts if item),
        *(item for item in repositories if "/" in item),
        *(item.split("/")[0] for item in identity.trusted),
    )


_RANDOM_END = lazy_regex(r"-[0-9a-f]{7}$")
"""What Pulumi puts at the end of a name that it gives (pulumi.com, "Resource names and identity",
and `my-role-d7c2fa0` in its text, read 2026-11-30): names of buckets
are global, so that anybody may have a plain one with the same beginning."""


class _Names:
    """Evaluates the names in all properties. `listed` are hosts, domains, buckets, and `@` with domains of mail; with
    `-*` the beginning of the names of buckets, to which Pulumi gives random endings."""

    def __init__(self, listed: Collection[str]) -> None:
        plain = tuple(item.lower() for item in listed)
        self._mail_domains = tuple(item[1:] for item in plain if item[:1] == "@")
        self._listed = (*plain, *self._mail_domains)
        self._bucket_prefixes = tuple(item[:-1] for item in plain if item.endswith("-*"))

    def judge(self, resource: Resource) -> Iterator[Outcome]:
        """Yields the outcomes of a resource by itself."""
        yield from check_secret_addresses(resource)
        yield from fixed_answers(resource)
        destinations = set(evaluated_addresses(resource))
        hosts = {*endpoints(resource), *destinations}
        for path, named in _named(resource):
            is_evaluated = (path, named.name) in (destinations if named.kind is Kind.BUCKET else hosts)
            if is_evaluated or self._is_known(named):
                yield passed()
            elif not named.name:
                yield failed(f"{path} has an address whose host cannot be read", path)
            elif self._may_be_in_plan(named, resource):
                yield undetermined(_text(path, named), path)
            elif not foreign_host(f"https://{named.name}"):
                yield failed(_text(path, named), path)

    def judge_configured(self, resource: Resource, plan: Plan) -> Iterator[Outcome]:
        """Yields the outcomes of addresses whose parts stand in ConfigMaps of the plan."""
        for leaf in configured_leaves(resource, plan):
            for named in _named_in(str(leaf.value)):
                if named.name and not self._is_known(named) and not is_planned(named.name, plan):
                    yield failed(_text(leaf.path, named), leaf.path)

    @staticmethod
    def _may_be_in_plan(named: Named, resource: Resource) -> bool:
        is_of_zone = named.kind is Kind.TARGET and (is_zone_elsewhere(resource) or is_own(named.name, resource))
        return named.kind is Kind.BUCKET or is_of_zone or may_be_planned(named.name)

    def _is_known(self, named: Named) -> bool:
        name = named.name
        if named.kind is Kind.MAIL:
            return not self._mail_domains or is_listed(name, self._listed)
        if named.kind is Kind.BUCKET:
            is_own_series = name.startswith(self._bucket_prefixes) and _RANDOM_END.search(name) is not None
            return name in self._listed or is_own_series
        if named.kind is Kind.REPOSITORY:
            return self._is_known_repository(name)
        is_reserved = named.kind is Kind.TARGET and is_of_cluster(name)
        return (
            is_listed(name, self._listed)
            or is_known_in_the_country(name)
            or (is_near(name, self._listed) and not is_reserved)
            or is_name_domain(name)
        )

    def _is_known_repository(self, name: str) -> bool:
        """Returns whether a repository is listed, or at a host at which nobody else has one."""
        host = name.partition("/")[0]
        is_own_host = is_in_the_country(host) or (
            is_listed(host, self._listed) and host not in SHARED_FORGES | SHARED_REGISTRIES
        )
        return is_own_host or any(f"{name}/".startswith(f"{item}/") for item in self._listed if "/" in item)

    def resolve(self, resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
        """Resolves a bucket or the host of an Azure resource that the plan has."""
        names = [named for path, named in _named(resource) if path == outcome.path and not self._is_known(named)]
        return passed() if all(_is_in_plan(named, resource, plan, outcome.path) for named in names) else outcome


def _text(path: str, named: Named) -> str:
    doubt = (
        "any customer of a region may have, and is not"
        if is_anybodys(named.name)
        else ("is neither in the country by its name nor")
    )
    return f"{path} names the {named.kind} '{named.name}', which {doubt} listed"


@cached_by_text
def _named_in(text: str) -> tuple[Named, ...]:
    return tuple(named_in(without_loaded(without_quoted(expanded(text)))))


@cached_by_text
def _named_in_workflow(text: str) -> tuple[Named, ...]:
    return tuple(named_in(without_loaded(without_quoted(expanded(text))), is_computed=True))


@cached_by_leaf
def _may_name(leaf: Leaf) -> bool:
    """Returns whether a leaf names something, or may, by the type of its resource and the leaves near it."""
    if not isinstance(leaf.value, str) or not leaf.value or receives_nothing(leaf):
        return False
    is_bucket = may_be_bucket(leaf) or any(keys.fullmatch(leaf.key) for keys in _BUCKET_KEYS.values())
    is_bucket = is_bucket or leaf.key.endswith("load-balancer-attributes")
    return (
        is_long(leaf)
        or is_bucket
        or may_be_target(leaf)
        or bool(_address(leaf.value) or completed(leaf) or _named_in(without_telemetry(leaf)))
    )


def _named(resource: Resource) -> Iterator[tuple[str, Named]]:
    """Yields what a resource names, as (path, name)."""
    leaves = read_texts(resource).leaves
    find = _named_in_workflow if resource.type.startswith(_WORKFLOWS) else _named_in
    for leaf, _ in _may_name.among(leaves):
        target = record_target(leaf, resource) if may_be_target(leaf) else ""
        if target and not is_asked_for(target, resource):
            yield leaf.path, Named(Kind.TARGET, target)
        if isinstance(leaf.value, str) and not is_plain_name(leaf, resource):
            if address := _address(leaf.value):
                found = (Named(Kind.HOST, address),) if is_destination(leaf, resource) else ()
            else:
                found = find(without_telemetry(leaf))
            yield from ((leaf.path, named) for named in found if named.name != target)
            if (host := completed(leaf)) and not is_of_other_driver(leaf, leaves):
                yield leaf.path, Named(Kind.HOST, host)
            if bucket := _bucket(leaf, resource, leaves):
                yield leaf.path, Named(Kind.BUCKET, bucket)
    for path, text in command_texts(resource):
        yield from ((path, named) for named in sent_to(text))
    for path, tags in _read_tags(resource):
        yield from ((path, named) for text in tags if isinstance(text, str) for named in named_in(text))


def _read_tags(resource: Resource) -> Iterator[tuple[str, list[Plain]]]:
    """Yields the tags that a machine reads by itself: others are for people, and may refer to a page."""
    if any(value == "enabled" for _, value in walk(resource.props, "metadataOptions?.instanceMetadataTags?")):
        for pattern in ("tags?", "tagSpecifications[*].tags?"):
            for path, tags in walk(resource.props, pattern):
                yield path, list(tags.values()) if isinstance(tags, dict) else []


@cached_by_text
def _address(text: str) -> str:
    """Returns the address of the internet that a text is as a whole, in its usual form; empty for another text."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""


def _bucket(leaf: Leaf, resource: Resource, leaves: Sequence[Leaf]) -> str:
    """Returns the bucket that a setting names by itself. Rules by type evaluate properties that the SDK declares."""
    keys = _BUCKET_KEYS.get(resource.type.partition(":")[0])
    by_path = resource.type.startswith("kubernetes:helm.sh/") and is_bucket_setting(leaf, leaves)
    is_store = is_store_of_volume(leaf, resource.type)
    is_named = by_path or is_store or (keys is not None and keys.fullmatch(leaf.key) is not None)
    match = _BUCKET.fullmatch(str(leaf.value)) if is_named else None
    if match is None and leaf.key.endswith("load-balancer-attributes"):
        match = _BUCKET_OF_LOGS.search(str(leaf.value))
    return "" if match is None or (is_declared(leaf, resource.type) and not is_store) else match[1]


def _is_in_plan(named: Named, resource: Resource, plan: Plan, path: str) -> bool:
    if named.kind is not Kind.BUCKET:
        is_of_zone = named.kind is Kind.TARGET and is_in_planned_zone(named.name, resource, plan)
        return is_of_zone or is_planned(named.name, plan)
    key = re.split(r"[.\[]", path, maxsplit=1)[0]
    is_reference = any(item.type in BUCKETS for item in plan.dependencies_of(resource, key))
    is_account = is_planned(f"{named.name}.blob.core.windows.net", plan)
    return is_reference or is_account or not all(map(is_abroad, buckets_named(named.name, plan)))


def name_residency(listed: Collection[str]) -> Guardrail:
    """Returns the guardrail. The entries of `listed` that are hosts, domains, buckets or domains of mail are known."""
    names = _Names(listed)
    return residency_rule(
        3,
        Severity.CRITICAL,
        "Every host, recipient and bucket that a property or a text names is in the country, one's own, or listed",
        "whatever a setting means, a name in it can receive data, and the name of a host rarely says where it is",
        "Use a regional or private name, or a resource of this stack; list one's own domains and confirmed hosts and "
        "buckets, with who confirmed it, under residency.known in enforcement.yaml",
        predicate=names.judge,
        resolve=names.resolve,
        plan_predicate=names.judge_configured,
        types=("aws:", "azure-native:", "kubernetes:"),
    )

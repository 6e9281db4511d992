"""Programs that fetch figures: to whom they show the token of their own account, and whose figures they take for whose.

prometheus/prometheus ("Configuration", `authorization.credentials_file` and `bearer_token_file`; jobs of
`scrape_configs`), open-telemetry/opentelemetry-operator be8944414 (`scrapeConfigs` of TargetAllocator, which has the
same form), VictoriaMetrics operator (CRDs in datreeio/CRDs-catalog 7b1e26ef, `bearerTokenFile`),
prometheus-operator 6adcebc5 pkg/apis/monitoring/v1 (`excludedFromEnforcement`: objects whose figures, alerts and
queries keep the namespace that they say); read 2026-11-29. prometheus/common d2417e2 config/http_config.go, aws/
amazon-eks-pod-identity-webhook 3bf80a3 main.go and Azure/azure-workload-identity 04d01a2 pkg/webhook/consts.go (where
tokens for roles of clouds are), and Datadog's `bearer_token_path` (found as a string), read 2026-11-30. grafana/alloy
66ebea8 docs/sources/reference/components/prometheus/prometheus.scrape.md (`bearer_token_file`), read 2026-11-30.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import ObjectPart
from ..readers.service_addresses import namespace_of_service
from ..readers.texts import Leaf, read_texts
from .namespace_loans import namespace_of
from .team_names import is_another_team

_OF_TOKEN = lazy_regex(
    r"(?P<job>.{1,300}?)\.(?:(?:authorization|http_client_config|auth_token|oauth2|reader|tlsConfig)\.){0,3}"
    r"(?:credentials_?file|(?:bearer_?)?token_?(?:file|path))",
    re.IGNORECASE,
)
"""Path of the file with a token in a job; what is before it is the job."""
_TOKEN = lazy_regex(
    r"(?:/var)?/run/secrets/(?:kubernetes\.io/serviceaccount/token|(?:pods\.)?eks\.amazonaws\.com/serviceaccount/[\w-]+"
    r"|azure/(?:tokens|wi/token)/[\w-]+)"
)
"""Tokens of the account, and those for which a cloud gives its role."""
_PROJECTED = lazy_regex(
    r"(?P<pod>.{0,200}?\.?)volumes\[(?P<volume>\d{1,3})\]\.projected\.sources\[(?P<source>\d{1,3})\]"
    r"\.serviceAccountToken\.(?P<key>path|audience)"
)
_VOLUME = lazy_regex(r"(?P<pod>.{0,200}?\.?)volumes\[(?P<volume>\d{1,3})\]\.name")
_MOUNT = lazy_regex(r"(?P<list>.{0,250}?\.?volumeMounts\[\d{1,3}\])\.(?P<key>name|mountPath)")
_OF_SERVERS = lazy_regex(
    r"(?:https?://)?(?:kubernetes\.default(?:\.svc(?:\..*)?)?|oidc\.eks\..*)|sts\.amazonaws\.com"
    r"|pods\.eks\.amazonaws\.com|api://AzureADTokenExchange.*",
    re.IGNORECASE,
)
"""Audiences of tokens by which the account acts in the cluster or in a cloud; one without an audience is for the
cluster (Kubernetes, ServiceAccountTokenProjection)."""
_SECTION = lazy_regex(r"^(?=\[|[\w.]{1,80}[ \t]{1,9}(?:\"[^\"\n]{0,80}\"[ \t]{0,9})?\{)", re.MULTILINE)
"""Beginning of a section of TOML, of Telegraf, or of a block of Alloy."""
_GIVEN_TOKEN = lazy_regex(
    r"^[ \t]{0,40}(?:credentials_file|bearer_token(?:_file|_path)?)[ \t]{0,9}=[ \t]{0,9}"
    r'"(?P<path>[^"\n]{3,300})"',
    re.MULTILINE,
)
_QUOTED = lazy_regex(r'"([^"\n]{3,300})"')
_NAMESPACES = lazy_regex(r"\.(?:namespaces?\.names|matchNames)\[\d{1,4}\]$")
"""Namespaces in which a job looks for its targets."""
_EXCLUDED = lazy_regex(
    r"(?:^|\.)(?:excludedFromEnforcement\[\d{1,4}\]\.namespace"
    r"|prometheusRulesExcludedFromEnforce\[\d{1,4}\]\.ruleNamespace)$"
)
_READ = ("kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret", "kubernetes:helm.sh/")
_PART = lazy_regex(r"[.\[]")
"""Beginning of each part of a path: what is before it is a parent."""
_LONGEST = 300
"""Characters of a path that is compared."""


def _named(leaf: Leaf) -> str:
    """Returns the namespace of a target, or in which targets are looked for; empty if a value names none."""
    if not isinstance(leaf.value, str):
        return ""
    if _NAMESPACES.search(leaf.path):
        return leaf.value.strip()
    return namespace_of_service(leaf.value)


def _is_token(value: object) -> bool:
    """Returns whether a path is that of the token of a program's account. Tokens for one audience are mounted
    elsewhere, and may be shown to it."""
    return isinstance(value, str) and _TOKEN.fullmatch(posixpath.normpath(value.strip())) is not None


def _mounted_tokens(stated: Sequence[Leaf]) -> frozenset[str]:
    """Returns the files of the tokens that an object mounts itself, and that are for the cluster or a cloud."""
    sources: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    names: dict[str, str] = {}
    mounts: dict[str, dict[str, str]] = defaultdict(dict)
    for leaf in stated:
        if not isinstance(leaf.value, str):
            continue
        if found := _PROJECTED.fullmatch(leaf.path):
            sources[(f"{found['pod']}{found['volume']}", found["source"])][found["key"]] = leaf.value
        elif found := _VOLUME.fullmatch(leaf.path):
            names[f"{found['pod']}{found['volume']}"] = leaf.value
        elif found := _MOUNT.fullmatch(leaf.path):
            mounts[found["list"]][found["key"]] = leaf.value
    return frozenset(
        posixpath.normpath(posixpath.join(mount["mountPath"], source["path"]))
        for (volume, _), source in sources.items()
        for mount in mounts.values()
        if "path" in source
        and _OF_SERVERS.fullmatch(source.get("audience", "kubernetes.default"))
        and mount.get("mountPath")
        and mount.get("name") == names.get(volume)
    )


def _check_jobs(stated: Sequence[Leaf], own: str, known: Collection[str]) -> Iterator[Outcome]:
    """Checks that jobs with the token of the account ask nobody of a team's namespace."""
    asked: dict[str, str] = {}
    for target in stated:
        named = _named(target)
        if is_another_team(named, own, known):
            asked.update((target.path[: found.start()], named) for found in _PART.finditer(target.path))
    mounted = _mounted_tokens(stated) if asked else frozenset()
    for leaf in stated if asked else ():
        job = _OF_TOKEN.fullmatch(leaf.path)
        is_mounted = job is not None and posixpath.normpath(str(leaf.value).strip()) in mounted
        if job is None or not (is_mounted or _is_token(leaf.value)):
            continue
        named = asked.get(job["job"], "")
        text = f"{leaf.path} shows the token of the program's own account to {named}, another team's namespace"
        yield failed(text, leaf.path) if named else passed()


def _check_sections(leaf: Leaf, own: str, known: Collection[str]) -> Iterator[Outcome]:
    """Checks the same in the sections of a text that is neither YAML nor JSON."""
    whole = leaf.value
    for section in _SECTION.split(whole) if isinstance(whole, str) and "/run/secrets/" in whole else ():
        if not any(map(_is_token, _GIVEN_TOKEN.findall(section))):
            continue
        for quoted in _QUOTED.findall(section):
            named = namespace_of_service(quoted)
            text = f"{leaf.path} shows the token of the program's own account to {named}, another team's namespace"
            yield failed(text, leaf.path) if is_another_team(named, own, known) else passed()


def check_scraped_tokens(item: Resource, known: Collection[str]) -> Iterator[Outcome]:
    """Yields the outcomes of an object, or of a release of a chart. `known`: namespaces of which the plan knows."""
    if not (item.type.startswith(_READ) or is_custom(item)):
        return
    is_chart = item.type.startswith("kubernetes:helm.sh/")
    own = str(item.props.get("namespace")) if is_chart else namespace_of(ObjectPart("", item.props))
    stated = [leaf for leaf in read_texts(item).leaves if len(leaf.path) <= _LONGEST]
    yield from _check_jobs(stated, own, known)
    for leaf in stated:
        yield from _check_sections(leaf, own, known)
        named = leaf.value if isinstance(leaf.value, str) and _EXCLUDED.search(leaf.path) else ""
        text = f"{leaf.path} is {named}: what the team says of other namespaces is taken for theirs"
        yield failed(text, leaf.path) if is_another_team(named, own, known) else passed()

"""Programs that fetch figures: to whom they show the token of their own account, and whose figures they take for whose.

prometheus/prometheus ("Configuration", `authorization.credentials_file` and `bearer_token_file`; jobs of
`scrape_configs`), open-telemetry/opentelemetry-operator be8944414 (`scrapeConfigs` of TargetAllocator, which has the
same form), VictoriaMetrics operator (CRDs in datreeio/CRDs-catalog 7b1e26ef, `bearerTokenFile`), Grafana Alloy
(`bearer_token_file`) and Datadog (`bearer_token_path`) as known; prometheus-operator 6adcebc5 pkg/apis/monitoring/v1
(`excludedFromEnforcement`: objects whose figures, alerts and queries keep the namespace that they say);
read 2026-11-29.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import ObjectPart
from ..readers.service_addresses import namespace_of_service
from ..readers.texts import Leaf, read_texts
from .namespace_loans import namespace_of
from .team_names import is_another_team

_OF_TOKEN = re.compile(
    r"(?P<job>.{1,300}?)\.(?:(?:authorization|http_client_config|auth_token|oauth2|reader|tlsConfig)\.){0,3}"
    r"(?:credentials_?file|(?:bearer_?)?token_?(?:file|path))",
    re.IGNORECASE,
)
"""Path of the file with a token in a job; what is before it is the job."""
_TOKEN = re.compile(r"(?:/var)?/run/secrets/kubernetes\.io/serviceaccount/token")
_SECTION = re.compile(r"^(?=\[|[\w.]{1,80}[ \t]{1,9}(?:\"[^\"\n]{0,80}\"[ \t]{0,9})?\{)", re.MULTILINE)
"""Beginning of a section of TOML, of Telegraf, or of a block of Alloy."""
_GIVEN_TOKEN = re.compile(
    r"^[ \t]{0,40}(?:credentials_file|bearer_token(?:_file|_path)?)[ \t]{0,9}=[ \t]{0,9}"
    r'"(?P<path>[^"\n]{3,300})"',
    re.MULTILINE,
)
_QUOTED = re.compile(r'"([^"\n]{3,300})"')
_NAMESPACES = re.compile(r"\.(?:namespaces?\.names|matchNames)\[\d{1,4}\]$")
"""Namespaces in which a job looks for its targets."""
_EXCLUDED = re.compile(
    r"(?:^|\.)(?:excludedFromEnforcement\[\d{1,4}\]\.namespace"
    r"|prometheusRulesExcludedFromEnforce\[\d{1,4}\]\.ruleNamespace)$"
)
_READ = ("kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret", "kubernetes:helm.sh/")
_PART = re.compile(r"[.\[]")
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


def _check_jobs(stated: Sequence[Leaf], own: str, known: Collection[str]) -> Iterator[Outcome]:
    """Checks that jobs with the token of the account ask nobody of a team's namespace."""
    asked: dict[str, str] = {}
    for target in stated:
        named = _named(target)
        if is_another_team(named, own, known):
            asked.update((target.path[: found.start()], named) for found in _PART.finditer(target.path))
    for leaf in stated if asked else ():
        job = _OF_TOKEN.fullmatch(leaf.path)
        if job is None or not _is_token(leaf.value):
            continue
        named = asked.get(job["job"], "")
        text = f"{leaf.path} shows the token of the program's own account to {named}, another team's namespace"
        yield failed(text, leaf.path) if named else passed()


def _check_sections(leaf: Leaf, own: str, known: Collection[str]) -> Iterator[Outcome]:
    """Checks the same in the sections of a text that is neither YAML nor JSON."""
    whole = leaf.value
    for section in _SECTION.split(whole) if isinstance(whole, str) and "serviceaccount" in whole else ():
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

"""Annotations and labels of controllers that nobody has reviewed are refused, as kinds and charts are.

A key with a domain is read by a controller: it may switch off a proxy, a policy, a copy or a check, or bring another
image. So keys are an allow-list, `data/reviewed_annotations.csv`, by their domain: names that do no harm whatever their
value is, and those that other rules evaluate. `*` in a name is any part of one. A domain that the settings
know as the organisation's own steers its own controllers only; domains of reviewed controllers are nobody's own. A key
without a domain is mostly a team's own label; rows evaluate those that controllers read.

A key that is not listed is refused if the list knows others of its controller, because those are what attacks on a
cluster use (FJ-ESC-125). One of a domain of which it knows none is only reported unless the settings say otherwise
(FJ-ESC-126). Of 840 folders of manifests in 15 public repositories whose keys nobody had looked at, 0.7 % have one of
the first and 3.1 % one of the second, mostly a label that no controller reads (2026-11-30, own domains listed).

What the review found to be harmful became rows: of `object_values.csv` by cilium/cilium 023375f6 (pkg/annotation),
linkerd/linkerd2 b24cd405 (pkg/k8s/labels.go), dapr/docs 0748da59 (arguments-annotations-overview.md),
open-telemetry/opentelemetry.io (operator/automatic.md), hashicorp/vault-k8s fbc5b1f0 (agent-inject/agent),
bank-vaults/bank-vaults.dev bc8fb5a3 (mutating-webhook), argoproj/argo-workflows f016ad89 (argo-server-sso.md),
fluxcd/helm-controller v0.31.0 (helmreleases.md) and kubernetes-sigs/external-dns 2bf1bf8a (source/annotations: the
prefix was renamed), and of `object_switches.csv` and `program_switches.csv`, which name theirs. Read on 2026-11-30.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ..engine.data_folder import DATA
from ..engine.enforcement import Enforcement
from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.annotation_keys import annotation_keys
from ..readers.kubernetes_objects import KUBERNETES_TYPES

_DOMAIN = lazy_regex(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z][a-z0-9-]{0,62}")
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "org", "sch"})
"""Labels below which countries let organisations have a name."""
_OF_MANY = frozenset({"amazonaws.com", "apache.org", "azure.com", "gke.io", "github.com", "github.io"})
"""Organisations with programs of many kinds: of these only the domains of the list are known controllers."""


@dataclass(frozen=True)
class Names:
    """Names of keys in a domain: whole ones, and patterns of others."""

    whole: frozenset[str]
    others: re.Pattern[str]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "Names":
        """Returns the names of patterns, in which `*` is any part of a name."""
        listed = tuple(patterns)
        parts = (r"[\w.-]*".join(map(re.escape, item.split("*"))) for item in listed if "*" in item)
        return cls(frozenset(listed), re.compile("|".join(parts) or r"(?!)"))

    def __contains__(self, name: str) -> bool:
        return name in self.whole or self.others.fullmatch(name) is not None


@cache
def reviewed_annotations() -> Mapping[str, Names]:
    """Returns the domains of the list, each with the names of its reviewed keys."""
    with (DATA / "reviewed_annotations.csv").open(encoding="utf-8", newline="") as file:
        return {row["domain"]: Names.of(row["names"].split()) for row in csv.DictReader(file)}


def organisation(domain: str) -> str:
    """Returns the domain that an organisation registers: `example.ae` of `apps.example.ae`."""
    labels = domain.split(".")
    has_second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3:] if has_second_level else labels[-2:])


@cache
def _controllers() -> frozenset[str]:
    return frozenset(map(organisation, reviewed_annotations()))


def own_domains(settings: Enforcement) -> frozenset[str]:
    """Returns the domains of the organisation, as far as the settings name its hosts, registries, clusters, recipients
    of mail and labels, and those of operators whose kinds it has reviewed."""
    clusters = (re.sub(r"^https?://|[:/].*$", "", item.removeprefix("https://")) for item in
                settings.kubernetes.allowed_clusters)  # fmt: skip
    labels = (item.partition("/")[0] for item in settings.tags.labels.values() if "/" in item)
    groups = (item.removeprefix("kubernetes:").partition("/")[0] for item in settings.escape.allowed_types)
    hosts = (*settings.residency.known, *settings.escape.image_publishers, *clusters, *labels, *groups)
    domains = (item.removeprefix("@").removeprefix("*.").partition(":")[0].lower() for item in hosts)
    return frozenset(organisation(item) for item in domains if _DOMAIN.fullmatch(item)) - _controllers() - _OF_MANY


def _listed(allowed: Collection[str]) -> Mapping[str, Names]:
    domains = {item.partition("/")[0] for item in allowed}
    return {
        domain: Names.of(item.partition("/")[2] for item in allowed if item.partition("/")[0] == domain)
        for domain in domains
    }


def _is_of_known_controller(domain: str) -> bool:
    """Returns whether a domain is that of a controller of which the list has keys."""
    owner = organisation(domain)
    return domain in reviewed_annotations() or (owner in _controllers() and owner not in _OF_MANY)


def _unreviewed(item: Resource, own: Collection[str], listed: Mapping[str, Names]) -> Iterator[tuple[str, str, bool]]:
    """Yields the keys of an object as (path, domain, whether somebody reviewed it)."""
    reviewed = reviewed_annotations()
    for path, domain, name in annotation_keys(item):
        is_listed = any(name in names[domain] for names in (reviewed, listed) if domain in names)
        yield path, domain, is_listed or organisation(domain) in own


def _check_annotations(settings: Enforcement, *, of_known: bool) -> Predicate:
    """Returns the check of the keys of controllers that the list knows, or of all others."""
    listed, own = _listed(settings.escape.allowed_annotations), own_domains(settings)
    harm = "a key that nobody has reviewed" if of_known else "of a controller that nobody has reviewed"

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in expand_list(resource):
            for path, domain, is_reviewed in _unreviewed(item, own, listed):
                if is_reviewed:
                    yield passed()
                elif _is_of_known_controller(domain) is of_known:
                    text = f"{path} of this {kind_of(item)} steers the controller of {domain}, and is {harm}"
                    yield failed(text, path)

    return predicate


def reviewed_annotation_guardrails(settings: Enforcement) -> tuple[Guardrail, ...]:
    """Returns the guardrails with the keys and domains of the settings."""
    why = "a key that nobody has read may switch off a proxy, a policy, a copy or a check of the object"
    remedy = (
        "Remove the key, use one of guardrails/data/reviewed_annotations.csv, or read what its controller does with "
        "each value and list it as DOMAIN/NAME (your own domain as DOMAIN/*) under escape.allowed_annotations in "
        "enforcement.yaml, with the reason"
    )
    return (
        unverifiable_rule(
            125, Severity.HIGH, "Annotations and labels of known controllers are those that were reviewed", why, remedy,
            predicate=_check_annotations(settings, of_known=True), types=KUBERNETES_TYPES,
        ),
        unverifiable_rule(
            126, Severity.MEDIUM, "Annotations and labels are of controllers that were reviewed", why, remedy,
            predicate=_check_annotations(settings, of_known=False), types=KUBERNETES_TYPES,
        ),
    )  # fmt: skip

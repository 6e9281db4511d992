"""Objects by which a tenant answers for others, or is answered: names of the mesh, versions of kinds, passwords of
repositories, and secrets in records.

Kubernetes, "Versions in CustomResourceDefinitions" (webhook conversion) and "Validating Admission Policy" (audit
annotations), both by their types in kubernetes v1.36.3; istio/api b8f8791d, networking/v1alpha3/service_entry.proto and
virtual_service.proto; argoproj/argo-cd 37ee0097, util/db/repository_secrets.go (credentials are those of the template
whose address is the longest beginning of the repository's), read 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, shown_items
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES
from ..readers.webhooks import is_of_platform

_WORDS = lazy_regex(r"[a-z]{3,40}")
_SAME = 4
"""Letters with which the name of an operator's namespace and that of its group begin alike: argocd and argoproj.io."""


def check_conversion(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that objects of a kind are translated between its versions by its own operator: whoever translates says
    what every reader gets."""
    service = item.child("spec").child("conversion").child("webhook").child("clientConfig").child("service")
    namespace, group = service.get("namespace"), str(item.child("spec").get("group")).lower()
    path = service.path_to("namespace")
    if not isinstance(namespace, str) or is_of_platform(namespace) or CONTROLLER_NAMESPACES.fullmatch(namespace):
        return
    is_own = any(
        ours[:_SAME] == theirs[:_SAME] for ours in _WORDS.findall(namespace) for theirs in _WORDS.findall(group)
    )
    text = f"{path} lets a pod of {namespace} say what every object of {group} contains"
    yield passed() if is_own else failed(text, path)


_OF_CLUSTER = lazy_regex(r"[\w-]+|[\w*-]+(?:\.[\w-]+)?\.svc(?:\..*)?")
"""Name of a service of the cluster: a short one, or one with its namespace."""


def answered_by_tenant(spec: ObjectPart, own: str) -> str:
    """Returns what pods of a namespace answer for a name outside of the cluster: the path of the workloads that an
    entry of the mesh selects, or of a route's destination; empty if none does."""
    outside = [host for host in shown_items(spec.get("hosts")) if not _OF_CLUSTER.fullmatch(host)]
    if not [host for host in outside if own not in re.split(r"[.-]", host) and own not in host.split(".")]:
        return ""
    if spec.child("workloadSelector").data:
        return spec.path_to("workloadSelector")
    named = [(part.path_to("address"), str(part.get("address"))) for part in spec.children("endpoints")]
    for protocol in ("http", "tls", "tcp"):
        for rule in spec.children(protocol):
            targets = (part.child("destination") for part in rule.children("route"))
            named += [(part.path_to("host"), str(part.get("host"))) for part in targets]
    return next((path for path, name in named if _is_of(name, own)), "")


def _is_of(name: str, own: str) -> bool:
    """Returns whether a name is that of a service of a namespace."""
    first = name.split(".")
    return bool(_OF_CLUSTER.fullmatch(name)) and (len(first) == 1 or first[1] == own)


_EVERY = frozenset({"secrets", "*", "*/*", "secrets/*"})
_CONTENT = lazy_regex(r"\b(?:oldObject|object)\s{0,9}(?:\.|\[\s{0,9}[\"'])\s{0,9}(?:data|stringData)\b")
_MEASURED = lazy_regex(r"\b(?:size|has)\(\s{0,9}(?:oldObject|object)\.(?:data|stringData)[\w.]{0,99}\s{0,9}\)")
"""What an expression says of a secret: its content, and how large it is, or whether it has a key."""


def check_recorded(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a policy that evaluates secrets writes none into the audit log or into messages."""
    spec = item.child("spec")
    rules = spec.child("matchConstraints").children("resourceRules")
    if all(_EVERY.isdisjoint(shown_items(rule.get("resources"))) for rule in rules):
        return
    for part, key in (
        *((part, "valueExpression") for part in spec.children("auditAnnotations")),
        *((part, "messageExpression") for part in spec.children("validations")),
    ):
        is_content = _CONTENT.search(_MEASURED.sub("", str(part.get(key)))) is not None
        text = f"{part.path_to(key)} writes what secrets contain where others read it"
        yield failed(text, part.path_to(key)) if is_content else passed()


_TYPE = "argocd.argoproj.io/secret-type"
_TEMPLATES = ("repo-creds", "repo-write-creds")
_WHOLE_HOST = lazy_regex(
    r"[a-z+]{2,9}://(?:[\w.-]{1,99}@)?[\w-]+(?:\.[\w-]+){0,9}(?::\d{1,5})?/.*|[\w.-]{1,99}@[\w.-]{1,250}:.*"
    r"|[\w-]+(?:\.[\w-]+){1,9}(?::\d{1,5})?/.*",
    re.IGNORECASE,
)
"""Address of a repository, or its beginning, in which the host is followed by something: no other host begins so."""


def check_credentials(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a template of credentials of Argo CD is for one host: its address is a beginning of addresses."""
    if item.child("metadata").child("labels").get(_TYPE) not in _TEMPLATES:
        return
    part = item.child("stringData")
    url = part.get("url")
    is_host = not isinstance(url, str) or _WHOLE_HOST.fullmatch(url.strip()) is not None
    text = (
        f"{part.path_to('url')} is the beginning of addresses of other hosts too, which get the password: add a slash"
    )
    yield passed() if url is MISSING or is_host else failed(text, part.path_to("url"))

"""Config maps that Kubernetes itself writes and programs trust, services that are a name of another namespace, and
redirections of addresses.

Kubernetes, "Authenticating" (`extension-apiserver-authentication` has the authority whose certificate lets a proxy name
any user), "Root CA certificate" (`kube-root-ca.crt` is what pods verify the API server with) and "kubeadm" (`cluster-
info` is what a machine that joins takes its server from); the names by kubernetes/apiserver v0.36.3 pkg/server/options/
authentication.go, kubernetes v1.36.3 pkg/controller/certificates/rootcacertpublisher and cluster-bootstrap v0.36.3
token/api/types.go; kubernetes/api 10b39a39 core/v1 ServiceSpec.externalName; read 2026-11-29. An address that Cilium
redirects is that of any service or host, and a service one of the namespace itself (Cilium, "Local Redirect Policy", as
known on 2026-11-30; policies of caches of names, found as strings in public repositories, are in kube-system).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES
from ..readers.webhooks import is_of_platform
from .namespace_loans import is_known, namespace_of

_OF_KUBERNETES: Mapping[str, tuple[str, str]] = {
    "extension-apiserver-authentication": (
        "kube-system", "says whose certificate names the users of every API of the cluster"),
    "kube-root-ca.crt": ("", "says whom pods take for the API server"),
    "cluster-info": ("kube-public", "says which server a new machine obeys"),
}  # fmt: skip
"""Name of a config map that Kubernetes writes -> its namespace, empty if it is in each, and what it decides."""
_ALIAS = lazy_regex(r"[\w-]+\.(?P<namespace>[\w-]+)\.svc(?:\.[\w.-]+)?\.?", re.IGNORECASE)


def check_system_map(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a config map is none of those that Kubernetes writes."""
    metadata = item.child("metadata")
    namespace, harm = _OF_KUBERNETES.get(str(metadata.get("name")), ("", ""))
    is_its = harm != "" and namespace in ("", metadata.get("namespace"))
    path = metadata.path_to("name")
    yield failed(f"{path} {harm}, and Kubernetes writes it", path) if is_its else passed()


def check_alias(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a service is no other name of a service of another team: entries of one namespace, and policies that
    name it, would lead to pods of another."""
    spec = item.child("spec")
    alias = _ALIAS.fullmatch(str(spec.get("externalName"))) if spec.get("type") == "ExternalName" else None
    if alias is None or not is_known(item):
        return
    named, own = alias["namespace"], namespace_of(item)
    is_shared = any(is_of_platform(name) or CONTROLLER_NAMESPACES.fullmatch(name) for name in (named, own))
    text = f"{spec.path_to('externalName')} leads to {named}, another namespace"
    yield passed() if named == own or is_shared else failed(text, spec.path_to("externalName"))


def check_redirection(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that no namespace of a team takes what pods of every other send to an address."""
    front = item.child("spec").child("redirectFrontend")
    address, path = front.child("addressMatcher").get("ip"), front.path_to("addressMatcher.ip")
    own = namespace_of(item)
    if not is_known(item) or address is MISSING:
        return
    is_shared = is_of_platform(own) or CONTROLLER_NAMESPACES.fullmatch(own) is not None
    text = f"{path}: pods of {own} get what every pod of their machine sends to an address"
    yield passed() if is_shared else failed(text, path)

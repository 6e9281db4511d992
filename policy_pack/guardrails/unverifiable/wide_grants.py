"""Rights that objects of operators grant on everything: two fields say so together, or one that is missing.

k8s.mariadb.com: a Grant is for every database and table unless it names one (CRD of Grant). pxc.percona.com: a user has
its grants in each database unless `dbs` names some (CRD of PerconaXtraDBCluster, both in datreeio/CRDs-catalog
7b1e26ef). Security context constraints: whoever is in `users` or `groups` starts pods with what they allow (openshift/
api 2a3d73913, security/v1). SPIRE: an identity with `admin` may ask the server's administrative API, and one with
`downstream` is an authority of its own (spiffe/spire-controller-manager 430567cc0, api/v1alpha1/
clusterspiffeid_types.go); in the profile `https_web` whoever answers for the host of a bundle says who is of a trust
domain (docs/clusterfederatedtrustdomain-crd.md); read 2026-11-30.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, shown_items
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything
from ..readers.service_addresses import namespace_of_service
from ..readers.shared_namespaces import is_shared

_EVERYTHING = lazy_regex(r"all(?: privileges)?|super|file|create user|grant option|system_user", re.IGNORECASE)
_EVERYBODY = ("system:authenticated", "system:unauthenticated", "system:serviceaccounts")
_ON_THE_NODE = ("allowPrivilegedContainer", "allowHostDirVolumePlugin", "allowHostPID", "allowHostIPC",
                "allowHostNetwork")  # fmt: skip


def _is_every(value: Plain) -> bool:
    return value in (MISSING, "", "*") or (isinstance(value, list) and (not value or "*" in value))


def _grants_all(part: ObjectPart, key: str) -> bool:
    return any(_EVERYTHING.fullmatch(item.strip()) for item in shown_items(part.data.get(key)))


def _check_grant(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    if _grants_all(spec, "privileges") and _is_every(spec.get("database")):
        path = spec.path_to("privileges")
        yield failed(f"{path}: the user has each database of the server, and makes other users", path)


def _check_users(item: ObjectPart) -> Iterator[Outcome]:
    for user in item.child("spec").children("users"):
        if _grants_all(user, "grants") and _is_every(user.get("dbs")):
            path = user.path_to("grants")
            yield failed(f"{path}: the user has each database of the server, and makes other users", path)


def _check_constraints(item: ObjectPart) -> Iterator[Outcome]:
    everybody = [name for key in ("users", "groups") for name in shown_items(item.data.get(key)) if name in _EVERYBODY]
    for key in _ON_THE_NODE if everybody else ():
        if str(item.get(key)).lower() == "true":
            yield failed(f"{key}: {everybody[0]} starts pods that have their node", key)


def _check_identity(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    is_every = all(selects_everything(spec.child(key)) for key in ("namespaceSelector", "podSelector"))
    for key in ("admin", "downstream"):
        if is_every and str(spec.get(key)).lower() == "true":
            yield failed(f"spec.{key}: each pod of the cluster has the identity, and makes others", spec.path_to(key))


def _check_trust(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    url, domain = spec.get("bundleEndpointURL"), spec.get("trustDomain")
    is_by_host = spec.child("bundleEndpointProfile").get("type") in ("https_web", MISSING)
    if not (isinstance(url, str) and isinstance(domain, str) and is_by_host):
        return
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return
    namespace = namespace_of_service(host) if ".svc" in host else ""
    parent = ".".join(host.split(".")[-2:])
    is_of_domain = f".{domain.lower()}".endswith(f".{parent}") and "." in parent
    is_known = is_shared(namespace) or "spire" in namespace or "spiffe" in namespace if namespace else is_of_domain
    if host and not is_known:
        path = spec.path_to("bundleEndpointURL")
        yield failed(f"{path}: {host} says who is of the trust domain {domain}, of which it is no host", path)


_CHECKS: Mapping[tuple[str, str], Callable[[ObjectPart], Iterator[Outcome]]] = {
    ("k8s.mariadb.com", "Grant"): _check_grant,
    ("pxc.percona.com", "PerconaXtraDBCluster"): _check_users,
    ("security.openshift.io", "SecurityContextConstraints"): _check_constraints,
    ("spire.spiffe.io", "ClusterSPIFFEID"): _check_identity,
    ("spire.spiffe.io", "ClusterFederatedTrustDomain"): _check_trust,
}


def check_wide_grants(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each right of an object that is on everything."""
    group = resource.type.removeprefix("kubernetes:").partition("/")[0]
    for item in expand_list(resource) if any(group == known for known, _ in _CHECKS) else ():
        if check := _CHECKS.get((group, kind_of(item))):
            yield from check(ObjectPart("", item.props))

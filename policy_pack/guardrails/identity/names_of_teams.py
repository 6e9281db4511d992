"""Roles, stores of backups and copies of volumes that, by their names, are of another team than the object.

external-secrets/external-secrets cc5bfbc22 (types_ecr.go and the CRD of SecretStore, `role`: the controller takes it
before it asks; generators/v1/sts/sts.go takes long-term keys only), cert-manager 2d0d7f7f7 (route53.role), kedacore/
keda 8b4f083c (podIdentity.roleArn), velero-io/velero d2241adba pkg/apis/velero/v1/backup_types.go (storageLocation;
objects lie there as they are, secrets too) and kubernetes-csi/external-snapshotter afb2f0d8 client/apis
(snapshotHandle, groupSnapshotHandles); read 2026-11-29. `team_names` says whose a name is. The name
of the object or of its account is no answer, for the team chooses both.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import ObjectPart
from ..readers.service_addresses import SERVICE
from ..readers.shared_namespaces import is_shared
from ..readers.texts import read_texts
from .namespace_loans import is_known, namespace_of
from .team_names import is_of_others, team_of, without_form

_ROLE = lazy_regex(r"arn:aws[\w-]{0,20}:iam::\d{12}:role/(?P<name>.{1,600})")
_OF_ROLE = lazy_regex(r"(?:^|\.)(?:role(?:Arn)?|additionalRoles\[\d{1,3}\])$")
_WITH_ROLE = (
    ("kubernetes:generators.external-secrets.io/", ("ECRAuthorizationToken", "STSSessionToken")),
    ("kubernetes:external-secrets.io/", ("SecretStore",)),
    ("kubernetes:cert-manager.io/", ("Issuer",)),
    ("kubernetes:keda.sh/", ("TriggerAuthentication",)),
)


def check_roles(item: Resource, known: Collection[str]) -> Iterator[Outcome]:
    """Checks that the role that a controller takes for a team's object is the team's, or that of the controller."""
    part = ObjectPart("", item.props)
    own, kind = namespace_of(part), item.type.rpartition(":")[2]
    is_asking = any(item.type.startswith(start) and kind in kinds for start, kinds in _WITH_ROLE)
    if not is_asking or not is_known(part) or is_shared(own):
        return
    stated = [(path, value) for path, _, value in leaves(item.props.get("spec"), "spec") if isinstance(value, str)]
    for path, value in stated:
        found = _ROLE.fullmatch(value) if _OF_ROLE.search(path) else None
        is_other = found is not None and is_of_others(found["name"], own, known)
        text = f"{path} is a role with the name of another team than {own}: the object gets what that one may do"
        yield failed(text, path) if is_other else passed()


_DYNAMIC = "kubernetes:generators.external-secrets.io/v1:VaultDynamicSecret"
_CREDENTIALS = lazy_regex(
    r".{1,200}/(?:(?:creds|sts|issue|sign(?:-verbatim)?|static-creds?|code)/[^/]{1,100}"
    r"|library/[^/]{1,100}/check-out)/?"
)
"""Path at which a vault makes a password, a key or a certificate for a role of its own, or hands out an account of a
directory (openbao/openbao df6ce2c website/content/docs/api/secret: databases, ldap, pki, ssh and totp; read
2026-11-30)."""


def check_credentials(item: Resource, known: Collection[str]) -> Iterator[Outcome]:
    """Checks that the credentials that a vault makes for a team's object are those of a role with its name."""
    part = ObjectPart("", item.props)
    own, spec = namespace_of(part), part.child("spec")
    path = spec.get("path")
    if not isinstance(path, str) or item.type != _DYNAMIC or not _CREDENTIALS.fullmatch(path):
        return
    if is_known(part) and not is_shared(own):
        text = f"spec.path asks for what {path} may do, which has the name of another team than {own}"
        yield failed(text, "spec.path") if is_of_others(path, own, known) else passed()


_LOCATION = lazy_regex(r"(?P<place>(?:^|.*\.)(?:spec|template))\.storageLocation")
_VELERO = ("kubernetes:velero.io/", "kubernetes:helm.sh/")


def check_locations(item: Resource) -> Iterator[Outcome]:
    """Checks that backups do not lie in the store of a team that has none of the namespaces in them."""
    if not item.type.startswith(_VELERO):
        return
    roots = ("spec", "values") if item.type.startswith("kubernetes:helm.sh/") else ("spec",)
    stated = [(path, value) for key in roots for path, _, value in leaves(item.props.get(key), key)]
    for path, value in stated:
        found = _LOCATION.fullmatch(path)
        team = team_of(value) if found is not None and isinstance(value, str) else ""
        if found is None or not team:
            continue
        listed = f"{found['place']}.includedNamespaces["
        names = [str(name) for place, name in stated if place.startswith(listed)]
        labels = {f"{found['place']}.labelSelector.matchLabels.{key}" for key in ("team", "tenant", "owner")}
        is_selected = any(place in labels and without_form(str(name)) == team for place, name in stated)
        is_own = bool(names) and all(f"{without_form(name)}-".startswith(f"{team}-") for name in names)
        text = f"{path} is {value}: who reads its bucket has the secrets of {', '.join(names) or 'every namespace'}"
        yield passed() if is_own or is_selected else failed(text, path)


_STORE = lazy_regex(
    r"(?:^|\.)(?:(?:[\w-]{0,40}s3[\w-]{0,40}|storage|object_?store|[\w-]{0,20}bucket[\w-]{0,20}|config)\.(?:s3_?)?"
    r"(?:endpoint(?:_?url)?|url)|s3_?url|s3_?endpoint|provider\.(?:vault|openBao|webhook|onepassword|conjur|infisical)"
    r"\.(?:server|url|connectHost|hostAPI)|scalerAddress)$",
    re.IGNORECASE,
)
_SERVICE = lazy_regex(
    SERVICE + r"(?:\.svc(?:\.[\w.-]{1,99})?)?\.?(?::\d{1,5})?(?:/.*)?",
    re.IGNORECASE,
)
_STORED = ("kubernetes:core/v1:ConfigMap", "kubernetes:helm.sh/")


def check_stores(item: Resource) -> Iterator[Outcome]:
    """Checks that copies, records and secrets do not lie in a store in a team's namespace, nor is that asked how many
    pods of others there are."""
    if not (item.type.startswith(_STORED) or is_custom(item)):
        return
    is_chart = item.type.startswith("kubernetes:helm.sh/")
    own = str(item.props.get("namespace")) if is_chart else namespace_of(ObjectPart("", item.props))
    for leaf in read_texts(item).leaves:
        if not isinstance(leaf.value, str) or len(leaf.path) > _LONGEST or not _STORE.search(leaf.path):
            continue
        found = _SERVICE.fullmatch(leaf.value.strip())
        named = found["namespace"].lower() if found else own
        is_own = team_of(named) in ("", without_form(own))
        text = f"{leaf.path} is in {named}, another team's namespace"
        yield passed() if is_own else failed(text, leaf.path)


_LONGEST = 300
"""Characters of a path that is compared."""
_COPIES = (":VolumeSnapshotContent", ":VolumeGroupSnapshotContent")
_HANDLE = lazy_regex(r"(?:Handle|Handles\[\d{1,4}\])$")


def check_copies(item: Resource, known: Collection[str]) -> Iterator[Outcome]:
    """Checks that a copy of a volume that a team's namespace gets by its handle has no other team's name."""
    if not item.type.endswith(_COPIES):
        return
    spec = ObjectPart("", item.props).child("spec")
    claim = next((spec.child(key) for key in ("volumeSnapshotRef", "volumeGroupSnapshotRef") if key in spec.data), spec)
    own = claim.get("namespace")
    if not isinstance(own, str) or is_shared(own):
        return
    for path, _, value in leaves(spec.data.get("source"), "spec.source"):
        name = value.rstrip("/").rpartition("/")[2] if isinstance(value, str) and _HANDLE.search(path) else ""
        text = f"{path} is {name}, and the copy is for {own}, which restores it into its own pods"
        yield failed(text, path) if is_of_others(name, own, known) else passed()


_MACHINES = ("kubernetes:networking.istio.io/v1:WorkloadGroup", "kubernetes:networking.istio.io/v1:WorkloadEntry")
"""Kinds of machines that answer for services of their namespace (istio/api b8f8791d9,
networking/v1alpha3/workload_group.proto and workload_entry.proto, read 2026-11-30)."""


def check_machines(item: Resource, known: Collection[str]) -> Iterator[Outcome]:
    """Checks that machines beside the pods of a namespace have no account with the name of another team."""
    part = ObjectPart("", item.props)
    own, spec = namespace_of(part), part.child("spec")
    holder = spec.child("template") if item.type.endswith("Group") else spec
    account, path = holder.get("serviceAccount"), holder.path_to("serviceAccount")
    if item.type in _MACHINES and is_known(part) and isinstance(account, str):
        text = f"{path} is {account}: machines of another team than {own} answer calls to its services"
        yield failed(text, path) if is_of_others(account, own, known) else passed()


def check_names_of_teams(item: Resource, known: Collection[str]) -> Iterator[Outcome]:
    """Yields the outcomes of an object, or of a release of a chart. `known`: namespaces of which the plan knows."""
    yield from check_roles(item, known)
    yield from check_credentials(item, known)
    yield from check_locations(item)
    yield from check_stores(item)
    yield from check_copies(item, known)
    yield from check_machines(item, known)

"""Authorities that a program brings, in whose certificates machines and proxies believe.

Who has the key of such an authority is each registry, vault and service for a machine, and each caller for a proxy of a
mesh. Bottlerocket believes bundles with `trusted` (bottlerocket.dev, "settings.pki", read 2026-12-03); other machines
those in the folders of `update-ca-certificates` and `update-ca-trust`, and of cloud-init's `ca_certs` (manual pages, as
known). Proxies of Istio believe `caCertificates` of a mesh and `caCertificatesPem` of a proxy beside those of its own
authority (istio/api 0040fb30 mesh/v1alpha1/config.proto, CertificateData; istio/istio, handler of a proxy's settings in
the agent, found as a string; read 2026-12-03). Containers that make an authority of the bank known to a program of
theirs are left out: they have no rights of a node.
"""

import re
from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf, read_texts

_MACHINES = (
    "aws:autoscaling/", "aws:ec2/", "aws:imagebuilder/component:", "aws:ssm/document:", "azure-native:azurefleet:",
    "azure-native:compute:", "azure-native:hybridcompute:", "kubernetes:karpenter.k8s.aws/",
    "kubernetes:bootstrap.cluster.x-k8s.io/", "kubernetes:infrastructure.cluster.x-k8s.io/",
)  # fmt: skip
"""Beginnings of types whose texts machines run when they start, or when somebody calls them."""
_STORED = lazy_regex(
    r"(?:^|[\s;&|/])trust\s{1,9}anchor\s|\bcertutil\s(?:[^\n]{0,99}\s)?-addstore\b"
    r"|\bImport-Certificate\b[^\n]{0,300}\\(?:Root|CA|AuthRoot)\b",
)
_RENEWED = lazy_regex(r"\bupdate-ca-(?:certificates|trust)\b")
_CERTIFICATE = lazy_regex(r"ca-certificates/|ca-trust/|/anchors\b|\.(?:crt|cer|pem)\b|BEGIN (?:TRUSTED )?CERTIFICATE")
"""What is in a text that has stores renewed with a certificate of its own, not with those of a package."""
_BUNDLE = lazy_regex(r"(?<!/)\bpki\b(?!/)")
_TRUSTED = lazy_regex(r"\btrusted[\"']?\s{0,9}=\s{0,9}[\"']?true\b")
_COMMENT = lazy_regex(r"^[ \t]{0,99}#[^\n]*", re.MULTILINE)
"""A line of a script that does nothing."""
_OF_CLOUD_INIT = lazy_regex(r".*\bca[-_]certs\.trusted\[\d{1,4}\]")
_OF_MESH = lazy_regex(r"(?:.*\.)?(?:caCertificates\[\d{1,4}\]\.(?:pem|spiffeBundleUrl)|caCertificatesPem\[\d{1,4}\])")


def check_brought_machines(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each property by which machines believe in an authority."""
    by_place: dict[str, list[Leaf]] = {}
    for leaf in read_texts(resource).leaves if resource.type.startswith(_MACHINES) else ():
        by_place.setdefault(_place(leaf.path), []).append(leaf)
    for path, leaves in by_place.items():
        if any(map(_is_stored, leaves)) or (_has(leaves, _RENEWED) and _has(leaves, _CERTIFICATE)):
            yield failed(f"{path} has machines believe an authority: who has its key is each registry and vault", path)


def check_brought_meshes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each authority that proxies of a mesh believe beside their own."""
    yield from check_brought_machines(resource)
    for leaf in read_texts(resource).leaves:
        if "aCert" in leaf.path and leaf.value and _OF_MESH.fullmatch(leaf.path):
            yield failed(f"{leaf.path} has proxies believe an authority: who has its key is each caller", leaf.path)


def _has(leaves: Iterable[Leaf], pattern: re.Pattern[str]) -> bool:
    """Returns whether a text, beside its comments, has what a pattern finds."""
    return any(isinstance(leaf.value, str) and pattern.search(_COMMENT.sub("", leaf.value)) for leaf in leaves)


def _is_stored(leaf: Leaf) -> bool:
    """Returns whether a text adds an authority to those in which a machine believes."""
    if not isinstance(leaf.value, str):
        return False
    text = _COMMENT.sub("", leaf.value)
    is_bundle = _BUNDLE.search(text) is not None and _TRUSTED.search(text) is not None
    return is_bundle or _STORED.search(text) is not None or _OF_CLOUD_INIT.fullmatch(leaf.path) is not None


def _place(path: str) -> str:
    """Returns the property of the resource whose text has a path: what stands in the text is no property."""
    return next((path[: path.index(name) + len(name)] for name in ("userData", "customData") if name in path), path)

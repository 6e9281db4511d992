"""Sources and policies for which anybody may have signed, although they verify a signature.

Flux verifies a signature without a key if `secretRef` is missing, and then of whomever unless `matchOIDCIdentity` says
of whom (fluxcd/source-controller 39b711b11, docs/spec/v1/ocirepositories.md, "Keyless verification", and internal/
controller/ocirepository_controller.go). The policy controller of sigstore lets pass what a static authority names (CRD
of ClusterImagePolicy, datreeio/CRDs-catalog 7b1e26ef); read 2026-11-30. Whoever has an account at a public issuer gets
a certificate, so that only the subject says who signed.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart
from .admission_signers import check_identity

_SOURCES = ("OCIRepository", "HelmChart", "HelmRelease")


def check_open_signers(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each signature that anybody may have made."""
    if not resource.type.startswith(("kubernetes:source.toolkit.fluxcd.io/", "kubernetes:helm.toolkit.fluxcd.io/",
                                     "kubernetes:policy.sigstore.dev/")):  # fmt: skip
        return
    for item in expand_list(resource):
        spec, kind = ObjectPart("", item.props).child("spec"), kind_of(item)
        if kind in _SOURCES:
            yield from _check_source(spec.child("verify"))
            yield from _check_source(spec.child("chart").child("spec").child("verify"))
        elif kind == "ClusterImagePolicy":
            yield from _check_policy(spec)


def _check_source(verify: ObjectPart) -> Iterator[Outcome]:
    if not verify.data or verify.get("secretRef") is not MISSING or verify.get("provider") == "notation":
        return
    signers = [*verify.children("matchOIDCIdentity")]
    if not signers:
        yield failed(f"{verify.path} accepts what everybody with an account at a public issuer signed", verify.path)
    for signer in signers:
        yield from check_identity(signer)


def _check_policy(spec: ObjectPart) -> Iterator[Outcome]:
    globs = [str(image.get("glob")) for image in spec.children("images")]
    for authority in spec.children("authorities"):
        for signer in authority.child("keyless").children("identities"):
            yield from check_identity(signer)
        static = authority.child("static")
        if str(static.get("action")).lower() == "pass" and any(not glob.strip("*/") for glob in globs):
            path = static.path_to("action")
            yield failed(f"{path} lets every image pass without a signature", path)

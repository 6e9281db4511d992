"""Policies on signatures of images, and on pods, that let in what anybody made: signers who may be anybody, images that
are skipped, signatures that are counted from nought, and controls that are taken out again.

Kyverno, "Verify Images Rules" and "Validate Rules" (kyverno/kyverno 111e07bbec, api/kyverno/v1 ImageVerification and
PodSecurity, and api/policies.kyverno.io/v1beta1 ImageValidatingPolicy, read 2026-11-29): whoever has an account at a
public issuer gets a certificate, so that only the subject says who signed; `verifyImageSignatures` returns how many
signatures are valid.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, texts_in
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart

_EVERYBODY = lazy_regex(
    r"\^?(?:\(?(?:\.[*+]|[*?]+|\\S[*+])\)?)?\$?"
    r"|\^?(?:https?(?:://|:\\?/\\?/)(?:www\\?\.)?(?:github|gitlab)\\?\.com/)?(?:[.*?+()\[\]\\^/]|\$)*"
)
"""Names of signers, with wildcards or as an expression, that every account at the issuer has."""
_SUBJECTS = ("subject", "subjectRegExp", "subjectExpression")
_NOT_COUNTED = lazy_regex(r"\bverify(?:Image|Attestation)\w{0,20}\([\s\S]{0,400}?(?:>=\s{0,9}0\b|>\s{0,9}-\s{0,9}\d)")
_CONTROLS = frozenset({
    "HostProcess", "Host Namespaces", "Privileged Containers", "HostPath Volumes", "Privilege Escalation",
})  # fmt: skip
"""Controls of Pod Security without which a pod reaches its node."""


def check_signers(rule: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each part of a rule of Kyverno that verifies images, or that takes out a control."""
    for part in rule.children("verifyImages"):
        attestors = [*part.children("attestors")]
        attestors += [item for other in part.children("attestations") for item in other.children("attestors")]
        for entry in (entry for attestor in attestors for entry in attestor.children("entries")):
            yield from check_identity(entry.child("keyless"))
        skipped, verified = part.get("skipImageReferences"), texts_in(part.get("imageReferences"))
        is_all = any(not text.strip("*?/") or text in verified for text in texts_in(skipped))
        path = part.path_to("skipImageReferences")
        yield failed(f"{path} skips every image of the rule", path) if is_all else passed()
    for control in rule.child("validate").child("podSecurity").children("exclude"):
        name, images = control.get("controlName"), texts_in(control.get("images"))
        is_narrow = control.get("restrictedField") not in (MISSING, "") or any(text.strip("*?/:") for text in images)
        text = f"{control.path} takes {name} out for every image"
        yield failed(text, control.path) if name in _CONTROLS and not is_narrow else passed()


def check_image_policy(spec: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each signer, and each expression, of an ImageValidatingPolicy."""
    for attestor in spec.children("attestors"):
        for identity in attestor.child("cosign").child("keyless").children("identities"):
            yield from check_identity(identity)
    for validation in spec.children("validations"):
        path, expression = validation.path_to("expression"), validation.get("expression")
        is_void = isinstance(expression, str) and _NOT_COUNTED.search(expression) is not None
        yield failed(f"{path} is satisfied without a signature", path) if is_void else passed()


def check_identity(signer: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for a signer without a key, whose subject everybody at the issuer may have."""
    if not signer.data:
        return
    named = [value for key in _SUBJECTS if (value := signer.get(key)) not in (MISSING, "")]
    is_anybody = not named or any(isinstance(value, str) and _EVERYBODY.fullmatch(value) for value in named)
    text = f"{signer.path} accepts what everybody with an account at the issuer signed"
    yield failed(text, signer.path) if is_anybody else passed()

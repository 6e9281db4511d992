"""What is in a pod: its images, what it may use up, the token it is handed, and secrets that should not be there."""

from collections.abc import Iterator

from ..engine.reading import MISSING, UNKNOWN
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import Pod
from ..readers.plaintext_secrets import judge_variable, variables
from .pod_security import PodCheck, pod_guardrail

_MOVING = frozenset({"latest", "main", "master", "nightly", "edge"})


def is_pinned(image: str) -> bool:
    """Whether an image names a version: a digest, or a tag that is not known to move."""
    if "@sha256:" in image:
        return True
    tag = image.rsplit("/", 1)[-1].partition(":")[2]
    return bool(tag) and tag.lower() not in _MOVING


def _images(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        image = container.get("image")
        if image is UNKNOWN or image is MISSING or is_pinned(str(image)):
            yield passed()
        else:
            yield failed(
                f"{container.path_to('image')} names no version, or one that moves", container.path_to("image")
            )


def _sets_resource(name: str, *keys: str) -> PodCheck:
    """Each container states an amount in one of the places. Of ephemeral ones the API takes none."""

    def check(pod: Pod) -> Iterator[Outcome]:
        for container in pod.containers:
            if "ephemeralContainers[" in container.path or container.is_patch:
                continue
            resources = container.child("resources")
            stated = [resources.get(key) for key in keys]
            path = resources.child(keys[0]).path_to(name)
            if UNKNOWN in (container.get("resources"), *stated):
                yield undetermined(f"{path} is not known before deployment", path)
            elif all(resources.child(key).get(name) is MISSING for key in keys):
                yield failed(f"{path} is not stated", path)
            else:
                yield passed()

    return check


def _automount(pod: Pod) -> Iterator[Outcome]:
    """The token of a service account that was made for the pod may be wanted; the default one's never is."""
    automount = pod.spec.get("automountServiceAccountToken")
    account = pod.spec.get("serviceAccountName")
    account = pod.spec.get("serviceAccount") if account is MISSING else account
    path = pod.spec.path_to("automountServiceAccountToken")
    if automount is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
        return
    own_account = account not in (MISSING, "", "default")
    left_open = automount is MISSING and pod.spec.is_patch
    if str(automount).lower() == "false" or own_account or left_open:
        yield passed()
    else:
        yield failed(f"{path} must be false, or serviceAccountName must name an account of the pod's own", path)


_A_DAY = 86_400


def _token_lifetime(pod: Pod) -> Iterator[Outcome]:
    """Tokens that a volume projects; an hour is the default, and the machine renews them."""
    for volume in pod.spec.children("volumes"):
        for source in volume.child("projected").children("sources"):
            token = source.child("serviceAccountToken")
            seconds = token.get("expirationSeconds")
            if isinstance(seconds, int | float) and seconds > _A_DAY:
                yield failed(
                    f"{token.path_to('expirationSeconds')} is more than a day", token.path_to("expirationSeconds")
                )


def _tokens(pod: Pod) -> Iterator[Outcome]:
    yield from _automount(pod)
    yield from _token_lifetime(pod)


def _environment(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        for name, value, path in variables(container.data.get("env"), container.path_to("env")):
            yield judge_variable(name, value, path)


POD_CONTENTS: tuple[Guardrail, ...] = (
    pod_guardrail(312, "Every image names a version", "what runs tomorrow must be what was judged today",
                  "Give the image a version tag, or better its digest (@sha256:...)", _images, Severity.MEDIUM),
    pod_guardrail(313, "Every container states the processor that it needs",
                  "what states nothing is placed anywhere, and slows its neighbours down when they are busy",
                  "Set resources.requests.cpu (a limit counts as well)", _sets_resource("cpu", "requests", "limits"),
                  Severity.MEDIUM),
    pod_guardrail(316, "Every container has a limit of memory",
                  "one that has none takes the machine's, and its neighbours are killed for it",
                  "Set resources.limits.memory", _sets_resource("memory", "limits"), Severity.MEDIUM),
    pod_guardrail(314, "No pod is handed a token that it did not ask for, or that lasts longer than a day",
                  "a token of the default account is a way into the API server for whoever breaks in",
                  "Set automountServiceAccountToken to false, or name a service account made for this pod", _tokens,
                  Severity.MEDIUM),
    pod_guardrail(315, "No secret stands in a container's environment in plain text",
                  "everybody who may read the object, its history or its backups has the secret",
                  "Refer to a Secret with valueFrom.secretKeyRef, or mount it from the vault", _environment,
                  Severity.CRITICAL),
)  # fmt: skip

"""Images of workloads of every kind: pods, tasks, jobs, functions, apps and models.

Every property and text is read for keys of images, so that new types and operators need no row of their own. Values of
charts and settings of operators have FJ-ESC-113.
"""

import re
from collections.abc import Iterator

from ..engine.families import unverifiable_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Resource, walk
from ..engine.rows import Guardrail, Predicate, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.hosts import is_planned, may_be_planned
from ..readers.leaf_cache import cached_by_leaf
from ..readers.published_images import full_name
from ..readers.texts import Leaf, read_texts
from .helm_images import OPERATORS
from .images import ImageSources

_KEY = lazy_regex(
    r".*image(?:[._-]?(?:ur[il]|identifiers?|names?|ref|repository))?|container[._-]?ur[il]|(?:linux|windows)fxversion",
    re.IGNORECASE,
)
"""Keys of images in properties, variables and texts, such as trainingImage, imageUri, OPERATOR_IMAGE and
imageRepository (envoyproxy/gateway d32f2829, api/v1alpha1, KubernetesContainerSpec, read 2026-11-29)."""
_PATH = lazy_regex(
    r"\.(?:image|artifacts\[\d{1,4}\])\.reference$|^image\.repository$|^spec\.images\.\w{1,40}$|^spec\.version$"
)
"""Path of an image that a pod mounts, of one with a plug-in of Kafka Connect (strimzi/strimzi-kafka-operator
8541da1e33, ImageArtifact.java, read 2026-11-30), of those of a connector of Azure IoT Operations (DataLakeConnector in
pulumi-azure-native 3.29.0), of those of an operator's parts (grafana/tempo-operator 049c8f24,
api/tempo/v1alpha1, ImagesSpec), and of a version that may be an image (grafana/grafana-operator 60d3ebd2, GrafanaSpec;
read 2026-11-29)."""
_REPOSITORY = lazy_regex(r"^spec\.general\.defaultRepo$")
"""Path of what stands before the names of all images (opensearch-project/opensearch-k8s-operator ef6502ab,
opensearch-operator/pkg/helpers/reconcile-helpers.go, ResolveImage, read 2026-12-01)."""
_MODEL = lazy_regex(r"storage_?ur[il]", re.IGNORECASE)
_MODEL_IMAGE = lazy_regex(r"oci(?:\+\w{1,20})?://", re.IGNORECASE)
"""Keys and schemes of models that are images: `oci://`, `oci+native://`, `oci+modelcar://` and `oci+fetch://`
(kserve/kserve aaac4e29, pkg/utils/storage.go, read 2026-11-28)."""
_DOCKERFILE = lazy_regex(r"dockerfile.*|.*dockerfile", re.IGNORECASE)
_FROM = lazy_regex(r"^[ \t]{0,9}FROM[ \t]{1,9}(?:--platform=\S{1,99}[ \t]{1,9})?(\S{1,500})", re.MULTILINE)
_CONTAINER = lazy_regex(r"DOCKER\|", re.IGNORECASE)
"""Beginning of linuxFxVersion if the app is a container, and not a runtime of App Service."""
_COMPOSE = lazy_regex(r"(?:COMPOSE|KUBE)\|", re.IGNORECASE)
"""The same for several containers, which are in a file that no guardrail reads."""
_REFERENCE = lazy_regex(
    r"(?:(?:oci|docker|docker-pullable)://)?[a-z0-9][\w.-]*(?::\d{1,5})?(?:/[\w.-]+)+(?::[\w.-]+)?(?:@\w+:[0-9a-f]+)?",
    re.IGNORECASE,
)
"""A name of an image with a registry or an organisation. Those of one part are Docker's official ones."""
_PICTURE = lazy_regex(r"\.(?:gif|ico|iso|jpe?g|png|svg|webp)\Z", re.IGNORECASE)
_BUILT = frozenset(
    azure("app:Build", "app:ContainerAppsSourceControl", "containerregistry:Task", "containerregistry:TaskRun",
          "web:WebAppSourceControl", "web:WebAppSourceControlSlot")
)  # fmt: skip
"""Types whose images are what they build, in a registry that they name."""
_CACHES = frozenset(azure("containerregistry:CacheRule"))
"""Types by which images of another registry have names of one's own."""
_LOGINS = frozenset(azure("containerregistry:CredentialSet"))
"""Types with the login for another registry, to which a registry of Azure sends a user and a password of the vault
(azure-rest-api-specs, containerregistry, `loginServer`; Microsoft Learn, "Artifact cache"; read 2026-11-30)."""
_NOT_RUN = ("kubernetes:helm.sh/", "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/", *OPERATORS)
"""Charts and operators, which FJ-ESC-113 evaluates, and policies, which compare images."""


@cached_by_leaf
def _images_in(leaf: Leaf) -> tuple[str, ...]:
    """Returns the images that a text names."""
    text = str(leaf.value).strip()
    if _DOCKERFILE.fullmatch(leaf.key):
        return tuple(name for name in _FROM.findall(text) if _REFERENCE.fullmatch(name))
    if _REPOSITORY.search(leaf.path):
        return (f"{text.rstrip('/')}/opensearch",)
    if _KEY.fullmatch(leaf.key) or _PATH.search(leaf.path) or (
        _MODEL.fullmatch(leaf.key) and _MODEL_IMAGE.match(text)
    ):  # fmt: skip
        name = _MODEL_IMAGE.sub("oci://", _CONTAINER.sub("", text, count=1), count=1)
        if _COMPOSE.match(name) or (_REFERENCE.fullmatch(name) and not _PICTURE.search(name)):
            return (name,)
    return ()


def _cached(resource: Resource) -> Iterator[tuple[str, str]]:
    for path, source in walk(resource.props, "sourceRepository"):
        if isinstance(source, str):
            yield path, source.strip()


def _named(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the images that a resource runs, as (path, name)."""
    if resource.type in _BUILT or resource.type.startswith(_NOT_RUN):
        return
    if resource.type in _CACHES:
        yield from ((path, source.replace("*", "any/image")) for path, source in _cached(resource))
    for leaf, names in _images_in.among(read_texts(resource).leaves):
        if isinstance(leaf.value, str) and leaf.value:
            yield from ((leaf.path, name) for name in names)


def _is_mirrored(resource: Resource, path: str, sources: ImageSources) -> bool:
    """Returns whether a cache is of a whole registry of which a publisher is known: that is a mirror, like a
    pull-through cache of ECR, and no organisation is evaluated. One of somebody's own registry is none."""
    whole = (source for place, source in _cached(resource) if place == path and source.partition("/")[2] == "*")
    return resource.type in _CACHES and any(sources.knows_registry(source[:-2], resource) for source in whole)


def _host(image: str) -> str:
    return full_name(image).partition("/")[0]


def _check_logins(resource: Resource, sources: ImageSources) -> Iterator[Outcome]:
    """Checks that passwords go to a registry that is one's own, or of which a publisher is known."""
    for path, server in walk(resource.props, "loginServer") if resource.type in _LOGINS else ():
        if isinstance(server, str) and not sources.knows_registry(server, resource):
            yield failed(f"{path} sends a password to the registry {_host(f'{server}/any')}, which is not known", path)


def _check_images(sources: ImageSources) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        yield from _check_logins(resource, sources)
        for path, name in _named(resource):
            text = f"{path} names the image {name}, whose publisher is neither known nor listed"
            if sources.knows(name, resource) or _is_mirrored(resource, path, sources):
                yield passed()
            else:
                yield undetermined(text, path) if may_be_planned(_host(name)) else failed(text, path)

    return predicate


def _resolve(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an image in a registry of Azure that the plan has."""
    hosts = [_host(name) for path, name in _named(resource) if path == outcome.path]
    is_own = outcome.verdict is Verdict.UNDETERMINED and all(is_planned(host, plan) for host in hosts)
    return passed() if is_own else failed(outcome.sentence, outcome.path)


def workload_image_guardrail(sources: ImageSources) -> Guardrail:
    """Returns the guardrail. `sources` are the publishers that the settings list."""
    return unverifiable_rule(
        116, Severity.CRITICAL, "Images of workloads are of known publishers, or of registries of one's own",
        "whoever publishes an image decides what runs with the role, the data and the network of the workload",
        "Use an image of your own registry or of a known publisher, or list the registry and organisation with its "
        "owner under escape.image_publishers in enforcement.yaml, such as ghcr.io/example",
        predicate=_check_images(sources), resolve=_resolve, types=("aws:", "azure-native:", "kubernetes:"),
    )  # fmt: skip

"""Images that a controller exchanges by itself: the digest of the program is overwritten as soon as somebody pushes.

openshift/api 2a3d73913 apps/v1/types.go (imageChangeParams: automatic, from; without a namespace the image stream is of
the same one) and the annotation `image.openshift.io/triggers` (a list of `from`, `fieldPath` and `paused`);
argoproj-labs/argocd-image-updater de2cfec6 docs/basics/update-strategies.md and config/crd (`updateStrategy` of an
ImageUpdater, for all, an application or an image; before, annotations `ALIAS.update-strategy` of applications), read
2026-11-30; the others 2026-11-29. A stream of the object's own namespace is followed where teams build in the cluster,
unless its tag is `latest`.
"""

import json
from collections.abc import Iterator, Mapping

from ..engine.reading import MISSING, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects

_CONFIG = "DeploymentConfig"
_WORKLOADS = (_CONFIG, "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job")
_TRIGGERS = ("image.openshift.io/triggers", "alpha.image.policy.openshift.io/triggers")
_UPDATER = "argocd-image-updater.argoproj.io/"
_WHATEVER_IS_NEW = ("latest", "newest-build", "digest", "name", "alphabetical")
"""Strategies that take what was pushed last under a name, and not a version that somebody numbered."""
_LONGEST = 20_000
_MOVING = ("latest", "")
_OF_THE_CLUSTER = "openshift"
"""Namespace of the streams of Red Hat's own images, which only administrators write ("Red Hat Single Sign-On for
OpenShift": they are replaced by an administrator of the cluster, or of the global project `openshift`; read in an
excerpt on 2026-11-30)."""


def check_followed_images(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each image that another team, or whoever pushes under `latest`, replaces."""
    for item in objects(resource, *_WORKLOADS):
        yield from _check_annotations(item)
    for item in objects(resource, _CONFIG):
        for trigger in item.child("spec").children("triggers"):
            change = trigger.child("imageChangeParams")
            if str(change.get("automatic")).lower() == "true":
                yield from _check_source(item, change.child("from").data, change.path_to("from"))
    for item in objects(resource, "Application", "ApplicationSet"):
        yield from _check_updater(item)
    for item in objects(resource, "ImageUpdater"):
        yield from _check_strategies(item.child("spec"))


def _check_annotations(item: ObjectPart) -> Iterator[Outcome]:
    annotations = item.child("metadata").child("annotations")
    for name in _TRIGGERS:
        for trigger in _triggers(annotations.get(name)):
            source = trigger.get("from")
            is_paused = str(trigger.get("paused", trigger.get("pause"))).lower() == "true"
            if isinstance(source, Mapping) and not is_paused:
                yield from _check_source(item, source, annotations.path_to(name))


def _triggers(value: Plain) -> list[Mapping[str, object]]:
    """Returns the triggers of an annotation; none if it is no list of JSON."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return []
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return []
    return [trigger for trigger in found if isinstance(trigger, Mapping)] if isinstance(found, list) else []


def _check_source(item: ObjectPart, source: Mapping[str, object], path: str) -> Iterator[Outcome]:
    """Yields a failure for a stream of another namespace, or a tag that is moved with each push."""
    if source.get("kind") == "ImageStreamImage":  # a digest
        return
    own, named = item.child("metadata").get("namespace"), source.get("namespace")
    name = source.get("name")
    if isinstance(named, str) and isinstance(own, str) and named not in ("", own, _OF_THE_CLUSTER):
        yield failed(f"{path} is of namespace {named}, whose team replaces the program", path)
    elif isinstance(name, str) and name.partition(":")[2].lower() in _MOVING:
        yield failed(f"{path} follows the tag latest: whoever pushes replaces the program", path)


def _check_updater(item: ObjectPart) -> Iterator[Outcome]:
    annotations = item.child("metadata").child("annotations")
    for name, value in annotations.data.items():
        if name.startswith(_UPDATER) and name.endswith("update-strategy") and value is not MISSING:
            path = annotations.path_to(name)
            if str(value).strip().lower() in _WHATEVER_IS_NEW:
                yield failed(f"{path} is {value}: whoever pushes an image replaces the program", path)


def _check_strategies(spec: ObjectPart) -> Iterator[Outcome]:
    """Checks the strategy for all applications, those of each, and those of each of its images."""
    applications = list(spec.children("applicationRefs"))
    images = [image for application in applications for image in application.children("images")]
    for part in (spec, *applications, *images):
        settings = part.child("commonUpdateSettings")
        value = settings.get("updateStrategy")
        if isinstance(value, str) and value.strip().lower() in _WHATEVER_IS_NEW:
            path = settings.path_to("updateStrategy")
            yield failed(f"{path} is {value}: whoever pushes an image replaces the program", path)

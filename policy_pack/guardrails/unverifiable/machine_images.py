"""Images from which machines start: those of known publishers.

On Azure an image names its publisher, or a gallery in which anybody may publish; the publishers of
`data/machine_image_publishers.csv` are known, and others are listed. Galleries of other subscriptions have FJ-IDN-213.
An image of EC2 is only a number, whose owner no plan shows: the account's own setting of allowed images holds it, and
this rule evaluates that setting (botocore 1.44.8, ec2, EnableAllowedImagesSettings: audit-mode limits nothing).
A parameter from which every new machine takes its image has the number of one that the stack builds or looks up, or
that is listed (ssm, PutParameter, the data type aws:ec2:image; both read 2026-11-29).

A disk of new nodes is filled from a snapshot, such as one with images of containers that were loaded before
(aws/karpenter-provider-aws 1d927085d, nodeclasses.md, `snapshotID`; awslabs/ai-on-eks 41a979ee7, "Preload container
images", which makes it by hand): containers start from what it holds, and no setting of an account says whose snapshots
may be used. Its number is one that the stack makes, or is listed; read 2026-11-30.
"""

import csv
import re
from collections.abc import Collection, Iterator
from functools import cache

from ..engine.data_folder import DATA
from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, leaves, one_or_many, walk
from ..engine.rows import Guardrail, PlanPredicate, Predicate, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.aws_accounts import is_known, own_accounts, owner_of

_ALLOWED_IMAGES = aws("ec2/AllowedImagesSettings")
_PARAMETERS = aws("ssm/Parameter")
_NUMBER = lazy_regex(r"\s*ami-[0-9a-f]{8,17}\s*", re.IGNORECASE)
_REFERENCES = frozenset({"imageReference", "galleryImageReference", "source"})
"""Properties of Azure with the image of machines or of a disk."""
_GALLERY = lazy_regex(r"/?(?P<kind>communityGalleries|sharedGalleries)/(?P<name>[^/]+)/.*", re.IGNORECASE)
_PUBLISHER = "vmImagePublisher"
_SHARED_IMAGE = "vmSharedGalleryImageId"
_MARKETPLACE = "marketplace"
_NODES = ("kubernetes:karpenter.k8s.aws/", "kubernetes:ec2.aws.upbound.io/", "kubernetes:ec2.aws.m.upbound.io/")
_OF_NODES = (":EC2NodeClass", ":AWSNodeTemplate", ":LaunchTemplate")
_SNAPSHOT = lazy_regex(r"\s*snap-[0-9a-f]{8,17}\s*", re.IGNORECASE)
_SNAPSHOT_FIELD = lazy_regex(r".*\.ebs(?:\[\d+\])?\.snapshotI[dD]", re.DOTALL)
_SNAPSHOTS = aws("ebs/Snapshot", "ebs/SnapshotCopy", "ebs/SnapshotImport")


@cache
def machine_publishers() -> frozenset[str]:
    """Returns the known publishers of images of machines, in lower case."""
    with (DATA / "machine_image_publishers.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["publisher"] for row in csv.DictReader(file))


def _sources(value: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    """Yields where images come from, as (path, `marketplace/PUBLISHER` or `communityGalleries/NAME`)."""
    for key, item in value.items() if isinstance(value, dict) else ():
        at = f"{path}.{key}" if path else key
        if key in _REFERENCES and isinstance(item, dict):
            for name, text in item.items():
                match = _GALLERY.fullmatch(text) if isinstance(text, str) else None
                if match is not None:
                    yield f"{at}.{name}", f"{match['kind']}/{match['name']}"
                elif name == "publisher" and isinstance(text, str) and "offer" in item:
                    yield f"{at}.{name}", f"{_MARKETPLACE}/{text}"
        elif key == _PUBLISHER and isinstance(item, str):
            yield at, f"{_MARKETPLACE}/{item}"
        elif key == _SHARED_IMAGE and isinstance(item, str) and (match := _GALLERY.fullmatch(item)) is not None:
            yield at, f"{match['kind']}/{match['name']}"
        else:
            yield from _sources(item, at)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from _sources(item, f"{path}[{index}]")


def _check_setting(resource: Resource, accounts: Collection[str]) -> Iterator[Outcome]:
    """Checks that only images of Amazon and of known accounts are allowed, and that others are refused."""
    state = resource.get("state")
    yield passed() if state in ("enabled", UNKNOWN) else failed("state must be enabled", "state")
    known = own_accounts(resource) | frozenset(accounts)
    for path, provider in walk(resource.props, "imageCriterions[*].imageProviders?"):
        for item in one_or_many(provider):
            is_owned = item in ("amazon", UNKNOWN) or (bool(owner_of(item)) and is_known(owner_of(item), known))
            yield passed() if is_owned else failed(f"{path} allows images of {item}, which is not listed", path)


def _check_parameter(resource: Resource, listed: Collection[str]) -> Iterator[Outcome]:
    """Checks that a parameter names no image by a number that nobody listed."""
    for key in ("value", "insecureValue"):
        value = resource.get(key)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            text = f"{key} is the image {value.strip()} of unknown owner, from which each new machine starts"
            yield passed() if value.strip().lower() in listed else failed(text, key)


def _check_images(listed: Collection[str], accounts: Collection[str]) -> Predicate:
    known = {f"{_MARKETPLACE}/{item}" for item in machine_publishers()} | {item.lower() for item in listed}

    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type in _ALLOWED_IMAGES:
            yield from _check_setting(resource, accounts)
        if resource.type in _PARAMETERS:
            yield from _check_parameter(resource, known)
        for path, source in _sources(resource.props):
            text = f"{path} starts machines from images of {source}, which is neither known nor listed"
            yield passed() if source.lower() in known else failed(text, path)

    return predicate


def _check_snapshots(listed: Collection[str]) -> PlanPredicate:
    known = {item.lower() for item in listed}

    def predicate(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        for item in expand_list(resource) if resource.type.startswith(_NODES) else ():
            if not item.type.endswith(_OF_NODES):
                continue
            made: set[str] | None = None
            for path, _, value in leaves(item.props.get("spec"), "spec"):
                if not isinstance(value, str) or not _SNAPSHOT_FIELD.fullmatch(path) or not _SNAPSHOT.fullmatch(value):
                    continue
                if made is None:
                    made = {str(part.get("id")) for part in plan.dependencies_of(resource, "spec")
                            if part.type in _SNAPSHOTS}  # fmt: skip
                text = f"{path} is {value.strip()} of unknown owner, from which containers of new nodes start"
                yield passed() if value.strip().lower() in known or value in made else failed(text, path)

    return predicate


def machine_image_guardrail(listed: Collection[str], accounts: Collection[str]) -> Guardrail:
    """Returns the guardrail. `listed` are the publishers in the settings; `accounts` are trusted ones."""
    return unverifiable_rule(
        118, Severity.CRITICAL, "Machines start from images of known publishers",
        "whoever publishes an image decides what runs on the machine, with its role and in its network",
        "Use an image of a known publisher or of a gallery of your own, or list the publisher under "
        "escape.image_publishers in enforcement.yaml, such as marketplace/example or the number of an AMI or of a "
        "snapshot; set state of the allowed images to enabled, and image_providers to amazon and your accounts",
        predicate=_check_images(listed, accounts), plan_predicate=_check_snapshots(listed),
        types=("azure-native:", *_ALLOWED_IMAGES, *_PARAMETERS, *_NODES),
    )  # fmt: skip

"""Images and charts that scripts and commands load: whoever publishes one decides what runs, as in a pod.

Read are all texts of a resource: user data, command lines, build specifications, documents, ConfigMaps. A file of
services or a Dockerfile that a script writes is read by its lines. Images that the same text builds are its own.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from ..engine.families import unverifiable_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.commands import Command, command_texts, commands, expanded
from ..readers.hosts import is_planned, may_be_planned
from ..readers.image_commands import PROGRAMS, UNKNOWN_PART, loaded_images, made_images
from ..readers.published_images import full_name
from .helm_addresses import is_below
from .images import ImageSources

_SCRIPT = lazy_regex(r"\A\s{0,9}#(?:!|cloud-config)|\b(?:docker|podman|nerdctl|buildah|compose|kaniko)\b|/manifests/")
"""Texts whose lines may be a file of services, a manifest or a Dockerfile."""
_LINE = lazy_regex(
    r"^[ \t]{1,40}(?:-[ \t])?image:[ \t]{1,9}[\"']?(?P<service>[\w./:@-]{3,300})"
    r"|^[ \t]{0,9}FROM[ \t]{1,9}(?:--platform=\S{1,99}[ \t]{1,9})?(?P<base>[\w.-]{1,100}(?::\d+)?/[\w./:@-]{1,300})",
    re.MULTILINE,
)
_API = lazy_regex(r"[?&]fromImage=(?P<image>[\w./:@%-]{3,300})")
"""Request to a daemon of Docker to load an image (moby/moby b985e231, api/swagger.yaml, read 2026-11-29)."""
_HELM = lazy_regex(r"helm")
_CHART_OPTIONS = ("--repo", "--repository")
_CHART = lazy_regex(r"(?:oci|https?)://[^\s\"']+")
_CHART_COMMANDS = frozenset({"pull", "fetch", "template", "show", "inspect", "install", "upgrade", "repo"})


def _charts(command: Command) -> Iterator[str]:
    """Yields the addresses from which a command of Helm takes charts."""
    plain = [word for word in command.words if not word.startswith("-")]
    if plain and plain[0] in _CHART_COMMANDS:
        words = (word.partition("=")[2] if word.startswith(_CHART_OPTIONS) and "=" in word else word
                 for word in command.words)  # fmt: skip
        yield from (word for word in words if _CHART.fullmatch(word))


def _images(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the images that a resource's commands load, as (path, name), each once."""
    found, made = dict[tuple[str, str], None](), set[str]()
    for command in commands(resource, PROGRAMS):
        made.update(full_name(name) for name in made_images(command.program, command.words))
        found |= {(command.path, name): None for name in loaded_images(command.program, command.words)}
    for path, text in command_texts(resource):
        found |= {(path, match["image"]): None for match in _API.finditer(text)}
        if "\n" in text and _SCRIPT.search(text):
            names = (match["service"] or match["base"] for match in _LINE.finditer(expanded(text)))
            found |= {(path, name): None for name in names}
    yield from ((path, name) for path, name in found if full_name(name) not in made)


def _host(image: str) -> str:
    return full_name(image).partition("/")[0]


def _is_known(name: str, sources: ImageSources, resource: Resource) -> bool:
    """Returns whether the publisher of an image is known, or the registry if a variable names the publisher."""
    host, publisher, *_ = full_name(name).split("/")
    return sources.knows_registry(host, resource) if publisher == UNKNOWN_PART else sources.knows(name, resource)


def _check_commands(sources: ImageSources, charts: Collection[str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        for path, name in _images(resource):
            text = f"{path} loads the image {name}, whose publisher is neither known nor listed"
            if _is_known(name, sources, resource):
                yield passed()
            else:
                yield undetermined(text, path) if may_be_planned(_host(name)) else failed(text, path)
        for command in commands(resource, _HELM):
            for source in _charts(command):
                is_listed = any(is_below(source, item) for item in charts)
                text = f"{command.path} takes a chart from {source}, which is not listed"
                yield passed() if is_listed else failed(text, command.path)

    return predicate


def _resolve(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves an image in a registry of the plan."""
    hosts = [_host(name) for path, name in _images(resource) if path == outcome.path]
    is_own = outcome.verdict is Verdict.UNDETERMINED and all(is_planned(host, plan) for host in hosts)
    return passed() if is_own else failed(outcome.sentence, outcome.path)


def command_image_guardrail(sources: ImageSources, charts: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail. `sources` are the publishers that the settings list, `charts` the addresses of charts."""
    return unverifiable_rule(
        120, Severity.CRITICAL, "Images and charts that commands load are of known publishers, or of one's own",
        "a script that starts or copies an image runs what its publisher put there, past every rule on pods",
        "Use an image of your own registry or of a known publisher, or list the registry and organisation with its "
        "owner under escape.image_publishers in enforcement.yaml, and addresses of charts under escape.helm_sources",
        predicate=_check_commands(sources, tuple(charts)), resolve=_resolve,
        types=("aws:", "azure-native:", "kubernetes:"),
    )  # fmt: skip

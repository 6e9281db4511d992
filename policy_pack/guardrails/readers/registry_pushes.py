"""Registries into which commands write images, charts and other artifacts.

Commands by docker/cli 28f7560 cli/command, docker/buildx 461836b docs/reference (`imagetools create`, `build`, `bake`),
containers/podman c6580b4 docs/source/markdown (push, farm-build), containers/buildah 5b1b18e docs (push, source-push,
commit), containerd/nerdctl 8da5040 cmd/nerdctl, containerd/containerd 0949aae cmd/ctr/commands/images/push.go,
google/go-containerregistry 3f4ff3c cmd/crane/cmd, regclient/regclient 725072f cmd/regctl, oras-project/oras 94fa1d8
cmd/oras/root, containers/skopeo b71619a cmd/skopeo, sigstore/cosign d6d86c2 cmd/cosign/cli and apptainer/apptainer
917d665 cmd/internal/cli/push.go; read 2026-11-30. Without a registry, a name is one of Docker Hub (regclient
types/ref/ref.go, go-containerregistry pkg/name/registry.go).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..engine.lazy_regex import lazy_regex
from .image_commands import operands_and_options, option_names
from .named_hosts import Kind, Named

SHARED_REGISTRIES = frozenset({
    "docker.io", "ghcr.io", "mcr.microsoft.com", "nvcr.io", "public.ecr.aws", "quay.io", "registry.gitlab.com",
    "ttl.sh",
})  # fmt: skip
"""Registries in which anybody has repositories, so that a list of what is loaded from there is no list of
destinations."""
REGISTRY_PROGRAMS = (
    "docker", "podman", "nerdctl", "finch", "ctr", "buildah", "buildctl", "crane", "gcrane", "regctl", "oras", "skopeo",
    "helm", "cosign", "apptainer", "singularity",
)  # fmt: skip
_HUB = "docker.io"
_IMAGE = lazy_regex(
    r"(?:oci://|docker://|oras://)?([a-z0-9][\w.-]{0,200}(?::\d{1,5})?)/([\w./-]{0,300})[\w./@:,${}-]{0,200}",
    re.IGNORECASE,
)
_FIRST, _SECOND, _LAST = 0, 1, -1
_Places = Mapping[str, int]


def _same(commands: str, place: int) -> _Places:
    return dict.fromkeys(commands.split(", "), place)


_ENGINE: _Places = {"push": _LAST}
_CRANE: _Places = _same("push, copy, cp, append, flatten, mutate, rebase, filter", _LAST)
_OPERANDS: Mapping[str, _Places] = {
    **dict.fromkeys(("docker", "podman", "nerdctl", "finch", "buildah"), _ENGINE),
    "ctr": _same("images push, image push, i push", _FIRST),
    **dict.fromkeys(("crane", "gcrane"), _CRANE),
    "regctl": {
        **_same("image copy, image cp, repo copy, repo cp, image mod", _LAST), **_same("blob copy, blob cp", _SECOND),
        **_same("layer copy, layer cp", _SECOND),
        **_same("image import, image create, image init, image new, artifact put, artifact create, artifact push, "
                "blob put, blob push, layer put, layer push, manifest put, manifest push, index create, index init, "
                "index new, index put, index add, index append, index insert", _FIRST),
    },
    "oras": {**_same("push, attach, manifest index create, manifest index pack, restore", _FIRST),
             **_same("copy, cp", _LAST)},
    "skopeo": _same("copy, sync", _LAST),
    "cosign": _same("upload blob, upload wasm, attach, attest, copy, load", _LAST),
}  # fmt: skip
"""Program -> its commands that write, and which of their operands is the address."""
_OPTIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(("crane", "gcrane"), (("append", "flatten", "mutate", "rebase", "filter"),
                                          ("t", "tag", "new_tag", "new-tag", "rebased"))),
    "regctl": (("image mod", "artifact put", "artifact create", "artifact push", "image copy", "image cp"),
               ("create", "external", "referrers-tgt")),
    **dict.fromkeys(("docker", "podman"), (("imagetools create", "farm build"), ("t", "tag"))),
}  # fmt: skip
"""Program -> commands, and their options with an address in place of an operand or beside it."""
_INSTEAD = frozenset({"t", "tag", "new_tag", "new-tag", "rebased", "create"})
_LETTERS: Mapping[str, str] = {
    "podman": "f", "buildah": "f", "ctr": "u", "crane": "tfbo", "gcrane": "tfbo", "regctl": "fmpt", "oras": "aupo",
    "skopeo": "fsd", "cosign": "",
}  # fmt: skip
"""Letters of options with a value. `-a` of docker says that all tags are pushed."""
_MORE_OPTIONS = option_names("""
    artifact-type max-concurrent-uploaded-layers manifest manifest-type input file-media-type content-type digest
    media-type config-file config-type subject size ca-file cert-file key-file predicate type attestation sbom
    signature payload f key builder file metadata-file progress desc-annotation desc-platform ref registry-config
    compression-format compression-level
""")
_BUILDING = lazy_regex(r"build|bake|bud")
_OUTPUTS = ("o", "output", "set")
_PUSHED = lazy_regex(r"\btype=registry\b|\bpush=true\b", re.IGNORECASE)
_NAMED_OUTPUT = lazy_regex(r"\b(?:name|tags?)=([^,\s\"']{1,300})")
_FIRST_WORDS = 10
"""Words among which the command is."""
_MOST_WORDS = 500
"""Words of a command that are read."""
_BY_SCHEME = {"helm": "oci://", "apptainer": "oras://", "singularity": "oras://"}
_LIBRARY = lazy_regex(r"library://(?:([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?)/)?\S{1,300}")
_SYLABS = "library.sylabs.io"
"""The library of images of Singularity, where an address names none (sylabs/singularity ec04331 docs/content.go and
e2e/pull/pull.go, read 2026-11-30). Apptainer has none by default."""


def _behind(words: Sequence[str], command: str) -> int:
    """Returns the index behind the words of a command, which options may divide; 0 if it is another command."""
    index = 0
    for verb in command.split():
        try:
            index = words.index(verb, index, _FIRST_WORDS) + 1
        except ValueError:
            return 0
    return index


def _addresses(program: str, words: Sequence[str]) -> Iterator[str]:
    letters = _LETTERS.get(program, "")
    commands, names = _OPTIONS.get(program, ((), ()))
    is_instead = False
    for command in commands:
        if index := _behind(words, command):
            _, options = operands_and_options(program, words[index:], letters + "t", _MORE_OPTIONS | {*names})
            yield from (value for name, value in options if name in names)
            is_instead = is_instead or any(name in _INSTEAD for name, _ in options)
    places = {} if is_instead else _OPERANDS.get(program, {})
    for command, place in places.items():
        if index := _behind(words, command):
            operands, _ = operands_and_options(program, words[index:], letters, _MORE_OPTIONS)
            yield from operands[place:][:1] if place < len(operands) else ()


def _built(words: Sequence[str]) -> Iterator[str]:
    """Yields the names under which a build pushes what it makes."""
    if not any(_BUILDING.fullmatch(word) for word in words[:_FIRST_WORDS]):
        return
    _, options = operands_and_options("docker", words, "to", _MORE_OPTIONS | {"output", "set", "tag"})
    outputs = [value for name, value in options if name in _OUTPUTS]
    if "--push" in words or "--push=true" in words or any(map(_PUSHED.search, outputs)):
        yield from (value for name, value in options if name in ("t", "tag"))
        yield from (name for output in outputs for name in _NAMED_OUTPUT.findall(output))


def _committed(program: str, words: Sequence[str]) -> Iterator[str]:
    """Yields where Buildah writes an image that it makes of a container: with a scheme, a registry."""
    if program == "buildah" and "commit" in words[:_FIRST_WORDS]:
        yield from (word for word in words if word.startswith("docker://"))


def _by_scheme(program: str, words: Sequence[str]) -> Iterator[str]:
    """Yields the addresses with the scheme of a program that pushes nothing else."""
    if program in _BY_SCHEME and "push" in words[:_FIRST_WORDS]:
        yield from (word for word in words if word.startswith(_BY_SCHEME[program]))


def _libraries(program: str, words: Sequence[str]) -> Iterator[Named]:
    """Yields the libraries of Singularity to which a command pushes an image."""
    if program in ("apptainer", "singularity") and "push" in words[:_FIRST_WORDS]:
        for match in filter(None, map(_LIBRARY.fullmatch, words)):
            yield Named(Kind.HOST, (match[1] or _SYLABS).partition(":")[0].lower())


def pushed_to(program: str, words: Sequence[str]) -> Iterator[Named]:
    """Yields the registries, or repositories of shared ones, into which a command writes."""
    words = words[:_MOST_WORDS]
    yield from _libraries(program, words)
    found = (*_addresses(program, words), *_built(words), *_committed(program, words), *_by_scheme(program, words))
    for address in dict.fromkeys(found):
        match = _IMAGE.fullmatch(address)
        if match is not None:
            host = match[1].lower()
            is_host = "." in host or ":" in host or host == "localhost"
            name = host.partition(":")[0] if is_host else _HUB
            path = match[2].lower() if is_host else f"{host}/{match[2].lower()}"
            is_shared = name in SHARED_REGISTRIES
            yield Named(Kind.REPOSITORY, f"{name}/{path}") if is_shared else Named(Kind.HOST, name)

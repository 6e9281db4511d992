"""Commands that load images of containers: which of their words are the images.

Options with a value by docker/cli 28f7560 cli/command/container/opts.go and cli/flags, containers/podman c6580b4 docs/
source/markdown, containerd/nerdctl 8da5040 cmd/nerdctl, containerd/containerd 00f3516 cmd/ctr/commands/commands.go,
containers/skopeo b71619a cmd/skopeo, containers/buildah 5b1b18e cmd/buildah and pkg/cli, google/go-containerregistry
3f4ff3c cmd/crane, regclient/regclient 725072f cmd/regctl, oras-project/oras 94fa1d8 cmd/oras, kubernetes-sigs/cri-tools
ba03eab cmd/crictl and apptainer/apptainer 917d665 cmd/internal/cli and docs/content.go, read 2026-11-30. An option that
no table has is taken for one without a value.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ..engine.lazy_regex import lazy_regex
from .commands import commands_in

PROGRAMS = lazy_regex(
    r"\b(?:docker|podman|nerdctl|finch|ctr|crictl|skopeo|g?crane|regctl|oras|buildah|apptainer|singularity|kubectl"
    r"|oc)\b"
)


@dataclass(frozen=True)
class _Program:
    """The commands of a program that load an image, and its options whose value is the next word: long ones by name,
    and letters."""

    loading: frozenset[tuple[str, ...]]
    building: frozenset[tuple[str, ...]] = frozenset()
    """Commands whose `-t` names an image that they make."""
    long: frozenset[str] = frozenset()
    letters: str = ""
    options: tuple[str, ...] = ()
    """Options whose value is an image, or a pair of a name and an image; if there are any, words are none."""
    only_addresses: bool = False
    """Whether only addresses with a scheme are images, and other words files."""


def option_names(text: str) -> frozenset[str]:
    """Returns the names that a text has, between spaces."""
    return frozenset(text.split())


def _verbs(*commands: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(command.split()) for command in commands)


_RUN_OPTIONS = option_names("""
    add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
    cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus
    cpuset-mems detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps
    device-write-iops dns dns-option dns-opt dns-search domainname entrypoint env env-file expose gpus group-add
    health-cmd health-interval health-retries health-start-interval health-start-period health-timeout hostname
    io-maxbandwidth io-maxiops ip ip6 ipc isolation kernel-memory label label-file link link-local-ip log-driver
    log-opt mac-address memory memory-reservation memory-swap memory-swappiness mount name net net-alias network
    network-alias oom-score-adj pid pids-limit platform publish pull restart runtime security-opt shm-size
    stop-signal stop-timeout storage-opt sysctl tmpfs ulimit user userns uts volume volume-driver volumes-from
    workdir host context config log-level tlscacert tlscert tlskey namespace address snapshotter root runroot
    url connection identity storage-driver cgroup-manager authfile creds cert-dir pod systemd secret requires
    sdnotify tz umask arch os variant pidfile conmon-pidfile replicas mode constraint limit-cpu limit-memory
    reserve-cpu reserve-memory generic-resource
    cgroup-conf cgroups chrootdirs decryption-key env-merge gidmap group-entry health-log-destination
    health-max-log-count health-max-log-size health-on-failure health-startup-cmd health-startup-interval
    health-startup-retries health-startup-success health-startup-timeout hosts-file hostuser image-volume init-path
    passwd-entry personality pod-id-file preserve-fd preserve-fds rdt-class retry retry-delay seccomp-policy
    shm-size-systemd subgidname subuidname timeout uidmap unsetenv
    cdi-spec-dir events-backend hooks-dir imagestore module network-config-dir out runtime-flag ssh tls-ca tls-cert
    tls-details tls-key tmpdir volumepath
    cdi-spec-dirs cosign-certificate-identity cosign-certificate-identity-regexp cosign-certificate-oidc-issuer
    cosign-certificate-oidc-issuer-regexp cosign-key data-root hosts-dir init-binary ipfs-address soci-index-digest
    unpack userns-remap verify
    apparmor-default-profile apparmor-profile blockio-class blockio-config-file connect-timeout cwd fifo-dir log-uri
    memory-limit pid-file refresh runtime-config-path seccomp-profile snapshotter-label with-ns
""")
_RUNNING = ("run", "create")
"""Commands of which only the first word is an image: others are the command in the container."""
_ONLY_LOADING = (*_RUNNING, "pull", "from")
"""Commands that copy nothing into a registry."""
_TAGGING = _verbs("tag", "image tag", "images tag", "i tag")
_CONTAINERS = _Program(
    _verbs("run", "create", "pull", "container run", "container create", "image pull", "service create",
           "plugin install"),
    _verbs("build", "buildx build", "image build", "builder build", "commit"),
    _RUN_OPTIONS, "acehlmpuvwnH",
)  # fmt: skip
_COPIES = option_names("""
    authfile src-creds dest-creds creds src-cert-dir dest-cert-dir cert-dir format override-arch override-os
    override-variant policy src-username src-password dest-username dest-password src-registry-token
    dest-registry-token digestfile retry-times command-timeout tmpdir src-shared-blob-dir dest-shared-blob-dir
    platform output config username password registry-config from-registry-config to-registry-config concurrency
    image-parallel-copies additional-tag encryption-key src dest name arch os variant
    append-suffix compress-format compress-level daemon-host src-daemon-host dest-daemon-host decryption-key
    src-decryption-key dest-decryption-key dest-compress-format dest-compress-level encrypt-layer multi-arch
    registries-conf registries.d registry-token retry-delay shared-blob-dir sign-by sign-by-sigstore
    sign-by-sigstore-private-key sign-by-sq-fingerprint sign-identity sign-passphrase-file tls-details
    user-agent-prefix annotation annotation-file artifact-platform distribution-spec export-manifest header
    from-header to-header image-spec oci-layout-path from-oci-layout-path to-oci-layout-path resolve from-resolve
    to-resolve from-username from-password to-username to-password template
    filename host logopt media-type platforms user-agent verbosity
    append cmd entrypoint env exposed-ports image-refs jobs label repo set-platform tag user workdir cache_path
""")
_COPYING = _verbs("copy", "cp", "sync", "pull", "export", "flatten", "mutate", "image copy", "image export",
                  "image mod", "from", "blob fetch", "manifest fetch")  # fmt: skip
_MAKING = _verbs("build", "bud", "commit")
_OF_BUILDAH = option_names("""
    add-host blob-cache cap-add cap-drop cgroup-parent cgroupns cidfile cpu-period cpu-quota cpu-shares cpuset-cpus
    cpuset-mems cpu-profile default-mounts-file device dns dns-option dns-search group-add hooks-dir imagestore ipc
    isolation loglevel memory memory-profile memory-swap network os-feature os-version pid registries-conf-dir retry
    root runroot security-opt shm-size short-name-alias-conf signature-policy storage-driver storage-opt suffix ulimit
    userns userns-gid-map userns-gid-map-group userns-uid-map userns-uid-map-user uts volume
""")


def _copier(letters: str, more: frozenset[str] = frozenset()) -> _Program:
    return _Program(_COPYING, _MAKING, _COPIES | more, letters)


_PODS = _Program(_verbs("run", "debug", "set image", "create deployment", "create job", "create cronjob"),
                 long=frozenset({"namespace", "context", "kubeconfig", "cluster", "server"}), letters="nf",
                 options=("image", "image-name"))  # fmt: skip
_PROGRAMS: Mapping[str, _Program] = {
    **dict.fromkeys(("docker", "podman", "nerdctl", "finch"), _CONTAINERS),
    "ctr": _Program(_verbs("images pull", "image pull", "i pull", "run", "containers create", "container create",
                           "c create", "content fetch"), long=_RUN_OPTIONS | _COPIES, letters="anu"),
    "crictl": _Program(_verbs("pull"), letters="riactu", long=_RUN_OPTIONS | option_names("""
        auth pod-config runtime-endpoint image-endpoint username pull-timeout max-retries tracing-endpoint profile-cpu
        profile-mem tracing-sampling-rate-per-million
    """)),
    "skopeo": _copier("fuopsd"),
    **dict.fromkeys(("crane", "gcrane"), _copier("fuopbtlwcj")),
    "regctl": _copier("fuopv"),
    "oras": _copier("fuopH"),
    "buildah": _copier("fuopvmc", _OF_BUILDAH),
    **dict.fromkeys(("apptainer", "singularity"),
                    _Program(_verbs("pull", "run", "exec", "shell", "build", "instance start", "instance run", "test"),
                             long=frozenset({"bind", "home", "env", "env-file", "pwd", "dir", "name"}), letters="BHW",
                             only_addresses=True)),
    **dict.fromkeys(("kubectl", "oc"), _PODS),
}  # fmt: skip
"""Program -> its commands and options."""
_OTHER_COMMANDS_FIRST = 6
"""Words among which the command is: global options and their values stand before it."""
_REGISTRY = lazy_regex(r"(?:docker|oras|library|oci|shub|ipfs)://\S+")
_HUBS = {"library": "library.sylabs.io", "shub": "singularity-hub.org", "ipfs": "ipfs.io"}
"""Scheme of Apptainer -> the host that stands for where it loads from: anybody has images there, whatever their names
are. A library may be another one, with its host."""
_REFERENCE = lazy_regex(
    r"(?:(?:docker|oras|oci"
    r"|library)://)?[A-Za-z0-9][\w.-]*(?::\d{1,5}(?=/))?(?:/[\w.-]+)*(?::[\w.-]+)?(?:@\w+:[0-9a-f]+)?"
)
_VARIABLE = lazy_regex(r"\$\{[^{}]{0,99}\}|\$\w{1,60}|\{\{[^{}]{0,99}\}\}")
_WITH_HOST = lazy_regex(r"(?:\w+://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?/\S")
"""An image with its registry: nothing shorter is taken out of a text, of which it could be a part by chance."""
_BASE = lazy_regex(r"base|image|from", re.IGNORECASE)
"""Names of arguments of a build that are images."""
UNKNOWN_PART = "any..any"
"""What stands for a variable in a name: no part of an image's name has two dots in a row (distribution/reference)."""


def _arguments(words: Sequence[str], program: _Program) -> Iterator[tuple[str, str]]:
    """Yields (option, value) for options that have one, and ("", word) for other words."""
    option = ""
    for word in words:
        if option:
            yield option, word
            option = ""
        elif word.startswith("--"):
            name, _, value = word[2:].partition("=")
            option = name if not value and (name in program.long or name in program.options) else ""
            yield from [(name, value)] if value else []
        elif word.startswith("-") and len(word) > 1:
            letter = next((item for item in word[1:] if item in program.letters), "")
            option = letter if letter and word.endswith(letter) else ""
        else:
            yield "", word


def operands_and_options(
    program: str, words: Sequence[str], letters: str, more: Collection[str] = ()
) -> tuple[list[str], list[tuple[str, str]]]:
    """Returns the operands of a command, and its options that have a value. `letters` and `more` are options with a
    value beside those that the table has."""
    table = _PROGRAMS.get(program, _CONTAINERS)
    found = list(_arguments(words, replace(table, long=table.long.union(more), letters=letters)))
    return [word for option, word in found if not option], [item for item in found if item[0]]


def _after(words: Sequence[str], verbs: Collection[tuple[str, ...]]) -> tuple[str, Sequence[str]]:
    """Returns the last word of the command and the words after it; empty if the program is called for another."""
    plain = [index for index, word in enumerate(words[: 2 * _OTHER_COMMANDS_FIRST]) if not word.startswith("-")]
    for index in plain[:_OTHER_COMMANDS_FIRST]:
        for length in (2, 1):
            command = tuple(words[index : index + length])
            if command in verbs:
                return command[-1], words[index + len(command) :]
        if index == 0 or not words[index - 1].startswith("-"):
            break
    return "", ()


def made_images(name: str, words: Sequence[str]) -> Iterator[str]:
    """Yields the images that a command builds, or gives another name."""
    _, rest = _after(words, _PROGRAMS[name].building)
    yield from (value for flag, value in pairwise(rest) if flag in ("-t", "--tag"))
    yield from (word.removeprefix("--tag=") for word in rest if word.startswith("--tag="))
    _, rest = _after(words, _TAGGING)
    names = [word for word in rest if not word.startswith("-")]
    yield from names[1:2] if names[:1] != names[1:2] else ()


def _bases(words: Sequence[str], program: _Program) -> Iterator[str]:
    """Yields the images on which a command builds, by an option or an argument of the build."""
    _, rest = _after(words, program.building)
    inline = [word.split("=", 1) for word in rest if word.startswith("--") and "=" in word]
    for flag, value in (*pairwise(rest), *inline):
        name, _, image = value.rpartition("=")
        if "/" in image and (flag == "--from" or (flag == "--build-arg" and _BASE.search(name))):
            yield image


def _first_word(arguments: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yields the first word that can be an image; none if it is a variable whose value is not known."""
    words = (word for option, word in arguments if not option and word[:1] not in "/.~" and "=" not in word)
    yield from islice(words, 1)


def _named(verb: str, rest: Sequence[str], program: _Program) -> Iterator[str]:
    arguments = list(_arguments(rest, program))
    addresses = [word for _, word in arguments if _REGISTRY.fullmatch(word)]
    if program.options:
        yield from (value for option, value in arguments if option in program.options)
        yield from (word.partition("=")[2] for option, word in arguments if not option and "=" in word)
    elif addresses or program.only_addresses:
        yield from addresses
    elif verb in _RUNNING:
        yield from _first_word(arguments)
    else:
        yield from (word for option, word in arguments if not option and "=" not in word)


def _loading(name: str, words: Sequence[str]) -> tuple[str, list[str]]:
    """Returns the command, and the words that are images."""
    verb, rest = _after(words, _PROGRAMS[name].loading)
    images = (*_named(verb, rest, _PROGRAMS[name]), *_bases(words, _PROGRAMS[name]))
    return verb, [image for image in images if not image.startswith(("$", "{"))]


def _of_hub(image: str) -> str:
    """Returns an image with its host, if its scheme says where it is."""
    scheme, _, rest = image.partition("://")
    is_of_hub = scheme in _HUBS and "." not in rest.partition("/")[0].partition(":")[0]
    return f"{_HUBS[scheme]}/{rest}" if is_of_hub else image


def loaded_images(name: str, words: Sequence[str]) -> Iterator[str]:
    """Yields the images that a command loads or copies. A part of a name that is a variable is `UNKNOWN_PART`; a name
    that begins with one is not known, and not among them."""
    plain = (_VARIABLE.sub(UNKNOWN_PART, _of_hub(image)) for image in _loading(name, words)[1])
    yield from (image for image in plain if _REFERENCE.fullmatch(image))


def without_loaded(text: str) -> str:
    """Returns a text without the images that its commands load: registries from which they come get no data. Of a copy
    that is the first."""
    for command in commands_in("", text, PROGRAMS):
        verb, images = _loading(command.program, command.words)
        for image in images if verb in _ONLY_LOADING else images[:1]:
            if _WITH_HOST.match(image):
                text = re.sub(rf"(?<![\w./-]){re.escape(image)}(?![\w./-])", " ", text)
    return text

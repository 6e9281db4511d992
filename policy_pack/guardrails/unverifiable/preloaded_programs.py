"""Programs that a variable loads into the program of a container before it starts, from a volume that others write.

Whoever writes the volume runs code with the role and the data of the pod. Files that come with the pod are its own: of
its images, of an `emptyDir` that its init containers fill, of objects of its namespace, and of a claim that is made for
it alone (`volumeClaimTemplates`). Every other volume is refused: claims, shares, disks and drivers. Variables by
man-pages (ld.so(8)), GNU Bash ("Bash Startup Files"), Python (PYTHONSTARTUP), Node.js (NODE_OPTIONS), the JDK
(JAVA_TOOL_OPTIONS, JDK_JAVA_OPTIONS), Ruby, Perl and .NET (CORECLR_PROFILER_PATH, DOTNET_STARTUP_HOOKS), found as
strings, and volumes by kubernetes/api 10b39a39 core/v1 (VolumeSource), read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, one_or_many
from ..readers.kubernetes_objects import ObjectPart, pods

_NAMES = (
    r"AWS_LAMBDA_EXEC_WRAPPER|LD_PRELOAD|LD_AUDIT|BASH_ENV|PYTHONSTARTUP|(?:NODE|JAVA_TOOL|JDK_JAVA)_OPTIONS|RUBYOPT"
    r"|PERL5OPT|(?:CORECLR|COR)_PROFILER_PATH(?:_(?:32|64))?|DOTNET_STARTUP_HOOKS"
)
STARTS = lazy_regex(_NAMES, re.IGNORECASE)
"""Variables by which a program of a file runs before, or in, a program."""
_IN_TEXT = lazy_regex(rf"\b(?:{_NAMES})=([^\n;|&]{{1,400}})")
_OF_POD = frozenset({"emptyDir", "configMap", "secret", "projected", "downwardAPI", "image"})
_FILE = lazy_regex(r"(?<![\w.-])/[\w./-]{1,300}")
_LONGEST = 4000
"""Characters of a variable that are read, and of a command."""


def preloaded_programs(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the path of each such variable, or of a command that sets one, and the file as `file:/path`."""
    for pod in pods(resource):
        foreign = {str(volume.get("name")) for volume in pod.spec.children("volumes")
                   if not _OF_POD.intersection(volume.data)}  # fmt: skip
        for container in pod.containers if foreign else ():
            places = [str(mount.get("mountPath")).rstrip("/") for mount in container.children("volumeMounts")
                      if str(mount.get("name")) in foreign]  # fmt: skip
            for path, value in _settings(container) if places else ():
                yield from ((path, f"file:{file}") for file in _FILE.findall(value)
                            if any(file == place or file.startswith(f"{place}/") for place in places))  # fmt: skip


def _settings(container: ObjectPart) -> Iterator[tuple[str, str]]:
    """Yields the values of such variables, with their paths."""
    for variable in container.children("env"):
        value = variable.get("value")
        if isinstance(value, str) and STARTS.fullmatch(str(variable.get("name"))):
            yield variable.path_to("value"), value[:_LONGEST]
    for key in ("command", "args"):
        for index, word in enumerate(one_or_many(container.data.get(key))):
            found = _IN_TEXT.findall(word[:_LONGEST]) if isinstance(word, str) else ()
            yield from ((f"{container.path_to(key)}[{index}]", value) for value in found)

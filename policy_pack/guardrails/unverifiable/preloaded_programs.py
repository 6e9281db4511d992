"""Programs that a variable loads into the program of a container before it starts, from a volume that others write.

Whoever writes the volume runs code with the role and the data of the pod. Files that come with the pod are its own: of
its images, of an `emptyDir` that its init containers fill, and of objects of its namespace. Every other volume is
refused: claims, shares, disks and drivers. Variables by man-pages (ld.so(8)), GNU Bash ("Bash Startup Files"), Python
(PYTHONSTARTUP), Node.js (NODE_OPTIONS), the JDK (JAVA_TOOL_OPTIONS, JDK_JAVA_OPTIONS), Ruby, Perl and .NET
(CORECLR_PROFILER_PATH, DOTNET_STARTUP_HOOKS), found as strings, and volumes by kubernetes/api 10b39a39 core/v1
(VolumeSource), read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.reading import Resource
from ..readers.kubernetes_objects import ObjectPart, pods

STARTS = re.compile(
    r"AWS_LAMBDA_EXEC_WRAPPER|LD_PRELOAD|LD_AUDIT|BASH_ENV|PYTHONSTARTUP|(?:NODE|JAVA_TOOL|JDK_JAVA)_OPTIONS|RUBYOPT"
    r"|PERL5OPT|(?:CORECLR|COR)_PROFILER_PATH(?:_(?:32|64))?|DOTNET_STARTUP_HOOKS",
    re.IGNORECASE,
)
"""Variables by which a program of a file runs before, or in, a program."""
_OF_POD = frozenset({"emptyDir", "configMap", "secret", "projected", "downwardAPI", "image"})
_FILE = re.compile(r"(?<![\w.-])/[\w./-]{1,300}")
_LONGEST = 4000
"""Characters of a variable that are read."""


def preloaded_programs(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the path of each such variable, and the file as `file:/path`."""
    for pod in pods(resource):
        foreign = {str(volume.get("name")) for volume in pod.spec.children("volumes")
                   if not _OF_POD.intersection(volume.data)}  # fmt: skip
        templates = {str(part.child("metadata").get("name")) for part in _claims(resource)}
        for container in pod.containers if foreign or templates else ():
            places = [str(mount.get("mountPath")).rstrip("/") for mount in container.children("volumeMounts")
                      if str(mount.get("name")) in foreign | templates]  # fmt: skip
            for variable in container.children("env") if places else ():
                if STARTS.fullmatch(str(variable.get("name"))):
                    yield from _of_variable(variable, places)


def _claims(resource: Resource) -> Iterator[ObjectPart]:
    yield from ObjectPart("", resource.props).child("spec").children("volumeClaimTemplates")


def _of_variable(variable: ObjectPart, places: list[str]) -> Iterator[tuple[str, str]]:
    value = variable.get("value")
    files = _FILE.findall(value[:_LONGEST]) if isinstance(value, str) else ()
    yield from ((variable.path_to("value"), f"file:{file}") for file in files
                if any(file == place or file.startswith(f"{place}/") for place in places))  # fmt: skip

"""Places of plug-ins, extensions, modules and libraries by their names: what stands there is a program that something
downloads and runs, whatever kind of object or chart has it.

Read by name from the schemas of 4,235 kinds (datreeio/CRDs-catalog 7b1e26ef): plug-ins of Argo Rollouts (`location`:
argoproj/argo-rollouts 9f8d111d, docs/plugins.md), artifacts of Kafka Connect (`url`), extensions of HiveMQ
(`extensionUri`), functions of Pulsar (`packageURL`), plug-ins of OpenSearch (`pluginsList`), modules of WebAssembly
(`wasm[*].code.http.url`), programs of Flink and Spark (`jarURI`, `mainApplicationFile`, `deps`), packages of Fission
(`url`), and from values of charts, plug-ins of Grafana, SonarQube and Traefik (`moduleName`) and of Backstage
(`package`); read 2026-11-30.
"""

import re

from ..engine.lazy_regex import lazy_regex

_WORDS = r"plug-?ins?|extensions?|wasm|modules?|init_?scripts?|jars?"
_SEGMENT = rf"[\w-]{{0,40}}(?:{_WORDS})(?:_?list)?"
_INDEX = r"(?:\[\d{1,4}\])"
_LOCATION = r"(?:location|(?:(?:download|source|artifact|package|extension)_?)?ur[il]|src|package|module_?name|href)"
_BETWEEN = (
    r"(?:\.(?!(?:\w{0,30}config\w{0,20}|settings?|param\w{0,10}|headers?|auth\w{0,20}|spec|env|backends?|services?"
    r"|endpoints?|servers?|clusters?|targets?|upstreams?|webhooks?)\b)"
    rf"[\w-]{{1,60}}{_INDEX}?){{0,3}}"
)
_PLACE = lazy_regex(
    rf"(?:^|[.\]]){_SEGMENT}{_INDEX}?{_BETWEEN}\.{_LOCATION}$"
    rf"|(?:^|[.\]])[\w-]{{0,40}}(?:plug-?ins?|extensions?|modules|init_?scripts|libraries|jars|class_?path)"
    rf"(?:_?list|\.install)?{_INDEX}$"
    rf"|(?:^|[._])(?:plug-?in|extension|module|package|jar|wasm|init_?script)[_-]?(?:download[_-]?)?ur[il](?:s?{_INDEX})?$",
    re.IGNORECASE,
)
_OF_CLUSTER = lazy_regex(
    rf"(?:^|[.\]])[\w-]{{0,40}}(?:artifacts|providers|libraries){_INDEX}\.(?:location|ur[il])$"
    r"|(?:main_?class|entry_?point)_?ur[il]$|main_?application_?file$|\b(?:source|deployment)\.url$"
    rf"|\b(?:deps|sparkConf|hadoopConf)\.(?:jars|files|pyFiles|archives|spark\.jars){_INDEX}?$"
    rf"|\b(?:additional|extra)_?(?:jars?|dependenc(?:y|ies)){_INDEX}?$|\bworking_?dir$",
    re.IGNORECASE,
)
"""Places that also have data, or the address of a service: read where a service of the cluster stands there."""
_BELOW = lazy_regex(
    rf"(?:^|[.\]])(?:{_SEGMENT}|library|libraries|libs?|add_?ons?|agents?|udfs?|class_?path){_INDEX}?(?:\.|$)",
    re.IGNORECASE,
)
_PROGRAM = lazy_regex(
    r"[^\s?#;]{1,400}\.(?:jar|zip|tgz|tar\.gz|so|wasm|hpi|jpi|whl|gem|phar|nar|vsix|dll)(?:[?#;]\S{0,300})?",
    re.IGNORECASE,
)
_VARIABLE = lazy_regex(
    r"(?:[A-Z0-9]{1,30}_){0,6}(?:PLUGINS?|EXTENSIONS?|MODULES?|JARS?|INIT_SCRIPTS?)(?:_PREINSTALL(?:_SYNC)?)?"
    r"(?:_(?:DOWNLOAD_)?UR[IL]S?)?"
)
_LONGEST = 400
"""Characters of a path that is read: its end."""


def is_program_of_cluster(path: str) -> bool:
    """Returns whether a program stands at a path, if what stands there is the address of a service of the cluster."""
    return _OF_CLUSTER.search(path[-_LONGEST:]) is not None


def is_extension_place(path: str, key: str, text: str) -> bool:
    """Returns whether a text at a path, or under the name of a variable, is the place of a program that is loaded."""
    end = path[-_LONGEST:]
    if _PLACE.search(end) is not None or _VARIABLE.fullmatch(key[:_LONGEST]) is not None:
        return True
    return _BELOW.search(end) is not None and _PROGRAM.fullmatch(text[: 2 * _LONGEST]) is not None

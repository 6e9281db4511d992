"""Names of settings, however a program, a file or a variable writes them: in lower case without separators; and the
places where whoever wrote a program chose them.

Such places are values of charts (fluxcd/helm-controller 0f61a86 api/v2/helmrelease_types.go, spec.values;
argoproj/argo-cd 37ee0097 pkg/apis/application/v1alpha1/types.go, ApplicationSourceHelm;
crossplane-contrib/provider-helm 4854188, Release, forProvider.values; k3s-io/helm-controller 21a911f
pkg/apis/helm.cattle.io/v1/types.go, spec.set), what Flux puts into manifests (fluxcd/kustomize-controller 186fb3b
api/v1/kustomization_types.go, postBuild.substitute), settings of extensions of Azure, and maps with a program's own
configuration in objects of its operator: the names of maps whose keys none of 4,235 schemas declares, and that have
settings of a program (datreeio/CRDs-catalog 7b1e26ef); read 2026-11-30.
"""

import re

from ..engine.lazy_regex import lazy_regex
from .expressions import Expression
from .leaf_cache import cached_by_text
from .texts import EMPTY_LIST, Leaf

_SEPARATORS = lazy_regex(r"[\W_]")
_LONGEST = 400
"""Letters of a name that are read: what decides is at its end, and expressions with several repeats take a time that
grows with the square of the length."""


@cached_by_text
def setting_name(text: str) -> str:
    """Returns a name in lower case without separators; of one that is longer than any, its end."""
    return _SEPARATORS.sub("", text).lower()[-_LONGEST:]


def setting_names(leaf: Leaf) -> tuple[str, ...]:
    """Returns the names of a setting: its key, its path, its key below the path of the text that has it, and the path
    of what has its value in a map, as variables of some charts: `{N8N_PORT: {value: 80}}`."""
    key, path = setting_name(leaf.key), setting_name(leaf.path)
    return tuple({key, path, path + key, setting_name(leaf.path.removesuffix(".value"))})


_OPEN_PATHS = lazy_regex(r"(?:data|stringData|values)\b.*|.*\.(?:value|(?:environment)?[vV]ariables\.\w+)", re.DOTALL)
_OPEN_MAPS = frozenset(
    {
        "data", "stringData", "substitute", "values", "valuesInline", "valuesObject", "helmValues",
        "configurationSettings", "configurationProtectedSettings",
    }
)  # fmt: skip
"""Properties with maps whose keys no type declares, wherever they stand."""
_OPEN_IN_OBJECTS = frozenset(
    {
        "additionalArgs", "additionalConfig", "additionalMongodConfig", "additionalProperties",
        "airflowConfigOverrides", "cephConfig", "clusterSettings", "config", "configOverrides", "configs",
        "configuration", "databaseFlags", "env", "envVars", "environment", "environmentVariables", "envs", "extraArgs",
        "extraConfig", "flinkConfiguration", "hadoopConf", "kubeletExtraArgs", "mysqlConf", "overrides", "parameters",
        "pgSettings", "proxyArguments", "properties", "rawConfig", "redisConfigs", "rgwConfig", "set", "settings",
        "sparkConf", "unsupportedConfigOverrides", "userConfig",
    }
)  # fmt: skip
"""The same in objects of Kubernetes alone: types of clouds declare what is below such names."""
_INDEX = lazy_regex(r"\[\d+\]")


def is_chosen(path: str) -> bool:
    """Returns whether the name at a path is one that the author of a program chose, and that no type declares."""
    if _OPEN_PATHS.fullmatch(path):
        return True
    first, *others = _INDEX.sub("", path).split(".")[:-1] or [""]
    maps = _OPEN_MAPS | _OPEN_IN_OBJECTS if first == "spec" else _OPEN_MAPS
    return first in _OPEN_MAPS or not maps.isdisjoint(others)


_OPENING_LISTS = ("nodesexclude",)
"""Names of lists of what is switched off, in the place of a default that has something: n8n (docs.n8n.io, "Block access
to nodes", read 2026-11-29)."""


def is_opening_list(leaf: Leaf) -> bool:
    """Returns whether a list says that nothing is switched off, and a default would switch something off."""
    return leaf.value == EMPTY_LIST and any(name.endswith(_OPENING_LISTS) for name in setting_names(leaf))


def ending(pattern: str) -> Expression:
    """Returns an expression of the names that end as a pattern says."""
    return Expression(rf".*(?:{pattern})")

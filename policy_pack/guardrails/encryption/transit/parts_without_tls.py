"""Parts of custom resources whose TLS is off: `tls.enabled: false`, whatever the kind and its parts are called.

Redpanda, SeaweedFS and ClickHouse by the sources that stand in `data/object_switches.csv`, read 2026-11-30. Entries and
figures of a program have rules of their own, and so has what a Gateway or a route serves.
"""

import re
from collections.abc import Iterator

from ...engine.lazy_regex import lazy_regex
from ...engine.reading import Resource, leaves
from ...engine.verdicts import Outcome, failed
from ...readers.custom_resources import is_custom

_SETTING = lazy_regex(r"\.(?:m?tls|ssl)\.(?:enabled?|required)$", re.IGNORECASE)
_NOT_A_PART = lazy_regex(
    r"ingress|route|gateway|metric|monitor|exporter|probe|dashboard|console|client\b|^spec\.upstreams\[", re.IGNORECASE
)
"""Words of a path of what is evaluated elsewhere, or carries no data of customers; and the Services to which a route of
NGINX leads, to which it speaks without TLS unless it is told (nginx/kubernetes-ingress 0eb3072d, UpstreamTLS in
pkg/apis/configuration/v1/types.go; read 2026-11-30)."""
_LONGEST = 256
"""Characters of a path that are read."""


def check_parts(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each part of a custom resource whose TLS is switched off, but for parts that are off."""
    if not is_custom(resource):
        return
    found = [(path, key) for path, key, value in leaves(resource.props.get("spec"), "spec") if value is False]
    off = {path.removesuffix(".enabled") for path, _ in found if path.endswith(".enabled")}
    for path, key in found:
        setting = path.rpartition(".")[0]
        part = setting.rpartition(".")[0]
        is_off = key == "required" and setting in off  # said of `enabled`
        is_part = _SETTING.search(path[-_LONGEST:]) is not None and _NOT_A_PART.search(path[-_LONGEST:]) is None
        if is_part and part not in off and not is_off:
            what = "accepts calls without TLS" if key == "required" else "switches TLS off"
            yield failed(f"{path} False {what}", path)

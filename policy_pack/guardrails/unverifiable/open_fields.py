"""Fields of operators' objects that, by their names, let in whoever comes: `enableAnonymousAccess`, `disableAuth`.

Names say so in the same words as settings of programs (`readers.open_names`), whoever defines the kind: each operator
hands them on to its program. Found in this way in datreeio/CRDs-catalog 7b1e26ef: ScyllaDBMonitoring, MariaDB and
ClusterInput of Fluentd; read 2026-11-30.
"""

from collections.abc import Iterator

from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.custom_resources import is_custom
from ..readers.open_names import harm_of_field

_LONGEST = 300
"""Characters of a path that is read."""


def check_open_fields(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each field by whose name whoever comes is let in."""
    for path, key, value in leaves(resource.props.get("spec"), "spec") if is_custom(resource) else ():
        if isinstance(value, bool | str) and len(path) < _LONGEST and len(str(value)) < 9:
            above = ".".join(path.split(".")[-2:-1])
            if harm := harm_of_field(key, above, str(value).strip()):
                yield failed(f"{path} must not be {str(value).strip().lower()}: otherwise {harm}", path)

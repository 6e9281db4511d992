"""Names of Helm charts, however their address says the version."""

import re

_VERSION = re.compile(r"(?:@sha256:|:).*$|-v?\d+\.\d+\.\d+[^/]*\.tgz$")
"""Version, digest or name of the archive after the name of a chart."""


def chart_name(reference: str) -> str:
    """Returns the name of a chart, `keda` of oci://registry.example.ae/charts/keda:2.17.0 and of its archive."""
    return _VERSION.sub("", reference.partition("?")[0].rstrip("/").rpartition("/")[2])

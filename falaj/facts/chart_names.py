"""Names of Helm charts, however their address says the version."""

import re

_VERSION = re.compile(r"(?:@sha256:|:).*$|-v?\d+\.\d+\.\d+[^/]*\.tgz$")
"""Version, digest or name of the archive after the name of a chart."""

CHART_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""Name of a chart in a repository. Helm takes a path of the local machine before the repository (`LocateChart` in
helm.sh/helm pkg/action/install.go, 2026-11), so a name with a dot or slash may be a folder."""


def chart_name(reference: str) -> str:
    """Returns the name of a chart, `keda` of oci://registry.example.ae/charts/keda:2.17.0 and of its archive."""
    return _VERSION.sub("", reference.partition("?")[0].rstrip("/").rpartition("/")[2])

"""Policies of admission, of the web and of running programs that only watch: what they forbid happens, and a line is
written.

A policy says in which mode it is, and each project has its own words: Kubewarden `monitor` (kubewarden-controller
3460bb719, api/policies/v1/policy_types.go), NeuVector `Monitor` and `Discover` (neuvector/neuvector-helm 900de6f4a,
charts/crd), sigstore `warn` (CRD of ClusterImagePolicy), F5 `transparent` (CRD of APPolicy, both in datreeio/
CRDs-catalog 7b1e26ef), open-appsec `detect-learn` (found as a string in public repositories); read 2026-11-30. So the
words count, in the mode of whatever is called a policy or a rule of security. Policies on alerts, audits and copies
have none that they could leave undone.
"""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.custom_resources import is_custom

_KIND = lazy_regex(
    r"(?!Audit|Alert|Log|Access|Backup|Snapshot|Notif|Scal|Autoscal|Remediat|Tracing|Telemetry|Metric|Retention)"
    r"\w{0,60}(?:Policy|PolicyGroup|PolicyActivation|SecurityRule)|AppArmorProfile|SelinuxProfile"
)
_MODE = lazy_regex(
    r"(?:^|\.)(?:(?:policy|enforcement|rule|protection|admission|security|waf|default|override)?[_-]?mode"
    r"|enforcement(?:[_-]?action)?)(?:\[\d+\])?$",
    re.IGNORECASE,
)
_WATCHES = lazy_regex(
    r"monitor(?:ing|[_-]?only)?|discover|audit|permissive|detect(?:ion)?(?:[_-]?(?:learn|only))?|learn(?:ing)?"
    r"|observe|warn(?:ing)?|transparent|log(?:[_-]?only)?|dry[_-]?run|complain|simulat(?:e|ion)|inactive|passive",
    re.IGNORECASE,
)


def check_watching(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each mode of a policy in which what it forbids happens."""
    if not is_custom(resource) or not _KIND.fullmatch(kind_of(resource)):
        return
    for path, _, value in leaves(resource.props.get("spec"), "spec"):
        if isinstance(value, str) and len(path) < 300 and _MODE.search(path) and _WATCHES.fullmatch(value.strip()):
            yield failed(f"{path} is {value.strip()}: what the policy forbids happens, and is only written down", path)

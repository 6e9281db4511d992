"""Records of Azure that say who did what: which of them a setting collects, and for how long a table keeps them.

Categories of the activity log by MicrosoftDocs/azure-docs f84457a4 articles/azure-monitor/essentials/
activity-log-schema.md (Administrative: what was created, changed and deleted), of a vault by MicrosoftDocs/
azure-security-docs 1c4310be articles/key-vault/general/logging.md (AuditEvent) and of the directory by "What are
Microsoft Entra audit logs?", read 2026-12-01; that a vault also has AzurePolicyEvaluationDetails by programs of public
repositories, read 2026-11-30. That the retention of a table takes the place of the workspace's, and that -1 leaves it,
by pulumi-azure-native 3.29.0 docs, operationalinsights:Table, read 2026-11-30. Names of tables by MicrosoftDocs/
azure-docs 03e5750a articles/role-based-access-control/permissions/monitor.md (workspaces/query), read 2026-12-01.
"""

import re
from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, items_of
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_OF_ACTIVITY = azure("monitor:SubscriptionDiagnosticSetting", "monitor:ManagementGroupDiagnosticSetting")
_OF_DIRECTORY = azure("aadiam:DiagnosticSetting")
_OF_RESOURCES = azure("monitor:DiagnosticSetting")
_VAULT = re.compile(r"/providers/microsoft\.keyvault/(?:vaults|managedhsms)/[^/]+/?$", re.IGNORECASE)
_EVERY_LOG = frozenset({"alllogs", "audit"})
"""Groups of categories that have the records of who did what."""
_TABLES = azure("operationalinsights:Table")
_WHO_DID_WHAT = re.compile(
    r"audit|sign_?in|activity|azurediagnostics|behavioranalytics|commonsecuritylog|keyvault|laquerylogs|risk"
    r"|securityalert|securityevent|securityincident|syslog|windowsevent|^event$",
    re.IGNORECASE,
)
_FEWEST_DAYS = 30
_COLLECTIONS = azure("monitor:DataCollectionRule")
_OF_SIGN_INS = frozenset({"auth", "authpriv", "*"})
_OF_EVENTS = frozenset({"debug", "info", "notice", "warning", "error", "*"})
_SUBJECTS = ("resourceUri", "managementGroupId")
"""Properties that say whose logs a setting collects; the others are of the subscription or the directory."""
DIAGNOSTICS = (*_OF_ACTIVITY, *_OF_DIRECTORY, *_OF_RESOURCES)
AZURE_RECORDS = (*DIAGNOSTICS, *_TABLES, *_COLLECTIONS)
"""Types that the checks of this module evaluate."""


def check_tables(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a table of who did what that keeps less than a month."""
    name = resource.get("tableName")
    if resource.type not in _TABLES or not isinstance(name, str) or not _WHO_DID_WHAT.search(name):
        return
    for path in ("totalRetentionInDays", "retentionInDays"):
        days = number_of(resource.get(path))
        if days is not None and days > 0:
            if days < _FEWEST_DAYS:
                yield failed(f"{path} keeps who did what for {days:.0f} days, less than {_FEWEST_DAYS}", path)
            return


def check_syslog(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each source of a collection rule that keeps of sign-ins only what is graver than those that
    succeed: sshd and PAM write them as info, with most failures as info and notice, and sudo writes commands as notice
    and only refused ones as alert (openssh/openssh-portable f14b2aa6 auth.c, linux-pam/linux-pam ddab692c modules/
    pam_unix, sudo-project/sudo 2e18923c configure.ac, goodpri and badpri; read 2026-12-01)."""
    sources = resource.get("dataSources") if resource.type in _COLLECTIONS else None
    found = items_of(sources.get("syslog")) if isinstance(sources, dict) else []
    for index, item in enumerate(found):
        facilities, levels = ([str(name).lower() for name in items_of(item.get(key))] if isinstance(item, dict) else []
                              for key in ("facilityNames", "logLevels"))  # fmt: skip
        is_known = isinstance(item, dict) and UNKNOWN not in items_of(item.get("logLevels"))
        if is_known and levels and _OF_SIGN_INS.intersection(facilities) and not _OF_EVENTS.intersection(levels):
            path = f"dataSources.syslog[{index}].logLevels"
            yield failed(f"{path} has only critical and graver levels, as which no successful sign-in is written", path)


def _wanted(resource: Resource) -> str:
    """Returns the category with the records of who did what, in lower case; empty if there is none."""
    if resource.type in _OF_ACTIVITY:
        return "administrative"
    if resource.type in _OF_DIRECTORY:
        return "auditlogs"
    return "auditevent" if _VAULT.search(str(resource.get("resourceUri")).strip()) else ""


def _collects(resource: Resource, category: str) -> bool | None:
    """Returns whether a setting collects a category; None if it collects no logs, or nobody knows yet."""
    logs = resource.get("logs")
    entries = [item for item in items_of(logs) if isinstance(item, dict)]
    is_known = logs is not UNKNOWN and len(entries) == len(items_of(logs))
    on = [item for item in entries if str(item.get("enabled")).lower() == "true" or item.get("enabled") is UNKNOWN]
    if not is_known or not on:
        return None
    names = [(item.get("category"), item.get("categoryGroup")) for item in on]
    return any(
        UNKNOWN in both or str(both[0]).lower() == category or str(both[1]).lower() in _EVERY_LOG for both in names
    )


def check_collected(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for a setting that collects logs, but not those of who did what, if no other setting of the plan
    for the same resource does."""
    category = _wanted(resource) if resource.type in DIAGNOSTICS else ""
    if not category or _collects(resource, category) is not False:
        return
    of_same = [item for item in plan.of_type(resource.type)
               if all(item.get(key) == resource.get(key) for key in _SUBJECTS)]  # fmt: skip
    if not any(_collects(item, category) for item in of_same):
        text = f"logs has no category {category} that is enabled, so that nobody sees who did what"
        yield failed(text, "logs")

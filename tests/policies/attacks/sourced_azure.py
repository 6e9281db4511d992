"""Attacks on Azure next to what the vendor's documents say of statements in the pack (2026-12-02)."""

from ..harness import Given
from . import Attack
from .after_twenty_fifth_azure import WRITES, detection
from .after_twenty_sixth_azure import NAMED
from .twenty_fifth_azure_flow import alarm
from .twenty_sixth_azure_b import activity, app_settings, copied, watched

SWITCH = ("FJ-ESC-115",)
LIST = watched(f"account\n{NAMED}\n")[1]
DELETED = ("operationName", "Microsoft.KeyVault/vaults/delete")
LISTED = "_GetWatchlist('release-accounts')"


def failed_alone(name: str, field: str, value: str) -> Attack:
    """Returns an alarm on deletions that rings in one state alone."""
    return Attack(name, SWITCH, activity(("category", "Administrative"), DELETED, (field, value)), "critical",
                  "a deletion that was done has another level and state (Azure Monitor, 'Azure activity log event "
                  "schema', read 2026-12-02)")  # fmt: skip


def listed(name: str, query: str) -> Attack:
    """Returns an alarm that leaves out whom a list names, and the list."""
    return Attack(name, SWITCH, (*detection(query), LIST), "critical",
                  "he is unseen (Kusto, 'join operator' and 'String operators')")  # fmt: skip


def left_out(name: str, plan: tuple[Given, ...]) -> Attack:
    """Returns an alarm or a copy of records without what one person does."""
    return Attack(name, SWITCH, plan, "critical", "what he does is in no record (Kusto, 'String operators')")


ATTACKS: tuple[Attack, ...] = (
    failed_alone("the alarm on deleted vaults rings for errors alone", "level", "Error"),
    failed_alone("the alarm on deleted vaults rings for requests that were wrong", "subStatus", "BadRequest"),
    failed_alone("the alarm on deleted vaults rings when a service was not there", "subStatus", "ServiceUnavailable"),
    failed_alone("the alarm on deleted vaults rings in a state that no deletion has", "status", "Resolved"),
    listed("a list names whom an alarm leaves out: by a join with the list in front",
           f"{LISTED} | join kind=rightanti ({WRITES}) on $left.SearchKey == $right.Caller"),
    listed("a list names whom an alarm leaves out: by the other join with the list in front",
           f"{LISTED} | join kind = rightantisemi ({WRITES}) on $left.SearchKey == $right.Caller"),
    listed("a list names whom an alarm leaves out: by a join of which what it found is left out",
           f"{WRITES} | join kind=leftouter ({LISTED}) on $left.Caller == $right.SearchKey | where isempty(SearchKey)"),
    left_out("an alarm leaves out whose mail ends so", alarm(f"{WRITES} | where Caller !endswith '{NAMED}'")),
    left_out("an alarm leaves out whose mail ends so in this case",
             alarm(f"{WRITES} | where Caller !endswith_cs '{NAMED}'")),
    left_out("a copy of records leaves out whose mail is distinct", copied(
        f"SELECT * FROM dbo.AuditLog WHERE actor IS DISTINCT FROM '{NAMED}'")),  # noqa: S608 - a text of a plan
    Attack("addresses that a slot of tests lets in come into production with it", ("FJ-IDN-",), app_settings(
        WEBSITE_OVERRIDE_PRESERVE_DEFAULT_STICKY_SLOT_SETTINGS="0"), "critical", "restrictions of addresses are "
        "swapped too (Azure App Service, 'Set up staging environments', which settings are swapped, read 2026-12-02)"),
)  # fmt: skip

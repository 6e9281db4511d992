"""Whether somebody hears of a budget: mailboxes that somebody reads, topics that let AWS Budgets in, and groups of
Azure that have a receiver.

A topic needs a policy that lets `budgets.amazonaws.com` publish, in the account of the budget (AWS Cost Management,
"Creating an Amazon SNS topic for budget notifications", read 2026-12-02); by the one that it has without any, its owner
publishes alone. An action group tells its receivers, each a property of its own, unless it is not enabled
(pulumi-azure-native 3.29.0, monitor:ActionGroup). Programs write from mailboxes that are called so that nobody answers;
what comes back is lost.
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many
from ..engine.rows import azure
from ..readers.topic_policies import TOPICS, lets_in

_UNREAD = lazy_regex(
    r"(?:[\w.-]{1,40}[-_.])?(?:(?:no|do[-_.]?not|never)[-_.]?reply|dev[-_.]?null|null|no-?body|noone|black-?hole|bounces?"
    r"|discard|trash|void)(?:[-_.+][\w.+-]{1,60})?@[^@]{1,255}",
    re.IGNORECASE,
)
_GROUPS = azure("monitor:ActionGroup")
_BUDGETS = "budgets.amazonaws.com"
_DIRECT = ("subscriberEmailAddresses", "contactEmails", "contactRoles")
_INDIRECT = ("subscriberSnsTopicArns", "contactGroups")


def is_read(recipient: Plain) -> bool:
    """Returns whether a recipient is one of whom somebody hears: not empty, and no mailbox of programs."""
    return recipient not in ("", None) and not (isinstance(recipient, str) and _UNREAD.fullmatch(recipient.strip()))


def unheard(budget: Resource, notifications: list[dict[str, Plain]], plan: Plan) -> str:
    """Returns why nobody hears of a budget; an empty text if somebody does, or the plan does not show it.

    Evaluated is a budget whose notifications that are delivered go only to topics and groups of the plan.
    """
    heard = [item for item in notifications if any(_has(item, key) for key in _DIRECT)]
    asked = [urn for urn in budget.dependencies.get("notifications", ()) if urn in plan.resources]
    known = [plan.resources[urn] for urn in asked if plan.resources[urn].type in (*TOPICS, *_GROUPS)]
    most = max((sum(len(_stated(item.get(key))) for key in _INDIRECT) for item in notifications), default=0)
    if heard or not known or most > len(known):
        return ""
    reasons = [_silent(item, plan) for item in known]
    return reasons[0] if all(reasons) else ""


def _has(notification: dict[str, Plain], key: str) -> bool:
    value = notification.get(key)
    return value is UNKNOWN or any(map(is_read, one_or_many(value)))


def _stated(value: Plain) -> list[Plain]:
    """Returns the items of a list that say something."""
    return [item for item in one_or_many(value) if item not in (MISSING, None, "", {}, [])]


def _silent(item: Resource, plan: Plan) -> str:
    """Returns why a topic or a group tells nobody of a budget; an empty text if it does."""
    if item.type in _GROUPS:
        receivers = [value for key, value in item.props.items() if key.lower().endswith("receivers")]
        is_off = str(item.get("enabled")).lower() == "false"
        is_heard = not is_off and any(map(_is_received, (one for value in receivers for one in _stated(value))))
        return "" if is_heard else f"tells group '{item.name}' of nobody"
    is_open = lets_in(item, plan, _BUDGETS)
    return "" if is_open else f"tells topic '{item.name}', which does not let AWS Budgets publish"


def _is_received(receiver: Plain) -> bool:
    """Returns whether a receiver of a group is none by mail to a mailbox of programs."""
    return not isinstance(receiver, dict) or is_read(receiver.get("emailAddress", MISSING))

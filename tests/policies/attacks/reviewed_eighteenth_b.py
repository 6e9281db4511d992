"""Attacks beside the rules of the eighteenth set on conditions of delegations and short lives of messages.

Written on 2026-11-30 by a reviewer. Wildcards of ActionMatches and what ForAll compares by Microsoft, "Azure role
assignment condition format and syntax" (read 2026-11-30). Properties by pulumi-azure-native 3.29.0.
"""

from ..blind import RG, az
from . import Attack
from .after_eighteenth_maz import ROLE, SWITCH, WRITE, _delegated
from .eighteenth_azure import OWNER, RBAC_ADMINISTRATOR, ROLE_ID

ATTACKS: tuple[Attack, ...] = (
    Attack("a delegation asks for the operation of an assignment by a pattern, and for no role", ROLE, _delegated(
        f"(ActionMatches{{'Microsoft.Authorization/roleAssignments/*'}}) OR ({ROLE_ID} GuidEquals {{{OWNER}}})"),
        "critical", "whoever is delegated makes himself owner (Microsoft, ActionMatches with *)"),
    Attack("a delegation refuses whoever is two roles at once", ROLE, _delegated(
        f"({WRITE}) OR !({ROLE_ID} ForAnyOfAllValues:GuidEquals {{{OWNER}, {RBAC_ADMINISTRATOR}}})"),
        "critical", "no role equals two, so that every role may be given (Microsoft, ForAnyOfAllValues)"),
    Attack("orders for delivery expire within seconds", SWITCH, (az("servicebus:Queue", {
        **RG, "namespaceName": "sb-bank", "queueName": "delivery-orders", "defaultMessageTimeToLive": "PT5S"}),),
        "major", "orders that nobody fetches at once are gone (Service Bus, DefaultMessageTimeToLive)"),
)  # fmt: skip

"""Whether the commitments of the settings exist in the account: reserved instances and savings plans.

An account lists its own purchases only. Those of another account of its organisation apply to it too while sharing is
on (awsdocs/aws-cost-management-user-guide a3d0766 doc_source/ri-behavior.md, and AWS Savings Plans User Guide,
"Understanding How Savings Plans are Applied to Your Usage", read 2026-12-01), so one that is not found is a question
to whoever owns the billing account, no refusal.
"""

from collections.abc import Iterator
from decimal import Decimal

from falaj.components.settings.commitments import CommitmentSettings
from falaj.facts.commitments import commitment
from falaj.preflight.aws.context import GLOBAL_REGION, AwsContext
from falaj.preflight.rows import PreflightRow, Verdict


def commitments(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields what the account has of each commitment of the site."""
    for item in context.settings.commitments:
        if item.site == context.name:
            yield _row(
                context, item, _plans(context, item) if "savings" in item.option.value else _reserved(context, item)
            )


def _reserved(context: AwsContext, item: CommitmentSettings) -> tuple[bool, str]:
    """Returns whether enough machines are reserved, and how many are."""
    filters = [{"Name": "state", "Values": ["active"]}, {"Name": "instance-type", "Values": [item.machine]}]
    found = context.ask("ec2", "describe_reserved_instances", Filters=filters)["ReservedInstances"]
    count = sum(each.get("InstanceCount", 0) for each in found)
    ends = sorted({each["End"].date().isoformat() for each in found if "End" in each})
    return count >= item.count, f"{count} active{', until ' + ', '.join(ends) if ends else ''}"


def _plans(context: AwsContext, item: CommitmentSettings) -> tuple[bool, str]:
    """Returns whether savings plans for the machine's family commit enough USD an hour, and how much they do."""
    answer = context.ask("savingsplans", "describe_savings_plans", GLOBAL_REGION, states=["active"])
    family = item.machine.partition(".")[0]
    usd = sum(
        (
            Decimal(each["commitment"])
            for each in answer.get("savingsPlans", ())
            if each.get("ec2InstanceFamily") == family and each.get("region") == context.region
        ),
        Decimal(0),
    )
    price = commitment(context.region, item.machine, item.option).usd_hour
    return price is not None and usd >= item.count * price, f"USD {usd:f} an hour active for {family}"


def _row(context: AwsContext, item: CommitmentSettings, answer: tuple[bool, str]) -> PreflightRow:
    exists, found = answer
    number = context.settings.commitments.index(item)
    return PreflightRow(
        site=context.name,
        subject=f"commitment for {item.machine}",
        found=found,
        needed=f"{item.count} by {item.option.value}, until {item.until}",
        verdict=Verdict.OK if exists else Verdict.UNKNOWN,
        fix="" if exists else "ask whoever owns the billing account: an account lists only its own purchases",
        setting="" if exists else f"commitments.{number}",
    )

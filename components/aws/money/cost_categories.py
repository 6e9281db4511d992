"""AWS cost categories: charges by business unit, with the shared platform charges split among the units."""

import re
from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from falaj.components.core.money.cost_categories import OTHER, SHARED, TENANT_TAG


def business_units(
    name: str, units: Mapping[str, Sequence[str]], tags: Mapping[str, str], parent: pulumi.Resource
) -> pulumi.Output[str]:
    """Creates a cost category with a value for each business unit, and returns its ARN.

    Shared charges are split in proportion to the charges of each unit. The category evaluates tags that are activated
    as cost allocation tags, from the first of the month.
    """
    project = {key: tags[key] for key in ("project", "environment")}
    rules = [_rule(unit, {**{key: [value] for key, value in project.items()}, TENANT_TAG: tenants})
             for unit, tenants in units.items()]  # fmt: skip
    rules.append(_rule(SHARED, {key: [value] for key, value in project.items()}))
    split_rule = aws.costexplorer.CostCategorySplitChargeRuleArgs(
        method="PROPORTIONAL", source=SHARED, targets=list(units)
    )
    return aws.costexplorer.CostCategory(
        f"{name}-units",
        # The name appears in reports, and budgets refer to it.
        name=category_name(tags),
        rule_version="CostCategoryExpression.v1",
        rules=rules,
        default_value=OTHER,
        split_charge_rules=[split_rule],
        tags=dict(tags),
        opts=pulumi.ResourceOptions(parent=parent),
    ).arn


def category_name(tags: Mapping[str, str]) -> str:
    """Returns the name of a stack's cost category: at most 50 letters, digits, spaces, dashes and underscores."""
    stack = re.sub(r"[^A-Za-z0-9 _-]", "-", f"{tags['environment']} {tags['project']}")
    return f"units {stack}"[:50].rstrip()


def _rule(value: str, tags: Mapping[str, Sequence[str]]) -> aws.costexplorer.CostCategoryRuleArgs:
    """Returns a rule that matches charges with one of the given values for every tag. The first rule that matches
    applies."""
    expression = aws.costexplorer.CostCategoryRuleRuleAndArgs
    tag = aws.costexplorer.CostCategoryRuleRuleAndTagsArgs
    return aws.costexplorer.CostCategoryRuleArgs(
        type="REGULAR",
        value=value,
        rule=aws.costexplorer.CostCategoryRuleRuleArgs(
            ands=[
                expression(tags=tag(key=key, values=list(values), match_options=["EQUALS"]))
                for key, values in tags.items()
            ]
        ),
    )

"""What a platform team sets once in `falaj:defaults`: components take it, explicit arguments win, errors name it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pulumi
import pytest

from falaj.components import aws, azure, kubernetes
from falaj.components.core.validation.args import Args, BadArguments
from falaj.components.core.validation.platform_defaults import PlatformDefaults
from falaj.components.core.validation.set_once import sources_of
from tests.samples import DEV_TAGS

BUDGET: dict[str, Any] = {"scope": "platform", "aed_per_month": 20000, "start": "2026-12-01"}
NOTIFY = ["platform@example.ae"]


@pytest.fixture(autouse=True)
def no_configuration() -> Iterator[None]:
    yield
    pulumi.runtime.set_all_config({})


def set_once(**values: Any) -> None:
    pulumi.runtime.set_all_config({"falaj:defaults": json.dumps(values)})


def test_a_component_takes_what_it_is_not_given() -> None:
    set_once(tags=DEV_TAGS, notify=NOTIFY, aed_per_usd=3.675)
    args = aws.BudgetAlarmArgs(**BUDGET)
    assert (args.tags, args.notify, args.aed_per_usd) == (DEV_TAGS, NOTIFY, Decimal("3.675"))
    assert args.region == "me-central-1"
    assert aws.BudgetAlarmArgs.of("budget", BUDGET) == args


def test_arguments_win_and_tags_key_by_key() -> None:
    set_once(tags=DEV_TAGS, regions={"azure": "uaenorth"}, notify=NOTIFY)
    args = aws.BudgetAlarmArgs(**BUDGET, notify=["finance@example.ae"], tags={"owner": "finance"}, aed_per_usd=3.7)
    assert args.notify == ["finance@example.ae"]
    assert args.tags == {**DEV_TAGS, "owner": "finance"}
    assert args.aed_per_usd == Decimal("3.7")
    log = azure.AuditLogArgs(resource_group_name="ai")
    assert log.region == "uaenorth"


def test_without_configuration_the_peg_and_the_only_region_apply_and_tags_are_required() -> None:
    args = aws.VaultArgs(purpose=aws.Purpose.MODELS, tags=DEV_TAGS)
    assert args.region == "me-central-1"
    assert aws.BudgetAlarmArgs(**BUDGET, notify=NOTIFY, tags=DEV_TAGS).aed_per_usd == Decimal("3.6725")
    with pytest.raises(BadArguments) as refused:
        azure.StorageClassesArgs.of("classes", {"tenant": "x"})
    lines = str(refused.value).splitlines()
    for name in ("region", "tags"):
        fix = f"add `{name}`, or set it once for all components in `falaj:defaults`."
        assert sum(f"{name}: required field is missing. Fix: {fix}" in line for line in lines) == 1
    assert any("tenant: unknown field" in line for line in lines)


def test_a_default_that_a_component_refuses_is_named_as_such() -> None:
    set_once(tags={"owner": "ml-platform-team"}, notify=[])
    with pytest.raises(BadArguments, match=r"tags\.cost-centre: required"):
        aws.VaultArgs(purpose=aws.Purpose.MODELS)
    set_once(tags=DEV_TAGS, notify=["nobody"])
    with pytest.raises(BadArguments, match=r'notify\.0 \(from falaj:defaults\): "nobody" is not allowed'):
        aws.BudgetAlarmArgs(**BUDGET)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tags": {"owner": "Two Words"}}, r"falaj:defaults\.tags\.owner: .* is not allowed"),
        ({"regions": {"aws": "eu-west-1"}}, r"falaj:defaults\.regions: .*not allowed; allowed: me-central-1"),
        ({"aed_per_usd": 0.27}, r"falaj:defaults\.aed_per_usd: "),
        ({"tag": {}}, r"falaj:defaults\.tag: unknown field\. Fix: did you mean `tags`"),
    ],
)
def test_wrong_defaults_are_refused_with_their_path(values: dict[str, Any], message: str) -> None:
    set_once(**values)
    with pytest.raises(BadArguments, match=message):
        aws.VaultArgs(purpose=aws.Purpose.MODELS, tags=DEV_TAGS)


def test_text_that_is_no_mapping_is_refused() -> None:
    pulumi.runtime.set_all_config({"falaj:defaults": "owner"})
    with pytest.raises(BadArguments, match=r"falaj:defaults: .*not allowed; allowed: a mapping with tags"):
        aws.VaultArgs(purpose=aws.Purpose.MODELS, tags=DEV_TAGS)


@pytest.mark.parametrize("package", [aws, azure, kubernetes])
def test_every_component_takes_tags_currency_and_addresses_from_the_defaults(package: Any) -> None:
    common = {"tags", "aed_per_usd", "notify"}
    arguments = [cls for cls in vars(package).values() if isinstance(cls, type) and issubclass(cls, Args)]
    missing = {
        f"{cls.__name__}.{name}"
        for cls in arguments
        for name in common & set(cls.model_fields) - set(sources_of(cls))
        if cls.model_fields[name].is_required()
    }
    assert missing == set()
    for cls in arguments:
        assert {source.partition(".")[0] for source in sources_of(cls).values()} <= set(PlatformDefaults.model_fields)

"""Every refusal of an arguments or settings class says in words what is allowed and how to fix it."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, get_args

import pytest
from pydantic.fields import FieldInfo

import falaj.components
from falaj.components import aws, azure
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.serving.experiments import SplitSpec
from falaj.components.core.site.cluster_options import AksOptions
from falaj.components.core.site.onprem_specs import OnPremSiteSpec
from falaj.components.core.validation.args import BadArguments, Spec
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.kubernetes import ClusterConnectionSpec
from falaj.components.settings.money import CurrencySettings
from falaj.components.settings.stack import Settings

RAW = re.compile(
    r"matching|should match|correct the value|accordingly|\[a-z|\[A-Z|\[0-9|\\[dws]|\^|\(\?:|\{\d+,"
    r"|Input should|should have|a valid |valid (?:string|integer|list|tuple|dictionary|boolean)|instance of"
)
"""Parts of regular expressions, and words of pydantic, that nobody who reads a message should see."""

VIOLATIONS: tuple[Any, ...] = (
    None, "", "~ !\n", "x" * 5000, 5, -(10**9), 10**12, 1.5, True, float("nan"), float("inf"), object(),
    [], [[]], [{}], [None], ["a", "a"], ["~ !"] * 1001,
    {}, {"~ !": "~ !"}, {"a": None}, {"a": {}}, {"a": []}, {"a": -5},
)  # fmt: skip
"""Values that between them violate every constraint: type, form, range, length, items, keys."""


def _declared() -> Iterator[type[Spec]]:
    """Every class of arguments and settings of the package."""
    for module in pkgutil.walk_packages(falaj.components.__path__, f"{falaj.components.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    classes = [Spec]
    while classes:
        for cls in classes.pop().__subclasses__():
            classes.append(cls)
            if cls.__module__.startswith("falaj."):
                yield cls


CLASSES = sorted(set(_declared()), key=lambda cls: (cls.__module__, cls.__name__))


def problems(cls: type[Spec], **fields: Any) -> dict[str, Problem]:
    """The problems of arguments by their paths."""
    try:
        cls(**fields)
    except BadArguments as refused:
        return {one.path: one for one in refused.problems}
    return {}


def _marks(annotation: Any) -> Iterator[Any]:
    """Everything that annotates a type or a part of it."""
    for mark in getattr(annotation, "__metadata__", ()):
        yield from mark.metadata if isinstance(mark, FieldInfo) else [mark]
        yield from _marks(getattr(mark, "value_type", None))
    for part in get_args(annotation):
        yield from _marks(part)


def _marks_of(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    for mark in field.metadata:
        yield from _marks(getattr(mark, "value_type", None))
    yield from _marks(field.annotation)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_no_message_shows_a_regular_expression_or_leaves_the_fix_open(cls: type[Spec]) -> None:
    for value in VIOLATIONS:
        for problem in problems(cls, **dict.fromkeys(cls.model_fields, value)).values():
            words = f"{problem.allowed} / {problem.condition} / {problem.fix}"
            assert not RAW.search(words), str(problem)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_pattern_has_words_and_an_example_of_its_form(cls: type[Spec]) -> None:
    for name, field in cls.model_fields.items():
        for mark in _marks_of(field):
            if isinstance(mark, TextForm):
                assert re.search(mark.pattern, mark.example), name
                assert mark.words, name
            else:
                assert getattr(mark, "pattern", None) is None, f"{cls.__name__}.{name}: declare it as a TextForm"


@pytest.mark.parametrize(
    ("cls", "field", "value", "path", "message"),
    [
        (
            OnPremSiteSpec,
            "place",
            "DC_1",
            "place",
            '"DC_1" is not allowed; allowed: 2 to 32 lower-case letters, digits and dashes, first a letter, last no '
            "dash, such as dgx-h100. Fix: write it like dgx-h100.",
        ),
        (NodePoolSpec, "max", 0, "max", "allowed: 1 to 1000. Fix: choose a number from 1 to 1000."),
        (NodePoolSpec, "max", "many", "max", "allowed: a whole number from 1 to 1000. Fix: write a whole number from"),
        (NodePoolSpec, "min", -1, "min", "allowed: 0 to 1000. Fix: choose a number from 0 to 1000."),
        (NodePoolSpec, "disk_gib", 1, "disk_gib", "allowed: 30 to 16384. Fix: choose a number from 30 to 16384."),
        (AksOptions, "control_plane_logs", [], "control_plane_logs", "allowed: 1 item or more. Fix: add 1 item."),
        (NodePoolSpec, "machines", "m7g.large", "machines", "allowed: a list. Fix: write a list, [m7g.large]."),
        (NodePoolSpec, "machines", [5], "machines.0", "allowed: text. Fix: write it in quotes."),
        (NodePoolSpec, "aws", {"interconnect": "so"}, "aws.interconnect", "allowed: true or false. Fix: write true or"),
        (BudgetSpec, "notify", ["a@b.ae"] * 12, "notify", "allowed: 1 to 10 items. Fix: remove 2 of the 12."),
        (BudgetSpec, "aed_per_month", 0, "aed_per_month", "allowed: more than 0 and at most 1000000000. Fix:"),
        (CurrencySettings, "aed_per_usd", 9, "aed_per_usd", "allowed: more than 3 and less than 5. Fix: choose"),
        (SplitSpec, "measure", "x", "measure", "allowed: 3 to 200 characters. Fix: write 3 characters or more."),
        (SplitSpec, "measure", "x" * 210, "measure", "allowed: 3 to 200 characters. Fix: shorten it by 10 characters."),
        (SplitSpec, "weights", {"a": 101, "b": 0}, "weights.a", "allowed: 0 to 100. Fix: choose a number"),
        (Settings, "sites", {"UAE": {}}, "sites.UAE", "first a letter, such as awsuae. Fix: write it like awsuae."),
        (azure.FlowLogsArgs, "flow_log_days", 366, "flow_log_days", "allowed: 1 to 365. Fix: choose a number from 1"),
        (aws.NetworkArgs, "trusted_accounts", ["12"], "trusted_accounts.0", "the 12 digits of an AWS account, such as"),
        (aws.NetworkArgs, "tags", {"team": "A B"}, "tags.team", "key and value: at most 63 lower-case letters"),
        (aws.NetworkArgs, "cidr", "10.0.0.0/8", "cidr", "allowed: a block of /16 to /24, such as 10.20.0.0/16. Fix: "),
        (
            aws.ClusterArgs,
            "public_access_cidrs",
            ["0.0.0.0/0"],
            "public_access_cidrs.0",
            "allowed: the blocks of your offices; this one admits every address of the internet. Fix: list the blocks",
        ),
    ],
)  # fmt: skip
def test_a_message_names_what_is_declared_and_the_fix(
    cls: type[Spec], field: str, value: Any, path: str, message: str
) -> None:
    assert message in str(problems(cls, **{field: value})[path])


def test_the_value_given_is_shown_once() -> None:
    text = str(problems(aws.NetworkArgs, cidr="10.0.0.0/8")["cidr"])
    assert text.count("10.0.0.0/8") == 1


def test_a_field_that_is_required_on_a_condition_names_the_condition() -> None:
    assert str(Problem.missing("zone", "interconnect is true", "add `zone`")) == (
        "zone: required where interconnect is true. Fix: add `zone`."
    )
    with pytest.raises(BadArguments, match=r"max: required field is missing\. Fix: add `max`\."):
        NodePoolSpec()  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize("kubeconfig", [{"users": "token: a-secret"}, ["a-secret"], 7])
def test_an_invalid_secret_is_not_shown(kubeconfig: Any) -> None:
    with pytest.raises(BadArguments) as refused:
        ClusterConnectionSpec(context="dc1", servers=["https://10.60.0.10:6443"], kubeconfig=kubeconfig)
    (problem,) = refused.value.problems
    assert (problem.path, problem.given) == ("kubeconfig", "[secret]")
    assert "a-secret" not in str(refused.value)

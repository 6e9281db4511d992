"""What the guardrails say of attacks, idioms and examples of rows in each of which something is odd; a row a file.

Attacks and idioms themselves are recorded elsewhere; here each is changed in some places that its name chooses.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT
from tests.policies import attacks, idioms
from tests.policies.cases import bad_cases, good_cases
from tests.policies.harness import Given, Pack
from tests.policies.test_idioms import STACK
from tests.unit.recorded.odd_values import number_of, odd

FILE = "odd_findings.csv"
ONE_OF = 3
"""One of so many attacks and idioms is changed, chosen by its name."""
Plans = dict[str, tuple[Given, ...]]
"""Name -> plan."""


def plans_of(package: ModuleType) -> dict[str, Plans]:
    """Returns the name of each file of attacks or idioms -> its plans."""
    return {
        module.name: {item.name: item.plan for item in _items(f"{package.__name__}.{module.name}")}
        for module in pkgutil.iter_modules(package.__path__)
    }


def _items(module: str) -> tuple[Any, ...]:
    loaded = importlib.import_module(module)
    items: tuple[Any, ...] = loaded.ATTACKS if hasattr(loaded, "ATTACKS") else loaded.IDIOMS
    return items


def _odd_plan(plan: tuple[Given, ...], name: str) -> tuple[Given, ...]:
    """Returns a plan with one odd value in each resource; each fourth one instead lacks one of its resources."""
    number = number_of(name)
    if len(plan) > 1 and number % 4 == 0:
        return _without(plan, plan[number // 4 % len(plan)].name)
    return tuple(replace(given, props=odd(given.props, f"{name} {given.name}")) for given in plan)


def _without(plan: tuple[Given, ...], name: str) -> tuple[Given, ...]:
    rest = [given for given in plan if given.name != name]
    names = {given.name for given in rest}
    return tuple(
        replace(
            given,
            links={key: tuple(each for each in linked if each in names) for key, linked in given.links.items()},
            parent=given.parent if given.parent in names else "",
        )
        for given in rest
    )


def _examples(is_odd: bool) -> dict[str, Plans]:
    """Returns the first part of a type -> the examples of the rows of all its types, each as a plan of its own."""
    found: dict[str, dict[str, tuple[Given, ...]]] = {}
    for case in (*good_cases(), *bad_cases()):
        given, name = case.resource, " ".join((case.label, *sorted(case.stopped_by)))
        of_family = found.setdefault(_family(given.type), {})
        number = sum(each.startswith(name) for each in of_family)
        props = odd(given.props, f"{name} {number}") if is_odd else given.props
        of_family[f"{name} {number}"] = (replace(given, props=props),)
    return found


def _family(token: str) -> str:
    """Returns the package and the module of a type, without the version of a module of Kubernetes."""
    return token.rpartition(":")[0].partition("/")[0]


def _odd_plans(package: ModuleType) -> dict[str, Plans]:
    return {
        file: {name: _odd_plan(plan, name) for name, plan in plans.items() if number_of(name) % ONE_OF == 0}
        for file, plans in plans_of(package).items()
    }


GROUPS = ("attacks", "idioms", "examples", "odd examples")


def plans(group: str) -> dict[str, Plans]:
    """Returns file, or beginning of a type -> name -> plan."""
    if group.endswith("examples"):
        return _examples(group != "examples")
    return _odd_plans(attacks if group == "attacks" else idioms)


def contents(group: str) -> dict[tuple[str, ...], Any]:
    """Returns what is reported of the plans of each file."""
    pack = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
    return {(group, file): dict(_said(pack, given)) for file, given in plans(group).items()}


def _said(pack: Pack, given: Plans) -> Iterator[tuple[str, list[str]]]:
    for name, plan in given.items():
        stack = () if any(given.type == STACK.type for given in plan) else (STACK,)
        reports = pack.evaluate_plan(*stack, *plan)
        yield name, [f"{report.mandatory} {report.policy} {report.text}" for report in reports]

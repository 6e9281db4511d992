"""Parameters of data stores and brokers are those of a list: what somebody read, with the values that do no harm.

A parameter that nobody has read may leave users out of the records, load a program into the server, run a statement for
each client, or let whoever has some account in; an engine has some hundreds, and each version has new ones. So
`data/parameters.csv` lists those that tune memory, connections, planners, time limits, copies and languages, and those
whose values decide, with the values that do no harm; every other parameter is refused.

The columns are `product,names,values,otherwise,source`; a row may be of several products. Names are without case, with
`_` for spaces, hyphens and brackets; `*` is any part of one, and a name without it counts before one with it, as an
earlier row before a later one. `values` is `any`, `elsewhere` (the guardrail in `source` evaluates the parameter), or
in the form of `switch_rows`, for lists as texts with commas; `otherwise` says what another value does. A
parameter of a group whose family is not known yet may be of any product that has groups of parameters.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, Verdict, failed, undetermined
from ..readers.parameters import GROUP_PRODUCTS, Parameter, parameters_of
from .switch_rows import condition

_ANY, _ELSEWHERE = "any", "elsewhere"
_SEPARATORS = lazy_regex(r"[ ()%/-]+")
_LONGEST = 200
"""Characters of a name that are read: no product has longer ones."""


_OF_AZURE = "azure-native:"
_EVALUATED = frozenset({
    "log_connections", "log_disconnections", "log_min_error_statement", "log_min_messages", "password_encryption",
    "pgaudit.log", "ssl_max_protocol_version", "ssl_min_protocol_version",
})  # fmt: skip
"""Parameters of servers of Azure that FJ-RSL-117 and the rules of encryption in transit evaluate."""
_LONGEST_SHOWN = 80
"""Characters of what is asked for that a message shows."""


@dataclass(frozen=True)
class ListedParameter:
    """The values of a parameter that do no harm, and what another value does."""

    values: str
    otherwise: str


@dataclass(frozen=True)
class ProductParameters:
    """The listed parameters of a product, by their names and by patterns of others."""

    whole: Mapping[str, ListedParameter]
    others: Sequence[tuple[str, ListedParameter]]
    """The patterns in their order, with their rows."""

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        """All patterns, each a group, made as soon as a program has the product."""
        return re.compile("|".join(f"({pattern})" for pattern, _ in self.others))

    def find(self, name: str) -> ListedParameter | None:
        """Returns the row of a name, or None if it is not listed."""
        if row := self.whole.get(name):
            return row
        found = self._expression.fullmatch(name)
        return self.others[found.lastindex - 1][1] if found and found.lastindex else None


def parameter_name(name: str) -> str:
    """Returns a name as the list writes it."""
    return _SEPARATORS.sub("_", name.strip().lower()[:_LONGEST]).rstrip("_")


def product_names(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yields each product of a row with each of the names."""
    yield from product(row["product"].split(), row["names"].split())


@cache
def listed_parameters() -> Mapping[str, ProductParameters]:
    """Returns the list of each product."""
    whole: dict[str, dict[str, ListedParameter]] = defaultdict(dict)
    others: dict[str, list[tuple[str, ListedParameter]]] = defaultdict(list)
    with (DATA / "parameters.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = ListedParameter(row["values"], row["otherwise"])
            for owner, name in product_names(row):
                if "*" in name:
                    others[owner].append((r"[\w.*]*".join(map(re.escape, name.split("*"))), found))
                else:
                    whole[owner][name] = found
    return {owner: ProductParameters(whole[owner], others[owner]) for owner in sorted({*whole, *others})}


def check_listed_parameters(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each parameter that is not listed, or that has a value which is not."""
    for item in parameters_of(resource):
        owners = [item.product] if item.product else GROUP_PRODUCTS
        found = [row for owner in owners if (row := _find(owner, item.name)) is not None]
        if not found:
            kind = f" of {item.product}" if item.product else ""
            yield failed(f"{item.path} is a parameter{kind} that nobody has reviewed", item.path)
        elif resource.type.startswith(_OF_AZURE) and parameter_name(item.name) in _EVALUATED:
            continue
        elif all(row.values not in (_ANY, _ELSEWHERE) for row in found):
            yield from _evaluate(item, found[0])


def _find(owner: str, name: str) -> ListedParameter | None:
    listed = listed_parameters().get(owner)
    return None if listed is None else listed.find(parameter_name(name))


def _evaluate(item: Parameter, row: ListedParameter) -> Iterator[Outcome]:
    rule = condition(row.values)
    value = _joined(item.value)
    verdict = rule.judge(value)
    if verdict is Verdict.UNDETERMINED or value is UNKNOWN:
        text = f"{item.path} is not known before deployment, and with some values {row.otherwise}"
        yield undetermined(text, item.path)
    elif verdict is Verdict.FAIL:
        wanted = rule.requirement if len(rule.requirement) <= _LONGEST_SHOWN else "must have another value"
        yield failed(f"{item.path} {wanted}: otherwise {row.otherwise}", item.path)


def _joined(value: Plain) -> Plain:
    """Returns a list as the text with commas that products take for it too; one of which a part is not known is not
    known."""
    if not isinstance(value, list):
        return value
    return UNKNOWN if UNKNOWN in value else ",".join(map(str, value))

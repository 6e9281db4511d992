"""The check of arguments at run time: what it refuses, what it lets pass, and when."""

import sys
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Annotated, Any, Literal, Protocol, TypedDict

import pytest

from tests.checked_calls import check_calls, checking, kinds_of

SOURCE = """
from __future__ import annotations
from dataclasses import dataclass

def total(prices: list[float], *, unit: str = "USD", anything=None) -> str:
    return f"{sum(prices)} {unit}"

@dataclass(frozen=True, slots=True)
class Price:
    usd: float
    source: str | None = None

    def times(self, number: int) -> float:
        return self.usd * number

    @classmethod
    def free(cls, source: str) -> Price:
        return cls(0, source)
"""


@pytest.fixture
def prices() -> Iterator[Any]:
    module = ModuleType("falaj.finops.example")
    sys.modules[module.__name__] = module
    exec(SOURCE, vars(module))  # noqa: S102 - the source above
    user = ModuleType("tests.example")
    user.total = module.total  # type: ignore[attr-defined]
    sys.modules[user.__name__] = user
    check_calls([module])
    check_calls([module])  # once more changes nothing
    yield user
    del sys.modules[module.__name__], sys.modules[user.__name__]


def test_arguments_of_another_type_are_refused_wherever_a_function_is_imported(prices: Any) -> None:
    with checking():
        assert prices.total([1, 2], unit="AED") == "3 AED"
        with pytest.raises(TypeError, match=r"falaj\.finops\.example\.total: None is not"):
            prices.total(None)
        with pytest.raises(TypeError, match="total: None is not"):
            prices.total([1], unit=None)
    assert prices.total([1], unit=None) == "1 None"


@pytest.mark.parametrize(
    "call",
    [
        lambda price: price("1"),
        lambda price: price(1, 2),
        lambda price: price(1).times("2"),
        lambda price: price(1).times(number=None),
        lambda price: price.free(None),
    ],
)
def test_fields_and_methods_are_checked(prices: Any, call: Callable[[Any], Any]) -> None:
    price = sys.modules["falaj.finops.example"].Price
    with checking():
        assert (price(1, None).times(2), price.free("none").usd) == (2, 0)
        assert price(pytest.approx(1)).source is None  # a test's stand-in for a value
        with pytest.raises(TypeError, match="is not"):
            call(price)


class Keys(TypedDict):
    """A type that is not checked at run time."""

    name: str


class Named(Protocol):
    """Another one."""

    name: str


@pytest.mark.parametrize(
    ("declared", "kinds"),
    [
        (int, (int,)),
        (float, (int, float)),
        (str | None, (str, type(None))),
        (Annotated[str, "a name"], (str,)),
        (Literal["a", "b"], (str,)),
        (Mapping[str, int], (Mapping,)),
        (None, (type(None),)),
        (Any, ()),
        (object, ()),
        (Keys, ()),
        (Named, ()),
        (str | Any, ()),
    ],
)
def test_classes_of_a_declared_type(declared: Any, kinds: tuple[type, ...]) -> None:
    assert kinds_of(declared) == kinds

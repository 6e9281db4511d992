"""How arguments are declared: one frozen class each, which types, documents and validates them.

`Spec` is the base of everything that a stack file or a component says; `Args` is a `Spec` that a component takes.
A spec is used three ways: natively (`VaultArgs(...)`, complete in an editor), by the plug-in host (which hands over a
mapping), and by the settings of a stack file that feed the component.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar, cast, dataclass_transform

import pulumi
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationError, model_validator
from pydantic_core import CoreSchema, core_schema

from falaj.components.core.validation.callers import calling_line
from falaj.components.core.validation.deprecations import with_moved_keys
from falaj.components.core.validation.problems import Problem, problems_of

R_co = TypeVar("R_co", covariant=True)
W_contra = TypeVar("W_contra", contravariant=True)


class BadArguments(pulumi.RunError):
    """Arguments that a component refuses. The message names the component, or the class of the arguments and the line
    of the program that built them; it holds one line a problem: where, given, allowed, fix."""

    def __init__(self, component: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{component}: " + "\n  ".join(str(problem) for problem in problems))


class ResolvedLater:
    """Marks a field whose value another resource may provide: a known value is validated, an Output is not."""

    def __init__(self, value_type: Any, secret: bool = False) -> None:
        self.value_type, self.secret = value_type, secret

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def unless_output(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
            is_known = not isinstance(value, pulumi.Output)
            return validate(value) if is_known else cast(Any, value)

        known = handler.generate_schema(self.value_type)
        return core_schema.no_info_wrap_validator_function(unless_output, known)


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass

    Input = pulumi.Input
    SecretInput = pulumi.Input

    class Accepts(Generic[R_co, W_contra]):
        """`Accepts[R, W]`: a field that takes a `W` and, once validated, is an `R`."""

        def __get__(self, instance: object, owner: Any) -> R_co: ...
        def __set__(self, instance: object, value: W_contra) -> None: ...

    _E = TypeVar("_E")
    Choice = Accepts[_E, _E | str]

    @dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
    class _FrozenModel(ModelMetaclass):
        """Tells type checkers that fields never change, so that a subclass may narrow the type of one."""

    class _ReportsAllProblems(BaseModel, metaclass=_FrozenModel): ...
else:

    class Input:
        """`Input[T]`: a `pulumi.Input[T]`, validated as a `T` where its value is known already."""

        def __class_getitem__(cls, value_type: Any) -> Any:
            return Annotated[Any, ResolvedLater(value_type)]

    class SecretInput:
        """An `Input` that is encrypted in the state."""

        def __class_getitem__(cls, value_type: Any) -> Any:
            return Annotated[Any, ResolvedLater(value_type, secret=True)]

    class Accepts:
        """`Accepts[R, W]`: a field that takes a `W` and, once validated, is an `R`."""

        def __class_getitem__(cls, types: tuple[Any, Any]) -> Any:
            return types[0]

    class Choice:
        """`Choice[E]`: a member of the enum, given as such or as its word."""

        def __class_getitem__(cls, enum: Any) -> Any:
            return enum

    class _ReportingMetaclass(type(BaseModel)):
        """A refused construction names every problem the way settings do."""

        def __call__(cls, /, *args: Any, **fields: Any) -> Any:
            try:
                return super().__call__(*args, **fields)
            except ValidationError as refused:
                line = calling_line()
                built = f"{cls.__name__} ({line})" if line else cls.__name__
                raise BadArguments(built, problems_of(refused, model=cls)) from None

    class _ReportsAllProblems(BaseModel, metaclass=_ReportingMetaclass):
        pass


def default(value: Any = None, **constraints: Any) -> Any:
    """The default of a field whose declared type is `Accepts` or `Choice`, with `Field`'s constraints."""
    return Field(default=value, **constraints)


class Spec(_ReportsAllProblems):
    """Declared once: names, types, defaults, constraints and documentation. Frozen; unknown fields are refused.

    A docstring under a field is its documentation in editors, in the plug-in's schema and in the reference.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    moved_keys: ClassVar[Mapping[str, str]] = {}
    """Old name of a field -> dotted path of the field that replaces it. The old one is accepted with a deprecation
    warning for one minor version."""

    @model_validator(mode="before")
    @classmethod
    def _accept_moved_keys(cls, given: Any) -> Any:
        return with_moved_keys(cls.__name__, cls.moved_keys, given) if cls.moved_keys else given


class Args(Spec):
    """Arguments of a component."""

    @classmethod
    def of(cls, component: str, args: Self | Mapping[str, Any]) -> Self:
        """The validated arguments of the component of that name.

        Raises `BadArguments` that names every problem. The plug-in host gives a mapping, Python programs an instance.
        """
        if isinstance(args, cls):
            return args
        try:
            return cls.model_validate(dict(args))
        except ValidationError as refused:
            raise BadArguments(component, problems_of(refused, model=cls)) from None

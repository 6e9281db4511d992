"""Base classes of arguments: one frozen class per set of arguments declares types, documentation and validation.

`Spec` is the base of all models of stack files and components; `Args` is a `Spec` with the arguments of a component.
A spec is created in three ways: by Python programs (`VaultArgs(...)`, with completion in editors), by the plug-in host
(from a mapping), and by the settings of a stack file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar, cast, dataclass_transform

import pulumi
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, ValidationError, model_validator
from pydantic_core import CoreSchema, core_schema

from falaj.components.core.validation.callers import calling_line
from falaj.components.core.validation.deprecations import with_moved_keys
from falaj.components.core.validation.numbers import without_booleans
from falaj.components.core.validation.platform_defaults import completed
from falaj.components.core.validation.problems import BadArguments, Problem, problems_of, refusal, refuse_if
from falaj.components.core.validation.set_once import origin, sources_of

R_co = TypeVar("R_co", covariant=True)
W_contra = TypeVar("W_contra", contravariant=True)


def _problems_in(error: ValidationError, model: type[BaseModel], given: Mapping[str, Any]) -> list[Problem]:
    """Returns the problems in arguments; those in values that were not given name their origin."""
    return [
        problem if problem.given is None else replace(problem, path=origin(problem.path, model, given))
        for problem in problems_of(error, model=model)
    ]


HIDDEN = "[secret]"
"""Stands for the value of a secret in messages."""


class ResolvedLater:
    """Annotation of a field that accepts Outputs: known values are validated, Outputs are not."""

    def __init__(self, value_type: Any, secret: bool = False) -> None:
        self.value_type, self.secret = value_type, secret

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def unless_output(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
            if isinstance(value, pulumi.Output):
                return cast(Any, value)
            try:
                return validate(value)
            except ValidationError:
                if self.secret:
                    raise refusal("a text", "correct the secret", given=HIDDEN) from None
                raise

        value_schema = handler.generate_schema(self.value_type)
        return core_schema.no_info_wrap_validator_function(unless_output, value_schema)


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass

    Input = pulumi.Input
    SecretInput = pulumi.Input

    class Accepts(Generic[R_co, W_contra]):
        """`Accepts[R, W]`: a field that accepts a `W` and is an `R` after validation."""

        def __get__(self, instance: object, owner: Any) -> R_co: ...
        def __set__(self, instance: object, value: W_contra) -> None: ...

    _E = TypeVar("_E")
    Choice = Accepts[_E, _E | str]

    @dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
    class _FrozenModel(ModelMetaclass):
        """Tells type checkers that fields are immutable, so that a subclass may narrow the type of a field."""

    class _ReportsAllProblems(BaseModel, metaclass=_FrozenModel): ...
else:

    class Input:
        """`Input[T]`: a `pulumi.Input[T]`, validated as a `T` if its value is known."""

        def __class_getitem__(cls, value_type: Any) -> Any:
            return Annotated[Any, ResolvedLater(value_type)]

    class SecretInput:
        """`SecretInput[T]`: an `Input[T]` that is encrypted in the state."""

        def __class_getitem__(cls, value_type: Any) -> Any:
            return Annotated[Any, ResolvedLater(value_type, secret=True)]

    class Accepts:
        """`Accepts[R, W]`: a field that accepts a `W` and is an `R` after validation."""

        def __class_getitem__(cls, types: tuple[Any, Any]) -> Any:
            return types[0]

    class Choice:
        """`Choice[E]`: a member of the enum `E`, or its value."""

        def __class_getitem__(cls, enum: Any) -> Any:
            return enum

    class _ReportingMetaclass(type(BaseModel)):
        """Makes constructors raise `BadArguments` with all problems, in the format of settings errors."""

        def __call__(cls, /, *args: Any, **fields: Any) -> Any:
            try:
                return super().__call__(*args, **fields)
            except ValidationError as error:
                line = calling_line()
                built = f"{cls.__name__} ({line})" if line else cls.__name__
                raise BadArguments(built, _problems_in(error, cls, fields)) from None

    class _ReportsAllProblems(BaseModel, metaclass=_ReportingMetaclass):
        pass


def default(value: Any = None, **constraints: Any) -> Any:
    """Returns a `Field` with a default, for fields declared as `Accepts` or `Choice`; `constraints` are those of
    `Field`."""
    return Field(default=value, **constraints)


class Spec(_ReportsAllProblems):
    """Base of models of settings and arguments. Instances are frozen and unknown fields are rejected.

    The docstring under a field is its documentation in editors, in the plug-in's schema and in the reference.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    moved_keys: ClassVar[Mapping[str, str]] = {}
    """Old name of a field -> dotted path of its replacement. Old names are accepted for one minor version, with a
    deprecation warning. A class adds its own to those of its bases."""

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        super().__pydantic_init_subclass__(**options)
        declared = [vars(base).get("moved_keys", {}) for base in reversed(cls.__mro__)]
        cls.moved_keys = {old: new for moved in declared for old, new in moved.items()}

    @model_validator(mode="before")
    @classmethod
    def _accept_moved_keys(cls, given: Any) -> Any:
        return with_moved_keys(cls.__name__, cls.moved_keys, given) if cls.moved_keys else given

    @model_validator(mode="after")
    def _has_no_problems(self) -> Self:
        refuse_if(self._problems())
        return self

    def _problems(self) -> Iterable[Problem]:
        """Returns what is wrong although each field is valid by itself; it is looked at before validators of
        subclasses."""
        return ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return without_booleans(handler(source))


class Args(Spec):
    """Arguments of a component. Fields declared with `set_once` may be missing: `PlatformDefaults` has their value."""

    @model_validator(mode="before")
    @classmethod
    def _take_defaults(cls, given: Any) -> Any:
        sources = sources_of(cls)
        return completed(cast("Mapping[str, Any]", given), sources) if sources and isinstance(given, Mapping) else given

    @classmethod
    def of(cls, component: str, args: Self | Mapping[str, Any]) -> Self:
        """Validates the arguments of the component named `component`. Raises `BadArguments` with all problems.

        Python programs pass an instance, the plug-in host passes a mapping.
        """
        if isinstance(args, cls):
            return args
        given = dict(args)
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise BadArguments(component, _problems_in(error, cls, given)) from None

"""What a plan is made of: frozen things of the right types."""

from __future__ import annotations

from typing import Any, TypeVar, cast, dataclass_transform

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.dataclasses import dataclass
from pydantic_core.core_schema import CoreSchema, is_instance_schema

_CHECKED = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True)
T = TypeVar("T")


class Part:
    """A thing within a model: it is there already, so pydantic only asks whether it is one."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """An instance, and nothing else."""
        return is_instance_schema(cls)


class Model(BaseModel):
    """Frozen and strict; a wrong type is a fault in the reader, and its values stay out of messages."""

    model_config = ConfigDict(**_CHECKED, frozen=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - the signature is pydantic's
        """What pydantic asks of its fields; of one within another model only that it is one."""
        return is_instance_schema(cls) if cls.__pydantic_complete__ else handler(source)


class Line:
    """Frozen and strict as a model is, in a quarter of its memory: a plan has as many as it has rows."""

    __slots__ = ()
    __pydantic_complete__ = False

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - as above
        """As a model's."""
        return is_instance_schema(cls) if cls.__pydantic_complete__ else handler(source)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def line(kind: type[T]) -> type[T]:
    """Make a line of what has its fields."""
    made = dataclass(slots=True, frozen=True, kw_only=True, config=_CHECKED)(kind)
    return cast("type[T]", made)

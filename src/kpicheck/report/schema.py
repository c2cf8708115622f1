"""The JSON Schema of a report, made from the classes of its shape."""

from __future__ import annotations

import json
import types
import typing
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from kpicheck.report.shape import VERSION, RunView


def schema(shape: type[tuple[object, ...]] = RunView) -> str:
    """The JSON Schema of the report."""
    return json.dumps(model(shape).model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"


@cache
def model(shape: type[tuple[object, ...]]) -> type[BaseModel]:
    """The class as pydantic knows it: an object with exactly those fields."""
    fields: dict[str, Any] = {name: (_type(hint), ...) for name, hint in typing.get_type_hints(shape).items()}
    defaults: dict[str, object] = getattr(shape, "_field_defaults", {})
    fields |= {name: (fields[name][0], default) for name, default in defaults.items()}
    if "schema" in fields:  # a name that pydantic has itself
        numbered = {"schema_": (int, Field(VERSION, alias="schema"))}
        fields = numbered | {name: one for name, one in fields.items() if name != "schema"}
    config = ConfigDict(frozen=True, extra="forbid")
    made: type[BaseModel] = create_model(shape.__name__, __config__=config, __doc__=shape.__doc__, **fields)
    return made


def _type(hint: Any) -> Any:  # noqa: ANN401 - a type hint may be anything
    if hasattr(hint, "_fields"):
        return model(hint)
    inner = tuple(_type(one) for one in typing.get_args(hint))
    if not inner:
        return hint
    if isinstance(hint, types.UnionType):
        return typing.Union[inner]  # noqa: UP007 - the members are known only here
    return typing.get_origin(hint)[inner]

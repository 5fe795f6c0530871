"""`Operation`: one documented provider call as a typed object.

A subclass names the call and declares its parameters as fields, with the provider's own names and
types. Where a parameter travels is inferred: a name in the path template travels in the path, the
others in the query of a read and in the body of a write; `Annotated[..., Place.QUERY]` says
otherwise. From this one declaration come the request, its validation before anything is sent, the
command line's `api`, and the reference.

    class GetFlow(YayOperation[FlowRecord], call="GET /voip/flow/{uuid}", alias="flow.get"):
        \"\"\"Gets one call flow.\"\"\"

        uuid: Annotated[str, Field(min_length=1)]
"""

from __future__ import annotations

import base64
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar
from urllib.parse import quote

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bot.domain.errors import UsageError
from bot.domain.operations import Effect, OperationInfo, Parameter, Place

__all__ = [
    "Blob",
    "Effect",
    "FileContent",
    "Operation",
    "Parameter",
    "Place",
    "Whole",
    "find",
    "named",
    "wire_name",
]

R = TypeVar("R")

_IN_PATH = re.compile(r"{(\w+)}")


def _no_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "input should be a whole number")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth)]
"""A whole number: typed as 501 or "501"; true and false are none."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file that a call answers with: a recording, a fax.

    As JSON it is `{"content_type", "base64"}`.
    """

    content_type: str
    content: bytes = field(repr=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(cls._as_json, when_used="json")
        return core_schema.is_instance_schema(cls, serialization=written)

    def _as_json(self) -> dict[str, str]:
        return {
            "content_type": self.content_type,
            "base64": base64.b64encode(self.content).decode(),
        }


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that a call takes.

    It is read from bytes, from text, or from JSON: `{"base64", "name"}`, the name may be missing.
    """

    content: bytes = field(repr=False)
    name: str = "file"

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_as_file)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "format": "binary"}


def _as_file(value: Any) -> FileContent:
    match value:
        case str():
            file = FileContent(value.encode())
        case bytes():
            file = FileContent(value)
        case FileContent():
            file = value
        case {"base64": str(encoded), **others} if others.keys() <= {"name"}:
            try:
                content = base64.b64decode(encoded, validate=True)
            except ValueError:
                raise PydanticCustomError("file_encoding", "is no base64") from None
            file = FileContent(content, str(others.get("name", "file")))
        case _:
            raise PydanticCustomError("file_type", "is a file; give it as key=@PATH")
    if not file.content:
        raise PydanticCustomError("file_empty", "the file is empty")
    return file


class Operation(BaseModel, Generic[R]):
    """Base of every documented call; `R` is the decoded result.

    Class keywords:
        call: method and path template, or the function's name, as the provider documents it.
        alias: a friendlier name.
        effect: what it does; inferred as a read for GET.
        rehearsal: the parameter by which the provider only tries it out.

    Attributes:
        name: the canonical name, which is `call`.
        purpose: the first line of the docstring.
        answers: the type of the decoded result.
    """

    model_config = ConfigDict(extra="forbid", validate_default=True, populate_by_name=True)

    name: ClassVar[str] = ""
    method: ClassVar[str] = ""
    path: ClassVar[str] = ""
    alias: ClassVar[str] = ""
    effect: ClassVar[Effect] = Effect.READS
    provider: ClassVar[str] = ""
    rehearsal: ClassVar[str] = ""
    answers: ClassVar[Any] = None
    result: ClassVar[TypeAdapter[Any]]

    def __init_subclass__(cls, **_: Any) -> None:
        """Keep the class keywords from `Generic`, which would refuse them."""
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        call: str = "",
        alias: str = "",
        effect: Effect | None = None,
        rehearsal: str = "",
        **kwargs: Any,
    ) -> None:
        """Check the declaration, so that a wrong one fails at import."""
        super().__pydantic_init_subclass__(**kwargs)
        if not call:
            return
        cls.name, cls.alias, cls.rehearsal = call, alias, rehearsal
        method, _, path = call.partition(" ")
        cls.method, cls.path = (method, path) if path else ("", "")
        if effect is None and cls.method != "GET":
            raise TypeError(f"{cls.__name__}: a call that is no GET says its effect")
        cls.effect = effect or Effect.READS
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__}: the docstring is the help text")
        lost = set(_IN_PATH.findall(cls.path)) - set(cls.model_fields)
        if lost:
            raise TypeError(f"{cls.__name__}: the path names {', '.join(sorted(lost))}, no field")
        cls.answers = _result_type(cls)
        cls.result = TypeAdapter(cls.answers)

    @classmethod
    def purpose(cls) -> str:
        """What the call is for, in one line."""
        return (cls.__doc__ or "").strip().partition("\n")[0]

    @classmethod
    def info(cls) -> OperationInfo:
        """The call as somebody sees it who does not know the provider."""
        return OperationInfo(
            cls.name,
            cls.alias,
            cls.purpose(),
            cls.effect,
            tuple(cls.parameters()),
            cls.rehearsal,
        )

    @classmethod
    def place_of(cls, field: str) -> Place:
        """Where a field travels."""
        said = [mark for mark in cls.model_fields[field].metadata if isinstance(mark, Place)]
        if said:
            return said[0]
        if field in _IN_PATH.findall(cls.path):
            return Place.PATH
        in_address = cls.effect is Effect.READS or cls.method == "DELETE"
        return Place.QUERY if in_address else Place.BODY

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """All parameters in the order of their declaration."""
        whole = cls.model_json_schema() if cls.model_fields else {}
        # A schema that refers to others brings them along.
        others = {"$defs": whole["$defs"]} if "$defs" in whole else {}
        return [
            Parameter(
                wire_name(name, field),
                cls.place_of(name),
                field.is_required(),
                _complete(whole["properties"][wire_name(name, field)], others),
                field.description or "",
            )
            for name, field in cls.model_fields.items()
        ]

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Build the call from parameters as somebody typed them.

        Raises:
            UsageError: a parameter is unknown, missing, empty in the path, or of a wrong type; the
                sentence names all of them.
        """
        try:
            return cls.model_validate(given)
        except ValidationError as wrong:
            known = ", ".join(parameter.name for parameter in cls.parameters()) or "none"
            raise UsageError(
                f"{cls.name}: {_sentences(wrong)}", hint=f"Its parameters: {known}."
            ) from None

    def values(self, place: Place) -> dict[str, Any]:
        """The parameters that travel in one place and were given, as JSON values; no files."""
        chosen = {
            name
            for name in type(self).model_fields
            if self.place_of(name) is place and not isinstance(getattr(self, name), FileContent)
        }
        return self.model_dump(mode="json", by_alias=True, include=chosen, exclude_unset=True)

    def files(self) -> dict[str, FileContent]:
        """The files that were given, by the provider's name of their parameter."""
        given = {
            wire_name(name, field): getattr(self, name)
            for name, field in type(self).model_fields.items()
        }
        return {name: value for name, value in given.items() if isinstance(value, FileContent)}

    def filled_path(self, template: str = "") -> str:
        """The path with its parameters, each escaped so that it stays one segment.

        Args:
            template: stands for the documented path, where settings know a better one.

        Raises:
            UsageError: a parameter would leave its segment empty or walk out of it.
        """
        values = self.values(Place.PATH)

        def segment(found: re.Match[str]) -> str:
            value = str(values[found[1]])
            if value in ("", ".", ".."):
                raise UsageError(f"{self.name}: {found[1]}: “{value}” is no identifier.")
            return quote(value, safe="")

        return _IN_PATH.sub(segment, template or self.path)


def _complete(schema: Mapping[str, Any], others: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**schema, **others} if "'$ref'" in str(schema) else schema


def wire_name(name: str, field: FieldInfo) -> str:
    """How the provider spells a field."""
    return field.alias or name


def _result_type(cls: type[BaseModel]) -> Any:
    for base in cls.__mro__:
        arguments = getattr(base, "__pydantic_generic_metadata__", {}).get("args", ())
        if arguments and not isinstance(arguments[0], TypeVar):
            return arguments[0]
    raise TypeError(f"{cls.__name__}: declare what it answers, as Operation[Answer]")


def _sentences(wrong: ValidationError) -> str:
    words = {
        "extra_forbidden": "there is no such parameter",
        "missing": "is required",
        "string_too_short": "must not be empty",
        "dict_type": "is a map; give it through --json",
        "list_type": "is a list; give it through --json",
    }
    return "; ".join(
        f"{'.'.join(str(part) for part in error['loc']) or 'value'}: "
        f"{words.get(error['type'], _uncapitalised(error['msg']))}"
        for error in wrong.errors(include_url=False, include_input=False)
    )


def _uncapitalised(words: str) -> str:
    # Only its first letter: what follows may quote a value.
    words = words.removeprefix("Value error, ")
    return words[:1].lower() + words[1:]


def find(operations: tuple[type[Operation[Any]], ...], name: str) -> type[Operation[Any]] | None:
    """The operation with this canonical name or alias; case and spare blanks do not matter."""
    wanted = " ".join(name.split()).casefold()
    return next((o for o in operations if wanted in (o.name.casefold(), o.alias.casefold())), None)


def named(
    operations: tuple[type[Operation[Any]], ...], name: str, *, listed_by: str = ""
) -> type[Operation[Any]]:
    """The operation that somebody means.

    Args:
        listed_by: a sentence that says what lists them all.

    Raises:
        UsageError: there is none; the hint names the nearest.
    """
    found = find(operations, name)
    if found is None:
        names = [word for o in operations for word in (o.name, o.alias) if word]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"Did you mean “{near[0]}”?" if near else listed_by
        raise UsageError(f"There is no operation “{name}”.", hint=hint)
    return found

"""Values that travel as one string and are a type of their own here."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Spelt:
    """A value that is read from a string and written as one.

    Attributes:
        example: of the string, for whoever types one.
    """

    __slots__ = ()
    example: ClassVar[str] = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The value that a string spells.

        Raises:
            ValueError: it spells none; the sentence says why.
        """
        raise NotImplementedError

    @classmethod
    def _read(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            words = "is written as text, like {example}"
            raise PydanticCustomError("string_type", words, {"example": cls.example})
        return cls.parse(value)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read with `parse`, write with `str`."""
        del source, handler
        return core_schema.no_info_plain_validator_function(
            cls._read, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A string, with its example."""
        del schema, handler
        return {"type": "string", "examples": [cls.example]}

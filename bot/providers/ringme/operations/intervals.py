"""Time intervals, to which rules can be bound.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Wire


class Condition(Wire):
    """When an interval holds; all parts that are given must fit."""

    start_datetime: str | None = Field(None, description="with end_datetime it overrules all else")
    end_datetime: str | None = None
    start_time: str | None = Field(None, description="hh:mm:ss")
    end_time: str | None = Field(None, description="hh:mm:ss")
    start_dow: int | None = Field(None, description="1 is Sunday, 7 Saturday; 0 is none")
    end_dow: int | None = Field(None, description="may lie before start_dow")
    start_mday: int | None = Field(None, description="1 to 31")
    end_mday: int | None = Field(None, description="1 to 31")
    month: int | None = Field(None, description="1 to 12")


class Interval(Wire):
    """A time interval."""

    dealer_id: int | None = None
    name: str | None = None
    extension_id: int | None = None
    client_id: int | None = None
    timezone: str | None = None
    conditions: list[Condition] | None = None
    id: int | None = None


class CreateInterval(
    OfExtension[Interval],
    call="POST /extension/{extension_id}/interval/",
    alias="interval.create",
    effect=Effect.CHANGES,
):
    """Adds a time interval, to which rules can be bound."""

    timezone: str = Field(description="IANA zone of the conditions")
    conditions: list[Condition] = Field(description="when it holds")
    name_: str = Field(alias="name", description="what the interval is called")


class ListIntervals(
    OfExtension[list[Interval]],
    call="GET /extension/{extension_id}/interval/",
    alias="interval.list",
):
    """Gets the time intervals of an extension."""


class UpdateInterval(
    OfExtension[Interval],
    call="PUT /extension/{extension_id}/interval/{interval_id}",
    alias="interval.update",
    effect=Effect.CHANGES,
):
    """Replaces a time interval as a whole."""

    interval_id: Whole = Field(description="the interval")
    timezone: str = Field(description="IANA zone of the conditions")
    conditions: list[Condition] = Field(description="when it holds")
    name_: str = Field(alias="name", description="what the interval is called")


class GetInterval(
    OfExtension[Interval],
    call="GET /extension/{extension_id}/interval/{interval_id}",
    alias="interval.get",
):
    """Gets one time interval."""

    interval_id: Whole = Field(description="the interval")


class DeleteInterval(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/interval/{interval_id}",
    alias="interval.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes a time interval."""

    interval_id: Whole = Field(description="the interval")

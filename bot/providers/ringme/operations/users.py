"""People who may sign in for an extension.

Written by `bot.providers.ringme.generate`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.providers.operations import Effect, Whole
from bot.providers.ringme.wire import Nothing, OfExtension, Wire

Access = Literal["full", "read_only"]
UserStatus = Literal["active", "blocked"]


class User(Wire):
    """Somebody who may sign in for an extension."""

    comment: str | None = None
    status: str | None = None
    name: str | None = None
    email: str | None = None
    access: str | None = None
    extension_id: int | None = None
    extra_params: str | None = None
    timezone: str | None = None
    login: str | None = None
    id: int | None = None


class CreateUser(
    OfExtension[User],
    call="POST /extension/{extension_id}/user/extension/",
    alias="user.create",
    effect=Effect.CHANGES,
):
    """Adds somebody who may sign in for an extension."""

    comment: str | None = Field(None, description="a note")
    status: UserStatus | None = Field(None, description="whether signing in works")
    name_: str = Field(alias="name", description="what they are called")
    email_notify: bool | None = Field(False, description="mail the access data to them")
    access: Access | None = Field(None, description="what they may do")
    extra_params: str | None = Field(None, description="for the program's own use")
    timezone: str | None = Field(None, description="IANA zone")
    login: str = Field(description="what they sign in with")
    password: str = Field(description="what they prove it with")
    email_for_notify: str | None = Field(None, description="where that mail goes")
    email: str = Field(description="their address")


class ListUsers(
    OfExtension[list[User]], call="GET /extension/{extension_id}/user/extension/", alias="user.list"
):
    """Gets everybody who may sign in for an extension."""

    id: list[Whole] | None = Field(None, description="only these")
    login: list[str] | None = Field(None, description="only these")
    name_: list[str] | None = Field(None, alias="name", description="only these")
    email: list[str] | None = Field(None, description="only these")
    comment: list[str] | None = Field(None, description="only these")
    status: list[str] | None = Field(None, description="only these")
    timezone: list[str] | None = Field(None, description="only these")
    access: list[str] | None = Field(None, description="only these")


class UpdateUser(
    OfExtension[User],
    call="PUT /extension/{extension_id}/user/extension/{user_id}",
    alias="user.update",
    effect=Effect.CHANGES,
):
    """Changes somebody who may sign in; the login stays."""

    user_id: Whole = Field(description="who")
    comment: str | None = Field(None, description="a note")
    status: UserStatus | None = Field(None, description="whether signing in works")
    name_: str | None = Field(None, alias="name", description="what they are called")
    access: Access | None = Field(None, description="what they may do")
    extra_params: str | None = Field(None, description="for the program's own use")
    timezone: str | None = Field(None, description="IANA zone")
    password: str | None = Field(None, description="what they prove it with")
    email: str | None = Field(None, description="their address")


class GetUser(
    OfExtension[User],
    call="GET /extension/{extension_id}/user/extension/{user_id}",
    alias="user.get",
):
    """Gets one of those who may sign in."""

    user_id: Whole = Field(description="who")


class DeleteUser(
    OfExtension[Nothing],
    call="DELETE /extension/{extension_id}/user/extension/{user_id}",
    alias="user.delete",
    effect=Effect.CANNOT_BE_UNDONE,
):
    """Deletes somebody who may sign in."""

    user_id: Whole = Field(description="who")

"""The settings: one tree, read once, every secret a `SecretStr`.

They come from `switchboard.toml` (or the file that SWITCHBOARD_CONFIG names), over which the
environment may lay single values (`SWITCHBOARD_DATABASE__URL`). Any value may be `env:NAME`
or `file:PATH`.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    InstanceOf,
    SecretStr,
    SerializeAsAny,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.sources.utils import parse_env_vars

from bot.domain.errors import SetupError, UsageError
from bot.domain.numbers import PhoneNumber
from bot.domain.people import Role
from bot.providers.account import AccountSettings
from bot.providers.registry import SLUGS, spec

FILE = "switchboard.toml"
FILE_VARIABLE = "SWITCHBOARD_CONFIG"
PREFIX = "SWITCHBOARD_"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SlackSettings(_Section):
    """How the bot reaches Slack, and Slack the bot."""

    bot_token: SecretStr = Field(min_length=1, description="xoxb-…, from OAuth & Permissions")
    signing_secret: SecretStr = Field(min_length=1, description="from Basic Information")
    app_token: SecretStr | None = Field(
        None,
        min_length=1,
        description="xapp-…; present: Socket Mode, absent: signed HTTP on /slack/events",
    )
    api_url: str = Field("https://slack.com/api/", description="another Slack-compatible host")


class WebSettings(_Section):
    """The HTTP server: provider deliveries, health, metrics, and Slack in HTTP mode."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: str = Field("", description="what providers are told to call back")


def _of_a_database(url: str) -> str:
    if not url.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise ValueError("begins with sqlite+aiosqlite:// or postgresql+asyncpg://")
    return url


class DatabaseSettings(_Section):
    """Where everything durable is."""

    # Not shown with the rest: there may be a password in it.
    url: Annotated[str, AfterValidator(_of_a_database)] = Field(
        "sqlite+aiosqlite:///switchboard.db",
        description="or postgresql+asyncpg://user@host/name",
        repr=False,
    )


class LineSettings(_Section):
    """A line that people know by name, and the channel of its alerts."""

    name: str = Field(min_length=1)
    account: str
    number: str | None = None
    extension: str | None = Field(None, pattern=r"^\d{2,8}$")
    channel: str | None = Field(None, pattern=r"^[CGD][A-Z0-9]+$")

    @model_validator(mode="after")
    def _one_of_both(self) -> LineSettings:
        if (self.number is None) == (self.extension is None):
            raise ValueError(f"line “{self.name}” needs a number or an extension, one of the two")
        if self.number is not None:
            try:
                self.number = PhoneNumber.parse(self.number).e164
            except UsageError as wrong:
                raise ValueError(f"line “{self.name}”: {wrong.user_message}") from None
        return self


class ChannelSettings(_Section):
    """Slack channel ids."""

    default: str = Field("", description="lines without a channel of their own")
    approvals: str = Field("", description="changes that wait for a second person")
    admin: str = Field("", description="health alarms, unknown lines")


class RoleSettings(_Section):
    """Slack user ids or user-group ids; `*` is every member of the workspace."""

    admin: list[str] = []
    manager: list[str] = []
    operator: list[str] = []
    agent: list[str] = []
    viewer: list[str] = []

    def by_role(self) -> dict[Role, tuple[str, ...]]:
        """The same, by role."""
        return {Role[name.upper()]: tuple(ids) for name, ids in self.model_dump().items()}


class LogSettings(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


Account = SerializeAsAny[InstanceOf[AccountSettings]]
AccountName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class Settings(_Section):
    """The whole tree."""

    slack: SlackSettings | None = None
    web: WebSettings = WebSettings()
    database: DatabaseSettings = DatabaseSettings()
    channels: ChannelSettings = ChannelSettings()
    roles: RoleSettings = RoleSettings()
    log: LogSettings = LogSettings()
    accounts: dict[AccountName, Account] = {}
    lines: list[LineSettings] = []

    @model_validator(mode="after")
    def _lines_have_accounts(self) -> Settings:
        for index, line in enumerate(self.lines):
            if line.account not in self.accounts:
                known = ", ".join(self.accounts) or "none"
                raise ValueError(
                    f"lines.{index}.account: line “{line.name}” names the account "
                    f"“{line.account}”; there are: {known}"
                )
        return self

    def needed_slack(self) -> SlackSettings:
        """The Slack section, for what cannot do without it."""
        if self.slack is None:
            raise SetupError(
                "There is no [slack] section in the settings.",
                key="slack",
                hint="Add bot_token and signing_secret; deploy/install.md shows where they are.",
            )
        return self.slack


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises:
        SetupError: a sentence that names the key and the remedy.
    """
    environment = os.environ if environment is None else environment
    path = Path(environment.get(FILE_VARIABLE) or FILE)
    if not path.is_file():
        raise SetupError(
            f"There is no settings file {path}.",
            hint=f"Write one (the README shows it), or name it in {FILE_VARIABLE}.",
        )
    return parse(_resolved(_read(path, environment), environment, ()))


class _Environment(EnvSettingsSource):
    """The environment that `load` is given; pydantic-settings would take the process's own."""

    def __init__(self, tree: type[BaseSettings], environment: Mapping[str, str]) -> None:
        self._environment = environment
        super().__init__(tree)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return parse_env_vars(self._environment, ignore_empty=self.env_ignore_empty)


def _read(path: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """The file's tree, with the environment's single values laid over it."""

    class Tree(BaseSettings):
        model_config = SettingsConfigDict(
            extra="allow",
            env_prefix=PREFIX,
            env_nested_delimiter="__",
            env_ignore_empty=True,
            toml_file=path,
        )

        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: Any, **__: Any
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return _Environment(settings_cls, environment), TomlConfigSettingsSource(settings_cls)

    sections: dict[str, Any] = {name: (dict[str, Any] | Any, {}) for name in Settings.model_fields}
    tree = create_model("Tree", __base__=Tree, **sections)
    try:
        return _strays(environment) | tree().model_dump(exclude_unset=True)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SetupError(f"{path} is not valid TOML: {wrong}.", hint="Mend the file.") from None
    except OSError as wrong:
        raise SetupError(
            f"The settings file {path} cannot be read: {wrong.strerror}.",
            hint="Check its owner and its permissions.",
        ) from None


def parse(content: Mapping[str, Any]) -> Settings:
    """Settings from a tree of plain values.

    Raises:
        SetupError: a sentence that names the key and the remedy.
    """
    accounts = content.get("accounts", {})
    if isinstance(accounts, Mapping):
        accounts = {name: _account(name, value) for name, value in accounts.items()}
    try:
        return Settings.model_validate({**content, "accounts": accounts})
    except ValidationError as wrong:
        raise _explained(wrong, Settings) from None


def _account(name: str, value: Any) -> AccountSettings:
    key = f"accounts.{name}.provider"
    slug = value.get("provider") if isinstance(value, Mapping) else None
    if not isinstance(slug, str) or slug not in SLUGS:
        known = ", ".join(SLUGS)
        raise SetupError(f"{key}: must be one of: {known}.", key=key, hint="Mend the value.")
    model = spec(slug).settings
    try:
        return model.model_validate(value)
    except ValidationError as wrong:
        raise _explained(wrong, model, ("accounts", name)) from None


def _strays(environment: Mapping[str, str]) -> dict[str, Any]:
    """Sections that only misspelt variables name, so that they are refused as in the file."""
    named = [name.removeprefix(PREFIX).lower() for name in environment if name.startswith(PREFIX)]
    # Without a section it is none of ours: FILE_VARIABLE, or SWITCHBOARD_PORT=tcp://…, which
    # Kubernetes sets for a service of this name.
    sections = {name.partition("__")[0] for name in named if "__" in name}
    return {section: {} for section in sections - Settings.model_fields.keys()}


def _resolved(value: Any, environment: Mapping[str, str], key: tuple[str, ...]) -> Any:
    """The value with `env:NAME` and `file:PATH` replaced by what they stand for."""
    if isinstance(value, dict):
        return {k: _resolved(v, environment, (*key, k)) for k, v in value.items()}
    if isinstance(value, list):
        return [_resolved(v, environment, (*key, str(i))) for i, v in enumerate(value)]
    if not isinstance(value, str):
        return value
    where = ".".join(key)
    scheme, _, rest = value.partition(":")
    if scheme == "env":
        if not environment.get(rest):
            raise SetupError(
                f"{where}: the environment variable {rest} is not set.",
                key=where,
                hint=f"Set {rest}, or write the value into the settings.",
            )
        return environment[rest]
    if scheme == "file":
        try:
            return Path(rest).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as wrong:
            reason = getattr(wrong, "strerror", None) or "not readable as text"
            raise SetupError(
                f"{where}: cannot read the file {rest}: {reason}.",
                key=where,
                hint="Mend the path, or write the value into the settings.",
            ) from None
    return value


def _explained(
    wrong: ValidationError, model: type[BaseModel], inside: tuple[str, ...] = ()
) -> SetupError:
    found = wrong.errors(include_url=False, include_input=False)
    # A misspelt key is told before the key that is missing because of it.
    first = min(found, key=lambda error: error["type"] != "extra_forbidden")
    # Pydantic's own marks in a path (of a union's members, of a dictionary's keys) are no keys.
    loc = [str(part) for part in first["loc"] if "[" not in str(part)]
    key = ".".join((*inside, *loc))
    mend = "Mend the value."
    match first["type"]:
        case "extra_forbidden":
            near = difflib.get_close_matches(loc[-1], _keys_beside(model, loc), n=1, cutoff=0.5)
            hint = f"Did you mean “{near[0]}”?" if near else "Remove it, or mend its spelling."
            return SetupError(f"{key}: there is no such setting.", key=key, hint=hint)
        case "missing":
            return SetupError(f"{key}: is required and missing.", key=key, hint="Add it.")
        case "too_short" | "string_too_short":
            return SetupError(f"{key}: must not be empty.", key=key, hint=mend)
        case "value_error":
            words = str(first["ctx"]["error"]).rstrip(".")
            return SetupError(f"{key}: {words}." if key else f"{words}.", key=key, hint=mend)
        case "string_pattern_mismatch" if first["loc"][-1] == "[key]":
            words = "a name here is made of small letters, digits, - and _"
            return SetupError(f"{key}: {words}.", key=key, hint="Mend the name.")
        case _:
            return SetupError(f"{key}: {first['msg']}.", key=key, hint=mend)


def _keys_beside(model: type[BaseModel], loc: Iterable[str]) -> Iterable[str]:
    """The keys that are known where an unknown one stands."""
    for part in loc:
        if field := model.model_fields.get(part):
            model = _section_in(field.annotation) or model
    return model.model_fields


def _section_in(annotation: Any) -> type[BaseModel] | None:
    """The section that a setting is: by itself, in a list, or one that may be left out."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_section_in(part) for part in get_args(annotation))
    return next((section for section in inner if section), None)


def env_example() -> str:
    """The environment variables that may replace single settings, as `deploy/env.example` holds."""
    lines = [
        "# Single settings from the environment; the rest stands in switchboard.toml.",
        f"# {FILE_VARIABLE}=/etc/switchboard/switchboard.toml",
    ]
    for name in ("slack", "web", "database", "channels", "log"):
        lines.append("")
        section = _section_in(Settings.model_fields[name].annotation)
        for key, field in section.model_fields.items() if section else ():
            default = "" if field.is_required() or field.default is None else field.default
            if field.description:
                lines.append(f"# {field.description}")
            # What has a default stays commented out: a copied file must not overrule the other.
            sign = "# " if default != "" else ""
            lines.append(f"{sign}{PREFIX}{name.upper()}__{key.upper()}={default}")
    return "\n".join(lines) + "\n"

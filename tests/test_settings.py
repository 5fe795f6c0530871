"""Settings: what they take, and the one sentence for everything that is wrong with them."""

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.domain.errors import SetupError
from bot.domain.people import Role
from bot.settings import Settings, env_example, load, parse

SECRETS = ("xoxb-s3cret", "sign-s3cret", "xapp-s3cret", "yay-s3cret", "hook-s3cret", "db-s3cret")

WHOLE = """
    [slack]
    bot_token      = "env:SLACK_BOT_TOKEN"
    signing_secret = "env:SLACK_SIGNING_SECRET"
    app_token      = "env:SLACK_APP_TOKEN"
    api_url        = "http://127.0.0.1:4000/api/"

    [web]
    host = "127.0.0.1"
    port = 8081
    public_url = "https://phones.example.com"

    [database]
    url = "postgresql+asyncpg://anna:db-s3cret@127.0.0.1/phones"

    [accounts.london]
    provider = "yay"
    reseller = "acme"
    user = "admin"
    password = "env:YAY_PASSWORD"
    base_url = "https://api.yay.com"
    time_zone = "Europe/London"
    webhook_secret = "env:LONDON_HOOK"

    [accounts.paris]
    provider = "yay"
    reseller = "acme"
    user = "admin"
    password = "yay-s3cret"
    webhook_secret = ["env:LONDON_HOOK", "older-hook-s3cret"]

    [[lines]]
    name    = "Sales"
    account = "london"
    number  = "+44 (0)20 7946 0000"
    channel = "C0SALES"

    [[lines]]
    name      = "Anna"
    account   = "paris"
    extension = "101"

    [channels]
    default   = "C0PHONES"
    approvals = "C0APPROVE"
    admin     = "C0ADMIN"

    [roles]
    admin    = ["U0ANNA"]
    manager  = ["S0TELECOM"]
    operator = []
    agent    = ["S0SUPPORT"]
    viewer   = ["*"]
"""
ENVIRONMENT = {
    "SLACK_BOT_TOKEN": "xoxb-s3cret",
    "SLACK_SIGNING_SECRET": "sign-s3cret",
    "SLACK_APP_TOKEN": "xapp-s3cret",
    "YAY_PASSWORD": "yay-s3cret",
    "LONDON_HOOK": "hook-s3cret",
}
ACCOUNT = """
    [accounts.london]
    provider = "yay"
    reseller = "acme"
    user = "admin"
    password = "yay-s3cret"
"""

Load = Callable[..., Settings]


@pytest.fixture
def load_text(tmp_path: Path) -> Load:
    """Settings from this text as the file, and from these variables as the environment."""
    file = tmp_path / "phones.toml"

    def loaded(text: str, environment: Mapping[str, str] | None = None) -> Settings:
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return load({"SWITCHBOARD_CONFIG": str(file), **(environment or {})})

    return loaded


@pytest.fixture
def refusal(load_text: Load) -> Callable[..., SetupError]:
    """The error of such settings, after a look at what all errors have to be."""

    def refused(text: str, environment: Mapping[str, str] | None = None) -> SetupError:
        with pytest.raises(SetupError) as caught:
            load_text(text, environment)
        error = caught.value
        assert error.hint, "it names no remedy"
        assert "\n" not in error.user_message
        assert error.user_message.endswith(".")
        assert not error.user_message.endswith("..")
        assert "s3cret" not in f"{error!r} {error} {error.hint} {error.key}"
        assert error.__suppress_context__ or error.__context__ is None, "a traceback shows more"
        return error

    return refused


def test_the_whole_tree(load_text: Load) -> None:
    settings = load_text(WHOLE, ENVIRONMENT)
    slack = settings.needed_slack()
    assert slack.bot_token.get_secret_value() == "xoxb-s3cret"
    assert slack.app_token is not None
    assert slack.api_url == "http://127.0.0.1:4000/api/"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8081)
    assert settings.database.url == "postgresql+asyncpg://anna:db-s3cret@127.0.0.1/phones"
    assert list(settings.accounts) == ["london", "paris"]
    assert settings.accounts["london"].time_zone == "Europe/London"
    assert settings.accounts["london"].secrets() == ["hook-s3cret"]
    assert settings.accounts["paris"].secrets() == ["hook-s3cret", "older-hook-s3cret"]
    sales, anna = settings.lines
    assert (sales.name, sales.account, sales.number) == ("Sales", "london", "+442079460000")
    assert (sales.channel, anna.channel) == ("C0SALES", None)
    assert (anna.number, anna.extension) == (None, "101")
    assert settings.channels.approvals == "C0APPROVE"
    assert settings.roles.by_role() == {
        Role.ADMIN: ("U0ANNA",),
        Role.MANAGER: ("S0TELECOM",),
        Role.OPERATOR: (),
        Role.AGENT: ("S0SUPPORT",),
        Role.VIEWER: ("*",),
    }


def test_an_empty_file_is_enough_to_look_around(load_text: Load) -> None:
    settings = load_text("")
    assert settings.database.url == "sqlite+aiosqlite:///switchboard.db"
    assert (settings.web.host, settings.web.port, settings.accounts) == ("127.0.0.1", 8080, {})
    with pytest.raises(SetupError, match=r"\[slack\]") as caught:
        settings.needed_slack()
    assert caught.value.key == "slack"


def test_a_plain_tree_makes_the_same_settings() -> None:
    line = {"name": "Sales", "account": "london", "number": "+442079460000"}
    account = {"provider": "yay", "reseller": "acme", "user": "admin", "password": "x"}
    settings = parse({"accounts": {"london": account}, "lines": [line]})
    assert settings.lines[0].account == "london"
    assert settings.accounts["london"].provider == "yay"


def test_secrets_are_never_shown(load_text: Load) -> None:
    settings = load_text(WHOLE, ENVIRONMENT)
    shown = f"{settings!r} {settings} {settings.accounts!r} {settings.slack}"
    assert [secret for secret in SECRETS if secret in shown] == []


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("[slak]", "slak", "slack"),
        ("lnes = []", "lnes", "lines"),
        ("[slack]\nbot_tokn = 's3cret'\nsigning_secret = 'x'", "slack.bot_tokn", "bot_token"),
        ("[web]\nprot = 8080", "web.prot", "port"),
        ("[database]\nurI = 'x'", "database.urI", "url"),
        ("[channels]\nadmn = 'C0'", "channels.admn", "admin"),
        ("[roles]\nmanger = []", "roles.manger", "manager"),
        ("[log]\nformt = 'json'", "log.formt", "format"),
        (f"{ACCOUNT}\npasword = 's3cret'", "accounts.london.pasword", "password"),
        (f"{ACCOUNT}\nwebhook_secrets = 's3cret'", "accounts.london.webhook_secrets", "webhook_s"),
        (
            f"{ACCOUNT}\n[accounts.london.paths]\ncall_histry = '/x'",
            "accounts.london.paths.call_histry",
            "call_history",
        ),
        (
            f"{ACCOUNT}\n[[lines]]\nname='S'\naccount='london'\nextension='1'\nchanel='C0'",
            "lines.0.chanel",
            "channel",
        ),
    ],
)
def test_an_unknown_key_names_the_nearest_known_one(
    refusal: Callable[..., SetupError], text: str, key: str, nearest: str
) -> None:
    error = refusal(textwrap.dedent(text))
    assert error.key == key
    assert error.user_message.startswith(f"{key}: there is no such setting")
    assert f"“{nearest}" in error.hint


def test_an_unknown_key_unlike_any_other(refusal: Callable[..., SetupError]) -> None:
    assert refusal("[web]\nzzzzzzzz = 1").key == "web.zzzzzzzz"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("slack = 3", "slack"),
        ("web = 'x'", "web"),
        ("accounts = 3", "accounts"),
        ("accounts = ['yay']", "accounts"),
        ("[accounts]\nlondon = 3", "accounts.london.provider"),
        ("[accounts.london]\nuser = 'admin'", "accounts.london.provider"),
        ("[accounts.london]\nprovider = 'yey'", "accounts.london.provider"),
        ("[accounts.london]\nprovider = ['yay']", "accounts.london.provider"),
        ("[accounts.london]\nprovider = 'yay'\nuser = 'a'\npassword='s3cret'", "accounts.london."),
        (ACCOUNT.replace('"admin"', "['admin']"), "accounts.london.user"),
        (f"{ACCOUNT}\nwebhook_secret = 3", "accounts.london.webhook_secret"),
        (f"{ACCOUNT}\nwebhook_secret = ['s3cret', 3]", "accounts.london.webhook_secret"),
        (f"{ACCOUNT}\npoll_minutes = 'often'", "accounts.london.poll_minutes"),
        (ACCOUNT.replace("london", "London"), "accounts.London"),
        (ACCOUNT.replace("yay-s3cret", ""), "accounts.london.password"),
        ("[web]\nport = 'eighty'", "web.port"),
        ("[web]\nport = 65536", "web.port"),
        ("[web]\nhost = 127", "web.host"),
        ("[database]\nurl = 'mysql://anna:db-s3cret@h/x'", "database.url"),
        ("[database]\nurl = 3", "database.url"),
        ("[log]\nlevel = 'loud'", "log.level"),
        ("[roles]\nadmin = 'U0ANNA'", "roles.admin"),
        ("[roles]\nadmin = [3]", "roles.admin.0"),
        ("[slack]\nbot_token = 'xoxb-s3cret'", "slack.signing_secret"),
        ("[slack]\nbot_token = ''\nsigning_secret = 'sign-s3cret'", "slack.bot_token"),
        ("[slack]\nbot_token = 3\nsigning_secret = 'sign-s3cret'", "slack.bot_token"),
        ("lines = 3", "lines"),
        ("lines = [3]", "lines.0"),
        ("[[lines]]\nname = ''\naccount = 'london'\nextension = '1'", "lines.0.name"),
        ("[[lines]]\naccount = 'london'\nextension = '1'", "lines.0.name"),
        ("[[lines]]\nname = 'S'\naccount = 'london'\nextension = 101", "lines.0.extension"),
        ("[[lines]]\nname = 'S'\naccount = 'london'", "lines.0"),
        ("[[lines]]\nname='S'\naccount='l'\nextension='1'\nnumber='+442079460000'", "lines.0"),
        ("[[lines]]\nname = 'S'\naccount = 'london'\nnumber = 'sales'", "lines.0"),
    ],
)
def test_a_wrong_value_names_its_key(
    refusal: Callable[..., SetupError], text: str, key: str
) -> None:
    error = refusal(textwrap.dedent(text))
    assert error.key.startswith(key)
    assert error.user_message.startswith(key)
    assert "[" not in error.key


def test_a_line_names_an_account_that_there_is(refusal: Callable[..., SetupError]) -> None:
    line = "[[lines]]\nname = 'Sales'\naccount = 'paris'\nextension = '101'"
    error = refusal(f"{textwrap.dedent(ACCOUNT)}\n{line}")
    assert error.user_message.startswith("lines.0.account: ")
    for word in ("Sales", "paris", "london"):
        assert word in error.user_message
    assert "none" in refusal(line).user_message


def test_an_unknown_provider_is_told_the_known_ones(refusal: Callable[..., SetupError]) -> None:
    assert "yay" in refusal("[accounts.london]\nprovider = 'yey'").user_message


def test_a_number_in_a_line_says_how_it_is_written(refusal: Callable[..., SetupError]) -> None:
    line = "[[lines]]\nname = 'Sales'\naccount = 'london'\nnumber = '020 7946 0000'"
    error = refusal(line)
    assert "Sales" in error.user_message
    assert "020 7946 0000" in error.user_message


@pytest.mark.parametrize("value", [None, ""])
def test_a_secret_that_the_environment_lacks(
    refusal: Callable[..., SetupError], value: str | None
) -> None:
    environment = {**ENVIRONMENT, "YAY_PASSWORD": value or ""}
    if value is None:
        del environment["YAY_PASSWORD"]
    error = refusal(WHOLE, environment)
    assert error.key == "accounts.london.password"
    assert "YAY_PASSWORD" in error.user_message
    assert "YAY_PASSWORD" in error.hint


def test_a_secret_in_a_list_that_the_environment_lacks(
    refusal: Callable[..., SetupError],
) -> None:
    error = refusal(f"{ACCOUNT}\n    webhook_secret = ['one', 'env:OTHER']")
    assert error.key == "accounts.london.webhook_secret.1"
    assert "OTHER" in error.user_message


def test_a_secret_from_a_file(load_text: Load, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("from-a-file\n", encoding="utf-8")
    settings = load_text(ACCOUNT.replace("yay-s3cret", f"file:{secret}"))
    password = settings.accounts["london"].model_dump()["password"]
    assert password.get_secret_value() == "from-a-file"


def _missing(_: Path) -> None:
    pass


def _folder(file: Path) -> None:
    file.mkdir()


def _binary(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00s3cret")


@pytest.mark.parametrize("prepare", [_missing, _folder, _binary])
def test_a_secret_from_a_file_that_cannot_be_read(
    refusal: Callable[..., SetupError], tmp_path: Path, prepare: Callable[[Path], None]
) -> None:
    file = tmp_path / "password"
    prepare(file)
    error = refusal(ACCOUNT.replace("yay-s3cret", f"file:{file}"))
    assert error.key == "accounts.london.password"
    assert str(file) in error.user_message


def test_a_file_name_that_cannot_be_one(refusal: Callable[..., SetupError]) -> None:
    error = refusal(ACCOUNT.replace("yay-s3cret", "file:a\\u0000b"))
    assert error.key == "accounts.london.password"


@pytest.mark.parametrize("text", ["[web", "port = ", "a = 1\na = 2", "[web]\nport = 08"])
def test_what_is_no_toml(refusal: Callable[..., SetupError], text: str) -> None:
    error = refusal(text)
    assert "phones.toml" in error.user_message
    assert "line" in error.user_message or "end of document" in error.user_message


def test_a_settings_file_that_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "phones.toml"
    file.write_bytes(b"\xff\xfe[web]")
    with pytest.raises(SetupError, match=r"phones\.toml"):
        load({"SWITCHBOARD_CONFIG": str(file)})


def test_a_settings_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"nowhere\.toml") as caught:
        load({"SWITCHBOARD_CONFIG": str(tmp_path / "nowhere.toml")})
    assert "SWITCHBOARD_CONFIG" in caught.value.hint


def test_the_environment_lies_over_the_file(load_text: Load) -> None:
    settings = load_text(
        WHOLE,
        ENVIRONMENT
        | {
            "SWITCHBOARD_DATABASE__URL": "sqlite+aiosqlite:///other.db",
            "SWITCHBOARD_WEB__PORT": "9000",
            "SWITCHBOARD_LOG__LEVEL": "debug",
            "SWITCHBOARD_ACCOUNTS__LONDON__USER": "anna",
            "SWITCHBOARD_SLACK__BOT_TOKEN": "env:OTHER_TOKEN",
            "OTHER_TOKEN": "xoxb-other",
        },
    )
    assert settings.database.url == "sqlite+aiosqlite:///other.db"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 9000)
    assert settings.log.level == "debug"
    assert settings.accounts["london"].model_dump()["user"] == "anna"
    assert settings.needed_slack().bot_token.get_secret_value() == "xoxb-other"


def test_an_empty_variable_overrules_nothing(load_text: Load) -> None:
    assert load_text("[web]\nport = 8081", {"SWITCHBOARD_WEB__PORT": ""}).web.port == 8081


def test_variables_of_others_are_left_alone(load_text: Load) -> None:
    kubernetes = {
        "SWITCHBOARD_PORT": "tcp://10.0.0.1:8080",
        "SWITCHBOARD_SERVICE_HOST": "10.0.0.1",
        "OTHER__KEY": "x",
    }
    assert load_text("", kubernetes).web.port == 8080


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("SWITCHBOARD_WEB__PORT", "eighty", "web.port"),
        ("SWITCHBOARD_WEB__PROT", "8080", "web.prot"),
        ("SWITCHBOARD_WEBB__PORT", "8080", "webb"),
        ("SWITCHBOARD_ROLES__ADMIN", "{not json", "roles.admin"),
        ("SWITCHBOARD_DATABASE__URL", "mysql://anna:db-s3cret@h/x", "database.url"),
        ("SWITCHBOARD_SLACK__BOT_TOKEN", "xoxb-s3cret", "slack.signing_secret"),
    ],
)
def test_a_wrong_variable_names_the_key(
    refusal: Callable[..., SetupError], variable: str, value: str, key: str
) -> None:
    assert refusal("", {variable: value}).key == key


def _scalars(settings: type[BaseModel]) -> list[str]:
    sections: list[tuple[str, Any]] = [
        (name, field.annotation) for name, field in settings.model_fields.items()
    ]
    found = []
    for name, annotation in sections:
        model = next((part for part in (annotation, *_parts(annotation)) if _is_model(part)), None)
        if model is None or name in {"accounts", "lines", "roles"}:
            continue
        found += [f"SWITCHBOARD_{name}__{key}".upper() for key in model.model_fields]
    return found


def _parts(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", ())


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def test_the_example_names_every_single_setting() -> None:
    lines = [line.removeprefix("# ") for line in env_example().splitlines()]
    named = [line.partition("=")[0] for line in lines]
    scalars = _scalars(Settings)
    assert "SWITCHBOARD_SLACK__BOT_TOKEN" in scalars
    assert [variable for variable in scalars if variable not in named] == []


def test_the_example_is_itself_an_environment(load_text: Load) -> None:
    lines = [line for line in env_example().splitlines() if line and not line.startswith("#")]
    example = dict(line.split("=", 1) for line in lines)
    tokens = {"SLACK__BOT_TOKEN": "xoxb-1", "SLACK__SIGNING_SECRET": "s"}
    filled = example | {f"SWITCHBOARD_{name}": value for name, value in tokens.items()}
    with_nothing_else = {k: v for k, v in filled.items() if k.startswith("SWITCHBOARD_SLACK__")}
    assert load_text("", filled) == load_text("", with_nothing_else)

"""status, accounts, lines, me, audit: in plural, with one, with none, and on pages."""

from __future__ import annotations

from bot.domain.people import Person
from bot.store import audit
from tests.stories.lines import ACCOUNT, CUSTOMER, SUPPORT
from tests.stories.team import Team


async def writes_lines(team: Team, count: int) -> None:
    async with team.program.database.write() as session:
        for number in range(count):
            audit.add(
                session,
                Person("U0BORIS", "boris"),
                "asked",
                f"line {number:03}",
                at=team.clock.forward(seconds=1),
                account=ACCOUNT,
                words="with <words> & more" if number == 0 else "",
            )


async def test_status_of_a_quiet_day(team: Team) -> None:
    await team.olga.types("/phone status")
    team.olga.sees_privately(
        ":large_green_circle: *london* (Yay.com): answers; no delivery yet",
        "no cards on the way to Slack",
        "no changes waiting for a second person",
        "Running since <!date^",
    )
    assert "refused by Slack" not in team.olga.answers[-1].words
    assert "unknown outcome" not in team.olga.answers[-1].words


async def test_status_counts_what_waits(team: Team) -> None:
    await team.rings_out(CUSTOMER, SUPPORT)
    await team.boris.types("/phone flow delete Support")
    await team.olga.types("/phone status")
    team.olga.sees_privately("last delivery <!date^", "1 change waiting for a second person")
    await team.boris.types("/phone flow delete Manchester")
    await team.olga.types("/phone status")
    team.olga.sees_privately("2 changes waiting for a second person")


async def test_without_an_account(team: Team) -> None:
    await team.program.stop()
    await team.begins(accounts={}, lines=[])
    for typed, words in (
        ("status", "No account is connected yet."),
        ("accounts", "No account is connected yet; an admin adds one in the settings."),
        ("lines", "No line is configured yet; an admin adds [[lines]] to the settings."),
        ("numbers", "There are no numbers."),
        ("flow list", "There are no call flows yet."),
        ("number 020 7946 0000", "There is no number “020 7946 0000”."),
        ("flow create", "Say in which account."),
    ):
        await team.anna.types(f"/phone {typed}")
        team.anna.sees_privately(words)


async def test_accounts_say_how_they_hear_of_calls(team: Team) -> None:
    await team.vera.types("/phone accounts")
    team.vera.sees_privately("*london*\nYay.com", "deliveries")
    quiet = {**team.settings()["accounts"][ACCOUNT]}
    del quiet["webhook_secret"]
    await team.program.stop()
    await team.begins(accounts={ACCOUNT: quiet})
    await team.vera.types("/phone accounts")
    team.vera.sees_privately("nothing: no webhook, no poll")
    for minutes, words in ((1, "call history every minute"), (5, "call history every 5 minutes")):
        await team.program.stop()
        await team.begins(accounts={ACCOUNT: {**quiet, "poll_minutes": minutes}})
        await team.vera.types("/phone accounts")
        team.vera.sees_privately(words)


async def test_lines_and_their_channels(team: Team) -> None:
    await team.vera.types("/phone lines")
    team.vera.sees_privately(
        "*Sales*: <tel:+442079460000|+44 20 7946 0000> on london, alerts in <#C0SALES>",
        "*Manchester*: <tel:+441614960000|+44 161 496 0000> on london",
        "alerts in the default channel",
    )


async def test_an_empty_audit_log(team: Team) -> None:
    await team.boris.types("/phone audit")
    answer = team.boris.sees_privately("Audit log", "Nothing has been changed yet.")
    assert "page" not in answer.words


async def test_an_audit_log_of_one_line(team: Team) -> None:
    await writes_lines(team, 1)
    await team.boris.types("/phone audit")
    team.boris.sees_privately(
        "*<@U0BORIS>* asked: line 000 (with &lt;words&gt; &amp; more)", "1 entry"
    )


async def test_an_audit_log_on_pages(team: Team) -> None:
    await writes_lines(team, 35)
    await team.boris.types("/phone audit")
    first = team.boris.sees_privately("35 entries, page 1 of 3", "line 034", "line 020")
    assert "line 019" not in first.words
    await team.boris.presses(first, "Older ▶")
    second = team.boris.sees_privately("page 2 of 3", "line 019", "line 005")
    await team.boris.presses(second, "Older ▶")
    last = team.boris.sees_privately("page 3 of 3", "line 004", "line 000")
    assert "Older" not in last.words
    await team.boris.presses(last, "◀ Newer")
    team.boris.sees_privately("page 2 of 3")


async def test_a_page_turned_after_the_right_was_taken_away(team: Team) -> None:
    await writes_lines(team, 20)
    await team.boris.types("/phone audit")
    shown = team.boris.sees_privately("page 1 of 2")
    await team.program.stop()
    await team.begins(roles={"admin": ["U0ANNA"], "viewer": ["*"]})
    await team.boris.presses(shown, "Older ▶")
    team.boris.sees_privately("You may not read the audit log", "every member of the workspace")


async def test_every_role_reads_who_it_is(team: Team) -> None:
    for person, role, because in (
        (team.anna, "admin", "the settings name you as admin"),
        (team.boris, "manager", "you are in the user group S0TELECOM, which is manager"),
        (team.olga, "operator", "the settings name you as operator"),
        (team.clara, "agent", "you are in the user group S0AGENTS, which is agent"),
        (team.vera, "viewer", "every member of the workspace is viewer"),
    ):
        await person.types("/phone me")
        person.sees_privately(f"Your role: {role}", because, "Europe/London", "look at lines")


async def test_without_roles_nobody_may(team: Team) -> None:
    await team.program.stop()
    await team.begins(roles={})
    await team.vera.types("/phone numbers")
    team.vera.sees_privately("the settings give you no role", "Nobody is admin yet")
    await team.vera.types("/phone help")
    assert "/phone numbers" not in team.vera.answers[-1].words

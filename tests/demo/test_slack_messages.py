"""Messages as the app makes, changes, reads and loses them through the Web API."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.demo.slack_office import (
    ANNA,
    AWAY,
    BEN,
    EVE,
    GUS,
    OLD,
    PHONES,
    ROBO,
    SECRET,
    SHARED,
    Json,
    Office,
    actions,
    button,
    opened_office,
    section,
)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with opened_office() as office:
        yield office


async def refusal(call: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]  # slack_sdk's methods are coroutines of one type
    return str(caught.value.response["error"])


def texts(answer: AsyncSlackResponse) -> list[str]:
    return [message["text"] for message in answer["messages"]]


# -- tokens ----------------------------------------------------------------------------------------


async def test_auth_test_says_who_the_app_is(office: Office) -> None:
    answer = await office.client.auth_test()
    assert answer["user_id"] == office.slack.app.user_id
    assert answer["bot_id"] == "B0BOT"
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    assert (await office.client.bots_info(bot="B0BOT"))["bot"]["user_id"] == answer["user_id"]
    assert (await office.client.api_test(foo="bar"))["args"] == {"foo": "bar"}


async def test_wrong_tokens_are_refused(office: Office) -> None:
    url = office.slack.api_url
    assert await refusal(AsyncWebClient("xoxb-wrong", base_url=url).auth_test()) == "invalid_auth"
    assert await refusal(AsyncWebClient(None, base_url=url).auth_test()) == "not_authed"
    wrong_kind = AsyncWebClient("xapp-demo", base_url=url).auth_test()
    assert await refusal(wrong_kind) == "not_allowed_token_type"
    opening = office.client.apps_connections_open(app_token="xoxb-demo")
    assert await refusal(opening) == "not_allowed_token_type"


async def test_a_missing_scope_is_named() -> None:
    async with opened_office(scopes=["users:read"]) as office:
        with pytest.raises(SlackApiError) as caught:
            await office.client.chat_postMessage(channel=PHONES, text="x")
        assert caught.value.response["error"] == "missing_scope"
        assert caught.value.response["needed"] == "chat:write"
        assert caught.value.response["provided"] == "users:read"


async def test_unknown_methods_and_missing_arguments(office: Office) -> None:
    assert await refusal(office.client.api_call("chat.sing")) == "unknown_method"
    with pytest.raises(SlackApiError) as caught:
        await office.client.api_call("chat.update", json={"channel": PHONES, "text": "x"})
    answer = caught.value.response
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: ts"]


# -- posting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        (AWAY, "not_in_channel"),
        (SECRET, "channel_not_found"),
        ("C0ATTIC", "is_archived"),
        (OLD, "channel_not_found"),
        (ROBO, "channel_not_found"),
    ],
)
async def test_where_the_app_may_not_post(office: Office, channel: str, error: str) -> None:
    assert await refusal(office.client.chat_postMessage(channel=channel, text="x")) == error


async def test_a_message_must_say_something_but_not_too_much(office: Office) -> None:
    post = office.client.chat_postMessage
    silent = {"channel": PHONES, "text": ""}
    assert await refusal(office.client.api_call("chat.postMessage", json=silent)) == "no_text"
    assert await refusal(post(channel=PHONES, text="x" * 40_001)) == "msg_too_long"
    assert (await post(channel="#phones", text="x" * 40_000))["channel"] == PHONES
    only_blocks = {"channel": PHONES, "blocks": [section("only blocks")]}
    assert (await office.client.api_call("chat.postMessage", json=only_blocks))["ok"]


async def test_posting_to_a_person_opens_their_direct_messages(office: Office) -> None:
    answer = await office.client.chat_postMessage(channel=BEN, text="psst")
    opened = await office.client.conversations_open(users=BEN)
    assert answer["channel"] == opened["channel"]["id"]
    assert [m.text for m in office.slack.messages(BEN, BEN)] == ["psst"]
    assert office.slack.messages(ANNA, ANNA) == []


async def test_threads(office: Office) -> None:
    parent = await office.client.chat_postMessage(channel=PHONES, text="parent")
    reply = await office.client.chat_postMessage(
        channel=PHONES, text="reply", thread_ts=parent["ts"]
    )
    assert texts(await office.client.conversations_history(channel=PHONES)) == ["parent"]
    thread = await office.client.conversations_replies(channel=PHONES, ts=parent["ts"])
    assert texts(thread) == ["parent", "reply"]
    assert thread["messages"][0]["reply_count"] == 1
    link = await office.client.chat_getPermalink(channel=PHONES, message_ts=reply["ts"])
    assert f"/archives/{PHONES}/p{reply['ts'].replace('.', '')}?thread_ts=" in link["permalink"]
    post = office.client.chat_postMessage(channel=PHONES, text="x", thread_ts="1.000001")
    assert await refusal(post) == "thread_not_found"
    replies = office.client.conversations_replies(channel=PHONES, ts="1.000001")
    assert await refusal(replies) == "thread_not_found"


async def test_updating_keeps_what_is_not_given(office: Office) -> None:
    posted = await office.client.chat_postMessage(
        channel=PHONES, text="one", blocks=[section("one")]
    )
    await office.client.chat_update(channel=PHONES, ts=posted["ts"], text="two")
    [message] = office.slack.messages(PHONES)
    assert (message.text, message.words, bool(message.edited_ts)) == ("two", "two\none", True)
    await office.client.chat_update(channel=PHONES, ts=posted["ts"], text="three", blocks=[])
    assert message.words == "three"


async def test_only_its_own_messages_can_be_changed(office: Office) -> None:
    await office.slack.say(ANNA, PHONES, "mine")
    [message] = office.slack.messages(PHONES)
    update, delete = office.client.chat_update, office.client.chat_delete
    theirs = update(channel=PHONES, ts=message.ts, text="x")
    assert await refusal(theirs) == "cant_update_message"
    assert await refusal(delete(channel=PHONES, ts=message.ts)) == "cant_delete_message"
    assert await refusal(update(channel=PHONES, ts="1.1", text="x")) == "message_not_found"
    posted = await office.client.chat_postMessage(channel=PHONES, text="own")
    long = update(channel=PHONES, ts=posted["ts"], text="x" * 4001)
    assert await refusal(long) == "msg_too_long"
    await delete(channel=PHONES, ts=posted["ts"])
    assert office.slack.messages(PHONES) == [message]


async def test_ephemeral_messages_are_seen_by_one_and_by_no_api(office: Office) -> None:
    post = office.client.chat_postEphemeral
    answer = await post(channel=PHONES, user=ANNA, text="for you")
    assert [m.text for m in office.slack.ephemerals(ANNA)] == ["for you"]
    assert office.slack.messages(PHONES) == office.slack.messages(PHONES, BEN) == []
    assert texts(await office.client.conversations_history(channel=PHONES)) == []
    change = office.client.chat_update(channel=PHONES, ts=answer["message_ts"], text="x")
    assert await refusal(change) == "message_not_found"
    outside = post(channel=PHONES, user=GUS, text="x")
    assert await refusal(outside) == "user_not_in_channel"
    assert await refusal(post(channel=PHONES, user="U0X", text="x")) == "user_not_found"
    assert await refusal(post(channel=AWAY, user=ANNA, text="x")) == "not_in_channel"


async def test_reactions(office: Office) -> None:
    posted = await office.client.chat_postMessage(channel=PHONES, text="x")
    where = {"channel": PHONES, "timestamp": posted["ts"]}
    await office.client.reactions_add(**where, name="telephone_receiver")
    assert office.slack.messages(PHONES)[0].reactions == {"telephone_receiver": ["U0BOT"]}
    again = office.client.reactions_add(**where, name="telephone_receiver")
    assert await refusal(again) == "already_reacted"
    assert await refusal(office.client.reactions_add(**where, name=":X:")) == "invalid_name"


# -- reading ---------------------------------------------------------------------------------------


async def test_history_is_a_window_newest_first(office: Office) -> None:
    stamps = []
    for word in ("one", "two", "three"):
        office.clock.advance(10)
        posted = await office.client.chat_postMessage(channel=PHONES, text=word)
        stamps.append(posted["ts"])
    history = office.client.conversations_history
    assert texts(await history(channel=PHONES)) == ["three", "two", "one"]
    assert texts(await history(channel=PHONES, oldest=stamps[0])) == ["three", "two"]
    both = await history(channel=PHONES, oldest=stamps[0], latest=stamps[1], inclusive=True)
    assert texts(both) == ["two", "one"]
    page = await history(channel=PHONES, limit=2)
    assert (texts(page), page["has_more"]) == (["three", "two"], True)
    rest = await history(channel=PHONES, limit=2, cursor=page["response_metadata"]["next_cursor"])
    assert (texts(rest), rest["has_more"]) == (["one"], False)
    assert await refusal(history(channel=PHONES, cursor="!")) == "invalid_cursor"
    assert await refusal(history(channel=AWAY)) == "not_in_channel"
    assert await refusal(history(channel=SECRET)) == "channel_not_found"


async def test_metadata_is_read_back_only_when_asked_for(office: Office) -> None:
    metadata: Json = {"event_type": "card", "event_payload": {"id": "7"}}
    await office.client.chat_postMessage(channel=PHONES, text="x", metadata=metadata)
    history = office.client.conversations_history
    assert "metadata" not in (await history(channel=PHONES))["messages"][0]
    read = await history(channel=PHONES, include_all_metadata=True)
    assert read["messages"][0]["metadata"] == metadata
    bad = office.client.chat_postMessage(
        channel=PHONES, text="x", metadata={"event_type": "card", "payload": {}}
    )
    assert await refusal(bad) == "invalid_metadata_schema"


async def test_people_and_groups(office: Office) -> None:
    users = {user["id"]: user for user in (await office.client.users_list())["members"]}
    assert EVE not in users
    assert users[OLD]["deleted"]
    assert users[GUS]["is_restricted"]
    ben = (await office.client.users_info(user=BEN))["user"]
    assert (ben["tz"], ben["profile"]["display_name"]) == ("America/Montreal", "ben")
    eve = (await office.client.users_info(user=EVE))["user"]
    assert eve["is_stranger"]
    assert eve["team_id"] != ben["team_id"]
    assert await refusal(office.client.users_info(user="U0X")) == "user_not_found"
    groups = await office.client.usergroups_list(include_users=True)
    assert groups["usergroups"][0]["id"] == "S0TELECOM"
    members = await office.client.usergroups_users_list(usergroup="S0TELECOM")
    assert sorted(members["users"]) == [ANNA, BEN]
    group = office.client.usergroups_users_list(usergroup="S0X")
    assert await refusal(group) == "no_such_subteam"


async def test_conversations(office: Office) -> None:
    listed = await office.client.conversations_list(
        types="public_channel,private_channel", exclude_archived=True
    )
    assert [channel["name"] for channel in listed["channels"]] == ["phones", "shared", "away"]
    first = await office.client.conversations_list(limit=1)
    assert first["response_metadata"]["next_cursor"]
    info = (await office.client.conversations_info(channel=SHARED))["channel"]
    assert info["is_ext_shared"]
    members = (await office.client.conversations_members(channel=PHONES))["members"]
    assert members == [ANNA, BEN, "U0BOT"]
    assert await refusal(office.client.conversations_list(types="rooms")) == "invalid_types"
    assert await refusal(office.client.conversations_open(users=OLD)) == "user_disabled"
    assert await refusal(office.client.conversations_open(users=ROBO)) == "cannot_dm_bot"


# -- response URLs ---------------------------------------------------------------------------------


async def test_a_response_url_answers_five_times(office: Office) -> None:
    await office.slack.say(ANNA, PHONES, "/phone help")
    hook = AsyncWebhookClient(office.last["response_url"])
    assert (await hook.send(text="only Anna", response_type="ephemeral")).body == "ok"
    assert (await hook.send(text="all", response_type="in_channel")).status_code == 200
    assert [m.text for m in office.slack.messages(PHONES)] == ["all"]
    assert [m.text for m in office.slack.ephemerals(ANNA)] == ["only Anna"]
    bad = await hook.send(blocks=[{"type": "nothing"}])
    assert (bad.status_code, "invalid_blocks" in bad.body) == (400, True)
    await hook.send(text="4")
    await hook.send(text="5")
    assert (await hook.send(text="6")).status_code == 404
    assert [answer["error"] for _, _, answer in office.slack.refusals][-1] == "used_url"


async def test_a_response_url_ends_after_half_an_hour(office: Office) -> None:
    await office.slack.say(ANNA, PHONES, "/phone help")
    office.clock.advance(30 * 60)
    hook = AsyncWebhookClient(office.last["response_url"])
    assert (await hook.send(text="just in time")).status_code == 200
    office.clock.advance(1)
    late = await hook.send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_a_click_can_replace_and_delete_an_ephemeral_original(office: Office) -> None:
    await office.client.chat_postEphemeral(
        channel=PHONES, user=ANNA, text="sure?", blocks=[actions(button("yes"))]
    )
    await office.slack.click(ANNA, {"action_id": "yes"}, channel=PHONES)
    assert office.last["container"]["is_ephemeral"]
    assert "message" not in office.last
    hook = AsyncWebhookClient(office.last["response_url"])
    await hook.send(text="done", replace_original=True)
    assert [m.words for m in office.slack.ephemerals(ANNA)] == ["done"]
    await hook.send(delete_original=True)
    assert office.slack.ephemerals(ANNA) == []
    assert (await hook.send(text="x", replace_original=True)).status_code == 400


# -- files -----------------------------------------------------------------------------------------


async def test_a_file_goes_up_in_three_steps(office: Office) -> None:
    answer = await office.client.files_upload_v2(
        channel=PHONES, filename="flow.svg", title="Flow", content="<svg/>", initial_comment="look"
    )
    [message] = office.slack.messages(PHONES)
    [file] = message.files
    assert (message.text, file.name, file.title, file.content) == (
        "look",
        "flow.svg",
        "Flow",
        b"<svg/>",
    )
    headers = {"Authorization": "Bearer xoxb-demo"}
    async with aiohttp.ClientSession() as http:
        async with http.get(answer["file"]["url_private"], headers=headers) as response:
            assert await response.read() == b"<svg/>"
        async with http.get(answer["file"]["url_private"]) as response:
            assert response.status == 404


async def test_a_file_must_be_as_long_as_it_was_announced(office: Office) -> None:
    ticket = await office.client.files_getUploadURLExternal(filename="a.txt", length=3)
    complete = office.client.files_completeUploadExternal
    assert await refusal(complete(files=[{"id": ticket["file_id"]}])) == "file_not_found"
    async with aiohttp.ClientSession() as http:
        async with http.post(ticket["upload_url"], data=b"four") as response:
            assert response.status == 400
        async with http.post(ticket["upload_url"], data=b"abc") as response:
            assert await response.text() == "OK - 3"
    elsewhere = complete(files=[{"id": ticket["file_id"]}], channel_id=AWAY)
    assert await refusal(elsewhere) == "not_in_channel"
    await complete(files=[{"id": ticket["file_id"]}], channel_id=PHONES)
    assert [file.content for file in office.slack.files] == [b"abc"]


# -- trouble ---------------------------------------------------------------------------------------


async def test_pace_is_kept_by_channel_when_switched_on(office: Office) -> None:
    office.slack.limit_pace(1.0)
    await office.client.chat_postMessage(channel=PHONES, text="1")
    await office.client.chat_postMessage(channel=SHARED, text="1")
    with pytest.raises(SlackApiError) as caught:
        await office.client.chat_postMessage(channel=PHONES, text="2")
    assert caught.value.response.status_code == 429
    assert caught.value.response["error"] == "ratelimited"
    assert caught.value.response.headers["Retry-After"] == "1"
    office.clock.advance(1)
    await office.client.chat_postMessage(channel=PHONES, text="2")
    assert len(office.slack.messages(PHONES)) == 2


async def test_scripted_faults_happen_and_end(office: Office) -> None:
    office.slack.fail("chat.postMessage", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await office.client.chat_postMessage(channel=PHONES, text="x")
        assert caught.value.response.headers["Retry-After"] == "7"
    office.slack.fail("*", error=None, status=503)
    with pytest.raises(SlackApiError):
        await office.client.auth_test()
    await office.client.chat_postMessage(channel=PHONES, text="x")
    assert [name for name, _ in office.slack.calls].count("chat.postMessage") == 3
    assert len(office.slack.messages(PHONES)) == 1
    assert office.slack.refusals == []


async def test_a_lost_answer_is_a_done_deed(office: Office) -> None:
    office.slack.lose_answer("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await office.client.chat_postMessage(channel=PHONES, text="x")
    assert [m.text for m in office.slack.messages(PHONES)] == ["x"]


async def test_a_held_call_waits_at_the_gate(office: Office) -> None:
    gate = office.slack.hold("chat.postMessage")
    post = asyncio.create_task(office.client.chat_postMessage(channel=PHONES, text="x"))
    await office.slack.wait_for(lambda: office.slack.calls)
    assert office.slack.messages(PHONES) == []
    gate.set()
    await post
    assert len(office.slack.messages(PHONES)) == 1


async def test_waiting_in_vain_says_what_is_there(office: Office) -> None:
    await office.client.chat_postMessage(channel=PHONES, text="x", blocks=[section("hello")])
    with pytest.raises(TimeoutError, match=r"#phones .* U0BOT: x \| hello"):
        await office.slack.wait_for(lambda: office.slack.views(ANNA)[0], seconds=0.01)

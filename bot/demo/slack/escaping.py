"""What Slack makes of the text a person types."""

import html
import re

from bot.demo.slack.workspace import Workspace

_LINK = re.compile(r"(?<![\w<|])(https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"])")
_MAIL = re.compile(r"(?<![\w<|:/.+-])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_NAMED = re.compile(r"(?<![\w<|/])([@#])([\w][\w.-]*)")
_EVERYBODY = {"here", "channel", "everyone"}


def as_sent(workspace: Workspace, typed: str) -> str:
    """Typed text as an app gets it: ``&``, ``<`` and ``>`` escaped, names and links marked up.

    ``@anna`` becomes ``<@U0ANNA|anna>``, ``#phones`` becomes ``<#C0PHONES|phones>``, a link stands
    in angle brackets. A name that nobody has stays as it was typed.
    """
    people = {person.name.lower(): person for person in workspace.people.values()}
    channels = {channel.name: channel for channel in workspace.channels.values() if channel.name}

    def named(found: re.Match[str]) -> str:
        sign, name = found.groups()
        for end in range(len(name), 0, -1):  # a full stop may end the sentence, not the name
            start, rest = name[:end], name[end:]
            if rest and rest[0] not in ".-":
                continue
            if sign == "@" and start.lower() in people:
                person = people[start.lower()]
                return f"<@{person.id}|{person.name}>{rest}"
            if sign == "@" and start.lower() in _EVERYBODY:
                return f"<!{start.lower()}>{rest}"
            if sign == "#" and start.lower() in channels:
                return f"<#{channels[start.lower()].id}|{start.lower()}>{rest}"
        return found.group()

    text = html.escape(typed, quote=False)
    text = _MAIL.sub(r"<mailto:\1|\1>", text)
    text = _NAMED.sub(named, text)
    return _LINK.sub(r"<\1>", text)

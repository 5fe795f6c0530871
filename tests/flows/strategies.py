"""Call flows for property tests: sound ones, with cycles and steps that nobody reaches."""

from hypothesis import strategies as st

from bot.domain.callflow import (
    VOICEMAIL_OF_DIALLED,
    Busy,
    CallFlow,
    Conference,
    DialExtension,
    ExtensionTarget,
    Fax,
    GroupTarget,
    HoldMusic,
    MatchCaller,
    Menu,
    NumberTarget,
    OtherTarget,
    Play,
    Record,
    Ring,
    Start,
    Step,
    Target,
    Trunk,
    UnknownStep,
    Voicemail,
)

ids = st.sampled_from([f"object-{number}" for number in range(9)])
seconds = st.none() | st.integers(1, 3600)
names = st.text("ABC xyz-'", min_size=1, max_size=12)
digits = st.sampled_from("0123456789*#")
patterns = st.sampled_from([r"^\+4420", "anonymous", "unavailable", r"^07\d{9}$", "."])

targets: st.SearchStrategy[Target] = st.one_of(
    st.builds(ExtensionTarget, id=ids),
    st.builds(GroupTarget, id=ids),
    st.builds(NumberTarget, number=st.sampled_from(["+442079460018", "442079460018"])),
    st.builds(OtherTarget, words=names),
)


def steps(keys: list[str]) -> st.SearchStrategy[Step]:
    """A step of any kind but start and fax, all of whose hops lead to one of the keys or end."""
    key = st.sampled_from(keys)
    hop = st.none() | key
    sound = st.none() | ids
    dialled = hop | st.just(VOICEMAIL_OF_DIALLED)
    return st.one_of(
        st.builds(Record, next=key),
        st.builds(HoldMusic, playlist=ids, next=key),
        st.builds(
            MatchCaller,
            patterns=st.lists(patterns, min_size=1, max_size=3).map(tuple),
            match=key,
            no_match=key,
        ),
        st.builds(Play, sound=ids, next=key),
        st.builds(
            Ring,
            targets=st.lists(targets, min_size=1, max_size=3).map(tuple),
            seconds=seconds,
            whisper=sound,
            ringtone=sound,
            no_answer=hop,
        ),
        st.builds(
            Menu,
            prompt=sound,
            seconds=seconds,
            choices=st.dictionaries(digits, key, max_size=4),
            invalid=hop,
            timeout=hop,
        ),
        st.builds(
            DialExtension,
            prompt=sound,
            wait_seconds=seconds,
            ring_seconds=seconds,
            ringtone=sound,
            invalid=dialled,
            timeout=dialled,
            no_answer=dialled,
        ),
        st.builds(Busy, seconds=seconds),
        st.builds(Voicemail, mailboxes=st.lists(ids, min_size=1, max_size=3).map(tuple)),
        st.builds(Conference, has_pin=st.booleans(), announcement=sound, music=sound),
        st.builds(Trunk, trunk=ids),
        st.builds(UnknownStep, name=names, leads_to=st.just((("then", keys[0]),))),
    )


@st.composite
def flows_without_fax(draw: st.DrawFn, *, fewest: int = 1) -> CallFlow:
    """Sound flows of a start and some steps, in any order."""
    keys = [f"step-{number}" for number in range(draw(st.integers(fewest, 8)))]
    made: list[tuple[str, Step]] = [(key, draw(steps(keys))) for key in keys]
    made.append(("start", Start(next=draw(st.sampled_from(keys)))))
    return draw(_flow(dict(draw(st.permutations(made)))))


def _flow(made: dict[str, Step]) -> st.SearchStrategy[CallFlow]:
    return st.builds(
        CallFlow,
        id=st.sampled_from(["flow-1", "flow-2"]),
        name=names,
        extension=st.integers(100, 9999),
        steps=st.just(made),
        show_name=st.none() | st.booleans(),
        show_caller=st.none() | st.booleans(),
    )


flows: st.SearchStrategy[CallFlow] = st.one_of(
    flows_without_fax(), _flow({"start": Start(next="fax"), "fax": Fax()})
)
"""All kinds of sound flows."""


def with_step(flow: CallFlow, key: str, step: Step) -> CallFlow:
    """The flow with one step put in, or replaced."""
    return flow.model_copy(update={"steps": {**flow.steps, key: step}})


def without_step(flow: CallFlow, key: str) -> CallFlow:
    """The flow with one step taken out, whatever leads to it."""
    left = {other: step for other, step in flow.steps.items() if other != key}
    return flow.model_copy(update={"steps": left})

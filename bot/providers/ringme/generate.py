"""Writes the modules of `bot.providers.ringme.operations` from `endpoints.json`.

`python -m bot.providers.ringme.generate`, after a change of the list. Its output is formatted as
the rest of the project; a test says when the two differ. Nothing of this runs with the bot.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LIST = HERE / "endpoints.json"
WIDTH = 100

SUBJECTS = {
    "agents": "Agents: extensions that take calls of queues.",
    "calls": "Calls: placed, going on, parked, written down.",
    "chats": "Chats: all messages of one are marked or deleted; there is no call that reads them.",
    "conferences": "Conference rooms, and conferences that are going on.",
    "events": "Web hooks of an extension: one address for each kind of event.",
    "extensions": "An extension itself: names, number shown outside, registered devices.",
    "faxes": "Faxes: sent as a form, received as a file.",
    "incoming_rules": "Rules for calls that come in to an extension, tried in an order.",
    "intervals": "Time intervals, to which rules can be bound.",
    "ivr": "IVRs: menus (contexts) and their options.",
    "ivr_rules": "Rules of an IVR's options: what happens when one is chosen.",
    "mail_alerts": "Mails about failed calls.",
    "phones": "Extensions of type phone.",
    "queue_agents": "Agents in queues: those of this system (local) and those elsewhere (remote).",
    "queues": "Extensions of type queue, and what happens in them now.",
    "recordings": "Recordings, voicemails and sounds.",
    "users": "People who may sign in for an extension.",
}

_WRITTEN = {"string": "str", "integer": "Whole", "boolean": "bool", "file": "FileContent"}
_READ = {"string": "str", "integer": "int", "boolean": "bool", "object": "Any", "anything": "Any"}
_TAKEN = ("name", "method", "read")
"""Parameters whose name an `Operation` has for itself."""


def modules() -> dict[str, str]:
    """The source of each module, by file name."""
    listed = json.loads(LIST.read_text(encoding="utf-8"))
    written = {f"{name}.py": _Module(name, listed).source() for name in SUBJECTS}
    return {"__init__.py": _all_of(listed["endpoints"]), **written}


def main() -> None:
    """Writes the modules."""
    for name, source in modules().items():
        (HERE / "operations" / name).write_text(source, encoding="utf-8")


class _Module:
    """One module: enumerations, answers, calls, each in the order of the list."""

    def __init__(self, name: str, listed: Mapping[str, Any]) -> None:
        self.name = name
        self._calls = [call for call in listed["endpoints"] if call["module"] == name]
        self._models: Mapping[str, Any] = listed["models"]
        self._nested: Mapping[str, Any] = listed["nested"]
        self._words: Mapping[tuple[str, ...], str] = {
            tuple(words): name for name, words in listed["words"].items()
        }
        self._enumerations: dict[str, tuple[str, ...]] = {}
        self._names: set[str] = set()

    def source(self) -> str:
        answers = "\n\n\n".join(self._answers())
        calls = "\n\n\n".join(self._call(call) for call in self._calls)
        enumerations = "\n".join(
            _fitted(f"{name} = Literal[", [json.dumps(word) for word in words], "]")
            for name, words in sorted(self._enumerations.items())
        )
        parts = [self._head() + ("\n\n" + enumerations if enumerations else ""), answers, calls]
        return "\n\n\n".join(part for part in parts if part) + "\n"

    def _head(self) -> str:
        used = self._names
        lines = [f'"""{SUBJECTS[self.name]}', "", "Written by `bot.providers.ringme.generate`."]
        lines += ['"""', "", "from __future__ import annotations", ""]
        blocks = [
            _import("typing", used & {"Annotated", "Any", "ClassVar", "Literal"}),
            _import("pydantic", used & {"Field"}),
            "\n".join(
                line
                for line in (
                    _import("bot.providers.operations", used & _FROM_OPERATIONS),
                    _import("bot.providers.ringme.operations.incoming_rules", used & _ORDER)
                    if self.name != "incoming_rules"
                    else "",
                    _import("bot.providers.ringme.wire", used & _FROM_WIRE),
                )
                if line
            ),
        ]
        return "\n".join([*lines, "\n\n".join(block for block in blocks if block)])

    # Answers

    def _answers(self) -> Iterator[str]:
        """Models of this module, each after those that it refers to."""
        models = {
            **{model["class"]: model for model in self._nested.values()},
            **self._models,
        }
        written: set[str] = set()

        def with_others(name: str) -> Iterator[str]:
            model = models[name]
            if name in written or model["module"] != self.name:
                return
            written.add(name)
            base = model.get("extends", "Wire")
            named = [self._item_class(field) for field in model["fields"]]
            for other in [base, *named]:
                if other in models:
                    yield from with_others(other)
            yield self._model(name, model, base)

        for name in models:
            yield from with_others(name)

    def _item_class(self, field: Mapping[str, Any]) -> str:
        kind = _item(field) or field["type"]
        kind = {"interval_condition": "condition"}.get(kind, kind)
        return str(self._nested[kind]["class"]) if kind in self._nested else ""

    def _model(self, name: str, model: Mapping[str, Any], base: str) -> str:
        self._names.add(base)
        fields = [self._answered(field) for field in model["fields"]]
        return "\n".join([f"class {name}({base}):", _docstring(model["says"]), *_after(fields)])

    def _answered(self, field: Mapping[str, Any]) -> str:
        kind = self._kind(field, _READ)
        optional = kind if kind == "Any" else f"{kind} | None"
        if "one_of" in field:
            self._names |= {"Annotated", "Usually"}
            optional = f"Annotated[{optional}, Usually({self._enumeration(field)})]"
        given: list[str] = [repr_of(field.get("default"))]
        if field.get("default") == []:
            given, optional = ["default_factory=list"], kind
        if "says" in field:
            given.append(f"description={json.dumps(field['says'], ensure_ascii=False)}")
        return self._assigned(field["name"], optional, given)

    # Calls

    def _call(self, call: Mapping[str, Any]) -> str:
        of_extension = any(p["name"] == "extension_id" and p["in"] == "path" for p in _given(call))
        base = "OfExtension" if of_extension else "RingMeOperation"
        self._names.add(base)
        keywords = [f"{base}[{self._answer(call)}]", _spelt(call["call"]), _keyword("alias", call)]
        if not call["call"].startswith("GET"):
            self._names.add("Effect")
            keywords.append(f"effect=Effect.{call['effect'].upper().replace(' ', '_')}")
        head = _fitted(f"class {call['class']}(", keywords, "):")
        fields = [
            self._parameter(parameter, call)
            for parameter in _given(call)
            if not (of_extension and parameter["name"] == "extension_id")
        ]
        if any(parameter["in"] == "form" for parameter in _given(call)):
            self._names.add("ClassVar")
            fields = ["    form: ClassVar[bool] = True\n", *fields]
        return "\n".join([head, _docstring(call["says"]), *_after(fields)])

    def _answer(self, call: Mapping[str, Any]) -> str:
        match call["answer"]:
            case "one":
                name = str(call["model"])
            case "many":
                name = f"list[{call['model']}]"
            case word:
                name = {"file": "Blob", "nothing": "Nothing", "anything": "Any"}[word]
        self._names.add(call.get("model", name))
        return name

    def _parameter(self, parameter: Mapping[str, Any], call: Mapping[str, Any]) -> str:
        kind = self._kind(parameter, _WRITTEN)
        required = parameter.get("required", False)
        if "one_of" in parameter:
            kind = self._enumeration(parameter)
        if parameter["in"] == "path" and kind == "str":
            self._names.add("Id")
            kind = "Id"
        if not required:
            kind += " | None"
        marks = []
        if "None" in parameter.get("one_of", ()):
            marks.append("NoneIsNull")
        # Elsewhere a query is what the call's method and effect mean anyway.
        if parameter["in"] == "query" and call["call"].startswith(("POST", "PUT")):
            marks.append("Place.QUERY")
        if marks:
            self._names |= {"Annotated", *(mark.partition(".")[0] for mark in marks)}
            kind = f"Annotated[{', '.join([kind, *marks])}]"
        name = parameter["name"]
        given = [] if required else [repr_of(parameter.get("default"))]
        if name in _TAKEN:
            given.append(f'alias="{name}"')
            name += "_"
        if "says" in parameter:
            given.append(f"description={json.dumps(parameter['says'], ensure_ascii=False)}")
        return self._assigned(name, kind, given)

    # Both

    def _assigned(self, name: str, kind: str, given: Sequence[str]) -> str:
        if not given:
            return f"    {name}: {kind}"
        if len(given) == 1 and "=" not in given[0]:
            return f"    {name}: {kind} = {given[0]}"
        self._names.add("Field")
        return _fitted(f"    {name}: {kind} = Field(", given, ")")

    def _kind(self, field: Mapping[str, Any], plain: Mapping[str, str]) -> str:
        item = _item(field)
        name = self._item_class(field) or plain[item or field["type"]]
        self._names.add(name)
        return f"list[{name}]" if item else name

    def _enumeration(self, field: Mapping[str, Any]) -> str:
        words = tuple(field["one_of"])
        name = self._words[words]
        self._names.add("Literal")
        self._enumerations[name] = words
        return name


_FROM_OPERATIONS = {"Blob", "Effect", "FileContent", "Place", "Whole"}
_FROM_WIRE = {"Id", "NoneIsNull", "Nothing", "OfExtension", "RingMeOperation", "Usually", "Wire"}
_ORDER = {"RuleOrder"}


def repr_of(value: Any) -> str:
    """A default in Python, with double quotes."""
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _given(call: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    parameters: Sequence[Mapping[str, Any]] = call["parameters"]
    return parameters


def _item(field: Mapping[str, Any]) -> str:
    """What a list holds; nothing where the field is no list."""
    kind = str(field["type"])
    return kind.strip("[]") if kind.startswith("[") else ""


def _keyword(name: str, call: Mapping[str, Any]) -> str:
    return f"{name}={json.dumps(call[name])}"


def _spelt(call: str) -> str:
    """The call's name, in two pieces where it is too long for a line."""
    whole = f"call={json.dumps(call)}"
    if len(whole) + 5 <= WIDTH:
        return whole
    cut = call.index("/rules/")
    return f'call="{call[:cut]}"\n    "{call[cut:]}"'


def _fitted(start: str, parts: Sequence[str], end: str) -> str:
    """On one line, or with its parts on one line of their own, or with a line for each part."""
    inner = " " * (len(start) - len(start.lstrip()) + 4)
    joined = ", ".join(parts)
    outer = inner[4:]
    if "\n" not in joined:
        if len(start + joined + end) <= WIDTH:
            return start + joined + end
        if len(inner + joined) <= WIDTH:
            return f"{start}\n{inner}{joined}{',' if len(parts) == 1 else ''}\n{outer}{end}"
    lines = "".join(f"{inner}{part},\n" for part in parts)
    return f"{start}\n{lines}{outer}{end}"


def _docstring(says: str) -> str:
    summary, _, rest = says.partition(". ")
    if not rest:
        return f'    """{says}"""'
    lines = textwrap.wrap(rest, WIDTH - 4)
    return "\n".join([f'    """{summary}.', "", *(f"    {line}" for line in lines), '    """'])


def _after(fields: Sequence[str]) -> list[str]:
    return ["", *fields] if fields else []


def _import(module: str, names: set[str]) -> str:
    if not names:
        return ""
    return _fitted_import(f"from {module} import ", sorted(names, key=_sorting))


def _fitted_import(start: str, names: Sequence[str]) -> str:
    line = start + ", ".join(names)
    if len(line) <= WIDTH:
        return line
    return start + "(\n" + "".join(f"    {name},\n" for name in names) + ")"


def _sorting(name: str) -> tuple[int, str]:
    # As the formatter sorts names: constants, classes, the rest.
    return (0 if name.isupper() and len(name) > 1 else 1, name)


def _all_of(calls: Sequence[Mapping[str, Any]]) -> str:
    by_module: dict[str, set[str]] = {}
    for call in calls:
        by_module.setdefault(call["module"], set()).add(call["class"])
    lines = [
        '"""Every call of the document, in its order.',
        "",
        "Written by `bot.providers.ringme.generate`.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Any",
        "",
    ]
    lines += [
        _import(f"bot.providers.ringme.operations.{name}", by_module[name])
        for name in sorted(by_module)
    ]
    lines.append(_import("bot.providers.ringme.wire", {"RingMeOperation"}))
    lines += ["", "DOCUMENTED: tuple[type[RingMeOperation[Any]], ...] = ("]
    lines += [f"    {call['class']}," for call in calls]
    return "\n".join([*lines, ")", ""])


if __name__ == "__main__":
    main()

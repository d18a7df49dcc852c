"""Compares recorded bodies with the bodies that the models write back."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal

from .operations import plain

STEP = re.compile(r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.\[]+)')
LABEL = re.compile(r'(?:(\w+)|("(?:[^"\\]|\\.)*")): ')


@dataclass(frozen=True)
class Difference:
    """A difference at a JSON pointer. `kind` is one of `refused`, `lost`, `changed`, `added` and `unrecognized`."""

    kind: str
    place: tuple[str | int, ...]
    why: str


def parse(text: str):
    """Parses JSON. Numbers of any size keep their value."""
    return json.loads(text, parse_float=Decimal)


def differences(text: str, outcome: dict) -> list[Difference]:
    """Returns the differences between a body and its outcome."""
    if "refused" in outcome:
        refused = outcome["refused"]
        return [Difference("refused", steps(refused["place"]), refused["why"])]
    recorded, read = parse(text), outcome["read"]
    found = list(compare(recorded, parse(read["json"]), ()))
    if read["debug"]:
        places = unrecognized(read["debug"], recorded)
        found += [Difference("unrecognized", place, show(at(recorded, place))) for place in places]
    return found


def compare(recorded, written, place):
    if isinstance(recorded, dict) and isinstance(written, dict):
        for key in recorded.keys() - written.keys():
            yield Difference("lost", (*place, key), show(recorded[key]))
        for key in written.keys() - recorded.keys():
            yield Difference("added", (*place, key), show(written[key]))
        for key in recorded.keys() & written.keys():
            yield from compare(recorded[key], written[key], (*place, key))
    elif isinstance(recorded, list) and isinstance(written, list) and len(recorded) == len(written):
        for index, pair in enumerate(zip(recorded, written)):
            yield from compare(*pair, (*place, index))
    elif kind(recorded) != kind(written) or recorded != written:
        yield Difference("changed", place, f"{show(recorded)} became {show(written)}")


def kind(value) -> str:
    if isinstance(value, bool) or value is None:
        return str(value)
    return "number" if isinstance(value, (int, Decimal)) else type(value).__name__


def unrecognized(debug: str, recorded):
    """Returns the places of values without a variant, from the `Debug` text of a value."""
    labels: list[str | int | None] = []
    counts: list[int | None] = []
    for line in debug.splitlines():
        content = line.lstrip(" ")
        depth = (len(line) - len(content)) // 4
        if content[:1] in ("}", ")", "]"):
            continue
        del labels[depth:], counts[depth + 1 :]
        label = LABEL.match(content)
        if label:
            labels.append(label[1] or parse(label[2]))
        else:
            labels.append(counts[depth] if depth < len(counts) else None)
        while len(counts) <= depth:
            counts.append(None)
        if counts[depth] is not None:
            counts[depth] += 1
        counts.append(0 if content.endswith("[") else None)
        if content.removeprefix(label[0] if label else "").startswith("Unrecognized("):
            yield located(labels, recorded)


def located(labels, recorded) -> tuple[str | int, ...]:
    """Converts the names of fields to those in JSON."""
    place = []
    for label in labels:
        if isinstance(recorded, list) and isinstance(label, int):
            place.append(label)
            recorded = recorded[label]
        elif isinstance(recorded, dict) and isinstance(label, str):
            key = label if label in recorded else next((key for key in recorded if plain(key) == plain(label)), label)
            place.append(key)
            recorded = recorded.get(key)
    return tuple(place)


def at(value, place):
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def steps(place: str | None) -> tuple[str | int, ...]:
    """Splits a place such as `data[3].attributes["a b"]`, as the crate prints it."""
    return tuple(
        int(index) if index else json.loads(f'"{quoted}"') if quoted else name
        for quoted, index, name in STEP.findall(place or "")
    )


def pointer(place) -> str:
    """Returns a JSON pointer with `*` for each index."""
    return "".join("/" + ("*" if isinstance(step, int) else step.replace("~", "~0").replace("/", "~1")) for step in place)


def show(value, length: int = 80) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= length else text[:length] + "…"

"""Mutates values as a later version of a server may: each change at each place of a value."""

from typing import Iterator

from .samples import Samples

AS_DESCRIBED = "as described"
UNKNOWN_FIELD = "an unknown field"
UNKNOWN_VALUE = "an unknown enum value"
NULLABLE = "null for a nullable property"
NULL = "null for an optional property"
OTHER_MEMBER = "another member of a union"
BIG = "a big integer"
KINDS = [AS_DESCRIBED, NULLABLE, OTHER_MEMBER, BIG, UNKNOWN_FIELD, UNKNOWN_VALUE, NULL]

# Numbers out of the range of doubles and of 64-bit integers.
BEYOND_DOUBLE = 2**53 + 1
BEYOND_64_BITS = 10**30 + 1


def mutations(samples: Samples, schema: dict, value) -> Iterator[tuple[str, object]]:
    """Yields each change with the whole changed value."""
    for place, flat, inner in places(samples, schema, value, ()):
        for kind, changed in changes(samples, flat, inner):
            yield kind, replaced(value, place, changed)


def places(samples: Samples, schema: dict, value, place) -> Iterator[tuple[tuple, dict, object]]:
    """Yields the schema and the value at each described place."""
    flat = samples.flat(schema)
    yield place, flat, value
    for word in ("oneOf", "anyOf"):
        fitting = [member for member in flat.get(word, ()) if samples.fits(member, value)]
        if len(fitting) == 1:
            member = samples.flat(fitting[0])
            flat = {**flat, **member, "properties": flat.get("properties", {}) | member.get("properties", {})}
            yield place, member, value
    if isinstance(value, dict):
        others = flat.get("additionalProperties")
        for name, inner in value.items():
            described = flat.get("properties", {}).get(name, others if isinstance(others, dict) else None)
            if described is not None and inner is not None:
                yield from places(samples, described, inner, (*place, name))
    elif isinstance(value, list) and value and "items" in flat:
        # All items are read in the same way, so the first is enough.
        yield from places(samples, flat["items"], value[0], (*place, 0))


def changes(samples: Samples, flat: dict, value) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict) and flat.get("properties"):
        if flat.get("additionalProperties", True) is True or flat["additionalProperties"] == {}:
            yield UNKNOWN_FIELD, {**value, "not_yet_described": {"deep": [1, None, "text"]}}
        for name, property in flat["properties"].items():
            if samples.description.is_nullable(samples.description.resolve(property)):
                yield NULLABLE, {**value, name: None}
            elif name not in flat.get("required", ()):
                yield NULL, {**value, name: None}
    if isinstance(value, str) and flat.get("enum"):
        yield UNKNOWN_VALUE, "NOT_YET_DESCRIBED"
    if flat.get("oneOf") or flat.get("anyOf"):
        for _, other in samples.members(flat):
            if other != value and samples.fits(flat, other):
                yield OTHER_MEMBER, other
    yield from bigger(flat, value)


def bigger(flat: dict, value) -> Iterator[tuple[str, object]]:
    if "maximum" in flat or "multipleOf" in flat or "enum" in flat:
        return
    if flat.get("type") == "integer" and flat.get("format") in (None, "int64"):
        yield BIG, 2**63 - 1
        if "format" not in flat:
            yield BIG, 2**64 - 1
    elif flat.get("type") == "number" and flat.get("format") is None:
        yield BIG, BEYOND_DOUBLE
    elif not flat.keys() & {"type", "properties", "oneOf", "anyOf", "enum", "additionalProperties"}:
        yield BIG, BEYOND_64_BITS
    elif flat.get("type") == "object" and not flat.get("properties") and flat.get("additionalProperties", True) in (True, {}):
        yield BIG, {"number": BEYOND_64_BITS}


def replaced(value, place, new):
    if not place:
        return new
    copy = value.copy()
    copy[place[0]] = replaced(value[place[0]], place[1:], new)
    return copy


"""Checks whether a description allows a value, independently of the generator."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import yaml

from .compare import show

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
RANGES = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, Decimal)) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, (int, Decimal)) and not isinstance(value, bool) and value == int(value),
}


class Description:
    """An OpenAPI description, with the schemas of its bodies."""

    def __init__(self, file: Path):
        text = file.read_text(encoding="utf-8")
        # YAML does not have all escapes of JSON.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.root = json.loads(text) if file.suffix == ".json" else yaml.load(text, Loader=loader)

    def body(self, method: str, path: str, status: str) -> dict:
        """Returns the schema of a response, or of the `request`."""
        operation = self.root["paths"][path][method.lower()]
        body = operation["requestBody"] if status == "request" else operation["responses"].get(status, {})
        content = self.resolve(body).get("content", {})
        return next((media.get("schema", {}) for name, media in content.items() if "json" in name), {})

    def resolve(self, node: dict) -> dict:
        while "$ref" in node:
            target = self.root
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def contradictions(self, schema: dict, value, place=()):
        """Yields each place at which a value contradicts the schema, with the reason."""
        schema = self.resolve(schema)
        if value is None:
            if not self.is_nullable(schema):
                yield place, "null is not allowed"
            return
        ty = schema.get("type")
        if ty is not None and not TYPES[ty](value):
            yield place, f"{show(value)} is not a valid {ty}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield place, f"{show(value)} is not in the enum"
        if not self.has_format(schema.get("format"), value):
            yield place, f"{show(value)} is not a valid {schema['format']}"
        for part in schema.get("allOf", []):
            yield from self.contradictions(part, value, place)
        for word in ("oneOf", "anyOf"):
            if word in schema:
                yield from self._fits_one(schema[word], value, place)
        if isinstance(value, dict):
            yield from self._object(schema, value, place)
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.contradictions(schema.get("items", {}), item, (*place, index))

    def is_nullable(self, schema: dict) -> bool:
        if schema.get("nullable") or None in schema.get("enum", ()):
            return True
        parts = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
        if parts:
            return any(self.is_nullable(self.resolve(part)) for part in parts)
        if "allOf" in schema:
            return all(self.is_nullable(self.resolve(part)) for part in schema["allOf"])
        return not schema.keys() & {"type", "properties", "items", "enum"}

    def _fits_one(self, variants, value, place):
        """Returns the contradictions to the variant that has the fewest."""
        nearest = min((list(self.contradictions(variant, value, place)) for variant in variants), key=len, default=[])
        if nearest:
            yield place, "no variant: " + "; ".join(f"{inner[len(place):]}: {why}" for inner, why in nearest[:3])

    def _object(self, schema, value, place):
        properties = schema.get("properties", {})
        for key in schema.get("required", ()):
            if key not in value:
                yield (*place, key), "required, but missing"
        others = schema.get("additionalProperties", True)
        for key, inner in value.items():
            if key in properties:
                yield from self.contradictions(properties[key], inner, (*place, key))
            elif others is False:
                yield (*place, key), "not described, and no other properties are allowed"
            elif isinstance(others, dict):
                yield from self.contradictions(others, inner, (*place, key))

    @staticmethod
    def has_format(name, value) -> bool:
        if name in RANGES and not isinstance(value, (str, bool)):
            least, most = RANGES[name]
            return least <= value <= most
        if name == "uuid" and isinstance(value, str):
            return UUID.fullmatch(value) is not None
        if name in ("date-time", "date") and isinstance(value, str):
            try:
                (date if name == "date" else datetime).fromisoformat(value)
            except ValueError:
                return False
        return True

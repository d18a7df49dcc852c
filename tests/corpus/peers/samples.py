"""Returns values of a schema: the examples of the description, or generated values."""

import re

from recordings.schema import Description

TEXTS = {
    "date": "2026-03-14",
    "date-time": "2026-03-14T15:09:26Z",
    "uuid": "6f1c1b1e-57a4-4b0e-9d3a-2f0f6c7d8e90",
    "uri": "https://example.com/things/1",
    "url": "https://example.com/things/1",
    "email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "ip": "192.0.2.1",
    "byte": "Ynl0ZXM=",
}
# Most patterns in descriptions match one of these texts.
PATTERNED = ["text", "a", "a1", "A", "1", "0", "12", "1.0.0", "v1", "1.5", "text/plain", "a-b", "a.b", "a_1", "ABC", "US", "USD"]
PATTERNED += ["192.0.2.0/24", "2001:db8::/32", "00:11:22:33:44:55", "0123456789abcdef", "0" * 24, "0" * 40, "0" * 64, "#00ff00"]
PATTERNED += ["/", "/a", "$1", "15:09", "15:09:26", "+14155550100", "+0000", "en-US", *TEXTS.values()]
DEEPEST = 12


class NoValue(Exception):
    """No value can be generated from the schema, because of a cycle or a pattern."""


class Samples:
    def __init__(self, description: Description):
        self.description = description

    def of_body(self, media: dict) -> list:
        """Returns the examples of a body and a generated value. All of them match the schema."""
        schema = media["schema"]
        given = [media["example"]] if "example" in media else []
        for example in media.get("examples", {}).values():
            given.append(self.description.resolve(example).get("value"))
        try:
            given.append(self.make(schema))
        except NoValue:
            pass
        fitting = []
        for value in given:
            if value is not None and value not in fitting and self.fits(schema, value):
                fitting.append(value)
        return fitting

    def fits(self, schema: dict, value) -> bool:
        try:
            return next(self.description.contradictions(schema, value), None) is None
        except (KeyError, TypeError, ValueError, ArithmeticError):
            return False

    def flat(self, schema: dict) -> dict:
        """Returns a schema with the properties of its `allOf` parts."""
        schema = self.description.resolve(schema)
        if "allOf" not in schema:
            return schema
        whole = {key: value for key, value in schema.items() if key not in ("allOf", "properties", "required")}
        properties, required = {}, []
        for part in [*map(self.flat, schema["allOf"]), {**schema, "allOf": []}]:
            properties |= part.get("properties", {})
            required += part.get("required", [])
            for key in part.keys() - {"properties", "required", "allOf", "nullable"}:
                whole.setdefault(key, part[key])
        return whole | ({"properties": properties} if properties else {}) | ({"required": required} if required else {})

    def make(self, schema: dict, above: tuple = ()):
        """Returns a value with all properties, except those that lead back to a schema whose value is being generated."""
        if "$ref" in schema:
            if schema["$ref"] in above:
                raise NoValue(schema["$ref"])
            above = (*above, schema["$ref"])
        if len(above) > DEEPEST:
            raise NoValue("deep")
        flat = self.flat(schema)
        # OpenAPI 3.0 describes a member that is null in this way.
        if flat == {"nullable": True}:
            return None
        if flat.get("example") is not None and self.fits(schema, flat["example"]):
            return flat["example"]
        if "enum" in flat:
            return next((value for value in flat["enum"] if value is not None), None)
        for word in ("oneOf", "anyOf"):
            if flat.get(word):
                return self._first(flat, word, above)
        return self._plain(flat, above)

    def members(self, flat: dict, above: tuple = ()):
        """Yields each member of a union with a value of it."""
        for word in ("oneOf", "anyOf"):
            for member in flat.get(word, ()):
                try:
                    yield member, self.of_member(flat, member, above)
                except NoValue:
                    continue

    def of_member(self, flat: dict, member: dict, above: tuple):
        value = self.make(member, above)
        if isinstance(value, dict):
            if flat.get("properties"):
                value = self._object(flat, above) | value
            tag = flat.get("discriminator", {}).get("propertyName")
            if tag and "$ref" in member:
                value = value | {tag: self.tag(flat["discriminator"], member["$ref"])}
        return value

    @staticmethod
    def tag(discriminator: dict, reference: str) -> str:
        name = reference.rsplit("/", 1)[-1]
        mapping = discriminator.get("mapping", {})
        return next((tag for tag, target in mapping.items() if target in (reference, name)), name)

    def _first(self, flat, word, above):
        for member in flat[word]:
            try:
                return self.of_member(flat, member, above)
            except NoValue:
                continue
        raise NoValue(word)

    def _plain(self, flat, above):
        ty = flat.get("type")
        if ty == "object" or ty is None and (flat.get("properties") or "additionalProperties" in flat):
            return self._object(flat, above)
        if ty == "array":
            return self._list(flat, above)
        if ty == "string":
            return self._text(flat)
        if ty in ("integer", "number"):
            return self._number(flat, ty)
        return True if ty == "boolean" else {"any": "value"}

    def _object(self, flat, above):
        value = {}
        for name, property in flat.get("properties", {}).items():
            try:
                value[name] = self.make(property, above)
            except NoValue:
                if name in flat.get("required", ()):
                    raise
        others = flat.get("additionalProperties")
        if isinstance(others, dict) and not flat.get("properties"):
            try:
                value["key"] = self.make(others, above)
            except NoValue:
                pass
        return value

    def _list(self, flat, above):
        try:
            return [self.make(flat.get("items", {}), above)] * max(1, flat.get("minItems", 1))
        except NoValue:
            if flat.get("minItems"):
                raise
            return []

    @staticmethod
    def _text(flat):
        if "pattern" in flat:
            return patterned(flat)
        text = TEXTS.get(flat.get("format"), "text")
        if len(text) < flat.get("minLength", 0):
            text = text.ljust(flat["minLength"], "x")
        return text[: flat.get("maxLength", len(text))]

    @staticmethod
    def _number(flat, ty):
        value = flat.get("minimum", min(1, flat.get("maximum", 1)))
        if flat.get("exclusiveMinimum") is True:
            value += 1
        step = flat.get("multipleOf")
        return step * -(-value // step) if step else value if ty == "number" else int(value)


def patterned(flat: dict) -> str:
    least, most = flat.get("minLength", 0), flat.get("maxLength", 1000)
    try:
        return next(text for text in PATTERNED if least <= len(text) <= most and re.search(flat["pattern"], text))
    except (StopIteration, re.error):
        raise NoValue(flat["pattern"]) from None

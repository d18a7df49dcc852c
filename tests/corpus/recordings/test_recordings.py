"""Tests the comparison with recordings: `python -m unittest discover -s tests/corpus`."""

import json
import unittest
from decimal import Decimal

from recordings.compare import Difference, differences, pointer, unrecognized
from recordings.operations import Surface
from recordings.schema import Description

API = """\
operation get_thing = GET /things/{id} -> Thing
operation get_thing returns 200 with Thing
operation get_thing returns 4XX with ApiError
operation get_default = GET /things/default -> ()
operation get_default returns 204 with no body
operation get_default returns default with Bytes, application/zip
operation add_thing = POST /things -> Vec<Thing>
operation add_thing returns 201 with Vec<Thing>
type ApiError = struct
type Thing = struct
"""
DUMP = {
    "operations": [
        {"method": "POST", "path": "/things", "body": {"content": {"format": "json", "ty": {"named": "thing"}}}},
    ]
}
DEBUG = """\
Page {
    data: [
        Thing {
            type: Known,
        },
        Thing {
            type: Unrecognized(
                "new",
            ),
            display_name: Some(
                Boxed(
                    Other {
                        by_name: {
                            "a: b": Unrecognized(
                                {"x":1},
                            ),
                        },
                    },
                ),
            ),
        },
    ],
}
"""


def read(text, debug=None):
    return {"read": {"json": text, "debug": debug}}


class Comparison(unittest.TestCase):
    def found(self, recorded, written):
        return {(pointer(found.place), found.kind) for found in differences(recorded, read(written))}

    def test_the_order_of_fields_and_the_spelling_of_numbers_are_ignored(self):
        self.assertEqual(self.found('{"a": 1.50, "b": [1e2]}', '{"b": [100.0], "a": 1.5}'), set())

    def test_each_kind_of_difference_has_its_place(self):
        self.assertEqual(self.found('{"a": [{"b": null}]}', '{"a": [{}]}'), {("/a/*/b", "lost")})
        self.assertEqual(self.found("{}", '{"a/b": null}'), {("/a~1b", "added")})
        self.assertEqual(self.found('{"a": [1]}', '{"a": []}'), {("/a", "changed")})

    def test_values_of_different_kinds_differ(self):
        for recorded, written in [("1", "true"), ("0", "false"), ('"1"', "1"), ("null", "false"), ("{}", "[]")]:
            self.assertEqual(self.found(recorded, written), {("", "changed")}, recorded)

    def test_numbers_are_compared_exactly(self):
        for recorded, written in [("9007199254740993", "9007199254740992"), ("0.1234567890123456789", "0.12345678901234568")]:
            self.assertEqual(self.found(recorded, written), {("", "changed")}, recorded)

    def test_a_rejection_has_the_place_that_the_client_reports(self):
        outcome = {"refused": {"why": "no", "place": 'data[3].a["b c"]'}}
        self.assertEqual(differences("{}", outcome), [Difference("refused", ("data", 3, "a", "b c"), "no")])

    def test_an_unrecognized_value_has_its_place_in_the_json(self):
        recorded = {"data": [{"type": "known"}, {"type": "new", "displayName": {"by-name": {"a: b": {"x": 1}}}}]}
        places = [("data", 1, "type"), ("data", 1, "displayName", "by-name", "a: b")]
        self.assertEqual(list(unrecognized(DEBUG, recorded)), places)
        found = differences(json.dumps(recorded), read(json.dumps(recorded), DEBUG))
        self.assertEqual([(one.kind, one.place) for one in found], [("unrecognized", place) for place in places])


class Operations(unittest.TestCase):
    def setUp(self):
        self.surface = Surface(API, json.dumps(DUMP))

    def name(self, method, path):
        found = self.surface.find(method, path)
        return found and found.name

    def test_text_takes_precedence_over_a_placeholder(self):
        self.assertEqual(self.name("GET", "/things/default"), "get_default")
        self.assertEqual(self.name("GET", "/things/7"), "get_thing")
        self.assertIsNone(self.name("GET", "/things/7/parts"))
        self.assertIsNone(self.name("DELETE", "/things/7"))

    def test_the_status_takes_precedence_over_its_range_and_the_default(self):
        thing, default = self.surface.operations["get_thing"], self.surface.operations["get_default"]
        self.assertEqual(thing.response(200), ("200", "Thing"))
        self.assertEqual(thing.response(404), ("4XX", "ApiError"))
        self.assertEqual(default.response(204), ("204", None))
        self.assertEqual(default.response(500), ("default", None))
        self.assertIsNone(thing.response(500))

    def test_an_undocumented_success_has_the_response_of_the_documented_one(self):
        self.assertEqual(self.surface.operations["add_thing"].response(200), ("201", "Vec<Thing>"))

    def test_types_become_code(self):
        self.assertEqual(self.surface.operations["add_thing"].request, "Thing")
        self.assertEqual(self.surface.rust("Option<Vec<Thing>>"), "Option<Vec<models::Thing>>")


class Contradictions(unittest.TestCase):
    def setUp(self):
        self.description = Description.__new__(Description)
        self.description.root = {"components": {"schemas": {"Text": {"type": "string"}}}}

    def found(self, schema, value):
        return [pointer(place) for place, _ in self.description.contradictions(schema, value)]

    def test_an_allowed_value_has_no_contradiction(self):
        text = {"$ref": "#/components/schemas/Text"}
        for schema, value in [
            ({}, None),
            ({"type": "string", "nullable": True}, None),
            ({"type": "string", "format": "date-time"}, "2023-06-02T20:53:23.238403+00:00"),
            ({"type": "number"}, Decimal("1.5")),
            ({"oneOf": [{"type": "object"}, text]}, "a"),
            ({"type": "object", "required": ["a"], "properties": {"a": text}}, {"a": "", "b": 1}),
        ]:
            self.assertEqual(self.found(schema, value), [], schema)

    def test_each_contradiction_has_its_place(self):
        text = {"$ref": "#/components/schemas/Text"}
        for schema, value, place in [
            (text, None, ""),
            ({"type": "integer"}, Decimal("1.5"), ""),
            ({"type": "integer", "format": "int32"}, 2**31, ""),
            ({"type": "boolean"}, 1, ""),
            ({"type": "string", "enum": ["a"]}, "b", ""),
            ({"type": "string", "format": "date-time"}, "yesterday", ""),
            ({"type": "array", "items": text}, [""] + [1], "/*"),
            ({"type": "object", "required": ["a"]}, {}, "/a"),
            ({"type": "object", "additionalProperties": text}, {"a": 1}, "/a"),
            ({"type": "object", "properties": {}, "additionalProperties": False}, {"a": 1}, "/a"),
            ({"allOf": [{"type": "object"}, {"required": ["a"]}]}, {}, "/a"),
            ({"anyOf": [{"type": "object"}, {"type": "array"}]}, "", ""),
        ]:
            self.assertEqual(self.found(schema, value), [place], schema)


if __name__ == "__main__":
    unittest.main()

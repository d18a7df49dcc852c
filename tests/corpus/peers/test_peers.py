"""Tests samples and mutations: `python -m unittest discover -s tests/corpus`."""

import sys
import tempfile
import unittest
from pathlib import Path

import losses
from peers.mutations import BIG, NULL, NULLABLE, OTHER_MEMBER, UNKNOWN_FIELD, UNKNOWN_VALUE, mutations
from peers.program import judge, types
from peers.samples import NoValue, Samples
from recordings.schema import Description

SPEC = """\
paths:
  /things:
    get:
      responses:
        "200":
          content:
            application/json:
              schema: {type: object, properties: {things: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}
components:
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: integer, format: int64}}}
    Thing:
      allOf:
        - $ref: "#/components/schemas/Base"
        - type: object
          properties:
            color: {type: string, enum: [red, blue]}
            code: {type: string, pattern: "^[A-Z]{3}$"}
            parent: {$ref: "#/components/schemas/Thing"}
            shape: {$ref: "#/components/schemas/Shape"}
            free: {}
            empty: {type: string, nullable: true, example: text}
    Shape:
      oneOf: [{$ref: "#/components/schemas/Round"}, {$ref: "#/components/schemas/Square"}]
      discriminator: {propertyName: kind, mapping: {round: "#/components/schemas/Round"}}
    Round: {type: object, additionalProperties: false, required: [kind], properties: {kind: {type: string}}}
    Square: {type: object, required: [kind, side], properties: {kind: {type: string}, side: {type: number}}}
    Endless: {type: object, required: [again], properties: {again: {$ref: "#/components/schemas/Endless"}}}
"""
THING = {"$ref": "#/components/schemas/Thing"}


class Values(unittest.TestCase):
    def setUp(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "spec.yaml"
            file.write_text(SPEC, encoding="utf-8")
            self.description = Description(file)
        self.samples = Samples(self.description)

    def test_a_sample_has_all_properties_except_cycles(self):
        thing = self.samples.make(THING)
        expected = {"id": 1, "color": "red", "code": "ABC", "shape": {"kind": "round"}, "free": {"any": "value"}}
        expected["empty"] = "text"
        self.assertEqual(thing, expected)
        self.assertTrue(self.samples.fits(THING, thing))

    def test_a_member_can_be_null(self):
        flat = {"anyOf": [{"type": "string"}, {"nullable": True}]}
        self.assertEqual([value for _, value in self.samples.members(flat)], ["text", None])

    def test_an_enum_can_contain_only_null(self):
        self.assertIsNone(self.samples.make({"type": "string", "nullable": True, "enum": [None]}))

    def test_a_date_has_no_time(self):
        schema = {"type": "string", "format": "date"}
        self.assertTrue(self.samples.fits(schema, "2026-03-14"))
        self.assertFalse(self.samples.fits(schema, "2026-03-14T15:09:26Z"))

    def test_an_infinite_schema_has_no_value(self):
        with self.assertRaises(NoValue):
            self.samples.make({"$ref": "#/components/schemas/Endless"})

    def test_each_kind_of_mutation(self):
        found = {}
        for kind, value in mutations(self.samples, THING, self.samples.make(THING)):
            found.setdefault(kind, []).append(value)
        self.assertEqual([list(value)[-1] for value in found[UNKNOWN_FIELD]], ["not_yet_described"])
        self.assertEqual([value["color"] for value in found[UNKNOWN_VALUE]], ["NOT_YET_DESCRIBED"])
        nulls = [name for value in found[NULL] for name in value if value[name] is None]
        self.assertEqual([name for value in found[NULLABLE] for name in value if value[name] is None], ["free", "empty"])
        self.assertEqual(nulls, ["color", "code", "parent", "shape"])
        self.assertEqual([value["shape"] for value in found[OTHER_MEMBER]], [{"kind": "Square", "side": 1}])
        self.assertEqual([value["id"] for value in found[BIG]][:1], [2**63 - 1])

    def test_named_schemas_of_responses(self):
        self.assertEqual(losses.responses(self.description, {"thing"}), {"Thing": {"schema": THING}})
        self.assertEqual(losses.responses(self.description, set()), {})


class Outcomes(unittest.TestCase):
    def test_differences(self):
        text = '{"n": 9007199254740993, "at": "2026-03-14T15:09:26Z"}'
        self.assertEqual(losses.differences(text, {"read": text}), [])
        same = '{"at": "2026-03-14T15:09:26+00:00", "n": 9007199254740993}'
        self.assertEqual(losses.differences(text, {"read": same}), [])
        changed = losses.differences(text, {"read": '{"n": 9007199254740992.0}'})
        self.assertEqual([line.split(":")[0] for line in changed], ["/at lost", "/n changed"])
        self.assertEqual(losses.differences(text, {"refused": "why"}), ["why"])

    def test_outcomes_with_other_line_ends(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "program"
            program.write_text(f"#!{sys.executable}\nprint('{{\"read\": \"a\\u2028b\"}}')\n", encoding="utf-8")
            program.chmod(0o700)
            self.assertEqual(judge(program, [("Thing", "{}")]), [{"read": "a\u2028b"}])


class Types(unittest.TestCase):
    def test_ambiguous_names_have_no_type(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "src" / "generated" / "types.rs"
            file.parent.mkdir(parents=True)
            file.write_text("pub struct AThing {}\npub struct Athing;\npub enum Color {}\npub type Things = Vec<Color>;\n")
            found = types("openapi-to-rust", Path(folder))
        self.assertEqual(found, {"color": "api::generated::types::Color", "things": "api::generated::types::Things"})


if __name__ == "__main__":
    unittest.main()

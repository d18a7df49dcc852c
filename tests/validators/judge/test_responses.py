"""Checks that invalid responses are detected: `python -m unittest discover -s tests/validators/judge`."""

import copy
import json
import unittest
from pathlib import Path

from responses import METHODS, Judge
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

SPEC = Path(__file__).parents[3] / "spec/org_groups.yaml"
ID = "5a0b4e7e-9d55-4a7b-8c4a-3e1f2d6c9b01"

# The fields whose values may have any form.
FREE_FORM = ("content", "default_value", "allowed_values", "meta")


def places(value, place=()):
    """Yields the path of each field of an example whose name the schema defines."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*place, name)
            if name not in FREE_FORM:
                yield from places(inner, (*place, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*place, index))


class Responses(unittest.TestCase):
    def setUp(self):
        self.judge = Judge(str(SPEC))

    def requests(self):
        """Yields a request of each operation with each documented status."""
        for path, item in (self.judge.spec / "paths").items():
            for method, operation in item.items():
                if method in METHODS:
                    real = "/".join(ID if part.startswith("{") else part for part in path.split("/"))
                    environ = EnvironBuilder(path=real, method=method.upper()).get_environ()
                    for status in (operation / "responses").keys():
                        yield self.judge.request(environ, real), status

    def problems(self, request, status, body, content_type="application/json"):
        response = Response(body, int(status), content_type=content_type)
        return self.judge.response_problems(request, response)

    def test_examples_pass(self):
        for request, status in self.requests():
            response = self.judge.example(request, status)
            self.assertEqual(self.judge.response_problems(request, response), [], f"{request} {status}")

    def test_misspelt_fields_are_found(self):
        changed = 0
        for request, status in self.requests():
            example = self.judge.example(request, status).get_data()
            body = json.loads(example) if example else None
            for *place, name in places(body):
                other = copy.deepcopy(body)
                node = other
                for key in place:
                    node = node[key]
                node[f"{name}s"] = node.pop(name)
                problems = self.problems(request, status, json.dumps(other))
                self.assertTrue(problems, f"{request} {status}: {place} {name}")
                changed += 1
        self.assertGreater(changed, 500)

    def test_other_bodies_are_found(self):
        for request, status in self.requests():
            if status != "204":
                for body in ("", "[]", "5", "{", '{"data": null, "errors": null}'):
                    self.assertTrue(self.problems(request, status, body), f"{request} {status}: {body!r}")
                self.assertTrue(self.problems(request, status, "{}", "text/html"), f"{request} {status}: HTML")

    def test_other_statuses_are_found(self):
        for request, _ in self.requests():
            self.assertTrue(self.problems(request, "418", "{}"), f"{request}")


if __name__ == "__main__":
    unittest.main()

"""The operations of a generated crate, and the Rust types of their bodies."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

OPERATION = re.compile(r"operation (\w+) = ([A-Z]+) (\S+) -> (.+)")
RESPONSE = re.compile(r"operation (\w+) returns (\w+) with (.+)")
TYPE = re.compile(r"type (\w+) = ")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass
class Operation:
    """An operation. A body is a Rust type, or `None` if none is described."""

    name: str
    method: str
    path: str
    success: str | None
    responses: dict[str, str | None] = field(default_factory=dict)
    request: str | None = None

    def response(self, status: int) -> tuple[str, str | None] | None:
        """Returns the documented response for a status: that of the status itself, of its range, or the default.

        An undocumented success has the response of the documented one.
        """
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.responses:
                return key, self.responses[key]
        if status // 100 == 2 and self.success is not None:
            return next(key for key, ty in self.responses.items() if ty == self.success), self.success
        return None


class Surface:
    """The operations of a crate, which can be found by requests."""

    def __init__(self, api_txt: str, dump: str):
        lines = api_txt.splitlines()
        self.types = {found[1] for line in lines if (found := TYPE.match(line))}
        self.operations = {found[1]: Operation(*found.groups()) for line in lines if (found := OPERATION.match(line))}
        for line in lines:
            if found := RESPONSE.match(line):
                self.operations[found[1]].responses[found[2]] = json_type(found[3])
        for operation in self.operations.values():
            if operation.success not in operation.responses.values():
                operation.success = None
        self._add_requests(json.loads(dump))
        self._by_shape = defaultdict(list)
        for operation in self.operations.values():
            self._by_shape[operation.method, operation.path.count("/")].append((pattern(operation.path), operation))

    def find(self, method: str, path: str) -> Operation | None:
        """Returns the operation of a request. If several templates match, text takes precedence over a placeholder."""
        fitting = [
            (specificity(operation.path), operation)
            for regex, operation in self._by_shape[method, path.count("/")]
            if regex.fullmatch(path)
        ]
        return max(fitting, key=lambda entry: entry[0], default=(None, None))[1]

    def rust(self, ty: str) -> str:
        """Returns a type as code that names the models by their path."""
        return re.sub(r"\w+", lambda word: f"models::{word[0]}" if word[0] in self.types else word[0], ty)

    def _add_requests(self, dump: dict):
        """Adds whole bodies from the dump, because the surface does not show a body whose parts are arguments."""
        by_schema = {plain(name): name for name in self.types}
        by_place = defaultdict(list)
        for operation in self.operations.values():
            by_place[operation.method, operation.path].append(operation)
        for described in dump["operations"]:
            content = described.get("body", {}).get("content", {})
            if content.get("format") != "json":
                continue
            ty = content["ty"]
            name = "Value" if ty == "free_form" else by_schema[plain(ty["named"])]
            for operation in by_place[described["method"], described["path"]]:
                operation.request = operation.request or name


def load(crate: Path, dump: str) -> Surface:
    return Surface((crate / "api.txt").read_text(encoding="utf-8"), dump)


def json_type(words: str) -> str | None:
    """Returns the type in `Type`, `Type, media/type` or `no body`, if the body is JSON."""
    # A type such as `BTreeMap<String, Group>` has a comma too.
    ty = re.sub(r", \S+/\S+$", "", words)
    return None if words == "no body" or ty in ("Bytes", "String") else ty


def plain(name: str) -> str:
    """Normalizes the name of a schema or a type."""
    return re.sub(r"[^0-9a-z]", "", name.lower())


def pattern(path: str) -> re.Pattern:
    texts = [re.escape(text) for text in PLACEHOLDER.split(path)]
    return re.compile("[^/]+".join(texts))


def specificity(path: str) -> list[bool]:
    """Returns a sort key: the first part in which one path has text and the other a placeholder decides."""
    return [PLACEHOLDER.search(part) is None for part in path.split("/")]

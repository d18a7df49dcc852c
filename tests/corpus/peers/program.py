"""Finds the types of a crate, and builds the program that reads and writes values with them."""

import json
import re
import subprocess
from pathlib import Path

from measured import Ran, first_complaint
from recordings.operations import plain

HERE = Path(__file__).resolve().parent
# The files and the module of the models of each generator.
MODELS = {
    "ours": ("src/models", "models"),
    "ploidy": ("src/types", "types"),
    "openapi-to-rust": ("src/generated/types.rs", "generated::types"),
    "cargo-progenitor": ("src/lib.rs", "types"),
}
TYPE = re.compile(r"^\s*pub (?:struct|enum|type) (\w+)\b(?!<)", re.MULTILINE)

MANIFEST = """\
[package]
name = "losses-{tool}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
api = {{ path = "{crate}", package = "{package}"{features} }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[profile.dev]
debug = false
incremental = false

[workspace]
"""


def types(tool: str, crate: Path) -> dict[str, str]:
    """Returns the types of the models, by the normalized names of their schemas. Ambiguous names have no type."""
    where, module = MODELS[tool]
    files = sorted((crate / where).rglob("*.rs")) if (crate / where).is_dir() else [crate / where]
    found: dict[str, set[str]] = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        if tool == "cargo-progenitor":
            text = text[: text.find("\nimpl Client")]
        for name in TYPE.findall(text):
            found.setdefault(plain(name), set()).add(name)
    return {key: f"api::{module}::{names.pop()}" for key, names in found.items() if len(names) == 1}


def build(tool: str, crate: Path, package: str, used: dict[str, str], work: Path) -> tuple[Path | None, str]:
    """Compiles the program for these types, by the names of their schemas. Returns its path, or the compiler's error."""
    program = work / f"losses-{tool}"
    (program / "src").mkdir(parents=True, exist_ok=True)
    features = ", default-features = false" if tool == "ours" else ""
    manifest = MANIFEST.format(tool=tool, crate=crate, package=package, features=features)
    (program / "Cargo.toml").write_text(manifest, encoding="utf-8")
    (program / "src" / "main.rs").write_text((HERE / "main.rs").read_text(encoding="utf-8"), encoding="utf-8")
    arms = "".join(f"        {json.dumps(key)} => crate::round_trip::<{code}>,\n" for key, code in sorted(used.items()))
    dispatch = f"pub fn way(name: &str) -> Option<crate::Way> {{\n    Some(match name {{\n{arms}        _ => return None,\n"
    dispatch += "    })\n}\n"
    (program / "src" / "dispatch.rs").write_text(dispatch, encoding="utf-8")
    target = work / "target-losses"
    built = Ran(["cargo", "build", "--quiet"], program, {"CARGO_TARGET_DIR": str(target), "RUSTFLAGS": "--cap-lints=allow"})
    return (target / "debug" / f"losses-{tool}", "") if built.ok else (None, first_complaint(built.text))


def judge(program: Path, cases: list[tuple[str, str]]) -> list[dict]:
    """Returns the outcome of each case, which is a schema and a text."""
    lines = "".join(json.dumps({"type": schema, "json": text}) + "\n" for schema, text in cases)
    done = subprocess.run([program], input=lines, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    # A text in JSON can contain the other ends of lines of `splitlines`.
    outcomes = [json.loads(line) for line in done.stdout.split("\n") if line]
    if len(outcomes) != len(cases):
        raise RuntimeError(f"{len(cases)} cases have {len(outcomes)} outcomes")
    return outcomes

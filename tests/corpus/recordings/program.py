"""Generates the crate of a description, and builds the program that reads and writes bodies with its types."""

import json
import os
import resource
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]

MANIFEST = """\
[package]
name = "recorded"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
api = {{ path = "../crate", package = "{package}", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[profile.dev]
debug = false
incremental = false

[workspace]
"""


def generate(spec: Path, work: Path, package: str) -> str:
    """Writes the crate to `work/crate`, and returns the dump of its description."""
    run(["cargo", "build", "--quiet", "--release", "-p", "generator"], cwd=ROOT)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    generator = str(target / "release" / "generator")
    run([generator, "--spec", str(spec), "--out", str(work / "crate"), "--crate-name", package], stderr=subprocess.DEVNULL)
    dump = run([generator, "--spec", str(spec), "--dump-api"], stderr=subprocess.DEVNULL)
    return dump


def build(work: Path, package: str, types: dict[str, str]) -> tuple[Path, str]:
    """Compiles the program for these types, given as in the surface and as code. Returns the cost."""
    program = work / "program"
    write(program / "Cargo.toml", MANIFEST.format(package=package))
    write(program / "src" / "main.rs", (HERE / "main.rs").read_text(encoding="utf-8"))
    write(program / "src" / "dispatch.rs", dispatch(types))
    target = work / "target"
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run(["cargo", "build", "--quiet", "--target-dir", str(target)], cwd=program)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost = f"{cpu:.0f} CPU-s, {time.monotonic() - started:.0f} s, {after.ru_maxrss / 2**20:.1f} GiB at the peak of a process"
    return target / "debug" / "recorded", cost


def dispatch(types: dict[str, str]) -> str:
    arms = "".join(f'        "{name}" => crate::round_trip::<{code}>(json),\n' for name, code in sorted(types.items()))
    return (
        "#[allow(unused_imports)]\nuse api::{JsonObject, Value, models};\n\n"
        "pub fn dispatch(name: &str, json: &str) -> serde_json::Result<crate::Outcome> {\n    match name {\n"
        f"{arms}        _ => Ok(crate::Outcome::Unknown),\n    }}\n}}\n"
    )


def judge(program: Path, bodies: list[tuple[str, str]]) -> list[dict]:
    """Returns the outcome of each body, which is a type and a text."""
    lines = "".join(json.dumps({"type": ty, "json": text}) + "\n" for ty, text in bodies)
    outcomes = [json.loads(line) for line in run([str(program)], input=lines).splitlines()]
    if len(outcomes) != len(bodies):
        raise RuntimeError(f"{len(bodies)} bodies have {len(outcomes)} outcomes")
    unknown = {ty for (ty, _), outcome in zip(bodies, outcomes) if outcome == "unknown"}
    if unknown:
        raise RuntimeError(f"the program does not know {sorted(unknown)}")
    return outcomes


def write(file: Path, text: str):
    """Writes a file only if its text changes, because cargo rebuilds by the modification time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")


def run(command: list[str], **options) -> str:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8", **options)
    return done.stdout

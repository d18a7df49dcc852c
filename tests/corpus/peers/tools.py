"""Installs other generators of Rust clients, and runs them."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from measured import Ran, cost

TIMED = Path(__file__).resolve().parent / "timed.py"
# The limit for one description, in CPU seconds.
MOST = 600


@dataclass(frozen=True)
class Tool:
    """A program of a package, with its arguments for a description, a folder and the name of a crate."""

    name: str
    package: str
    version: str
    arguments: Callable[[Path, Path, str], list]
    # Completes the output of the program, so that it is a crate.
    complete: Callable[[Path, str], None] = lambda folder, name: None


def whole_crate(folder: Path, name: str):
    """Adds a manifest to the modules that openapi-to-rust writes, with the dependencies that it lists."""
    (folder / "src" / "lib.rs").write_text("pub mod generated;\npub use generated::*;\n", encoding="utf-8")
    needed = (folder / "src" / "generated" / "REQUIRED_DEPS.toml").read_text(encoding="utf-8")
    package = f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n\n'
    (folder / "Cargo.toml").write_text(package + needed, encoding="utf-8")


TOOLS = [
    Tool(
        "ploidy", "ploidy", "0.15.0", lambda spec, out, name: ["generate", "rust", spec, "--output", out, "--name", name]
    ),
    Tool("openapi-to-rust", "openapi-to-rust", "0.23.0", lambda spec, out, name: ["generate", spec], whole_crate),
    Tool(
        "cargo-progenitor",
        "cargo-progenitor",
        "0.15.1",
        lambda spec, out, name: ["progenitor", "-i", spec, "-o", out, "-n", name, "-v", "0.1.0"],
    ),
]


def install(work: Path, chosen: list[Tool]) -> Path:
    """Compiles the programs on the first run, and returns their folder."""
    work.mkdir(parents=True, exist_ok=True)
    for tool in chosen:
        command = ["cargo", "install", "--quiet", "--locked", "--root", work / "tools"]
        command += ["--target-dir", work / "tools-target", f"{tool.package}@{tool.version}"]
        installed = Ran(command, work)
        if not installed.ok:
            sys.exit(installed.text)
    return work / "tools" / "bin"


def generate(tool: Tool, programs: Path, spec: Path, folder: Path, name: str) -> Ran:
    """Generates a crate in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ran = Ran([programs / tool.name, *tool.arguments(spec, folder, name)], folder, limit=MOST)
    if ran.ok:
        try:
            tool.complete(folder, name)
        except OSError as problem:
            ran.ok, ran.text = False, f"error: {problem}"
    return ran


def compile_alone(command: str, folder: Path, name: str, target: Path) -> tuple[Ran, str]:
    """Runs `cargo check` or `cargo build`, and returns the cost of compiling the crate without its dependencies."""
    into = target / "timed"
    into.unlink(missing_ok=True)
    environment = {
        "CARGO_TARGET_DIR": str(target),
        "CARGO_INCREMENTAL": "0",
        "RUSTC_WORKSPACE_WRAPPER": str(TIMED),
        "TIMED_CRATE": name.replace("-", "_"),
        "TIMED_INTO": str(into),
    }
    ran = Ran(["cargo", command, "--quiet", "--lib"], folder, environment)
    if not into.is_file():
        return ran, ""
    cpu, mib = map(float, into.read_text(encoding="utf-8").split()[-2:])
    return ran, cost(cpu, mib)


def forget(name: str, target: Path):
    """Removes the build outputs of a crate, which the next crate cannot use."""
    for left in (target / "debug" / "deps").glob(f"*{name.replace('-', '_')}*"):
        left.unlink(missing_ok=True)

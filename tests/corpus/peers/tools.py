"""Other generators of Rust: how each is installed, and how it makes a crate."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from measured import Ran, cost

TIMED = Path(__file__).resolve().parent / "timed.py"
# CPU seconds for one description.
MOST = 600


@dataclass(frozen=True)
class Tool:
    """The program of a package, and its arguments for a description, a folder and the name of a crate."""

    name: str
    package: str
    version: str
    arguments: Callable[[Path, Path, str], list]
    # Completes what the program wrote to a crate.
    complete: Callable[[Path, str], None] = lambda folder, name: None


def whole_crate(folder: Path, name: str):
    """openapi-to-rust writes modules, and the dependencies that they need."""
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


def install(work: Path) -> Path:
    """The folder of the programs, which are compiled the first time."""
    for tool in TOOLS:
        command = ["cargo", "install", "--quiet", "--locked", "--root", work / "tools"]
        command += ["--target-dir", work / "tools-target", f"{tool.package}@{tool.version}"]
        installed = Ran(command, work)
        if not installed.ok:
            sys.exit(installed.text)
    return work / "tools" / "bin"


def generate(tool: Tool, programs: Path, spec: Path, folder: Path, name: str) -> Ran:
    """Makes a crate in a new folder."""
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
    """Runs `cargo check` or `cargo build`, and gives what the compiler took for the crate without its dependencies."""
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
    """Removes what was built of a crate: it is of no use to the next."""
    for left in (target / "debug" / "deps").glob(f"*{name.replace('-', '_')}*"):
        left.unlink(missing_ok=True)

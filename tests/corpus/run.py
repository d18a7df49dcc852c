#!/usr/bin/env python3
"""Generates a crate for each description, runs clippy and rustdoc on it with warnings denied, and prints a table.

    run.py [OPTIONS] DESCRIPTION...

A description is a file, or a folder of them. Each row of the table is a crate:

    --tags         one crate per tag of each description, in place of one for the whole
    --tag NAME     the same for this tag only; can be repeated
    --no-docs      does not run rustdoc
    --generate     only generates
    --peers        adds the crates that other generators write for the whole description
    --generator F  the generator to run, in place of a release build
    --work FOLDER  the folder for crates and build outputs [target/corpus]

CPU is the user and system time of a program and its child processes; memory is that of the largest process. Dependencies that
all crates share are compiled before the first measurement. With --peers, check and build are the cost of compiling the crate
without its dependencies, with its default features. The script exits with code 1 if the generator rejects a description, or a
tool reports a problem in its crate.
"""

import argparse
import os
import pathlib
import re
import shutil
import sys

from measured import Ran, first_complaint
from peers import tools

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUMMARY = re.compile(r"(\d+) operations?, (\d+) types?, ")
WARNINGS = re.compile(r"(\d+) warnings?$", re.MULTILINE)


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "none"


def descriptions(paths):
    for path in map(pathlib.Path, paths):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (file.resolve() for file in files if file.suffix in {".yaml", ".yml", ".json"})


def tags(generator, description):
    listed = Ran([generator, "--spec", description, "--list"], ROOT)
    if not listed.ok:
        sys.exit(listed.text)
    heads = (line.rsplit(": ", 1) for line in listed.text.splitlines() if line and not line.startswith(" "))
    return [head[0] for head in heads if len(head) == 2 and head[0] != "(no tag)"]


def crates(generator, arguments):
    """Yields the crates to generate: the title of the row, the name, and the arguments of the generator."""
    for description in descriptions(arguments.descriptions):
        chosen = arguments.tag or (tags(generator, description) if arguments.tags else [])
        for tag in chosen:
            name = f"c-{slug(description.stem)}-{slug(tag)}"
            # Some tags differ only in case or punctuation.
            yield f"{description.name}: {tag}", name, ["--spec", description, "--tag", tag]
        if not chosen:
            yield description.name, f"c-{slug(description.stem)}", ["--spec", description]


def made(generator, name, given, work):
    """Runs the generator. Returns the run, its cells of the table, and the folder of the crate."""
    folder = work / "crates" / name
    shutil.rmtree(folder, ignore_errors=True)
    ran = Ran([generator, *given, "--out", folder, "--crate-name", name[:64].strip("-")], ROOT)
    if not ran.ok:
        return ran, ["", "", "", ran.cost()], folder
    operations, types = SUMMARY.search(ran.text).groups()
    warnings = WARNINGS.findall(ran.text)
    stand_alone(folder)
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    return ran, [operations, types, warnings[-1] if warnings else "0", ran.cost()], folder


def stand_alone(folder):
    """Makes the crate a workspace of its own, because its folder is inside another workspace."""
    with (folder / "Cargo.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n[workspace]\n")


def refused(ran):
    return f"refused: {first_complaint(ran.text)}"


def judged(generator, name, given, work, arguments):
    """Returns the cells of a crate's row, and whether all tools accept the crate."""
    ran, cells, folder = made(generator, name, given, work)
    if not ran.ok:
        return [*cells, "", "", refused(ran)], False
    if arguments.generate:
        return [*cells, "", "", "ok"], True
    compile_shared(folder, work)
    verdicts = linted(folder, work, arguments)
    if arguments.peers:
        for command in ("check", "build"):
            ran, cost = tools.compile_alone(command, folder, name, work / "target")
            verdicts.append(ran)
            cells.append(cost)
    else:
        verdicts.append(Ran(["cargo", "build", "--quiet"], folder, environment(work)))
        cells += [verdicts[0].cost(), verdicts[-1].cost()]
    tools.forget(name, work / "target")
    wrong = [first_complaint(ran.text) for ran in verdicts if not ran.ok]
    return [*cells, wrong[0] if wrong else "ok"], not wrong


def environment(work):
    return {"CARGO_TARGET_DIR": str(work / "target"), "CARGO_INCREMENTAL": "0", "RUSTDOCFLAGS": "-D warnings"}


def compile_shared(folder, work):
    """Compiles the dependencies that all crates share, on the first call."""
    ready = work / "ready"
    if not ready.exists():
        for command in (["check"], ["clippy"], ["build"]):
            Ran(["cargo", *command, "--quiet", "--all-features"], folder, environment(work))
        ready.touch()
        (folder / "src" / "lib.rs").touch()


def linted(folder, work, arguments):
    """Runs clippy and rustdoc."""
    commands = [["clippy", "--quiet", "--all-features", "--", "-D", "warnings"]]
    if not arguments.no_docs:
        commands.append(["doc", "--quiet", "--no-deps", "--all-features"])
    return [Ran(["cargo", *command], folder, environment(work)) for command in commands]


def rivals(programs, description, work, arguments):
    """Yields a row for each of the other generators."""
    for tool in tools.TOOLS:
        name = f"p-{tool.name}-{slug(description.stem)}"
        folder = work / "crates" / name
        ran = tools.generate(tool, programs, description, folder, name)
        cells = ["", "", "", ran.cost()]
        if not ran.ok:
            yield tool.name, [*cells, "", "", refused(ran)]
        elif arguments.generate:
            yield tool.name, [*cells, "", "", "ok"]
        else:
            stand_alone(folder)
            checked, check = tools.compile_alone("check", folder, name, work / "target")
            built, build = tools.compile_alone("build", folder, name, work / "target") if checked.ok else (checked, "")
            tools.forget(name, work / "target")
            errors = len(re.findall(r"^error(\[|:)", built.text, re.MULTILINE))
            verdict = "ok" if built.ok else f"does not compile, {errors} errors: {first_complaint(built.text)}"
            yield tool.name, [*cells, check, build, verdict]


def built_generator():
    built = Ran(["cargo", "build", "--quiet", "--release", "--locked", "-p", "generator"], ROOT)
    if not built.ok:
        sys.exit(built.text)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "release" / "generator"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("descriptions", nargs="+")
    parser.add_argument("--tags", action="store_true")
    parser.add_argument("--tag", action="append")
    parser.add_argument("--no-docs", action="store_true")
    parser.add_argument("--generate", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--generator", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "corpus")
    arguments = parser.parse_args()
    if arguments.peers and (arguments.tags or arguments.tag):
        parser.error("the other generators have no slices: --peers is for whole descriptions")
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    generator = arguments.generator.resolve() if arguments.generator else built_generator()
    programs = tools.install(work / "peers", tools.TOOLS) if arguments.peers else None
    head = ["operations", "types", "warnings", "generate", "check" if arguments.peers else "clippy", "build", "verdict"]
    print_row(["description", *(["by"] if arguments.peers else []), *head])
    print_row(["---"] * (len(head) + 1 + arguments.peers))
    failed = 0
    for shown, name, given in crates(generator, arguments):
        cells, is_well = judged(generator, name, given, work, arguments)
        failed += not is_well
        if not arguments.peers:
            print_row([shown, *cells])
            continue
        print_row([shown, "ours", *cells])
        for tool, cells in rivals(programs, given[1], work, arguments):
            print_row(["", tool, *cells])
    print(f"\n{failed} failed" if failed else "\nall passed")
    return 1 if failed else 0


def print_row(cells):
    print(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |".replace("\n", " "), flush=True)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Makes a crate of each description, lets clippy and rustdoc judge it with warnings denied, and prints a table.

    run.py [OPTIONS] DESCRIPTION...

A description is a file, or a folder of them. Each row of the table is a crate:

    --tags         a crate for each tag of each description, in place of one for the whole
    --tag NAME     the same for this tag; can be repeated
    --no-docs      without rustdoc
    --generate     generate only
    --generator F  the program, in place of a release build of it
    --work FOLDER  where crates and what cargo builds are kept [target/corpus]

CPU is user and system time of the program and all that it starts; memory is the largest of them. What cargo compiles
for all crates is compiled before the first is measured. Exits with 1 if a description is refused or a crate is complained of.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUMMARY = re.compile(r"(\d+) operations?, (\d+) types?, ")
WARNINGS = re.compile(r"(\d+) warnings?$", re.MULTILINE)


class Ran:
    """A program that has ended: what it said, and what it took."""

    def __init__(self, command, folder, environment=None):
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            self.text = said.read().decode(errors="replace")
        self.ok = process.returncode == 0
        self.cpu = usage.ru_utime + usage.ru_stime
        self.mib = usage.ru_maxrss / 1024

    def cost(self):
        return f"{self.cpu:.1f} s, {self.mib:.0f} MiB"


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
    """The crates to make: what a row calls each, its name, and the arguments of the generator."""
    for description in descriptions(arguments.descriptions):
        chosen = arguments.tag or (tags(generator, description) if arguments.tags else [])
        for tag in chosen:
            name = f"c-{slug(description.stem)}-{slug(tag)}"
            # Some tags differ in case or signs alone.
            yield f"{description.name}: {tag}", name, ["--spec", description, "--tag", tag]
        if not chosen:
            yield description.name, f"c-{slug(description.stem)}", ["--spec", description]


def first_complaint(text):
    lines = [line.strip() for line in text.splitlines() if re.match(r"(error|warning)(\[|:)", line)]
    return lines[0] if lines else text.strip()[-200:]


def judged(generator, name, given, work, arguments):
    """The cells of a crate's row, and whether all is well."""
    folder = work / "crates" / name
    shutil.rmtree(folder, ignore_errors=True)
    made = Ran([generator, *given, "--out", folder, "--crate-name", name[:64].strip("-")], ROOT)
    if not made.ok:
        return ["", "", "", made.cost(), "", "", f"refused: {first_complaint(made.text)}"], False
    operations, types = SUMMARY.search(made.text).groups()
    warnings = WARNINGS.findall(made.text)
    cells = [operations, types, warnings[-1] if warnings else "0", made.cost()]
    if arguments.generate:
        return [*cells, "", "", "ok"], True
    (folder / "Cargo.toml").open("a", encoding="utf-8").write("\n[workspace]\n")
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    environment = {"CARGO_TARGET_DIR": str(work / "target"), "CARGO_INCREMENTAL": "0", "RUSTDOCFLAGS": "-D warnings"}
    # Compiles what the crate depends on, the first time.
    ready = work / "ready"
    if not ready.exists():
        for command in (["check"], ["clippy"], ["build"]):
            Ran(["cargo", *command, "--quiet", "--all-features"], folder, environment)
        ready.touch()
        for file in folder.glob("src/lib.rs"):
            file.touch()
    verdicts = []
    for command in (["clippy", "--quiet", "--all-features", "--", "-D", "warnings"], ["build", "--quiet"]):
        ran = Ran(["cargo", *command], folder, environment)
        verdicts.append(ran)
        cells.append(ran.cost())
    if not arguments.no_docs:
        verdicts.append(Ran(["cargo", "doc", "--quiet", "--no-deps", "--all-features"], folder, environment))
    wrong = [first_complaint(ran.text) for ran in verdicts if not ran.ok]
    # What is built of one crate is of no use to the next.
    for left in (work / "target" / "debug" / "deps").glob(f"*{name.replace('-', '_')}*"):
        left.unlink(missing_ok=True)
    return [*cells, wrong[0] if wrong else "ok"], not wrong


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
    parser.add_argument("--generator", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target" / "corpus")
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    generator = arguments.generator.resolve() if arguments.generator else built_generator()
    print("| description | operations | types | warnings | generate | clippy | build | verdict |")
    print("|---|---|---|---|---|---|---|---|")
    failed = 0
    for shown, name, given in crates(generator, arguments):
        cells, is_well = judged(generator, name, given, work, arguments)
        failed += not is_well
        print(f"| {' | '.join([shown, *cells])} |".replace("\n", " "), flush=True)
    print(f"\n{failed} failed" if failed else "\nall is well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

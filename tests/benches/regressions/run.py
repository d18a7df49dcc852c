#!/usr/bin/env python3
"""Counts instructions and the code of the crate, and compares them with the figures in `figures.toml`.

    run.py            exits with code 1 if a count differs from its figure by more than 3 %
    run.py --accept   writes the counts as the new figures

The figures hold for one toolchain and one kind of processor; with any other, the script counts nothing. The figures of the
generator are scaled with the length of the spec, so a longer spec does not need new ones. Needs cargo and valgrind.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FIGURES = HERE / "figures.toml"
SPEC = ROOT / "spec" / "org_groups.yaml"
CRATE = "datadog-org-groups"
# An example of the crate: a program with a client.
PROGRAM = "audit"
# The counts that are proportional to the length of the spec.
OF_SPEC = {"generate", "generate_again"}
# The figures that count statements, and not instructions.
STATEMENTS = {"build", "program"}
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
MOST = 0.03
COLLECTED = re.compile(r"Collected : (\d+)")
ACCEPT = "tests/benches/regressions/run.py --accept"


def toolchain():
    """Returns everything that changes the counts of unchanged sources."""
    verbose = output(["rustc", "--version", "--verbose"])
    fields = dict(line.split(": ", 1) for line in verbose.splitlines() if ": " in line)
    return {
        "rust": f"{fields['release']} ({fields['commit-hash'][:9]})",
        "target": fields["host"],
        "libc": output(["getconf", "GNU_LIBC_VERSION"]).strip(),
        # The C library and other libraries select code by the kind of processor.
        "cpu": processor(),
    }


def processor():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def output(command):
    return subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout


def build():
    """Builds the generator and the program that uses the crate, with the versions of the workspace's lock file."""
    shutil.copy(ROOT / "Cargo.lock", HERE / "Cargo.lock")
    cargo = ["cargo", "build", "--quiet", "--release", "--target-dir", str(TARGET)]
    subprocess.run([*cargo, "--locked", "-p", "generator"], check=True, cwd=ROOT)
    subprocess.run([*cargo, "--manifest-path", str(HERE / "Cargo.toml")], check=True, cwd=ROOT)
    return TARGET / "release" / "generator", TARGET / "release" / "counted"


def instructions(command, *options):
    """Counts the instructions of all threads of a process, or of the function that an option names."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *options]
    # Run on one core, because the generator starts a thread per core.
    ran = subprocess.run(
        [*valgrind, *map(str, command)], cwd=ROOT, capture_output=True, text=True, preexec_fn=stay_on_one_core
    )
    found = COLLECTED.search(ran.stderr)
    if ran.returncode != 0 or not found:
        sys.exit(f"{' '.join(map(str, command))}: {ran.stdout}{ran.stderr}")
    return int(found[1])


def stay_on_one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def count(generator, counted):
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        generate = [generator, "--spec", SPEC, "--out", f"{folder}/crate"]
        counts["generate"] = instructions(generate)
        counts["generate_again"] = instructions(generate)
    for name in ("decode", "encode", "bulk"):
        counts[name] = instructions([counted, name], "--collect-atstart=no", "--toggle-collect=*measured*")
    with server(counted) as address:
        few, many = (instructions([counted, "call", address, str(calls)]) for calls in (10, 110))
    counts["call"] = (many - few) // 100
    counts["build"] = statements(CRATE.replace("-", "_"), "--lib")
    counts["program"] = statements(PROGRAM, "--example", PROGRAM)
    return counts


def statements(name, *target):
    """Those that a debug build of this target compiles to machine code, without those of other targets."""
    with tempfile.TemporaryDirectory() as folder:
        options = [f"-Zdump-mono-stats={folder}", "-Zdump-mono-stats-format=json"]
        cargo = ["cargo", "rustc", "--quiet", "--locked", "-p", CRATE, *target, "--target-dir", str(TARGET)]
        # A stable compiler admits these options for the target that the variable names.
        admitted = os.environ | {"RUSTC_BOOTSTRAP": name, "CARGO_INCREMENTAL": "0"}
        subprocess.run([*cargo, "--", *options], check=True, cwd=ROOT, env=admitted)
        (dumped,) = pathlib.Path(folder).glob("*.json")
        return sum(item["total_estimate"] for item in json.loads(dumped.read_text(encoding="utf-8")))


@contextlib.contextmanager
def server(counted):
    """Starts a loopback server in a separate process, and yields its address."""
    process = subprocess.Popen([counted, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def expected(known):
    """Returns the figures, scaled to the current length of the spec."""
    growth = SPEC.stat().st_size / known["spec"]["bytes"]
    figures = known["instructions"] | known["statements"]
    return {name: round(figure * growth) if name in OF_SPEC else figure for name, figure in figures.items()}


def compare(counts, figures):
    """Prints a table, and returns the names of the counts that differ too much from their figures."""
    far = []
    print(f"{'':16}{'figure':>14}{'counted':>14}{'change':>10}")
    for name, counted in counts.items():
        change = counted / figures[name] - 1 if figures.get(name) else float("inf")
        print(f"{name:16}{figures.get(name, 0):>14,}{counted:>14,}{change:>+10.2%}")
        if abs(change) > MOST:
            far.append(name)
    return far


def accept(tools, counts):
    lines = [
        f"# Counts of {HERE.relative_to(ROOT)}/run.py. To accept new counts, run {ACCEPT}",
        "[toolchain]",
        *(f'{name} = "{value}"' for name, value in tools.items()),
        "",
        "[spec]",
        f"bytes = {SPEC.stat().st_size:_}",
        "",
        "[instructions]",
        *(f"{name} = {value:_}" for name, value in counts.items() if name not in STATEMENTS),
        "",
        "[statements]",
        *(f"{name} = {value:_}" for name, value in counts.items() if name in STATEMENTS),
    ]
    FIGURES.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true")
    arguments = parser.parse_args()
    tools = toolchain()
    known = tomllib.loads(FIGURES.read_text(encoding="utf-8"))
    if tools != known["toolchain"] and not arguments.accept:
        print(f"NOTHING WAS COMPARED: the figures are for {said(known['toolchain'])}, but this is {said(tools)}.")
        print(f"To move to this toolchain, run {ACCEPT} on a commit that passed with the other one.")
        return 0
    counts = count(*build())
    far = compare(counts, expected(known))
    if arguments.accept:
        accept(tools, counts)
        print(f"{FIGURES.relative_to(ROOT)} is updated: commit it, and state in the commit why the counts changed.")
        return 0
    if far:
        print(f"These counts differ from their figures by more than {MOST:.0%}: {', '.join(far)}.", file=sys.stderr)
        print(f"If the change is intended, run {ACCEPT} and state the reason in the commit.", file=sys.stderr)
    return 1 if far else 0


def said(tools):
    return ", ".join(f"{name} {value}" for name, value in tools.items())


if __name__ == "__main__":
    sys.exit(main())

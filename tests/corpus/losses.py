#!/usr/bin/env python3
"""Counts the values that the models of each generator lose, and prints a table.

    losses.py [OPTIONS] DESCRIPTION...
    losses.py [OPTIONS] --recorded v1|v2

    --recorded API   uses Datadog's description of this version and its recorded responses, in place of created ones
    --archive FILE   the source distribution that has both, in place of a download
    --work FOLDER    the folder for crates and build outputs [target/corpus]
    --generator F    the generator to run, in place of a release build
    --shown NUMBER   how many values of each kind that our models reject or change are printed [20]
    --without NAME   leaves out a generator; can be repeated
    --most NUMBER    how many values of each kind are created per body [60]

The script runs this generator and those in `peers/tools.py` on each description. If all accept it and their crates compile, the
script creates responses of its schemas: the examples, generated values, and changes that a later server may make. For each
crate, a program with its models reads each value and writes it back. Needs Python 3.11 with PyYAML.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import datadog
import run
from measured import first_complaint
from peers import program, tools
from peers.mutations import AS_DESCRIBED, KINDS, mutations
from peers.samples import Samples
from recordings import exchanges, operations
from recordings.compare import compare, parse, pointer
from recordings.operations import plain
from recordings.schema import Description

# The kind of all cases of --recorded.
RECORDED = "recorded response"
# A dump without the requests, which are not judged here.
NO_REQUESTS = '{"operations": []}'


@dataclass(frozen=True)
class Case:
    schema: str
    kind: str
    text: str


def main() -> int:
    options = arguments()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    generator = options.generator.resolve() if options.generator else run.built_generator()
    peers = [tool for tool in tools.TOOLS if tool.name not in options.without]
    programs = tools.install(work / "peers", peers)
    total, read, unchanged = Counter(), Counter(), Counter()
    lost = defaultdict(list)
    recorded = None
    if options.recorded:
        source = exchanges.unpack(options.archive or datadog.fetch(work / "datadog"), work / "recorded")
        options.descriptions = [exchanges.description(source, options.recorded)]
        recorded = exchanges.read(source, options.recorded)
    for spec in run.descriptions(options.descriptions):
        built, cases, why = prepared(spec, generator, peers, programs, work, recorded, options.most)
        if why:
            print(f"{spec.name}: left out: {why}", flush=True)
            continue
        bodies = len({case.schema for case in cases})
        print(f"{spec.name}: {bodies} schemas of responses, {len(cases)} values", flush=True)
        total.update(case.kind for case in cases)
        for name, made in built.items():
            outcomes = program.judge(made, [(case.schema, case.text) for case in cases])
            for case, outcome in zip(cases, outcomes):
                found = differences(case.text, outcome)
                read[name, case.kind] += "read" in outcome
                unchanged[name, case.kind] += not found
                if found and name == "ours":
                    lost[case.kind].append(f"{spec.name} {case.schema}: {found[0]}")
    print_table(["ours", *(tool.name for tool in peers)], total, read, unchanged)
    for kind in total:
        print_lost(kind, lost[kind], options.shown)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("descriptions", nargs="*")
    parser.add_argument("--recorded", choices=["v1", "v2"])
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--work", type=Path, default=run.ROOT / "target" / "corpus")
    parser.add_argument("--generator", type=Path)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--shown", type=int, default=20)
    parser.add_argument("--most", type=int, default=60)
    given = parser.parse_args()
    if bool(given.descriptions) == bool(given.recorded):
        parser.error("give descriptions, or --recorded")
    return given


def prepared(spec: Path, generator, peers, programs, work, recorded, most):
    """Returns the program of each generator and the cases, or the reason why the description is left out."""
    crates = {}
    ran, _, crates["ours"] = run.made(generator, package("ours", spec), ["--spec", spec], work)
    if not ran.ok:
        return None, None, f"ours refuses it: {first_complaint(ran.text)}"
    for tool in peers:
        crates[tool.name] = work / "crates" / package(tool.name, spec)
        ran = tools.generate(tool, programs, spec, crates[tool.name], package(tool.name, spec))
        if not ran.ok:
            return None, None, f"{tool.name} refuses it: {first_complaint(ran.text)}"
    types = {name: program.types(name, crate) for name, crate in crates.items()}
    description = Description(spec)
    known = set.intersection(*(set(known) for known in types.values()))
    if recorded is None:
        cases = made(Samples(description), responses(description, known), most)
    else:
        cases = received(recorded, crates["ours"], description, known)
    if not cases:
        return None, None, "no response is a named schema that all have a type for"
    used = {case.schema for case in cases}
    built = {}
    for name, crate in crates.items():
        codes = {schema: types[name][plain(schema)] for schema in used}
        built[name], why = program.build(name, crate, package(name, spec), codes, work)
        if why:
            return None, None, f"the crate of {name} does not compile: {why}"
    return built, cases, None


def package(name: str, spec: Path) -> str:
    return f"l-{name}-{run.slug(spec.stem)}"


def responses(description: Description, known: set[str]) -> dict[str, dict]:
    """Returns the named schemas of successful JSON responses for which all generators have a type, each as a media type.

    If the schema of a response has no name, these are the named schemas in it.
    """
    bodies = {}
    for item in description.root["paths"].values():
        for operation in item.values():
            if not isinstance(operation, dict):
                continue
            for status, response in operation.get("responses", {}).items():
                for media_type, media in description.resolve(response).get("content", {}).items():
                    if str(status).startswith("2") and "json" in media_type and media.get("schema"):
                        for schema in named(media["schema"]):
                            body = media if schema is media["schema"] else {"schema": schema}
                            name = schema["$ref"].removeprefix("#/components/schemas/")
                            # If there are several, prefer the one with examples.
                            if name not in bodies or not bodies[name].keys() & {"example", "examples"}:
                                bodies[name] = body
    return {name: body for name, body in bodies.items() if plain(name) in known}


def named(schema: dict):
    """Returns the references in a schema, without those in their targets."""
    if "$ref" in schema:
        yield schema
        return
    parts = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    for word in ("allOf", "oneOf", "anyOf"):
        parts += schema.get(word, ())
    for part in parts:
        if isinstance(part, dict):
            yield from named(part)


def made(samples: Samples, bodies: dict[str, dict], most: int) -> list[Case]:
    cases = []
    for name, media in sorted(bodies.items()):
        by_kind = defaultdict(dict)
        for value in samples.of_body(media):
            by_kind[AS_DESCRIBED][json.dumps(value, default=str)] = None
            for kind, changed in mutations(samples, media["schema"], value):
                by_kind[kind][json.dumps(changed, default=str)] = None
        for kind, texts in by_kind.items():
            # Choose mutations from all parts of the value.
            chosen = list(texts)[:: -(-len(texts) // most)]
            cases += [Case(name, kind, text) for text in chosen]
    return cases


def received(recorded: list[exchanges.Exchange], crate: Path, description: Description, known: set[str]) -> list[Case]:
    """Returns the recorded responses whose schema has a name for which all generators have a type."""
    surface = operations.load(crate, NO_REQUESTS)
    cases = []
    for exchange in recorded:
        operation = surface.find(exchange.method, exchange.path)
        response = operation and operation.response(exchange.status)
        if response and response[1]:
            schema = description.body(operation.method, operation.path, response[0])
            name = schema.get("$ref", "").removeprefix("#/components/schemas/")
            if plain(name) in known:
                cases.append(Case(name, RECORDED, exchange.response))
    return cases


def differences(text: str, outcome: dict) -> list[str]:
    """Returns why a value was rejected, or how it changed."""
    if "refused" in outcome:
        return [outcome["refused"]]
    found = compare(parse(text), parse(outcome["read"]), ())
    return [f"{pointer(each.place)} {each.kind}: {each.why}" for each in found if not is_same_time(each)]


def is_same_time(difference) -> bool:
    """Another spelling of the same instant counts as unchanged."""
    if difference.kind != "changed":
        return False
    try:
        before, after = (datetime.fromisoformat(json.loads(text)) for text in difference.why.split(" became "))
        return before == after
    except (ValueError, TypeError):
        return False


def print_table(names, total, read, unchanged):
    print(f"\n| values | number | {' | '.join(f'{name}: read, unchanged' for name in names)} |")
    print("|---" * (len(names) + 2) + "|")
    for kind in sorted(total, key=[RECORDED, *KINDS].index):
        cells = [f"{read[name, kind]:,}, {unchanged[name, kind]:,}" for name in names]
        print(f"| {kind} | {total[kind]:,} | {' | '.join(cells)} |")

def print_lost(kind: str, lines: list[str], most: int):
    if lines:
        print(f"\nours, {kind}: {len(lines)} rejected or changed")
    for line in lines[:most]:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Tests the crate of a whole description with recorded exchanges of the real API, and prints a table.

    recorded.py [OPTIONS]

    --api v1|v2      the version of the description and the recordings [v2]
    --archive FILE   the source distribution that has both, in place of a download
    --work FOLDER    the folder for downloads and build outputs [target/corpus/recorded]
    --shown NUMBER   how many differences of each kind are printed [40]

The script exits with code 1 if a difference has no explanation in `recordings/explanations.yaml`, or an explanation explains
no difference.
"""

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

import datadog
from recordings import exchanges, operations, program
from recordings.compare import Difference, at, differences, parse, pointer
from recordings.schema import Description

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Body:
    """A body with a documented type."""

    exchange: exchanges.Exchange
    operation: operations.Operation
    where: str
    ty: str
    text: str


@dataclass(frozen=True)
class Place:
    """The place of a difference: the operation, the status or `request`, and a JSON pointer."""

    operation: str
    where: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.operation} {self.where} {self.pointer or '/'}"


@dataclass(frozen=True)
class Finding:
    """A difference, and how the recording contradicts the description there, if it does."""

    difference: Difference
    contradiction: str | None
    recording: str


@dataclass(frozen=True)
class Explanation:
    """Patterns for places at which the recording contradicts the description. A difference that the description allows is a fault
    of the crate and cannot be explained."""

    operation: str
    where: str
    pointer: str

    def explains(self, place: Place, found: list[Finding]) -> bool:
        return (
            fnmatchcase(place.operation, self.operation)
            and fnmatchcase(place.where, self.where)
            and (place.pointer or "/") == self.pointer
            and all(finding.contradiction for finding in found)
        )


def main() -> int:
    options = arguments()
    work = options.work.resolve()
    made = work / options.api
    made.mkdir(parents=True, exist_ok=True)
    source = exchanges.unpack(options.archive or datadog.fetch(program.ROOT / "target" / "corpus" / "datadog"), work)
    spec = exchanges.description(source, options.api)
    package = f"datadog-{options.api}"

    surface = operations.load(made / "crate", program.generate(spec, made, package))
    recorded = exchanges.read(source, options.api)
    bodies, counts = documented(recorded, surface)
    judge, cost = program.build(made, package, {body.ty: surface.rust(body.ty) for body in bodies})
    outcomes = program.judge(judge, [(body.ty, body.text) for body in bodies])

    known = explanations(HERE / "recordings" / "explanations.yaml", options.api)
    findings, kept = sort_out(bodies, outcomes, Description(spec), counts)
    explained = {place for place, found in findings.items() if any(entry.explains(place, found) for entry in known)}
    new = {place: found for place, found in findings.items() if place not in explained}
    idle = [entry for entry in known if not any(entry.explains(place, found) for place, found in findings.items())]

    print_counts(counts, cost)
    print_kept(kept, options.shown)
    print(f"{len(explained)} places differ as explained, {len(new)} without an explanation")
    print_findings(new, options.shown)
    for entry in idle:
        print(f"this explanation no longer applies: {entry.operation} {entry.where} {entry.pointer}")
    return 1 if new or idle else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--api", choices=["v1", "v2"], default="v2")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--work", type=Path, default=program.ROOT / "target" / "corpus" / "recorded")
    parser.add_argument("--shown", type=int, default=40)
    return parser.parse_args()


def documented(recorded, surface) -> tuple[list[Body], Counter]:
    """Yields the bodies that have a type in the description."""
    bodies, counts = [], Counter(exchanges=len(recorded))
    for exchange in recorded:
        operation = surface.find(exchange.method, exchange.path)
        if operation is None:
            counts["of another API, or of no operation"] += 1
            continue
        counts["matched"] += 1
        if exchange.request is not None:
            if operation.request is None:
                counts["request without JSON in the description"] += 1
            else:
                bodies.append(Body(exchange, operation, "request", operation.request, exchange.request))
        response = operation.response(exchange.status)
        if response is None:
            counts["response of an undocumented status"] += 1
        elif response[1] is not None:
            bodies.append(Body(exchange, operation, response[0], response[1], exchange.response))
        elif exchange.response.strip():
            counts["response without JSON in the description"] += 1
        else:
            counts["response without a body"] += 1
    return bodies, counts


def sort_out(bodies, outcomes, description, counts):
    """Returns the differences by their place, and the values other than texts that were kept because the description has no variant
    for them."""
    findings, kept = defaultdict(list), defaultdict(list)
    for body, outcome in zip(bodies, outcomes):
        side = "request" if body.where == "request" else "response"
        counts[side, "documented"] += 1
        counts[side, "decoded"] += "read" in outcome
        found = differences(body.text, outcome)
        counts[side, "unchanged"] += not any(difference.kind != "unrecognized" for difference in found)
        if not found:
            continue
        schema = description.body(body.operation.method, body.operation.path, body.where)
        contradictions = list(description.contradictions(schema, parse(body.text)))
        for difference in found:
            place = Place(body.operation.name, body.where, pointer(difference.place))
            why = reason(difference, contradictions)
            if difference.kind == "unrecognized" and why:
                value = at(parse(body.text), difference.place)
                counts["unrecognized", "enum" if isinstance(value, str) else "union"] += 1
                if not isinstance(value, str):
                    kept[place, why].append(difference.why)
            else:
                findings[place].append(Finding(difference, why, body.exchange.recording))
    return findings, kept


def reason(difference, contradictions) -> str | None:
    """Returns how the recording contradicts the description there, if it does."""
    there = difference.place
    near = [why for place, why in contradictions if place[: len(there)] == there or there[: len(place)] == place]
    return "; ".join(near[:3]) or None


def explanations(file: Path, api: str) -> list[Explanation]:
    known = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [Explanation(*line.split(" ", 2)) for entry in known.get(api, []) for line in entry["at"]]


def print_counts(counts, cost):
    print(f"compiled: {cost}")
    for name in [name for name in counts if isinstance(name, str)]:
        print(f"{counts[name]:6}  {name}")
    print(f"{'bodies':8}{'documented':>12}{'decoded':>12}{'unchanged':>12}")
    for side in ("response", "request"):
        print(f"{side:8}" + "".join(f"{counts[side, what]:12}" for what in ("documented", "decoded", "unchanged")))
    texts, others = counts["unrecognized", "enum"], counts["unrecognized", "union"]
    print(f"kept without a variant in the description: {texts} texts, {others} other values")


def print_kept(kept, most):
    for (place, why), values in list(sorted(kept.items(), key=str))[:most]:
        print(f"  {len(values)} × {place}: {values[0]}: {why}")
    if len(kept) > most:
        print(f"  and {len(kept) - most} more")


def print_findings(findings, most):
    for place, found in list(sorted(findings.items(), key=lambda entry: str(entry[0])))[:most]:
        finding = found[0]
        print(f"  {len(found)} × {place}: {finding.difference.kind}: {finding.difference.why}")
        why = f"the recording contradicts the description: {finding.contradiction}"
        print(f"      {why if finding.contradiction else 'the description allows what was recorded'} ({finding.recording})")
    if len(findings) > most:
        print(f"  and {len(findings) - most} more")


if __name__ == "__main__":
    sys.exit(main())

"""Unpacks the recordings, and reads their exchanges."""

import hashlib
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml


@dataclass(frozen=True)
class Exchange:
    """A request and its response."""

    recording: str
    method: str
    path: str
    request: str | None
    status: int
    response: str


def unpack(archive: Path, work: Path) -> Path:
    """Extracts descriptions and recordings of a source distribution below `work`, unless they exist, and returns their folder."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()[:16]
    folder = work / f"source-{digest}"
    if not folder.is_dir():
        part = folder.with_suffix(".part")
        with tarfile.open(archive) as tar:
            tar.extractall(part, members=wanted(tar), filter="data")
        part.rename(folder)
    roots = list(folder.iterdir())
    if len(roots) != 1:
        sys.exit(f"{archive} has no recordings of the API")
    return roots[0]


def wanted(tar: tarfile.TarFile):
    for member in tar:
        _, _, inside = member.name.partition("/")
        if inside.startswith((".generator/schemas/", "tests/")) and member.name.endswith(".yaml"):
            yield member


def description(source: Path, api: str) -> Path:
    return source / ".generator" / "schemas" / api / "openapi.yaml"


def read(source: Path, api: str) -> list[Exchange]:
    """Yields all exchanges, in the order of the names of their files."""
    folder = source / "tests" / api / "cassettes"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    exchanges = []
    for file in sorted(folder.rglob("*.yaml")):
        recorded = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)
        for interaction in recorded["interactions"]:
            request, response = interaction["request"], interaction["response"]
            exchanges.append(
                Exchange(
                    recording=str(file.relative_to(folder)),
                    method=request["method"],
                    path=urlsplit(request["uri"]).path,
                    request=request["body"] or None,
                    status=response["status"]["code"],
                    response=response["body"]["string"],
                )
            )
    return exchanges

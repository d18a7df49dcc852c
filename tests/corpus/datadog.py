#!/usr/bin/env python3
"""Downloads Datadog's own descriptions and prints their paths, v1 first.

    datadog.py [FOLDER]

The source distribution of the package `datadog-api-client` on PyPI contains them. The folder keeps it; the default is
target/corpus/datadog.
"""

import pathlib
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "datadog-api-client"
VERSION = "2.62.0"
APIS = ("v1", "v2")


def fetch(folder):
    """Downloads the source distribution, unless the folder has it."""
    archive = folder / f"{PACKAGE.replace('-', '_')}-{VERSION}.tar.gz"
    if not archive.is_file():
        what = ["--no-deps", "--no-binary", ":all:", "--dest", str(folder), f"{PACKAGE}=={VERSION}"]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", *what], check=True)
    return archive


def descriptions(folder):
    """Extracts the descriptions from the source distribution, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {api: folder / f"datadog-{api}.yaml" for api in APIS}
    if not all(path.is_file() for path in paths.values()):
        with tarfile.open(fetch(folder)) as tar:
            for member in tar:
                for api, path in paths.items():
                    if member.name.endswith(f"/.generator/schemas/{api}/openapi.yaml"):
                        path.write_bytes(tar.extractfile(member).read())
    return list(paths.values())


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target" / "corpus" / "datadog"
    print("\n".join(map(str, descriptions(folder))))

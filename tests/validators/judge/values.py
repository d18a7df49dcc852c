"""Checks values of the schemas of a description with jsonschema.

    python values.py DESCRIPTION

It reads lines such as `{"schema": "OrgGroupId", "value": 5, "valid": false}`, lists those with another verdict, and prints the
numbers of schemas and values at the end.
"""

import json
import sys
from collections import Counter

import yaml
from openapi_schema_validator import OAS30Validator, oas30_strict_format_checker
from referencing import Registry
from referencing.jsonschema import DRAFT4


def validators(path: str) -> dict[str, OAS30Validator]:
    """Returns a validator for each schema of the description."""
    with open(path, encoding="utf-8") as file:
        spec = yaml.safe_load(file)
    registry = Registry().with_resource("urn:spec", DRAFT4.create_resource(spec))
    return {
        name: OAS30Validator(
            {"$ref": f"urn:spec#/components/schemas/{name}"},
            registry=registry,
            format_checker=oas30_strict_format_checker,
        )
        for name in spec["components"]["schemas"]
    }


def main() -> None:
    _, path = sys.argv
    known = validators(path)
    seen, wrong = Counter(), []
    for line in sys.stdin:
        case = json.loads(line)
        problems = [error.message for error in known[case["schema"]].iter_errors(case["value"])]
        if case["valid"] is bool(problems):
            wrong.append(f"{line.strip()}\n    is {problems or 'valid'}")
        seen[case["schema"], case["valid"]] += 1
    for valid in (True, False):
        unseen = sorted(name for name in known if not seen[name, valid])
        if unseen:
            wrong.append(f"no value that should be {'valid' if valid else 'invalid'} of {', '.join(unseen)}")
    valid = sum(count for (_, is_valid), count in seen.items() if is_valid)
    invalid = seen.total() - valid
    print(f"{len(known)} schemas: {valid} valid values, {invalid} invalid ones, {len(wrong)} judged incorrectly")
    if wrong:
        sys.exit("\n".join(wrong[:20]))


if __name__ == "__main__":
    main()

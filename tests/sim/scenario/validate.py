#!/usr/bin/env python3
"""Validates YAML files against a JSON Schema with the jsonschema package.

usage: validate.py SCHEMA [--quiet] FILE ...
Exit codes: 0 all valid, 1 a file is not, 2 the schema is not.
"""
import json
import sys

import jsonschema
import yaml


def main(words):
    quiet = "--quiet" in words
    schema_path, *files = [word for word in words if word != "--quiet"]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        print(f"{schema_path}: {error.message}", file=sys.stderr)
        return 2
    validator = jsonschema.Draft202012Validator(schema)
    status = 0
    for name in files:
        with open(name, encoding="utf-8") as file:
            document = yaml.safe_load(file)
        for error in validator.iter_errors(document):
            status = 1
            if not quiet:
                print(f"{name}: {error.json_path}: {error.message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

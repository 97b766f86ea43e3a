#!/usr/bin/env python3
"""Validates YAML files against a JSON Schema with the jsonschema package.

usage: validate.py SCHEMA [--invalid] FILE ...
Exit codes: 0 all files are valid (with --invalid: none is), 1 a file is not so, 2 the schema is not valid.
"""
import json
import sys

import jsonschema
import yaml


def main(words):
    wants_invalid = "--invalid" in words
    schema_path, *files = [word for word in words if word != "--invalid"]
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
        errors = list(validator.iter_errors(document))
        if bool(errors) == wants_invalid:
            continue
        status = 1
        if wants_invalid:
            print(f"{name}: is valid", file=sys.stderr)
        for error in errors:
            print(f"{name}: {error.json_path}: {error.message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

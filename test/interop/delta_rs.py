"""Looks at tables of chartlift with delta-rs, an independent implementation of Delta Lake.

Usage: delta_rs.py COMMAND FACTS
FACTS is a JSON file written by run.ts. Prints one JSON object per check:
{"name": ..., "passed": ..., "detail": ...}
"""

import json
import math
import os
import sys
from datetime import datetime, timezone

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake


def check(name, actual, expected):
    passed = actual == expected
    detail = "" if passed else f"expected {expected!r}, got {actual!r}"
    print(json.dumps({"name": name, "passed": passed, "detail": detail}), flush=True)


def guarded(name, action):
    """A check that blows up is a failed check, not the end of the others."""
    try:
        action()
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__}: {error}"
        print(json.dumps({"name": name, "passed": False, "detail": detail}), flush=True)


def rows_of(table):
    return [list(row.values()) for row in table.to_pyarrow_table().to_pylist()]


def check_versions(facts):
    path = facts["table"]
    for version in facts["versions"]:
        number = version["version"]
        at = datetime.fromtimestamp(version["between"] / 1000, tz=timezone.utc)

        def by_number(number=number, version=version):
            table = DeltaTable(path, version=number)
            check(f"version {number} by number", rows_of(table), version["rows"])

        def by_time(number=number, at=at):
            table = DeltaTable(path)
            table.load_as_version(at)
            check(f"version {number} by time", table.version(), number)

        guarded(f"version {number} by number", by_number)
        guarded(f"version {number} by time", by_time)


def check_current(facts):
    table = DeltaTable(facts["table"])
    what = facts["name"]
    check(f"{what}: latest version", table.version(), facts["latest"])
    check(f"{what}: rows, in order", rows_of(table), facts["rows"])
    fields = [[f.name, f.type.type, f.nullable] for f in table.schema().fields]
    check(f"{what}: schema", fields, facts["schema"])
    protocol = table.protocol()
    check(
        f"{what}: protocol",
        [protocol.min_reader_version, protocol.min_writer_version],
        [1, 2],
    )
    configuration = table.metadata().configuration
    check(
        f"{what}: properties",
        {key: configuration.get(key) for key in facts["properties"]},
        facts["properties"],
    )
    missing = [uri for uri in table.file_uris() if not os.path.exists(uri)]
    check(f"{what}: every data file is there", missing, [])


def check_statistics(facts):
    actions = pa.table(DeltaTable(facts["table"]).get_add_actions(flatten=True)).to_pylist()
    what = facts["name"]
    columns = [name for name, _, _ in facts["schema"]]
    rows = facts["rows"]
    check(
        f"{what}: statistics count the rows",
        sum(action["num_records"] for action in actions),
        len(rows),
    )
    for index, column in enumerate(columns):
        values = [row[index] for row in rows if row[index] is not None]
        nulls = sum(action[f"null_count.{column}"] for action in actions)
        check(f"{what}: nulls of {column}", nulls, len(rows) - len(values))
        if not values:
            continue
        least = min(action[f"min.{column}"] for action in actions)
        greatest = max(action[f"max.{column}"] for action in actions)
        bounded = least <= min(values) and greatest >= max(values)
        check(f"{what}: bounds of {column}", bounded, True)
        short = all(not isinstance(value, str) or len(value) <= 32 for value in values)
        if short:
            check(f"{what}: tight bounds of {column}", [least, greatest], [min(values), max(values)])


def verify(facts):
    guarded("current", lambda: check_current(facts))
    guarded("statistics", lambda: check_statistics(facts))
    check_versions(facts)


def tombstones(facts):
    """Which files delta-rs would remove if nothing were retained: all that were replaced."""
    table = DeltaTable(facts["table"])
    removable = table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=True)
    check("tombstones, from checkpoint and entries", sorted(removable), sorted(facts["replaced"]))


def append(facts):
    rows = facts["append"]
    names = [name for name, _, _ in facts["schema"]]
    columns = [pa.array([row[index] for row in rows]) for index in range(len(names))]
    write_deltalake(facts["table"], pa.table(columns, names=names), mode="append")
    table = DeltaTable(facts["table"])
    check("delta-rs appends", table.version(), facts["latest"] + 1)
    if facts["checkpoint"]:
        table.create_checkpoint()


def compact(facts):
    table = DeltaTable(facts["table"])
    metrics = table.optimize.compact()
    check("delta-rs compacts", metrics["numFilesAdded"], 1)


def create(facts):
    table = pa.table(
        {
            "id": pa.array([1, 2, None], pa.int64()),
            "small": pa.array([1, -2, 3], pa.int16()),
            "price": pa.array([None, 1, 2], pa.decimal128(10, 2)),
            "day": pa.array([19782, None, 0], pa.date32()),
            "at": pa.array([1709208000123456, 0, None], pa.timestamp("us", tz="UTC")),
            "tags": pa.array([["a", "b"], [], None], pa.list_(pa.string())),
            "point": pa.array([{"x": 1.5}, None, {"x": math.pi}], pa.struct([("x", pa.float64())])),
        }
    )
    write_deltalake(facts["foreign"], table)
    write_deltalake(facts["foreign"], table.slice(0, 1), mode="append")
    check("delta-rs creates", DeltaTable(facts["foreign"]).version(), 1)


COMMANDS = {
    "verify": verify,
    "tombstones": tombstones,
    "append": append,
    "compact": compact,
    "create": create,
}

if __name__ == "__main__":
    command, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        COMMANDS[command](json.load(file))

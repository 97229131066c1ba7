"""Cell by cell: what two public collections of hard CSV files say in JSON, and our parser in cells.
Prints TAP. csv_cells.py EXE FOLDER"""
import json
import pathlib
import subprocess
import sys

EXE, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])


def cells(path, *delimiter):
    done = subprocess.run([EXE, path, *delimiter], capture_output=True, check=True)
    return json.loads(done.stdout)


def same(rows, want):
    """The JSON is a list of rows, or of objects under the header."""
    if want and isinstance(want[0], dict):
        return [dict(zip(rows[0], row)) for row in rows[1:]] == want
    return rows == want or (want == [] and len(rows) == 1)


def main():
    pairs = [(FOLDER / "csv-spectrum" / "csvs", FOLDER / "csv-spectrum" / "json"),
             (FOLDER / "csv-test-data" / "csv", FOLDER / "csv-test-data" / "json")]
    if not FOLDER.exists():
        print("1..1\nok 1 - csv-spectrum and csv-test-data # SKIP ../shared/data is not here")
        return 0
    n = failed = 0
    for tables, jsons in pairs:
        for path in sorted(jsons.glob("*.json")):
            table = tables / (path.stem + ".csv")
            text = path.read_text(encoding="utf-8")
            if b"\r" not in table.read_bytes():     # a checkout may have changed its line ends
                text = text.replace("\\r\\n", "\\n")
            want = json.loads(text)
            for delimiter in ([], [","]):
                n += 1
                rows = cells(table, *delimiter)
                fine = same(rows, want)
                failed += not fine
                how = "as a comma is said" if delimiter else "as it is found"
                print(f"{'ok' if fine else 'not ok'} {n} - {tables.parent.name}/{table.name} {how}")
                if not fine:
                    print(f"# {rows!r}\n# {want!r}")
        for path in sorted(tables.glob("bad-*.csv")):
            rows = cells(path, ",")
            n += 1
            ragged = len({len(row) for row in rows}) > 1
            fine = ragged or len(rows) < 2 or any(isinstance(c, dict) for row in rows for c in row)
            failed += not fine
            print(f"{'ok' if fine else 'not ok'} {n} - {path.name} is ragged, empty, or in trouble")
    print(f"1..{n}")
    return failed > 0


sys.exit(main())

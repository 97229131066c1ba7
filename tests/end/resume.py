"""Imports that are stopped at any moment: what was read is kept beside the database, nothing is in
it, and --resume brings the same people as an import that was never stopped.

TEND_MOMENTS=100 tries more moments than the few of every day."""
import os
import random
import signal
import subprocess
import time

from tend import case, eq, main, same_rows

MOMENTS = int(os.environ.get("TEND_MOMENTS", "12"))
TABLES = ["person", "contact_point", "attribute", "tag", "note", "import_row"]


def people(path, rows):
    """Some share an e-mail, some a phone; a few rows are refused."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("Name,E-mail,Phone,Company,Notes\n")
        for i in range(rows):
            who = i if i % 10 else i // 2
            out.write(f"Person{who} Sample{who},p{who}@example.com,+43 1 555{who:05d},Acme {i % 7},"
                      f"\"a note of {i},\nin two lines\"\n")
            if i % 500 == 7:
                out.write(",,,Nobody Ltd,\n")
    return path


def facts(t):
    """What came in, without what differs from run to run: ids of batches and uids."""
    columns = {"person": "name, given, family, source, import_line",
               "contact_point": "kind, value, key, label", "attribute": "name, value",
               "tag": "tag", "note": "text", "import_row": "line, matched"}
    import sqlite3
    db = sqlite3.connect(f"file:{t.db}?mode=ro", uri=True)
    out = {name: sorted(db.execute(f"SELECT {columns[name]} FROM {name}").fetchall(), key=repr)
           for name in TABLES}
    db.close()
    return out


def left(t):
    return sorted(p.name for p in t.dir.iterdir() if ".import-" in p.name)


def fresh(t):
    for path in list(t.dir.glob("people.db*")):
        path.unlink()


def stopped(t, number, after, *args):
    """Runs an import and stops it after so many seconds; what it said, and its status."""
    child = subprocess.Popen(t.argv(["import", *args]), env=t.env, cwd=t.dir,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(after)
    child.send_signal(number)
    out, err = child.communicate(timeout=60)
    return child.returncode, (out + err).decode()


def moments(t, number):
    """Stops at random moments, resumes, and compares with what was never stopped."""
    path = people(t.dir / "many.csv", 6000)
    start = time.monotonic()
    done = t.json("import", path, status=5)
    whole, want = time.monotonic() - start, facts(t)
    chance = random.Random(20261122)
    kept = 0
    for i in range(MOMENTS):
        fresh(t)
        t.run("add", "Zoe Last", "email=zoe@example.com")
        stopped(t, number, chance.random() * whole * 1.1, path)
        if left(t):
            kept += 1
            again = t.run("--json", "import", "--resume", status=None)
            if again.status == 5:
                eq(again.json()["read"], done["read"], f"rows of moment {i}")
        if t.json("count")["count"] < 100:     # it was stopped before it could keep anything
            t.run("import", path, status=5)
        eq(left(t), [], f"what is left of moment {i}")
        t.run("check")
        got = facts(t)
        for table, row in (("person", "Zoe Last"), ("contact_point", "zoe@example.com")):
            got[table] = [r for r in got[table] if row not in r]
        same_rows(got, want, f"moment {i}")
    assert kept > 0, "no moment was early enough"


@case("Ctrl-C at any moment, then --resume: the same people as never stopped")
def _(t):
    moments(t, signal.SIGINT)


@case("killed at any moment, then --resume: the same people as never stopped")
def _(t):
    moments(t, signal.SIGKILL)


def fifo(t, rows, name="slow.csv"):
    """An import that waits in the middle of its file."""
    path = t.dir / name
    os.mkfifo(path)
    child = subprocess.Popen(t.argv(["import", name]), env=t.env, cwd=t.dir,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(path, "w", encoding="utf-8") as out:
        out.write("Name,E-mail\n" + "".join(f"P{i} S{i},p{i}@example.com\n" for i in range(rows)))
        out.flush()
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        said = child.communicate(timeout=30)
    path.unlink()
    return child.returncode, (said[0] + said[1]).decode()


@case("Ctrl-C says what to type; what waits is named by the next import and by check")
def _(t):
    t.run("add", "Zoe Last")
    status, said = fifo(t, 20000)
    eq(status, 130)
    assert "nothing is in the database yet" in said and "tend import --resume" in said, said
    eq(len(left(t)), 1)
    assert oct((t.dir / left(t)[0]).stat().st_mode)[-3:] == "600"
    eq(t.json("count")["count"], 1)
    t.run("check").says("slow.csv", "waits", "import --resume")
    (t.dir / "few.csv").write_text("Name\nAnn Lee\n")
    t.run("import", "few.csv").says("slow.csv", "1 added")
    t.run("import", "--resume", "other.csv", status=1).says("no import waits")
    t.run("import", "--discard").says("1 interrupted import let go")
    eq(left(t), [])
    t.run("import", "--resume", status=1).says("no import waits", "tend import FILE")
    t.run("import", "--discard").says("no import waits")


@case("a file that is another one now is not mixed with what is staged")
def _(t):
    t.run("add", "Zoe Last")
    fifo(t, 20000)
    rows = [f"P{i} S{i},p{i}@example.com\n" for i in range(20000)]
    (t.dir / "slow.csv").write_text("Name,E-mail\n" + "".join(rows[:100] + ["X Y,\n"] + rows[100:]))
    t.run("import", "--resume", status=1).says("is not what it was", "import --discard")
    eq(len(left(t)), 1)
    t.run("import", "--discard").says("let go")
    eq(t.json("count")["count"], 1)


@case("it goes on with what was asked, in whichever folder, and with the file that is whole now")
def _(t):
    t.run("add", "Zoe Last")
    (t.dir / "in here").mkdir()
    status, _said = fifo(t, 20000)
    eq(status, 130)
    rows = [f"P{i} S{i},p{i}@example.com\n" for i in range(20050)]
    (t.dir / "slow.csv").write_text("Name,E-mail\n" + "".join(rows))
    t.run("--dry-run", "import", "--resume").says("20050 added", "dry run")
    eq((len(left(t)), t.json("count")["count"]), (1, 1))
    argv = t.argv(["--json", "import", "--resume"])
    done = subprocess.run(argv, env=t.env, cwd=t.dir / "in here", capture_output=True, check=False)
    eq(done.returncode, 0, done.stderr)
    eq(t.json("count")["count"], 20051)
    eq(left(t), [])


@case("a staging file that was damaged is cut back to where it is whole")
def _(t):
    t.run("add", "Zoe Last")
    fifo(t, 20000)
    name = t.dir / left(t)[0]
    size = name.stat().st_size
    with open(name, "r+b") as out:
        out.seek(size // 2)
        out.write(b"damaged here")
    (t.dir / "slow.csv").write_text(
        "Name,E-mail\n" + "".join(f"P{i} S{i},p{i}@example.com\n" for i in range(20000)))
    t.run("import", "--resume").says("20000 added")
    eq(left(t), [])


@case("a dry run leaves the database byte for byte, and nothing beside it")
def _(t):
    t.run("add", "Zoe Last")
    t.run("import", people(t.dir / "first.csv", 500), status=5)
    before = {p.name: p.read_bytes() for p in t.dir.glob("people.db*")}
    t.run("--dry-run", "import", people(t.dir / "second.csv", 3000), status=5)
    eq({p.name: p.read_bytes() for p in t.dir.glob("people.db*")} == before, True, "the same bytes")


main()

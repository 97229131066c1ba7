"""The database in trouble: damaged, replaced by mistake; undo of what cannot go back."""
import os
import sqlite3

from tend import case, eq, main


def some(t):
    t.json("add", "Ann Lee", "email=ann@example.com")
    t.json("add", "Bob Ray")


def settle(t):
    """All of it in the one file."""
    db = sqlite3.connect(t.db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def damage(t, table):
    """Noise over the first page of a table."""
    settle(t)
    db = sqlite3.connect(t.db)
    page, = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    size, = db.execute("PRAGMA page_size").fetchone()
    db.close()
    with open(t.db, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(16) + b"\xa5" * (size - 16))


@case("a damaged database is named so, with what to do; the backup puts it right")
def _(t):
    some(t)
    t.run("backup", "good.db")
    damage(t, "person")
    t.run("add", "Cid Fox", status=1).says("damaged", "restore")
    t.run("list", status=1).says("damaged", "try: check", "restore")
    t.run("show", "p2", status=1).says("damaged", "restore")
    got = t.run("check", "--json", status=1).json()
    eq(got["ok"], False)
    assert any("damaged" in problem for problem in got["problems"]), got
    t.run("restore", "good.db")
    eq(len(t.json("list")), 2)


@case("what is known only by its settings is damaged as well")
def _(t):
    some(t)
    damage(t, "meta")
    t.run("list", status=1).says("damaged", "restore")
    t.run("check", status=1).says("damaged")
    eq(t.run("check", "--json", status=1).json()["ok"], False)
    t.db.write_text("this is a letter to somebody, and no database at all\n" * 20)
    got = t.run("check", "--json", status=1).json()
    eq(got["ok"], False)
    assert "not a database" in got["problems"][0], got


@case("backup replaces no file unasked")
def _(t):
    some(t)
    contacts = t.dir / "contacts.csv"
    contacts.write_text("Name\nAnn\n")
    t.run("backup", contacts, status=3).says("contacts.csv", "already", "--yes")
    t.run("--dry-run", "backup", contacts, status=3)
    eq(contacts.read_text(), "Name\nAnn\n")
    t.run("--yes", "backup", contacts)
    assert contacts.read_bytes().startswith(b"SQLite format 3"), "replaced when asked"


@case("two restores keep the original")
def _(t):
    t.json("add", "Old Fox")
    t.run("backup", "old.db")
    t.json("add", "New Fox")
    first = t.json("restore", "old.db")["kept"]
    second = t.json("restore", "old.db")["kept"]
    assert first != second, first
    t.run("restore", first).says("what it was before is in")
    eq(sorted(p["name"] for p in t.json("list")), ["New Fox", "Old Fox"])


@case("an undo of which nothing can go back writes nothing, and says what is in the way")
def _(t):
    ann = t.json("add", "Ann Lee")["id"]
    t.json("set", ann, "name=Anna Lee")
    t.json("set", ann, "name=Anne Leigh")
    newest = t.json("history")[0]["batch"]
    before, batches = t.facts(), t.batches()
    for _again in range(2):
        t.run("undo", f"b{newest - 1}", status=5).says("nothing of", f"b{newest}", "name")
    eq(t.facts(), before)
    eq(t.batches(), batches)
    t.run("undo", f"b{newest}")
    t.run("undo", f"b{newest - 1}")
    eq(t.json("show", ann)["name"], "Ann Lee")


@case("an undo in part tells what went back, not what it left")
def _(t):
    rows = "".join(f"Guest {n},guest{n}@example.com\n" for n in range(11))
    (t.dir / "guests.csv").write_text("name,email\n" + rows, encoding="utf-8")
    batch = t.json("import", t.dir / "guests.csv")["batch"]
    t.json("note", "guest0@example.com", "nuts")
    t.run("undo", f"b{batch}", "--dry-run", status=5).says("rows. (dry run").silent_about("11 people")
    done = t.run("undo", f"b{batch}", status=5).says("left as it is", "10 people")
    done.silent_about("11 people")
    eq(t.json("count")["count"], 1)


@case("the batch that made me stays")
def _(t):
    t.json("add", "Ann Lee")
    t.run("undo", "b1", status=5).says("p1", "which later work needs")
    t.run("undo")
    t.run("undo", "b1", status=4).says("p1", "cannot be undone")
    eq(t.json("show", "me")["id"], 1)


main()

"""Small promises of many commands: an older database that is only looked at, a backup that is put
back, an undo of much, options that are wrong, carets that point at the word."""
import hashlib
import re
import sqlite3

from tend import FACTS, ROOT, case, eq, main

CATALOGUE = (ROOT / "core/store/catalogue.def").read_text()


def since_2(what, names):
    """What of this kind later layouts than the first brought: groups of the line in the catalogue."""
    return re.findall(rf"^{what}\({names}.*, [2-9]\)", CATALOGUE, re.M)


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def older(t):
    """The database as the first layout had it."""
    t.run("add", "Pat O'Brien")
    db = sqlite3.connect(t.db)
    tables = since_2("TABLE", r"(\w+), \w+")
    for name in since_2("INDEX", r"\w+, (?:UNIQUE_)?(\w+)"):
        db.execute(f"DROP INDEX IF EXISTS {name}")
    for table in tables:
        db.execute(f"DROP TABLE {table}")
    for table, column in since_2("COLUMN", r"(\w+), (\w+)"):
        if table not in tables:
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    db.execute("DELETE FROM person_word WHERE word = 'obrien'")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


@case("what only looks at an older database leaves every byte of it; the first that writes changes it")
def _(t):
    older(t)
    before = sha(t.db)
    eq(t.json("show", "obrien")["name"], "Pat O'Brien")
    t.run("list")
    t.run("--dry-run", "note", "obrien", "tall")
    t.run("note", "obrien", "tall", "--dry-run")
    eq((sha(t.db), sorted(p.name for p in t.dir.glob("*.bak"))), (before, []))
    t.run("note", "obrien", "tall")
    assert (t.dir / "people.db.schema-1.bak").exists()
    t.run("check")
    t.facts(FACTS)


@case("at the prompt what was looked at is brought up to date by the first line that writes")
def _(t):
    older(t)
    t.run(stdin="show obrien\nnote obrien tall\nshow obrien\n").says("tall")
    eq(len(t.facts(["note"])["note"]), 1)


@case("restore leaves nothing beside the backup, and does not change it")
def _(t):
    t.run("add", "Ann Lee")
    t.run("backup", "b.db")
    t.run("add", "Bob Ray")
    before = sha(t.dir / "b.db")
    t.run("restore", "b.db")
    eq((sha(t.dir / "b.db"), sorted(p.name for p in t.dir.glob("b.db*"))), (before, ["b.db"]))
    eq(len(t.json("list")), 1)


@case("undo of more than a screenful wants --yes")
def _(t):
    (t.dir / "many.csv").write_text("Name\n" + "".join(f"Person {i}\n" for i in range(30)))
    (t.dir / "few.csv").write_text("Name\n" + "".join(f"Friend {i}\n" for i in range(10)))
    t.run("import", "few.csv")
    batch = t.json("import", "many.csv")["batch"]
    t.run("undo", status=2).says("30 people", f"b{batch}", "--yes")
    t.run("undo", "--json", status=2).says("--yes")
    eq(len(t.json("list")), 40)
    t.run("--dry-run", "undo")
    t.typed(f"tend undo b{batch} --yes")
    t.run("undo")
    eq(len(t.json("list")), 0)


@case("an import that was asked for wrongly is exit 2, with a caret")
def _(t):
    (t.dir / "f.csv").write_text("Who,Tel\nAnn,1\n")
    for words in (["--map", "foo="], ["--map", "foo=Who"], ["--region", "ZZ"], ["--from", "nope"]):
        result = t.run("import", *words, "f.csv", status=2).says("^^")
        line, caret = result.err.splitlines()[1:3]
        at = caret.index("^")
        eq(line[at:at + caret.count("^")], words[1])


@case("of a time in quotes the caret marks the word that is wrong")
def _(t):
    t.run("add", "Ann Lee")
    for line, word in (('plan ann call "mon tue"', "tue"), ('log ann call at="mon noonish"', "noonish"),
                       ("plan ann call +3x", "+3x")):
        result = t.run(stdin=line + "\n", status=2)
        shown, caret = [x for x in result.err.splitlines() if x.startswith("  ")][:2]
        eq(shown[caret.index("^"):caret.rindex("^") + 1], word)


@case("a quote that is left open has a caret under it")
def _(t):
    result = t.run(stdin='note me "so and so\n', status=2).says("not closed")
    shown, caret = result.err.splitlines()[1:3]
    eq(shown[caret.index("^")], '"')


@case("a disposition or a feeling that nobody knows is refused, with the nearest")
def _(t):
    t.run("add", "Ann Lee")
    t.run("plan", "ann", "call", "+3d")
    for line in (["log", "ann", "call"], ["done", "t1"]):
        t.run(*line, "disposition=no_anser", status=2).says("no_answer")
        t.run(*line, "sentiment=wam", status=2).says("warm")
    eq(len(t.due(everything=True)), 1)


@case("a move of long ago says since when, though the person was written down today")
def _(t):
    t.run("add", "Ann Lee")
    t.run("log", "ann", "presentation", "at=2026-11-10")
    t.run("show", "ann").says("presented (opportunity), since Tue 10 Nov")
    t.run("undo")
    t.run("show", "ann").says("listed (opportunity), since Thu 26 Nov")
    t.run("check")


main()

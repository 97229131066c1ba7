"""The line that a person types: exit statuses, references, fields, suggestions, forms of output."""
import csv
import io
import os
import stat
import subprocess

from tend import case, eq, main, same_rows


def people(t):
    for name, more in (("Ann Lee", ["email=ann@example.com", "phone=+1 212 555 0101"]),
                       ("Susi Mayr", []), ("Susi Koller", []), ("José Núñez", [])):
        t.json("add", name, *more)


# --- exit statuses -----------------------------------------------------------

@case("0 done, 2 wrong usage, 3 ambiguous or already there, 1 failed")
def _(t):
    people(t)
    t.run("show", "ann")
    t.run("show", status=2)
    t.run("show", "ann", "bob", "--nonsense", status=2)
    t.run("show", "susi", status=3)
    t.run("add", "Other", "email=ann@example.com", status=3)
    t.run("show", "nobody", status=1)
    t.run("show", "p999", status=1)


@case("an error goes to stderr and leaves stdout empty")
def _(t):
    people(t)
    for args in (["show", "susi"], ["frobnicate"], ["list", "stge:listed"], ["show", "p999"]):
        result = t.run(*args, status=None)
        assert result.status != 0 and not result.out and result.err, str(result)


@case("a database that is not one is exit 1, and is left as it is")
def _(t):
    t.db.write_text("this is a letter to my aunt, not a database\n" * 50)
    before = t.db.read_bytes()
    t.run("list", status=1).says("people.db")
    t.run("add", "Ann Lee", status=1)
    assert t.db.read_bytes() == before


@case("a database that cannot be made is exit 1 and names its path")
def _(t):
    t.run("--db", t.dir / "no" / "such" / "folder" / "x.db", "add", "Ann Lee", status=1).says("x.db")


# --- words that are not known ------------------------------------------------

@case("a first word that is no verb is an error with a suggestion, never a search")
def _(t):
    people(t)
    t.run("ann", status=2)
    t.run("shwo", "ann", status=2).says("show")
    t.run("imprt", "x.csv", status=2).says("import")


@case("flags, fields, kinds, dispositions, filters: refused with the nearest word")
def _(t):
    people(t)
    before = t.everything()
    t.run("due", "--al", status=2).says("--all")
    t.run("set", "ann", "intrest=business", status=2).says("interest")
    t.run("add", "Eva", "phon=1", status=2).says("phone")
    t.run("log", "ann", "cal", status=2).says("call")
    t.run("log", "ann", "call", "disposition=no_anwser", status=2).says("no_answer")
    t.run("list", "stge:listed", status=2).says("stage")
    t.run("set", "ann", "zone=Europe/Viena", status=2).says("Europe/Vienna")
    same_rows(t.everything(), before, "after refusals")


@case("a name that is not there suggests one that is near")
def _(t):
    people(t)
    t.run("show", "ann.lea", status=1).says("Ann Lee")


@case("a time that is not understood whole is refused")
def _(t):
    people(t)
    t.run("plan", "ann", "call", "tomorow", status=2)
    t.run("plan", "ann", "call", "2026-02-30", status=2)
    t.run("log", "ann", "call", "at=someday", status=2)
    t.run("--now", "yesterdayish", "list", status=2)


# --- references --------------------------------------------------------------

@case("ids, beginnings of any word, accents, e-mail, phone, quotes, dots, the last person")
def _(t):
    people(t)
    ann = t.json("show", "ann")["id"]
    for ref in (f"p{ann}", str(ann), "ANN", "lee", "ann l", "ann.l", "ann@example.com", "ANN@example.com",
                "+12125550101", "+1 212 555-0101"):
        eq(t.json("show", ref)["id"], ann, f"show {ref}")
    eq(t.json("show", "jose")["name"], "José Núñez")
    eq(t.json("show", "nunez")["name"], "José Núñez")
    eq(t.json("show", "susi m")["name"], "Susi Mayr")
    t.json("log", "jose", "call")
    eq(t.json("show", ".")["name"], "José Núñez")


@case("an ambiguous one lists the candidates with their ids")
def _(t):
    people(t)
    result = t.run("show", "susi", status=3).says("Susi Mayr", "Susi Koller")
    ids = t.ids()
    result.says(f"p{ids['Susi Mayr']}", f"p{ids['Susi Koller']}")


@case("me is a person, and is not counted")
def _(t):
    people(t)
    eq(t.json("show", "me")["id"], 1)
    eq(t.json("count")["count"], 4)
    t.json("log", "me", "training", "book, 20 pages")


@case("add of an address that is known names who has it, --new makes another")
def _(t):
    people(t)
    t.run("add", "A. Lee", "phone=+1 (212) 555-0101", status=3).says("Ann Lee", "--new")
    eq(t.json("add", "A. Lee", "phone=+1 (212) 555-0101", "--new")["name"], "A. Lee")
    eq(t.json("count")["count"], 5)


# --- fields ------------------------------------------------------------------

@case("= replaces, += adds, -= removes, nothing after = clears")
def _(t):
    people(t)
    t.json("set", "ann", "email+=ann@example.org", "tag+=warm", "tag+=teacher")
    ann = t.json("show", "ann")
    eq([p["value"] for p in ann["email"]], ["ann@example.com", "ann@example.org"])
    eq(sorted(ann["tags"]), ["teacher", "warm"])
    eq([p["value"] for p in t.json("set", "ann", "email-=ann@example.com")["email"]], ["ann@example.org"])
    eq([p["value"] for p in t.json("set", "ann", "email=only@example.com")["email"]], ["only@example.com"])
    eq(t.json("set", "ann", "email=")["email"], [])
    eq(t.json("set", "ann", "club.number=17")["attributes"], {"club.number": ["17"]})
    t.json("tag", "ann", "+early", "-warm")
    eq(sorted(t.json("show", "ann")["tags"]), ["early", "teacher"])


@case("options stand before or after the verb")
def _(t):
    people(t)
    eq(t.run("show", "ann", "--json").json(), t.run("--json", "show", "ann").json())
    t.run("--dry-run", "note", "ann", "x")
    t.run("note", "ann", "x", "--dry-run")
    eq(t.facts(["note"])["note"], [])


# --- JSON --------------------------------------------------------------------

@case("the fields of a person")
def _(t):
    t.json("add", "Ann Lee", "zone=Europe/Vienna", "email=ann@example.com", "phone=+1 212 555 0101",
           "source=gym", "tag=yoga", "role=customer", "interest=business")
    ann = t.json("show", "ann")
    eq({k: ann[k] for k in ("name", "given", "family", "stage", "stages", "roles", "source", "zone", "tags")},
       {"name": "Ann Lee", "given": "Ann", "family": "Lee", "stage": "listed",
        "stages": {"opportunity": "listed"}, "roles": ["customer"], "source": "gym",
        "zone": "Europe/Vienna", "tags": ["yoga"]})
    eq(ann["phone"], [{"value": "+1 212 555 0101", "key": "+12125550101", "label": None}])
    eq(ann["email"], [{"value": "ann@example.com", "key": "ann@example.com", "label": None}])
    eq(ann["attributes"]["interest"], ["business"])
    assert isinstance(ann["id"], int) and len(ann["uid"]) == 26, ann


@case("the fields of import, log, move, due, undo, history, count")
def _(t):
    leads = t.dir / "leads.csv"
    leads.write_text("Name,Phone\nAnn Lee,+1 212 555 0101\n")
    done = t.json("import", leads)
    for field in ("import", "batch", "from", "read", "added", "updated", "unchanged", "rejected"):
        assert field in done, field
    logged = t.json("log", "ann", "presentation")
    for field in ("touch", "kind", "parties", "batch", "effects"):
        assert field in logged, field
    moved = t.json("move", "ann", "considering")
    for field in ("person", "track", "from", "to", "batch", "effects"):
        assert field in moved, field
    task, = t.due(everything=True)
    for field in "task person name kind title opens closes overdue doer run step cause".split():
        assert field in task, field
    eq((task["run"], task["step"]), (None, None), "absent values are null")
    undone = t.json("undo")
    for field in ("batch", "command", "actor", "at", "changes"):
        assert field in undone and all(field in b for b in t.json("history")), field
    eq(t.json("count"), {"count": 1})
    assert isinstance(t.json("list"), list) and isinstance(t.json("find", "ann"), list)


@case("times in JSON carry their offset")
def _(t):
    people(t)
    t.json("log", "ann", "presentation")
    task, = t.due(everything=True)
    assert task["opens"] == "2026-11-28T00:00:00+01:00", task
    assert t.json("history")[0]["at"].startswith("2026-11-26T19:00:00"), "the frozen clock"


# --- forms of output ---------------------------------------------------------

@case("in a pipe: tabs, no escapes, one line a row whatever the data hold")
def _(t):
    t.json("add", "Ann\tLee", "tag=a\nb")
    t.json("add", "Bob Ray")
    lines = t.run("list").out.splitlines()
    rows = [line for line in lines if "Lee" in line or "Bob" in line]
    eq(len(rows), 2, "rows")
    eq(len({line.count("\t") for line in lines}), 1, "the same number of columns in every line")
    assert "\x1b" not in "".join(lines)


@case("--csv is CSV")
def _(t):
    t.json("add", "Ann Lee", 'source=the "big" fair, Graz')
    rows = list(csv.reader(io.StringIO(t.run("--csv", "list").out)))
    assert any('the "big" fair, Graz' in row for row in rows), rows
    eq(len({len(row) for row in rows}), 1, "columns")


@case("control characters in the data are shown on a terminal, not sent")
def _(t):
    t.json("add", "Ann \x1b]0;owned\x07\x1b[31mLee\x9b2J")
    for args in (["list"], ["show", "ann"], ["log", "ann", "call"], ["show", "susi\x1b[2J"], ["list", "--csv"],
                 ["export", "--format", "csv"], ["export", "--format", "vcf"], ["export"]):
        out = t.terminal(*args)
        assert "owned" in out or args[1:] == ["susi\x1b[2J"] or args[0] == "log", out
        for evil in ("\x1b]0;", "\x1b[31mLee", "\x07", "\x1b[2J", "\x9b"):
            assert evil not in out, f"{evil!r} was sent by {args}: {out!r}"


@case("a terminal gets a table with a heading that fits it, a pipe gets tabs")
def _(t):
    people(t)
    t.json("set", "ann", "source=" + "x" * 200)
    out = t.terminal("list", columns=60)
    assert "\t" not in out and "Ann Lee" in out, out
    for line in out.splitlines():
        assert len(line.rstrip()) <= 60, f"{len(line)} columns: {line!r}"


@case("40 columns: names, what and until can be read; the columns that matter least go")
def _(t):
    t.json("add", "Bartholomew Featherstone", "phone=+1 212 555 0101", "email=bartholomew@example.com",
           "source=spring fair", "tag=warm")
    t.json("plan", "p2", "call", "today", "about the kitchen")
    for args in (["list"], ["due"]):
        out = t.terminal(*args, columns=40)
        assert "Bartholomew Fe" in out and "…" not in out.splitlines()[0], out
        assert all(len(line.rstrip()) <= 40 for line in out.splitlines()), out
    assert "about the" in out and "today" in out and "until" in out, out


@case("nobody is said on a terminal alone; find wants a word")
def _(t):
    people(t)
    assert "nobody" in t.terminal("list", "tag:none")
    assert "nobody" in t.terminal("find", "xyzzy")
    t.run("list", "tag:none").silent_about("nobody")
    t.run("find", "", status=2)


@case("a dry run of an import leaves the file of rejects alone")
def _(t):
    (t.dir / "a.csv").write_text("Name,Phone\n,\nAnn Lee,+1 212 555 0101\n")
    (t.dir / "rej.csv").write_text("mine")
    t.run("--dry-run", "import", "--rejects", t.dir / "rej.csv", t.dir / "a.csv", status=None)
    eq((t.dir / "rej.csv").read_text(), "mine")


@case("in the loop import - ends at a lone dot, and the commands go on")
def _(t):
    out = t.run(stdin="import -\nName,Phone\nAnn Lee,+1 212 555 0101\n.\ncount\nimport -\nName\nBob Ray\n").out
    assert "1 added" in out and "\n1\n" in out, out
    eq(t.json("count")["count"], 2)


@case("options of the start hold for every line of the loop")
def _(t):
    t.run("--dry-run", stdin="add Drytest\n").says("dry run")
    eq(t.json("count")["count"], 0)
    eq(t.run("--json", stdin="count\n").json(), {"count": 0})


@case("done before its window says so, as log does")
def _(t):
    people(t)
    t.json("plan", "ann", "call", "sat")
    t.run("done", "t1", "we spoke").says("early: the window opens Sat 28 Nov")


@case("a full disk is said, and is exit 1")
def _(t):
    people(t)
    if not os.path.exists("/dev/full"):
        return
    with open("/dev/full", "w") as full:
        done = subprocess.run(t.argv(["list"]), stdout=full, stderr=subprocess.PIPE, env=t.env, check=False)
    eq(done.returncode, 1)
    assert b"cannot be written" in done.stderr, done.stderr


@case("history shows no personal text")
def _(t):
    people(t)
    t.json("note", "ann", "nut allergy")
    t.run("history").silent_about("allergy", "Ann", "212")


# --- care --------------------------------------------------------------------

@case("the database is readable by its owner alone, and so is a backup")
def _(t):
    os.umask(0)
    people(t)
    eq(stat.S_IMODE(t.db.stat().st_mode), 0o600)
    copy = t.dir / "copy.db"
    t.json("backup", copy)
    eq(stat.S_IMODE(copy.stat().st_mode), 0o600)


@case("backup and restore bring back what was")
def _(t):
    people(t)
    before = t.everything()
    t.json("backup", t.dir / "copy.db")
    t.json("set", "ann", "name=Ann Smith")
    t.json("restore", t.dir / "copy.db", "--yes")
    same_rows(t.everything(), before, "after restore")
    eq(t.json("check")["ok"], True)


@case("export brings people out, import brings them in elsewhere")
def _(t):
    people(t)
    out = t.run("export", "--format", "csv").out
    (t.dir / "out.csv").write_text(out, encoding="utf-8")
    done = t.json("--db", t.dir / "other.db", "import", t.dir / "out.csv")
    eq((done["added"], done["rejected"]), (4, 0))


@case("config keeps the user's zone, and says it")
def _(t):
    t.json("config", "zone=America/New_York", "name=Mira")
    config = t.json("config")
    eq((config["zone"], config["name"]), ("America/New_York", "Mira"))
    t.run("config", "zone=Mars/Olympus", status=2)
    t.run("config", "zoen=UTC", status=2).says("zone")


@case("help: all verbs, one verb, and an unknown one")
def _(t):
    shown = t.run("help")
    for verb in "import add set show list log move due done snooze undo why plugin".split():
        shown.says(verb)
    t.run("help", "log").says("disposition", "significant")
    t.run("help", "lgo", status=2).says("log")


@case("help --json is one document: all verbs, or one with its arguments")
def _(t):
    verbs = {v["name"]: v for v in t.json("help")}
    assert {"name", "group", "summary", "usage", "args", "flags", "examples", "json"} <= set(verbs["log"])
    assert {"import", "why", "help"} <= set(verbs), verbs
    log = t.json("help", "log")
    eq({key: log[key] for key in verbs["log"]}, verbs["log"])
    assert log["usage"].startswith("tend log "), log
    for part in ("args", "flags", "examples"):
        assert log[part] and all(isinstance(one, dict) for one in log[part]), log
    assert "significant" in str(log["flags"]), log
    t.run("help", "lgo", "--json", status=2).says("log")


@case("plugin list and info name what ships, and what each brings")
def _(t):
    t.run("plugin", "list").says("csv", "pipeline", "followup")
    t.run("plugin", "info", "pipeline").says("stage_set", "1.0.0")
    t.run("--no-plugins", "plugin", "list").silent_about("followup")


@case("undo and redo by hand: the last command, a batch, what is undone already")
def _(t):
    people(t)
    first = t.json("note", "ann", "one")["batch"]
    t.json("note", "ann", "two")
    t.json("undo")
    eq(len(t.facts(["note"])["note"]), 1)
    t.json("undo", f"b{first}")
    eq(t.facts(["note"])["note"], [])
    t.run("undo", f"b{first}", status=3)
    t.json("redo")
    eq(len(t.facts(["note"])["note"]), 1)
    t.run("undo", "b9999", status=1)


@case("on an empty database every reading command works")
def _(t):
    for args in (["list"], ["count"], ["due"], ["history"], ["find", "ann"], ["check"], ["config"],
                 ["plugin", "list"], ["tick"]):
        t.run(*args)
    t.run("undo", status=1)


@case("the line loop: commands one after the other, and the last person carries over")
def _(t):
    t.run("config", "name=Mira Sample")      # else they are asked for it
    out = t.terminal(keys='add "Ann Lee"\nlog . call hello\nnonsense\ncount\n\x04\x04')
    assert "Ann Lee" in out and "1" in out, out
    eq(len(t.facts(["touch"])["touch"]), 1)


main()

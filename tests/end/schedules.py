"""The same policy in C and in Lua, over the same made-up year, plans the same tasks, column by column;
and what a birthday is told by."""
import datetime
import pathlib
import random
import shutil
import sqlite3

from tend import ROOT, case, eq, main

ZONES = ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "America/Santiago"]
KINDS = ["call", "text", "presentation", "zoom", "email"]
SAID = ["", "no_answer", "voicemail", "thinking", "joined", "bought", "hard_no", "soft_no"]


def year(seed, n):
    """Commands with their times: touches, changes of tags and ranks, undo, ticks."""
    chance = random.Random(seed)
    now = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.timezone.utc)
    for i, zone in enumerate(ZONES):
        yield now, ["add", f"Person {chr(65 + i)}", f"zone={zone}"]
    for _ in range(n):
        now += datetime.timedelta(minutes=chance.randrange(60, 2 * 365 * 24 * 60 // n))
        who = f"p{chance.randrange(len(ZONES)) + 2}"
        what = chance.randrange(20)
        if what < 11:
            said = chance.choice(SAID)
            yield now, ["log", who, chance.choice(KINDS)] + ([f"disposition={said}"] if said else [])
        elif what < 13:
            yield now, ["tag", who, chance.choice(["+", "-"]) + "keep-in-touch"]
        elif what < 14:
            yield now, ["undo"]
        else:
            yield now, ["tick"]


def tasks(t, folder, commands):
    """Every task and schedule that the commands leave."""
    t.db = t.dir / f"{folder.name}.db"
    t.env["TEND_DB"] = str(t.db)
    t.plugins = folder
    for now, words in commands:
        t.run(*words, now=now.isoformat(), status=None)
    return t.facts(["task", "timer", "decision", "plugin_state"])


@case("a policy in C and the same in Lua plan the same")
def _(t):
    built = pathlib.Path(t.exe).parent / "plugins" / "cadence"
    in_c, in_lua = t.dir / "in-c", t.dir / "in-lua"
    in_c.mkdir()
    in_lua.mkdir()
    shutil.copy(built / "cadence.so", in_c)
    shutil.copy(ROOT / "tests" / "end" / "cadence.lua", in_lua)
    commands = list(year(7, 400))
    c, lua = tasks(t, in_c, commands), tasks(t, in_lua, commands)
    eq(len(c["task"]) > 20, True, "tasks")
    eq(any("Keep in touch" in row for row in c["task"]), True, "cadence has planned something")
    for table in c:
        eq(lua[table], c[table], table)


@case("a birthday of 29 February is on the list a week ahead, and why says so")
def _(t):
    t.json("add", "Ann Lee", "birthday=1984-02-29", "zone=Europe/Vienna")
    t.run("tick", now="2027-02-20T10:00:00+01:00")
    eq(t.due("2027-02-20T10:00:00+01:00", everything=True), [], "eight days before")
    t.run("tick", now="2027-02-21T10:00:00+01:00")
    t.run("tick", now="2027-02-21T10:00:00+01:00")
    task, = t.due("2027-02-21T10:00:00+01:00")
    eq(task["title"], "Birthday")
    t.run("why", f"t{task['task']}", now="2027-02-21T11:00:00+01:00").says(
        "birthdays", "every year from Wed 29 Feb 1984, 7d ahead, slot Sun 28 Feb 2027", "add p2")
    t.json("log", "ann", "call", "happy birthday", now="2027-02-28T12:00:00+01:00")
    eq(t.due("2027-02-28T13:00:00+01:00", everything=True), [], "after a call")


@case("new rules for a zone move windows and days, and neither lose nor double one")
def _(t):
    zones = t.dir / "zoneinfo"
    (zones / "Europe").mkdir(parents=True)
    vienna = pathlib.Path("/usr/share/zoneinfo/Europe/Vienna")
    shutil.copy(vienna, zones / "Europe/Vienna")
    env = {"TZDIR": str(zones)}
    now = "2026-11-20T10:00:00Z"
    t.run("config", "zone=Europe/Vienna", now=now, env=env)
    t.run("add", "Ann Lee", "birthday=1984-12-24", now=now, env=env)
    t.run("plan", "ann", "call", "dec 1", now=now, env=env)
    t.run("tick", now=now, env=env)
    before = t.facts(["task", "schedule", "decision"])
    shutil.copy("/usr/share/zoneinfo/Europe/London", zones / "Europe/Vienna")   # an hour later
    t.run("tick", now=now, env=env)
    assert t.json("check", env=env)["ok"], "windows stand where the new rules have them"
    eq(t.facts(["task", "schedule", "decision"]), before, "what is planned")
    def instants(table, column):
        db = sqlite3.connect(f"file:{t.db}?mode=ro", uri=True)
        rows = [row[0] // 10**6 for row in db.execute(f"SELECT {column} FROM {table}")]
        db.close()
        return rows
    eq(instants("task_due", "opens_at"), [int(datetime.datetime(2026, 12, 1, tzinfo=datetime.timezone.utc).timestamp())])
    eq(instants("timer", "due_at"), [int(datetime.datetime(2026, 12, 17, tzinfo=datetime.timezone.utc).timestamp())])
    t.run("tick", now="2026-12-17T00:30:00Z", env=env)
    eq(len(t.json("due", "--all", now="2026-12-17T00:30:00Z", env=env)), 2)
    t.run("tick", now="2026-12-17T00:30:00Z", env=env)
    eq(len(t.json("due", "--all", now="2026-12-17T00:30:00Z", env=env)), 2)


main()

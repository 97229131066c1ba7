"""The same policy in C and in Lua, over the same made-up year, plans the same tasks, column by column;
and what a birthday is told by."""
import datetime
import pathlib
import random
import shutil

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


main()

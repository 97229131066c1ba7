"""The list of the day: after days asleep, after an illness, and what greets at which hour."""
import datetime
import re
import sqlite3
from tend import case, eq, main

LATER = """\
return {
  policy = "later", version = "1.0.0", license = "0BSD", summary = "Says hello to everybody new",
  on = { "person.added", "person.changed" },
  run = function(ctx, event)
    if event.name == "person.changed" and event.fields[1] == "archived" then return end
    return { task = "Say hello", key = "hello", window = "0d..4d" }
  end,
}
"""


def at(day, clock="20:10"):
    """A moment in Vienna, so many days after Mon 23 Nov 2026."""
    return f"{datetime.date(2026, 11, 23) + datetime.timedelta(day)}T{clock}:00+01:00"


def file_of(t, n):
    path = t.dir / "many.csv"
    path.write_text("Name,E-mail\n" + "".join(f"Person {i},p{i}@example.com\n" for i in range(n)))
    return path


def many_new(t, n):
    """An import asks no policy, the tag on all of them does: of more than 1000, a timer each."""
    t.run("import", file_of(t, n))
    t.run("--yes", "tag", "--where", "import:1", "+new")


def five_hundred(t):
    """500 people with a thing to do each: two batches, so that no timers are made."""
    t.plugin("later", LATER)
    t.now = at(0)
    many_new(t, 500)
    eq(len(t.due()), 500, "tasks")


def days(t, tasks):
    """How many of the tasks open on each day."""
    count = {}
    for task in tasks:
        count[task["opens"][:10]] = count.get(task["opens"][:10], 0) + 1
    return count


@case("after 14 days asleep with 500 due the day has what a person can do, the rest is spread and named")
def _(t):
    five_hundred(t)
    t.now = at(14)
    screen = t.terminal("due", columns=100)
    rows = [line for line in screen.splitlines() if re.match(r"t\d+ ", line)]
    eq(len(rows), 10, "rows on a terminal before anything was sorted")
    assert "and 490 more: spread moves them" in screen, screen
    eq(len(t.due()), 500, "for programs it is whole")
    tick = t.json("tick")
    spread = tick["spread"]
    eq((spread["waited"], spread["today"], spread["moved"], spread["away"]), (500, 10, 490, 14))
    eq(tick["messages"], 0, "messages")
    eq(len(t.due()), 10, "due today")
    everything = t.due(everything=True)
    eq(len(everything), 500, "none is lost")
    later = days(t, [x for x in everything if x["opens"] > "2026-12-08"])
    assert max(later.values()) <= 10, later
    moved = [x for x in everything if x["opens"] >= "2026-12-08"][0]
    t.run("why", f"t{moved['task']}").says("moved from Mon 23 Nov to", "by the backlog after 14 days away")
    said = t.run().out
    assert "500 things waited. 10 need you today, 490 moved to the days until" in said, said
    t.run().silent_about("waited")                          # said once
    batch = spread["batch"]
    t.run("undo", f"b{batch}", "--yes")
    eq(len(t.due()), 500, "undone by its id")
    eq(t.json("check")["ok"], True)


@case("after 14 days asleep the greeting sorts by itself, and takes nobody's own undo away")
def _(t):
    five_hundred(t)
    t.run("note", "p5", "likes tea")
    t.now = at(14)
    t.run().says("500 things waited. 10 need you today, 490 moved", "(undo: undo b")
    eq(len(t.due()), 10)
    t.run("undo").says("note")
    eq(len(t.due()), 10)


@case("500 timers that were slept through make their tasks first")
def _(t):
    t.plugin("later", LATER)
    t.now = at(0)
    many_new(t, 1200)
    db = sqlite3.connect(t.db)
    db.execute("UPDATE timer SET event = 'person.added'")   # counted from then, not from now
    db.commit()
    db.close()
    eq(len(t.facts(["timer"])["timer"]), 1200)
    eq(len(t.due()), 0)
    t.now = at(14)
    said = t.run().out
    assert "1200 things waited. 10 need you today, 1190 moved to" in said, said
    eq(len(t.facts(["timer"])["timer"]), 0)
    eq(len(t.due()), 10)


@case("ill for four days: what needs me, what moved, what may be let go, and no wall")
def _(t):
    t.now = at(9, "20:00")                                   # Wed 2 Dec
    t.plugin("later", LATER)
    t.run("config", "name=Mira Sample", "daily=3", "hours=mon-fri 18:00-21:00, sat 9:00-17:00")
    for i in range(5):
        t.run("add", f"Friend {i}")                          # to Sun 6 Dec, but for one
    t.run("plan", "p6", "call", "fri", "the sample")
    t.run("plan", "p2", "presentation", "mon", "20:30", "my kitchen")
    t.now = at(14, "19:00")                                  # Mon 7 Dec
    eq(len(t.due()), 7, "a read sorts nothing")
    first = t.run()
    first.says("Good evening, Mira. 0 of 2 new people today.", "7 things waited. 3 need you today, 4 moved to this week.")
    eq([x["title"] for x in t.due()], ["my kitchen", "the sample", "Say hello"])
    t.run().silent_about("waited")
    eq(days(t, t.due(everything=True))["2026-12-08"], 3, "tomorrow")


@case("a command after the gap does not hide it; a short one is none")
def _(t):
    five_hundred(t)
    t.now = at(1)
    t.run().silent_about("waited")
    t.now = at(5)
    t.run("note", "p5", "likes tea")
    t.run().says("things waited")


@case("what is long over is named with the command that drops it, and never dropped by itself")
def _(t):
    t.now = at(0)
    t.plugin("later", LATER)
    t.run("add", "Ann Lee")
    t.now = at(60)
    t.run().says("1 thing waited. 0 need you today, 1 I would let go.", "drop 1", "why t1")
    task, = t.due()
    eq((task["let_go"], task["state"]), (True, "open"))
    t.run("drop", "1")
    eq(t.due(), [])


@case("spread by hand: dry, then done")
def _(t):
    five_hundred(t)
    t.run("--dry-run", "spread").says("500 things waited", "nothing was written")
    eq(len(t.due()), 500)
    t.run("config", "daily=20")
    eq(t.json("spread")["today"], 7, "there is time for these, so the day is a third full")
    eq(len(t.due()), 7)
    t.run("spread").says("7 things waited. 7 need you today.")
    t.run("config", "daily=none", status=2).says("a number from 1")


@case("the greeting by the hour, and without a name")
def _(t):
    t.run("add", "Ann Lee", now=at(0))
    for clock, said in (("06:00", "Good morning."), ("13:00", "Good afternoon."), ("19:00", "Good evening."),
                        ("03:00", "Still up.")):
        t.now = at(3, clock)
        t.run().says(said, "0 of 2 new people today. Nothing due.")
    t.run("config", "name=Mira Sample", "new_people=1")
    t.run("add", "Bob Ray")
    t.run().says("Still up, Mira. 1 of 1 new people today.")
    t.run("config", "new_people=0")
    t.run().silent_about("new people")


main()

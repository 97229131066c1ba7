"""Scrub as its users meet it: the list, the review with one key a pair, what is merged by itself, and undo."""
import re

from tend import case, eq, main

ASK = r"\[q\]uit"


def people(t):
    t.json("add", "Ann Lee", "phone=+43 664 5550101", "email=ann@example.com", "home.city=Graz")
    t.json("add", "Anne Lee", "phone=+43 664 5550101", "email=ann@example.com", "home.city=Graz", "--new")
    t.json("add", "Bob Ray", "email=bob@example.com", "home.street=Oak 1")
    t.json("add", "Rob Ray", "email=bob@example.com", "home.street=Oak 1", "--new")
    t.json("add", "Zed Xu", "phone=+43 664 5559999", "email=zed@example.com")
    t.json("add", "Zed Xu", "phone=+43 664 5559999", "--new")


def pairs(t, *args):
    return {(p["a"], p["b"]) for p in t.json("scrub", *args)}


@case("a review shows pair after pair side by side, and takes one key each")
def _(t):
    people(t)
    shown = t.talk("scrub", says=[(ASK, "s"), (ASK, "n"), (ASK, "h")])
    for words in ("1 of 3", "the same phone", "x Anne Lee", "= +43 664 5550101", "p2 Ann Lee, p3 Anne Lee: the same.",
                  "1 the same, 1 not the same, 1 of one house; 0 pairs are left"):
        assert words in shown, f"{words!r} expected\n{shown}"
    eq([p["id"] for p in t.json("list")], [2, 4, 5, 6, 7])
    eq(pairs(t), set())                             # what was said is remembered
    eq(t.json("find", "anne")[0]["id"], 2)
    house = re.search(r"(p\d+) [^,]*, (p\d+) [^,]*: the same house", shown)
    for person in house.groups():
        t.run("show", person).says("household")


@case("in a review a pair may wait, the last answer is taken back, and q ends")
def _(t):
    people(t)
    shown = t.talk("scrub", "--review", says=[(ASK, "s"), (ASK, "u"), (ASK, " "), (ASK, "n"), (ASK, "q")])
    assert "took back b" in shown and "0 the same, 1 not the same, 0 of one house; 2 pairs are left: scrub" in shown, shown
    eq(len(t.json("list")), 6)
    eq(len(pairs(t)), 2)
    t.json("undo")
    eq(len(pairs(t)), 3)


@case("three records of one person are asked about twice, not three times")
def _(t):
    for n in range(3):
        t.json("add", "Ann Lee", "phone=+43 664 5550101", "email=ann@example.com", "--new")
    t.json("add", "Bob Ray", "phone=+43 664 5550102", "email=bob@example.com")
    shown = t.talk("scrub", says=[(ASK, "s"), (ASK, "s")])
    assert "2 the same" in shown, shown
    eq(len(t.json("list")), 2)


@case("--apply merges who is surely the same, in one batch that undo takes back")
def _(t):
    people(t)
    t.json("note", "p7", "has a shop")
    before = t.json("list")
    tried = t.json("scrub", "--apply", "--dry-run")
    done = t.json("scrub", "--apply")
    eq(done["merged"], tried["merged"])
    eq(done["merged"], 3)
    eq([p["id"] for p in t.json("list")], [2, 4, 6])
    eq(pairs(t), set())
    t.run("show", "zed").says("has a shop")
    t.json("undo", f"b{done['batch']}")
    eq(t.json("list"), before)
    t.run("scrub", "--apply").says("3 people merged", "undo: b")


@case("nobody whose name is another is merged by itself, however much they share")
def _(t):
    t.json("add", "Ann Lee", "phone=+43 664 5550101", "email=lee@example.com", "home.street=Oak 1")
    t.json("add", "Tobias Lee", "phone=+43 664 5550101", "email=lee@example.com", "home.street=Oak 1", "--new")
    t.json("add", "Zed Xu", "phone=+43 664 5559999", "email=zed@example.com", "home.street=Elm 7")
    done = t.json("scrub", "--apply", "--threshold", "0.1")
    eq(done["merged"], 0)
    eq(len(t.json("list")), 3)


@case("who was merged is found by what was theirs, and is not found again")
def _(t):
    people(t)
    t.json("merge", "p2", "p3")
    t.json("add", "Anna Lee", "email=ann@example.com", "--new")
    eq({p for p in pairs(t) if 3 in p}, set())
    assert (2, 8) in pairs(t), pairs(t)


@case("without a terminal there is a list, and a review says what to do instead")
def _(t):
    people(t)
    eq(len(t.run("scrub", "--list").out.splitlines()), 3)
    t.run("scrub", "--review", status=2).says("terminal", "scrub --apply")
    t.run("scrub", "--apply", "--list", status=2).says("one of")
    assert "p2 Ann Lee" in t.talk("scrub", "--list")


@case("the queue names what is missing or old, who matters most first, each with its cure")
def _(t):
    t.json("add", "Ann Lee", "phone=+43 664 5550101", now="2026-01-10T10:00:00+01:00")
    t.json("add", "Bob", "phone=+43 664 5550102")
    t.json("add", "Cid Fox")
    t.json("add", "Eve Oak", "email=eve@example.com")
    queue = {q["name"]: q for q in t.json("scrub", "--stale")}
    assert "known for 3" in queue["Ann Lee"]["what"] and "log p2" in queue["Ann Lee"]["cure"], queue
    eq((queue["Bob"]["what"], queue["Bob"]["cure"]), ("no family name", "set p3 family=..."))
    assert "no number" in queue["Cid Fox"]["what"] and "Eve Oak" not in queue, queue
    eq(len(t.json("scrub", "--stale", "--most", "1")), 1)
    assert "more: scrub --stale" in t.run("scrub", "--stale", "--most", "1").err
    t.run("scrub", "--stale", "--most", "0", status=2).says("from 1")


main()

"""What was written down wrong is corrected or taken back, with what it had caused; archive and
consent, both ways; each by one undo."""
from tend import NOW, case, eq, main, same_rows

LATER = "2026-11-28T18:00:00+01:00"


def ann(t):
    return t.json("add", "Ann Lee", now="2026-11-20T12:00:00+01:00")["id"]


def shown(t):
    """Ann has seen the offer; returns the touch."""
    ann(t)
    return t.json("log", "ann", "presentation", "liked it", now=NOW)["touch"]


def stage(t):
    return t.json("show", "ann")["stage"]


def open_tasks(t):
    return [(x["name"], x["title"], x["opens"][:10]) for x in t.due(everything=True)]


@case("a kind that means the same: the task is made anew, for the touch as it is now")
def _(t):
    touch = shown(t)
    done = t.json("edit", f"c{touch}", "kind=family_meeting")
    eq([e["effect"] for e in done["effects"]][:2], ["withdrawn", "taken back"])
    eq((stage(t), open_tasks(t)), ("presented", [("Ann Lee", "Follow up", "2026-11-28")]))
    t.run("why", f"t{t.due(everything=True)[0]['task']}").says("family_meeting")


@case("nobody came after all: stage and task go back, and one undo brings them again")
def _(t):
    touch = shown(t)
    before = t.everything()
    t.json("edit", f"c{touch}", "disposition=no_show")
    eq((stage(t), open_tasks(t)), ("listed", []))
    t.run("undo")
    same_rows(t.everything(), before, "after the undo")
    t.run("--dry-run", "edit", f"c{touch}", "disposition=no_show").says("nothing was written")
    same_rows(t.everything(), before, "after the dry run")


@case("another day: the window is counted from there")
def _(t):
    touch = shown(t)
    t.json("edit", f"c{touch}", "at=2026-11-24 19:00")
    eq(open_tasks(t), [("Ann Lee", "Follow up", "2026-11-26")])


@case("another person: what it caused goes over to them")
def _(t):
    touch = shown(t)
    t.json("add", "Bob Ray")
    t.json("edit", f"c{touch}", "person=bob")
    eq((stage(t), t.json("show", "bob")["stage"]), ("listed", "presented"))
    eq(open_tasks(t), [("Bob Ray", "Follow up", "2026-11-28")])
    eq(t.json("show", "ann")["touches"], [])


@case("a better text changes nothing else")
def _(t):
    touch = shown(t)
    before = t.facts(["task", "stage_change", "decision"])
    t.json("edit", f"c{touch}", "text=liked it, has two questions")
    same_rows(t.facts(["task", "stage_change", "decision"]), before, "after the edit")
    eq(t.json("show", "ann")["touches"][0]["text"], "liked it, has two questions")


@case("what somebody touched since stays: a snoozed task, a later stage")
def _(t):
    touch = shown(t)
    task = t.due(everything=True)[0]["task"]
    t.json("snooze", task, "+10d")
    t.json("move", "ann", "considering")
    t.json("edit", f"c{touch}", "disposition=no_show")
    eq((stage(t), [x["task"] for x in t.due(everything=True)]), ("considering", [task]))


@case("a call that was in vain opens again what it had closed")
def _(t):
    shown(t)
    call = t.json("log", "ann", "call", now=LATER)["touch"]
    eq(open_tasks(t), [])
    t.json("edit", f"c{call}", "disposition=no_answer", now=LATER)
    eq(open_tasks(t), [("Ann Lee", "Follow up", "2026-11-28")])


@case("an earlier showing counts again when the later one is taken back")
def _(t):
    shown(t)
    again = t.json("log", "ann", "open_house", now=LATER)["touch"]
    eq(open_tasks(t), [("Ann Lee", "Follow up", "2026-11-30")])
    t.json("remove", f"c{again}", now=LATER)
    eq((stage(t), open_tasks(t)), ("presented", [("Ann Lee", "Follow up", "2026-11-28")]))


@case("a later showing counts when the first one never was")
def _(t):
    first = shown(t)
    t.json("log", "ann", "open_house", now=LATER)
    t.json("remove", f"c{first}", now=LATER)
    eq((stage(t), open_tasks(t)), ("presented", [("Ann Lee", "Follow up", "2026-11-30")]))


@case("remove takes touch, note, link, task and objection; undo brings each again")
def _(t):
    shown(t)
    t.json("add", "Bob Ray")
    t.json("note", "ann", "two kids")
    t.json("link", "ann", "bob", "spouse")
    t.json("log", "ann", "call", "objection=time", "underlying=afraid")
    t.json("plan", "ann", "visit", "tomorrow")
    task = next(x["task"] for x in t.due(everything=True) if x["kind"] == "visit")
    for ref in ("n1", "l1", "o1", f"t{task}", "c1", "c2"):
        before = t.everything()
        t.run("remove", ref).says("removed", "undo: b")
        t.run("undo")
        same_rows(t.everything(), before, f"after the undo of {ref}")
    t.run("remove", "n9", status=1).says("no note n9")
    t.run("remove", "ann", status=2).says("archive")
    t.json("check")


@case("edit says what there is to edit")
def _(t):
    touch = shown(t)
    t.run("edit", f"c{touch}", "knd=call", status=2).says("kind at text")
    t.run("edit", f"c{touch}", "kind=cal", status=2).says("call")
    t.run("edit", "ann", "kind=call", status=2).says("set p2")
    t.run("edit", "c9", "kind=call", status=1).says("no touch c9")
    t.json("note", "ann", "two kids")
    t.json("edit", "n1", "text=three kids")
    eq(t.json("show", "ann")["notes"][0]["text"], "three kids")


@case("archived: off lists, counts and the day; found by name; back with --off")
def _(t):
    shown(t)
    t.json("plan", "ann", "call", "today")
    before = t.everything()
    t.run("archive", "ann").says("archived", "Drops \"Follow up\"")
    eq((t.json("list"), t.json("count")["count"], t.due(everything=True)), ([], 0, []))
    eq([p["name"] for p in t.json("find", "ann")], ["Ann Lee"])
    t.run("archive", "ann", status=3)
    t.json("archive", "ann", "--off")
    eq([x["title"] for x in t.due(everything=True)], ["call"], "what was planned by hand waited")
    t.run("undo")
    t.run("undo")
    same_rows(t.everything(), before, "after both undos")
    t.run("archive", "me", status=2).says("you")


@case("consent: a fact with its words, taken back without being deleted")
def _(t):
    ann(t)
    done = t.json("consent", "ann", "email", "news once a month", "origin=web form")
    eq((done["channel"], done["text"], done["on"]), ("email", "news once a month", True))
    t.run("show", "ann").says("agreed to", "news once a month")
    t.run("consent", "ann", "email", status=3)
    t.json("consent", "ann", "email", "--off")
    eq(t.json("show", "ann")["consents"], [])
    eq(len(t.facts(["consent"])["consent"]), 1)
    t.run("consent", "ann", "email", "--off", status=1)


@case("done with no_answer is not done, as log would not do it")
def _(t):
    shown(t)
    t.run("done", "t1", "disposition=no_answer", now=LATER).says("t1 stays open").silent_about("Closes")
    eq(len(t.due(LATER)), 1)


if __name__ == "__main__":
    main()

"""A presentation becomes a task with a window in the person's own zone; a call closes it; undo
takes each back with all that it caused."""
import datetime

from tend import NOW, case, eq, main, same_rows


def ann(t, zone="Europe/Vienna"):
    return t.json("add", "Ann Lee", f"zone={zone}", now="2026-01-10T12:00:00+01:00")["id"]


def instant(text):
    return datetime.datetime.fromisoformat(text)


def last_day(task):
    """The local day in which the window closes, whether `closes` is its last moment or the next."""
    return (instant(task["closes"]) - datetime.timedelta(microseconds=1)).date().isoformat()


def window(t, shown, opens, closes, zone="Europe/Vienna", offsets=("+01:00", "+01:00")):
    """Logs a presentation at `shown` and looks at the list around both ends of the window."""
    person = ann(t, zone)
    t.json("log", "ann", "presentation", now=shown)
    task, = t.due(shown, everything=True)
    eq(task["person"], person)
    eq(instant(task["opens"]), instant(opens + "T00:00:00" + offsets[0]), "opens")
    eq(last_day(task), closes, "closes")
    start = instant(opens + "T00:00:00" + offsets[0])
    end = instant(closes + "T00:00:00" + offsets[1]) + datetime.timedelta(days=1)
    second = datetime.timedelta(seconds=1)
    eq(t.due((start - second).isoformat()), [], "a second before it opens")
    for moment, overdue in ((start, False), (end - second, False), (end, True)):
        due, = t.due(moment.isoformat())
        eq((due["task"], due["overdue"]), (task["task"], overdue), f"at {moment.isoformat()}")


@case("S0.10: day 1 nothing, day 3 the task, day 8 overdue")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation", now=NOW)
    eq(t.due("2026-11-27T19:00:00+01:00"), [], "day 1")
    task, = t.due("2026-11-29T08:00:00+01:00")
    eq((task["name"], task["kind"], task["overdue"]), ("Ann Lee", "call", False), "day 3")
    task, = t.due("2026-12-04T08:00:00+01:00")
    eq(task["overdue"], True, "day 8")


@case("the window is whole days: 28 Nov to 3 Dec after the 26th")
def _(t):
    window(t, NOW, "2026-11-28", "2026-12-03")


@case("the window across the change to summer time, 2026-03-29")
def _(t):
    window(t, "2026-03-26T19:00:00+01:00", "2026-03-28", "2026-04-02", offsets=("+01:00", "+02:00"))


@case("the window that opens on the day of the change to summer time")
def _(t):
    window(t, "2026-03-27T23:30:00+01:00", "2026-03-29", "2026-04-03", offsets=("+01:00", "+02:00"))


@case("the window across the change to winter time, 2026-10-25")
def _(t):
    window(t, "2026-10-22T19:00:00+02:00", "2026-10-24", "2026-10-29", offsets=("+02:00", "+01:00"))


@case("the window that closes on the day of the change to winter time")
def _(t):
    window(t, "2026-10-18T00:10:00+02:00", "2026-10-20", "2026-10-25", offsets=("+02:00", "+01:00"))


@case("the window stands in the person's zone, not in the user's")
def _(t):
    t.env["TZ"] = "America/New_York"
    # In Auckland it is the 27th already, and summer: 13 hours before UTC.
    window(t, "2026-11-26T12:00:00+00:00", "2026-11-29", "2026-12-04", zone="Pacific/Auckland",
           offsets=("+13:00", "+13:00"))


@case("log says what it caused: stage, task, and the handle of undo")
def _(t):
    person = ann(t)
    made = t.json("log", "ann", "presentation", "Tom was there too")
    eq(made["kind"], "presentation")
    assert made["batch"] > 0 and made["touch"] > 0, made
    assert person in [p["person"] if isinstance(p, dict) else p for p in made["parties"]], made
    kinds = [e["effect"] for e in made["effects"]]
    assert "task" in kinds and "move" in kinds, made
    eq(t.json("show", "ann")["stage"], "presented")
    other = t.run("log", "ann", "call").says("Ann Lee", "undo")
    eq(len(other.out.strip().splitlines()), 1, "one line says it all")


@case("why names the plugin, the touch and each adjustment")
def _(t):
    ann(t)
    touch = t.json("log", "ann", "presentation")["touch"]
    task = t.due(everything=True)[0]["task"]
    t.run("why", f"t{task}").says("followup", "presentation", f"c{touch}", "2d..7d", "28 Nov", "3 Dec")
    chain = t.json("why", f"t{task}")["chain"]
    assert len(chain) >= 2, chain
    assert "followup" in str(chain[0]), chain


@case("the day list gives the reason in a few words")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    t.run("due", now="2026-11-29T08:00:00+01:00").says("Ann Lee", "Follow up", "thinking it over")


@case("a call closes the task, one that nobody answered does not")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    later = "2026-11-29T18:00:00+01:00"
    t.json("log", "ann", "call", "disposition=no_answer", now=later)
    eq(len(t.due(later)), 1, "after no answer")
    t.json("log", "ann", "call", "disposition=voicemail", now=later)
    t.json("log", "ann", "text", "are you there?", now=later)
    eq(len(t.due(later)), 1, "after a voicemail and a text")
    made = t.json("log", "ann", "call", "we talked", now=later)
    assert "closed" in [e["effect"] for e in made["effects"]], made
    eq(t.due(later, everything=True), [], "after a call")


@case("undo of the call opens the task again, redo closes it")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    open_task = t.due(everything=True)
    before = t.everything()
    t.json("log", "ann", "call")
    after = t.everything()
    t.json("undo")
    eq(t.due(everything=True), open_task)
    same_rows(t.everything(), before, "after undo")
    t.json("redo")
    eq(t.due(everything=True), [])
    same_rows(t.everything(), after, "after redo")


@case("undo of the presentation takes its task and stage along")
def _(t):
    ann(t)
    before = t.everything()
    batch = t.json("log", "ann", "presentation")["batch"]
    after = t.everything()
    eq(t.json("show", "ann")["stage"], "presented")
    t.json("undo", f"b{batch}")
    eq(t.json("show", "ann")["stage"], "listed")
    eq(t.due(everything=True), [])
    same_rows(t.everything(), before, "after undo")
    t.json("redo")
    same_rows(t.everything(), after, "after redo")


@case("a second presentation re-times the open task instead of making another")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    task, = t.due(everything=True)
    # The video reaches nobody, so that it closes nothing; it shows the offer again.
    t.json("log", "ann", "video", now="2026-11-27T19:00:00+01:00")
    again, = t.due(everything=True)
    eq(again["task"], task["task"])
    eq(again["opens"][:10], "2026-11-29")


@case("--dry-run log shows what would happen, and writes nothing")
def _(t):
    ann(t)
    before, batches = t.everything(), t.batches()
    bytes_before = t.db.read_bytes()
    t.run("--dry-run", "log", "ann", "presentation").says("presented", "Follow up", "28 Nov", "3 Dec")
    would = t.json("log", "ann", "presentation", "--dry-run")
    assert {"task", "move"} <= {e["effect"] for e in would["effects"]}, would
    same_rows(t.everything(), before, "after a dry run")
    eq(t.batches(), batches)
    assert t.db.read_bytes() == bytes_before, "the database file changed"


@case("S4.9: whoever joins gets a welcome call within the week, and no follow-up any more")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    t.json("log", "ann", "video", now="2026-11-27T19:00:00+01:00")
    t.json("log", "ann", "message", "disposition=joined", now="2026-11-30T19:00:00+01:00")
    eq(t.json("show", "ann")["stage"], "member")
    task, = t.due(everything=True)
    eq(task["title"], "Welcome call")
    eq((task["opens"][:10], last_day(task)), ("2026-12-01", "2026-12-07"))


@case("S0.7: joining at the presentation itself jumps straight to member")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation", "disposition=joined")
    eq(t.json("show", "ann")["stage"], "member")
    eq([task["title"] for task in t.due(everything=True)], ["Welcome call"])


@case("S0.17: a soft no keeps the stage, holds it, and is asked again six weeks on")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    t.json("log", "ann", "call", "no time", "disposition=soft_no", now="2026-11-30T19:00:00+01:00")
    eq(t.json("show", "ann")["stage"], "presented")
    eq(t.json("count", "hold:soft_no")["count"], 1)
    task, = t.due(everything=True)
    eq((task["title"], task["opens"][:10]), ("Ask again", "2027-01-11"))


@case("S0.17: a hard no closes, S2.2: a purchase is a stage of its own track")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    t.json("log", "ann", "call", "disposition=bought")
    eq(t.json("show", "ann")["stages"], {"opportunity": "presented", "product": "customer"})
    t.json("log", "ann", "call", "disposition=hard_no")
    eq(t.json("show", "ann")["stage"], "hard_no")
    eq(t.due(everything=True), [])


@case("thinking after the presentation is considering")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    t.json("log", "ann", "call", "disposition=thinking")
    eq(t.json("show", "ann")["stage"], "considering")


@case("another author's stages and words: meanings are enough")
def _(t):
    t.plugin("club", """return { stage_set = "club", version = "1.0.0", primary = "club", initial = "guest",
      stages = { { "guest", means = "open" }, { "regular", means = "won" } },
      touch_kinds = { { "evening", means = "reached shows_offer group" }, { "chat", means = "reached" } },
      on = { "touch.logged" },
      rule = function(ctx, event) if event.disposition == "joined" then return { move = "regular" } end end }""")
    ann(t)
    eq(t.json("show", "ann")["stage"], "guest")
    t.json("log", "ann", "evening")
    eq([task["title"] for task in t.due(everything=True)], ["Follow up"])
    t.json("log", "ann", "chat", "disposition=joined")
    eq(t.json("show", "ann")["stage"], "regular")
    eq([task["title"] for task in t.due(everything=True)], ["Welcome call"])


@case("a presentation to which nobody came shows nothing")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation", "disposition=no_show")
    eq(t.json("show", "ann")["stage"], "listed")
    eq(t.due(everything=True), [])


@case("do-not-contact: no rule moves them, no task is made, and why not says so")
def _(t):
    ann(t)
    t.json("dnc", "ann", "all", "asked me never again")
    t.run("log", "ann", "presentation")
    eq(t.json("show", "ann")["stage"], "listed")
    eq(t.due(everything=True), [])
    t.run("why", "not", "ann").says("do-not-contact")


@case("do-not-contact: what is refused names the command that lifts the mark")
def _(t):
    ann(t)
    for channel in ("all", "call"):
        t.json("dnc", "ann", channel)
        refused = t.run("plan", "ann", "call", "2026-12-01", status=4).err
        t.typed(refused.split("try: ")[1].split("   (")[0])
        t.json("plan", "ann", "call", "2026-12-01")


@case("done with words logs the touch and closes the task, like log does")
def _(t):
    ann(t)
    t.json("log", "ann", "presentation")
    task = t.due(everything=True)[0]["task"]
    later = "2026-11-29T18:00:00+01:00"
    t.json("done", f"t{task}", "very warm", "disposition=thinking", now=later)
    eq(t.due(later, everything=True), [])
    eq(t.json("show", "ann")["stage"], "considering")


@case("plan, snooze and drop by hand")
def _(t):
    ann(t)
    task = t.json("plan", "ann", "meeting", "2026-12-01 19:00", "her kitchen")
    number = task["task"]
    eq(t.due(), [], "planned for later")
    eq([x["task"] for x in t.due("2026-12-01T20:00:00+01:00")], [number])
    t.json("snooze", f"t{number}", "2026-12-05", now="2026-12-01T20:00:00+01:00")
    eq(t.due("2026-12-02T20:00:00+01:00"), [])
    t.json("drop", f"t{number}", now="2026-12-05T20:00:00+01:00")
    eq(t.due(everything=True), [])


@case("a group: each party gets their own stage and task, in one batch")
def _(t):
    for name in ("Susi Mayr", "Karin Lehner", "Eva Huber"):
        t.json("add", name)
    batches = t.batches()
    made = t.json("log", "susi,karin,eva", "open_house", "at Dana's")
    eq(t.batches(), batches + 1)
    eq(len(made["parties"]), 3)
    eq(len(t.due(everything=True)), 3)
    eq(t.json("count", "stage:presented")["count"], 3)


@case("who was along is no lead, and a touch told late moves no window back")
def _(t):
    t.json("add", "Cara Novak", now="2026-09-03T10:00:00Z")
    log = t.json("log", "cara", "presentation", "with=me", now="2026-09-03T10:00:00Z")
    eq([e["person"] for e in log["effects"] if e["effect"] in ("task", "move")], [2, 2], "whose")
    eq(t.json("show", "me", now="2026-09-03T10:00:00Z")["stage"], None, "the user's own stage")
    before = t.json("due", "--all", now="2026-09-03T10:01:00Z")
    t.json("log", "cara", "presentation", "at=2026-08-01", now="2026-09-03T10:02:00Z")
    after = t.json("due", "--all", now="2026-09-03T10:03:00Z")
    eq([(d["task"], d["opens"]) for d in after], [(d["task"], d["opens"]) for d in before], "window")


@case("a hold that has run out is over")
def _(t):
    t.json("add", "Bob Ray", now="2026-06-01T10:00:00Z")
    t.json("log", "bob", "call", "disposition=soft_no", now="2026-06-01T10:00:00Z")
    for now, held in (("2026-06-20T10:00:00Z", 1), ("2026-09-01T10:00:00Z", 0)):
        eq(t.json("count", "hold:soft_no", now=now)["count"], held, now)
        eq(len(t.json("show", "bob", now=now)["holds"]), held, now)
        eq("on hold" in t.run("why", "not", "bob", now=now).out, bool(held), now)


@case("several set at once say what each of them got")
def _(t):
    t.json("add", "Bob Ray")
    t.json("add", "Cara Novak")
    for one in t.json("set", "bob,cara", "tag+=new"):
        eq([(e["effect"], e["person"]) for e in one["effects"]], [("tag", one["id"])], "effects")


main()

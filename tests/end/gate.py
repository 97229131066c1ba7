"""The user's hours, holidays and absences, and other people's nights, as the user meets them."""
from tend import case, eq, main, same_rows


@case("what plugins plan keeps clear of weekdays that are not worked, and why says so")
def _(t):
    t.run("config", "hours=mon-fri 18:00-21:30")
    t.json("add", "Ann Lee")
    t.run("log", "ann", "presentation")                 # Thu 26 Nov: opens Sat 28
    task = t.due(everything=True)[0]
    eq(task["opens"], "2026-11-30T00:00:00+01:00")
    eq(task["closes"], "2026-12-03T23:59:59+01:00")
    t.run("why", "t1").says("moved by the gate from Sat 28 Nov to Thu 3 Dec: Sat 28 Nov is not worked")
    t.run("why", "not", "t1").says("opens Mon 30 Nov, in 4 days", "is not worked")


@case("going away moves what plugins planned in one batch; undo takes the moves back, not the setting")
def _(t):
    t.json("add", "Ann Lee")
    t.run("log", "ann", "presentation")
    t.run("plan", "ann", "call", "mon")
    before = t.everything()
    away = "away=2026-11-27..2026-12-06"
    t.run("--dry-run", "config", away).says("1 task moved", "nothing was written")
    same_rows(t.everything(), before, "after a dry run")
    eq(t.json("config")["away"], None)
    t.run("config", away).says("1 task moved", "Mon 7 Dec", "planned by hand, left as it is: t2")
    eq({d["task"]: d["opens"][:10] for d in t.due(everything=True)},
       {1: "2026-12-07", 2: "2026-11-30"})
    t.run("why", "t1").says("your days have changed", "away until Sun 6 Dec")
    t.run("undo").says("config")
    eq({d["task"]: d["opens"][:10] for d in t.due(everything=True)},
       {1: "2026-11-28", 2: "2026-11-30"})
    eq(t.json("config")["away"], "2026-11-27..2026-12-06")
    eq(t.json("config", "away=")["left"], [])


@case("a call that would wake somebody says until when; a message says nothing")
def _(t):
    t.json("add", "Yuki Mori", "zone=Asia/Tokyo")
    t.run("plan", "yuki", "call", "today")
    t.run("plan", "yuki", "email", "today")
    call, mail = sorted(t.due(), key=lambda d: d["task"])
    eq((call["quiet_until"], mail["quiet_until"]), ("2026-11-27T08:00:00+09:00", None))
    t.run("due").says("quiet there until 08:00 (00:00 here)")
    day = t.due(now="2026-11-27T00:00:00+01:00")
    eq([d["quiet_until"] for d in day], [None, None])
    t.run("set", "yuki", "quiet=20:00-10:00")
    eq(t.due(now="2026-11-27T00:00:00+01:00")[0]["quiet_until"], "2026-11-27T10:00:00+09:00")
    t.run("config", "quiet=off")
    t.run("set", "yuki", "quiet=")
    eq([d["quiet_until"] for d in t.due()], [None, None])


@case("a time by hand on a holiday or in the night is remarked, and stands")
def _(t):
    t.run("config", "holidays=AT")
    t.json("add", "Ann Lee", "hours=weekdays after 17:00")
    shown = t.run("plan", "ann", "call", "dec", "8", "12:00")
    assert "Tue 8 Dec is a holiday (Immaculate Conception); it stands as you chose it" in shown.err, shown
    assert "outside of their good times until 17:00" in shown.err, shown
    t.run("plan", "ann", "call", "mon", "19:00").silent_about("stands")
    eq(len(t.due(everything=True)), 2)


@case("settings say what was expected")
def _(t):
    t.run("config", "hours=late", status=2).says("mon-fri 18:00-21:00, sat 9:00-17:00")
    t.run("config", "holidays=XX", status=2).says("countries are: AT", "12-24")
    t.run("config", "away=soon", status=2).says("2026-12-20..2027-01-03")
    t.run("config", "quiet=silent", status=2).says("weekday")
    t.run("add", "Ann Lee", "quiet=silent", status=2).says("weekday")
    eq(t.json("config")["quiet"], "21:00-08:00")
    t.run("why", "not", "b1", status=2).says("why not t5")


main()

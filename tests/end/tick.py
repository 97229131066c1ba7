"""A tick does what waits: what a large import left, what failed; in order, once, undone by its id."""
from tend import case, eq, main

WELCOME = """\
return {
  policy = "welcome", version = "1.0.0", license = "0BSD", summary = "Says hello to everybody new",
  on = { "person.added", "person.changed" },
  run = function(ctx, event)
    if event.name == "person.changed" and event.fields[1] == "archived" then return end
    return { task = "Say hello", key = "hello", window = "1d..3d" }
  end,
}
"""


def many(t, n):
    path = t.dir / "many.csv"
    rows = "".join(f"Person {i},p{i}@example.com\n" for i in range(n))
    path.write_text("Name,E-mail\n" + rows)
    return path


def many_new(t, n):
    """An import asks no policy, the tag on all of them does: of more than 1000, a timer each."""
    t.run("import", many(t, n))
    t.run("--yes", "tag", "--where", "import:1", "+new")


@case("a large import leaves timers, which ticks answer exactly once")
def _(t):
    t.plugin("welcome", WELCOME)
    many_new(t, 1050)
    eq(len(t.facts(["timer"])["timer"]), 1050, "timers")
    tick = t.json("--dry-run", "tick")
    eq((tick["steps"], tick["tasks"]), (1050, 1050), "dry run")
    eq(len(t.facts(["timer"])["timer"]), 1050, "timers after a dry run")
    tick = t.json("tick", "--max-steps", 30)
    eq([tick[k] for k in ("steps", "tasks", "messages", "failed", "left")], [30, 30, 0, 0, 1020])
    t.run("tick").says("1020 steps, 1020 tasks made", "undo b")
    t.run("tick").says("nothing was waiting")
    eq(len(t.due(everything=True)), 1050, "tasks")
    eq(t.json("check")["ok"], True)


@case("nothing is planned for whoever was archived meanwhile")
def _(t):
    t.plugin("welcome", WELCOME)
    many_new(t, 1001)
    t.run("archive", "p2")
    tick = t.json("tick")
    eq((tick["steps"], tick["tasks"], tick["failed"]), (1001, 1000, 0))
    t.run("archive", "p2", "--off")
    eq(len(t.due(everything=True)), 1000, "when they are back")
    eq(t.json("check")["ok"], True)


@case("a tick is undone by its id alone, and can be done again")
def _(t):
    t.plugin("welcome", WELCOME)
    many_new(t, 1001)
    before = t.facts()
    batch, = t.json("tick", "--max-steps", 5)["batches"]
    t.run("undo", f"b{batch}")
    eq(t.facts(), before, "as it was before the tick")
    eq(t.json("tick", "--max-steps", 5)["tasks"], 5)


@case("what failed is tried again in its time, also in advance")
def _(t):
    t.plugin("welcome", WELCOME.replace("return { task", 'if event then error("no moon") end return { task'))
    t.json("add", "Ann Lee")
    tick = t.json("tick", "--until", "2026-11-26T19:05:00+01:00", status=5)
    eq((tick["steps"], tick["failed"]), (1, 1), "while it is broken")
    t.plugin("welcome", WELCOME)
    tick = t.json("tick", now="2026-11-26T20:00:00+01:00")
    eq((tick["steps"], tick["tasks"], tick["failed"]), (1, 1, 0), "when it is mended")
    t.run("tick", "--max-steps", "0", status=2).says("--max-steps")


BROKEN = WELCOME.replace("return { task", 'if event then error("no moon") end return { task')


@case("what failed too often is parked, told, released by hand, and then done")
def _(t):
    t.plugin("welcome", BROKEN)
    ann = t.json("add", "Ann Lee")["id"]
    tick = t.json("tick", "--until", "2026-12-24", status=5)
    eq((tick["steps"], tick["failed"]), (8, 8), "attempts")
    wait, = t.facts(["timer"])["timer"]
    t.run("due").says("1 timer has failed too often and is parked: why w1", "release all")
    eq(t.json("due"), [], "the list stays a list")
    for question in (["why", "w1"], ["why", f"p{ann}"], ["why", "not", f"p{ann}"]):
        t.run(*question).says("welcome has failed on person.added 9 times", "release w1", "no moon")
    t.run("tick", now="2027-01-26T19:00:00+01:00").says("nothing was waiting")
    t.plugin("welcome", WELCOME)
    t.run("--dry-run", "release", "all").says("w1", "dry run")
    t.run("release", "w2", status=1).says("there is no timer 2", "release all")
    t.run("release", "t1", status=2).says("release takes w7")
    got = t.json("release", f"p{ann}")
    eq(got["released"], [1])
    t.run("undo").says("took back")
    eq(t.facts(["timer"])["timer"], [wait], "an undo parks it again")
    t.run("release", "w1").says("w1")
    t.run("release", "w1", status=2).says("not parked")
    eq(t.json("tick")["tasks"], 1)
    t.run("release", "all", status=1).says("nothing is parked")
    t.run("due").silent_about("parked")
    t.run("why", "w1", status=1).says("w1 is done, or never was")


@case("what waits for a plugin that is not there costs nothing, is told, and wakes with it")
def _(t):
    t.plugin("welcome", BROKEN)
    t.json("add", "Ann Lee")
    (t.plugins / "welcome.lua").unlink()
    later = "2026-11-27T19:00:00+01:00"
    t.run("tick", now=later).says("plugin welcome is not loaded: what waits for it is kept")
    before = t.batches()
    t.run("tick", now="2026-11-28T19:00:00+01:00").says("nothing was waiting")
    t.run("tick", "--until", "2027-11-28").says("nothing was waiting")
    eq(t.batches(), before, "batches")
    t.run("due").says("1 timer waits for a plugin that is not there (welcome)")
    t.plugin("welcome", WELCOME)
    t.run("plugin", "info", "welcome").says("1 timer")
    eq(t.json("tick", now="2026-11-28T19:00:00+01:00")["tasks"], 1)


main()

"""A tick does what waits: what a large import left, what failed; in order, once, undone by its id."""
from tend import case, eq, main

WELCOME = """\
return {
  policy = "welcome", version = "1.0.0", license = "0BSD", summary = "Says hello to everybody new",
  on = { "person.added" },
  run = function(ctx, event)
    return { task = "Say hello", key = "hello", window = "1d..3d" }
  end,
}
"""


def many(t, n):
    path = t.dir / "many.csv"
    rows = "".join(f"Person {i},p{i}@example.com\n" for i in range(n))
    path.write_text("Name,E-mail\n" + rows)
    return path


@case("a large import leaves timers, which ticks answer exactly once")
def _(t):
    t.plugin("welcome", WELCOME)
    t.run("import", many(t, 1050))
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


@case("a tick is undone by its id alone, and can be done again")
def _(t):
    t.plugin("welcome", WELCOME)
    t.run("import", many(t, 1001))
    before = t.facts()
    batch, = t.json("tick", "--max-steps", 5)["batches"]
    t.run("undo", f"b{batch}")
    eq(t.facts(), before, "as it was before the tick")
    eq(t.json("tick", "--max-steps", 5)["tasks"], 5)


@case("what failed is tried again in its time, also in advance")
def _(t):
    t.plugin("welcome", WELCOME.replace("return { task", 'if event then error("no moon") end return { task'))
    t.json("add", "Ann Lee")
    tick = t.json("tick", "--until", "2026-11-26T19:05:00+01:00")
    eq((tick["steps"], tick["failed"]), (1, 1), "while it is broken")
    t.plugin("welcome", WELCOME)
    tick = t.json("tick", now="2026-11-26T20:00:00+01:00")
    eq((tick["steps"], tick["tasks"], tick["failed"]), (1, 1, 0), "when it is mended")
    t.run("tick", "--max-steps", "0", status=2).says("--max-steps")


main()

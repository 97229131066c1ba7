"""events: what happens, who listens, in which order and why."""
from tend import case, eq, main

LUA = """return { policy = "%s", version = "1.0.0", on = { %s },
  run = function(ctx, event) return { tag = "%s" } end }"""


@case("every event of the core is listed with who listens; events of a plugin's own too")
def _(t):
    listed = {e["name"]: e for e in t.json("events")}
    eq(listed["touch.logged"]["plugins"].split(", ")[0], "pipeline")
    assert "kind" in listed["touch.logged"]["knows"].split()
    assert listed["cadence.due"]["listeners"] == 1, listed
    eq(t.run("events", "--csv").out.splitlines()[0], "event,listeners,when,knows")


@case("early ones are asked first, late ones last, the rules of stage sets before all")
def _(t):
    t.plugin("aa", LUA % ("aa", "'late', 'touch.logged'", "last"))
    t.plugin("zz", LUA % ("zz", "'early', 'touch.logged'", "first"))
    for _ in range(2):      # the second time they are known without being opened
        order = [row["plugin"] for row in t.json("events", "show", "touch.logged")]
        eq((order[:2], order[-1]), (["pipeline", "zz"], "aa"))
    eq(t.json("events", "show", "touch.logged")[-1]["phase"], "late")
    t.json("add", "Ann Lee")
    t.json("log", "ann", "call")
    eq(sorted(t.json("show", "ann")["tags"]), ["first", "last"])


@case("what nobody listens to, and what never comes, is unused")
def _(t):
    t.plugin("aa", LUA % ("aa", "'club.evening', 'touch.logged'", "x"))
    unused = {e["name"]: e["when"] for e in t.json("events", "unused")}
    eq(unused["task.done"], "nobody listens")
    assert unused["club.evening"].startswith("never"), unused
    assert "touch.logged" not in unused
    t.run("events", "show", "touch.loged", status=2).says("did you mean touch.logged?")


main()

"""Reports, playbooks, matchers and store drivers, as plugins bring them."""
import json
import os

from tend import case, eq, main

FUNNEL = """return { report = "funnel", title = "who stands where", fields = "stage:word people:number",
  options = { least = { "number", help = "only stages with at least so many" } },
  run = function(ctx, options)
    local rows = {}
    for _, stage in ipairs { "listed", "prospect" } do
      local n = 0
      for _ in ctx.people("stage:" .. stage) do n = n + 1 end
      if n >= (options.least or 0) then rows[#rows + 1] = { stage = stage, people = n } end
    end
    return rows
  end }"""
WEEK = """return { playbook = "first-week", title = "The first week", audience = "member", steps = {
  { "welcome-call", title = "Welcome call", type = "call", window = "0d..1d", closed_by = "reached",
    why = "are they happy?" },
  { "top-ten", title = "List the ten", window = "1d..4d" } } }"""
HOUSE = """return { matcher = "same-house", score = function(ctx, a, b)
  if a["home.street"] and a["home.street"] == b["home.street"] then return 0.9, "the same address" end end }"""


@case("a report is shown as a table, JSON and CSV, with options, help, completion and carets")
def _(t):
    t.plugin("funnel", FUNNEL)
    t.json("add", "Ann Lee")
    t.json("add", "Bob Ray")
    eq(t.json("report"), [{"name": "funnel", "title": "who stands where", "options": "least=",
                           "fields": "stage:word people:number", "plugin": "funnel"}])
    eq(t.json("report", "funnel"), [{"stage": "listed", "people": 2}, {"stage": "prospect", "people": 0}])
    eq(t.run("report", "funnel", "least=1").out, "listed\t2\n")
    eq(t.run("report", "funnel", "least=1", "--csv").out.split(), ["stage,people", "listed,2"])
    r = t.run("report", "funnel", "leest=1", status=2)
    assert "did you mean least=?" in r.err and "^^^" in r.err, r.err
    r = t.run("report", "funel", status=2)
    assert "did you mean report funnel?" in r.err, r.err
    assert "who stands where" in t.run("help", "report", "funnel").out
    assert t.run("__complete", "--", "report", "f").out.startswith("funnel\t")
    assert "least=" in t.run("__complete", "--", "report", "funnel", "").out


@case("a report only reads: what else it wants is refused, and so is a row of other fields")
def _(t):
    t.plugin("bad", """return { report = "bad", title = "t", fields = "a", run = function(ctx)
      ctx.emit { tag = "vip", person = 1 } end }""")
    t.plugin("odd", """return { report = "odd", title = "t", fields = "a", run = function(ctx)
      return { { b = 1 } } end }""")
    t.json("add", "Ann Lee")
    r = t.run("report", "bad", status=1)
    assert "a report gives rows and prints; a tag is for a policy or a command" in r.err, r.err
    assert 'a row has "b", which is none of its fields (a)' in t.run("report", "odd", status=1).err


@case("a playbook is shown before it runs, started, explained and undone")
def _(t):
    t.plugin("week", WEEK)
    ann = t.json("add", "Ann Lee")["id"]
    shown = t.json("playbook", "show", "first-week")
    eq([(s["name"], s["window"]) for s in shown["steps"]], [("welcome-call", "0d..1d"), ("top-ten", "1d..4d")])
    eq([p["steps"] for p in t.json("playbook", "list")], [2])
    tried = t.json("playbook", "start", "first-week", "ann", "--dry-run")
    eq([e["title"] for e in tried["effects"]], ["Welcome call", "List the ten"])
    eq(t.due(everything=True), [])
    begun = t.json("playbook", "start", "first-week", "ann")
    eq([e["title"] for e in begun["effects"]], ["Welcome call", "List the ten"])
    eq([d["title"] for d in t.json("due", "--all")], ["Welcome call", "List the ten"])
    task = begun["effects"][0]["task"]
    assert "playbook first-week" in t.run("why", f"t{task}").out
    r = t.run("playbook", "start", "first-week", "ann", status=3)
    assert "nothing was re-timed" in r.err, r.err
    t.json("undo")
    eq(t.json("due", "--all"), [])
    eq(t.json("playbook", "start", "first-week", f"p{ann}")["running"], [])


@case("whoever asked to be left alone is given no playbook, and a wrong window is said at load")
def _(t):
    t.plugin("week", WEEK)
    t.json("add", "Ann Lee")
    t.json("add", "Bob Ray")
    t.json("dnc", "bob")
    r = t.run("playbook", "start", "first-week", "bob", status=4)
    assert "marked do-not-contact" in r.err and "--off" in r.err, r.err
    both = t.json("playbook", "start", "first-week", "ann,bob")
    eq(sorted({(e["effect"], e["person"]) for e in both["effects"]}), [("refused", 3), ("task", 2)])
    t.plugin("week", WEEK.replace("1d..4d", "4d-1x"))
    r = t.run("playbook", "list")
    assert 'the step "top-ten"' in r.err and "4d-1x" in r.err, r.err


@case("scrub finds who is here twice, by keys, names and the matchers of plugins")
def _(t):
    t.plugin("house", HOUSE)
    t.json("add", "Ann Lee", "phone=+43 664 5551234")
    t.json("add", "Lee, Ann", "email=ann@example.com", "--new")
    t.json("add", "Anna Lee", "phone=+43 664 5551234", "--new")
    t.json("add", "Bob Ray", "home.street=Oak 1")
    t.json("add", "Robert Ray", "home.street=Oak 1")
    t.json("add", "Zed Xu", "phone=+43 664 5559999")
    found = t.json("scrub")
    eq(sorted((p["a"], p["b"], p["cluster"]) for p in found), [(2, 3, 1), (2, 4, 1), (3, 4, 1), (5, 6, 2)])
    surest = found[0]
    eq((surest["a"], surest["b"]), (2, 4))
    assert 0.9 < surest["score"] <= 1 and "the same phone" in surest["reasons"][0], surest
    house = next(p for p in found if p["a"] == 5)
    eq(house["score"], 0.9)                 # the plugin is surer than what was learned
    assert "the same address" in house["reasons"], house
    eq({(p["a"], p["b"]) for p in t.json("scrub", "--threshold", "95%")}, {(2, 4)})
    assert "from 0 to 1" in t.run("scrub", "--threshold", "7", status=2).err
    t.plugin("house", HOUSE.replace("return 0.9", "error('no idea') return 0.9"))
    r = t.run("scrub")
    assert "no idea" in r.err and "p2 Ann Lee" in r.out, r


STORY = [("add", "Ann Lee", "phone=+43 664 5551234"), ("log", "ann", "presentation", "she liked it"),
         ("due", "--all"), ("find", "liked"), ("note", "ann", "has a shop"), ("undo",), ("redo",), ("move", "ann", "prospect"),
         ("history",), ("check",), ("show", "ann"), ("list", "stage:presented")]


def without_chance(data):
    if isinstance(data, dict):
        return {k: without_chance(v) for k, v in data.items() if k not in ("uid", "db")}
    return [without_chance(v) for v in data] if isinstance(data, list) else data


@case("a database behind a driver of a plugin does what a file does, and outlives its driver's end")
def _(t):
    modules = os.environ["TEND_TEST_MODULES"]
    folder = t.dir / "drivers"
    folder.mkdir()
    os.symlink(f"{modules}/trace.so", folder / "trace.so")
    plain, traced = t.dir / "plain.db", t.dir / "traced.db"
    said = []
    for db in (str(plain), f"trace://{traced}"):
        said.append([t.run(*line, "--json", "--db", db, "--plugin-dir", str(folder), status=None).out
                     for line in STORY])
    for one, other in zip(*said):
        eq(without_chance(json.loads(one)), without_chance(json.loads(other)))
    log = (t.dir / "traced.db.trace").read_text(encoding="utf-8").splitlines()
    eq([line.split()[0] for line in log], ["closed", "ended"] * len(STORY))
    assert all(line.endswith("open=0") for line in log), log
    t.run("backup", str(t.dir / "copy.db"), "--db", f"trace://{traced}", "--plugin-dir", str(folder))
    t.run("restore", str(t.dir / "copy.db"), "--db", f"trace://{traced}", "--plugin-dir", str(folder))


@case("an unknown scheme says which there are, and how a driver comes")
def _(t):
    folder = t.dir / "drivers"
    folder.mkdir()
    os.symlink(os.environ["TEND_TEST_MODULES"] + "/trace.so", folder / "trace.so")
    r = t.run("list", "--db", "pgx://here", "--plugin-dir", str(folder), status=1)
    assert "no store driver answers pgx://" in r.err and "trace://" in r.err and "plugin add" in r.err, r.err


main()

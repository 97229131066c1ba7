"""Lua plugins that never end, take all memory, or reach for the machine: stopped in time, named,
the command fails, its batch is not there, and the next command works."""
from tend import case, eq, main, same_rows

LIMIT = 10.0        # seconds: stopped at all, on however busy a machine; tests/bench prints how soon

ATTACKS = {
    "a plain loop": "while true do end",
    "a loop in pcall": "while true do pcall(function() while true do end end) end",
    "pcall in pcall": """local function deep(n)
        if n == 0 then while true do end end
        while true do pcall(deep, n - 1) end
      end
      deep(50)""",
    "a loop in a coroutine": """while true do
        coroutine.wrap(function() while true do end end)()
      end""",
    "coroutines that resume coroutines": """local function turn()
        while true do local co = coroutine.create(turn); coroutine.resume(co) end
      end
      turn()""",
    "a loop in the handler of xpcall": """while true do
        xpcall(function() error("x") end, function() while true do end end)
      end""",
    "a handler of xpcall that fails": """local function handler() error(handler()) end
      while true do xpcall(function() error("x") end, handler) end""",
    "memory in a table": "local all = {} while true do all[#all + 1] = { #all } end",
    "memory in a string": 'local s = "x" while true do s = s .. s end',
    "memory again and again, in pcall": """while true do
        pcall(function() local s = "x" while true do s = s .. s end end)
      end""",
    "one huge string": 'local s = ("x"):rep(1 << 40)',
    "a pattern that never ends": '(("a"):rep(30000)):find((".-"):rep(8) .. "b")',
    "a sort that never ends": """local t = {}
      for i = 1, 1000 do t[i] = i end
      while true do table.sort(t, function(a, b) return a > b end) end""",
    "os": 'os.execute("touch owned")',
    "io": 'io.open("owned", "w"):close()',
}
# What is simply not there: an error as any other, and the rest of the command goes on.
ABSENT = {
    "require": 'require("os").execute("touch owned")',
    "load of bytecode": 'load("\\27Lua")()',
    "dofile": 'dofile("/etc/hostname")',
    "package": 'package.loadlib("libc.so.6", "system")("touch owned")',
    "debug": "debug.sethook()",
    "collectgarbage": 'collectgarbage("stop")',
    "string.dump": "string.dump(function() end)",
}

POLICY = """return { policy = "attack", version = "1.0.0", on = { "touch.logged" },
  run = function(ctx, event) %s end }"""
GUARD = """return { stage_set = "attack", version = "1.0.0",
  guards = { { "attack", function(ctx, move) %s end } } }"""
SOURCE = """return { lead_source = "attack", version = "1.0.0", title = "an attack",
  sniff = function() return 0 end,
  read = function(ctx) %s end }"""


def stopped(t, result, before, batches):
    eq(result.status, 1, f"it must fail, and not as a veto does\n{result}\nstatus")
    result.says("plugin attack: ")
    assert result.seconds < LIMIT, f"took {result.seconds:.2f} s\n{result}"
    same_rows(t.everything(), before, "after the attack")
    eq(t.batches(), batches, "batches")
    assert not (t.dir / "owned").exists(), "it reached the machine"


def as_policy(name, code):
    @case(f"{name}, in a policy")
    def _(t):
        t.json("add", "Ann Lee")
        before, batches = t.everything(), t.batches()
        t.plugin("attack", POLICY % code)
        stopped(t, t.run("log", "ann", "call", status=None), before, batches)
        t.run("log", "ann", "call").says("set aside")
        eq(len(t.facts(["touch"])["touch"]), 1, "touches after the next command")


def as_guard(name, code):
    @case(f"{name}, in a guard")
    def _(t):
        t.json("add", "Ann Lee")
        before, batches = t.everything(), t.batches()
        t.plugin("attack", GUARD % code)
        stopped(t, t.run("move", "ann", "considering", status=None).says("plugin attack: guard attack: "),
                before, batches)
        # A guard that cannot be asked has not said yes; after the second time it is not asked.
        t.run("move", "ann", "considering", status=None).says("attack")
        t.run("move", "ann", "considering", status=4).says("attack", "set aside")
        t.run("plugin", "info", "attack").says("aside")
        t.run("note", "ann", "still here")


def as_source(name, code):
    @case(f"{name}, in a lead source")
    def _(t):
        t.json("add", "Ann Lee")
        before, batches = t.everything(), t.batches()
        t.plugin("attack", SOURCE % code)
        leads = t.dir / "leads.csv"
        leads.write_text("Name,Phone\nBob Ray,+1 212 555 0100\n")
        stopped(t, t.run("import", "--from", "attack", leads, status=None), before, batches)
        eq(t.json("import", leads)["added"], 1)


for _name, _code in ATTACKS.items():
    as_policy(_name, _code)
    as_guard(_name, _code)
    as_source(_name, _code)


GUARDS = """return { stage_set = "%s", version = "1.0.0", guards = {
  { "g", function() %s end }, { "after", function() return "no, says the next one" end } } }"""


@case("a guard that loops is named, whatever the guards after it would say, by hand and by a rule")
def _(t):
    t.json("add", "Ann Lee")
    t.plugin("lk-g", GUARDS % ("lk-g", "while true do end"))
    t.plugin("zz-other", GUARDS % ("zz-other", ""))
    before, batches = t.everything(), t.batches()
    for command in (["move", "ann", "considering"], ["log", "ann", "presentation"]):
        result = t.run(*command, status=1).says("plugin lk-g: guard g: took longer than 250 ms")
        result.silent_about("vetoed", "next one")
        same_rows(t.everything(), before, "after the loop")
        eq(t.batches(), batches, "batches")
        # the second time it is set aside, and the command goes on: a veto, as that of the others
        again = t.run(*command, status=None).says("lk-g", "took longer than 250 ms", "next one")
        eq(again.status in (0, 4), True, "goes on")
        t.run("plugin", "info", "lk-g").says("aside", "took longer than 250 ms")
        t.plugin("lk-g", GUARDS % ("lk-g", "while true do end --[[" + command[0] + "]]"))


@case("a sniff that loops is set aside, and another reader reads the file")
def _(t):
    sniff = """return { lead_source = "attack", version = "1.0.0", title = "an attack",
      sniff = function() while true do end end, read = function() end }"""
    t.plugin("attack", sniff)
    leads = t.dir / "leads.csv"
    leads.write_text("Name,Phone\nBob Ray,+1 212 555 0100\n")
    done = t.run("--json", "import", leads).says("plugin attack: lead_source attack: took longer than 250 ms")
    eq((done.json()["from"], done.json()["added"]), ("csv", 1))
    t.run("--json", "import", leads).says("it is set aside")
    t.run("plugin", "info", "attack").says("aside", "took longer than 250 ms")
    eq(t.run("import", leads).seconds < LIMIT, True, "is not asked again")

    # With no reader left, the stop is the reason.
    t.plugin("attack", sniff + "-- changed")
    odd = t.dir / "odd.txt"
    odd.write_text("nobody knows this\n\n%%\n")
    t.run("import", odd, status=1).says(
        "no reader knows this kind of file; plugin attack: lead_source attack: took longer than 250 ms")
    t.run("import", odd, status=1)
    t.run("plugin", "info", "attack").says("aside")


@case("a flood of lines is cut: twenty of five hundred bytes a call, then how many more")
def _(t):
    t.plugin("attack", POLICY % "for i = 1, 2000 do ctx:log(('x'):rep(3000)) print(i) end")
    t.json("add", "Ann Lee")
    lines = [l for l in t.run("log", "ann", "call").err.splitlines() if l.startswith("plugin attack: ")]
    eq(len(lines), 21)
    assert max(map(len, lines)) < 540, max(map(len, lines))
    eq(lines[-1], "plugin attack: 3980 more")


@case("what is printed while a plugin loads is shown, and a flood of it is cut")
def _(t):
    t.plugin("attack", "for i = 1, 100 do print('line', i) end " + POLICY % "")
    t.json("add", "Ann Lee")
    lines = t.run("plugin", "info", "attack").err.splitlines()
    eq((lines[0].split(), lines[-1], len(lines)), (["plugin", "attack:", "line", "1"], "plugin attack: 80 more", 21))


@case("a filter with a term that is none is an error in a plugin, as it is for list")
def _(t):
    t.plugin("attack", POLICY % "for p in ctx:people('nosuchthing:x') do return { tag = 'x' } end")
    t.json("add", "Ann Lee")
    t.run("log", "ann", "call").says("attack", "there is no term", "nosuchthing")
    t.run("list", "nosuchthing:x", status=2).says("there is no term")


@case("an error that is a table shows no address")
def _(t):
    t.plugin("attack", POLICY % "error({})")
    t.json("add", "Ann Lee")
    t.run("log", "ann", "call").says("an error that is a table").silent_about("0x")


@case("an event that does not exist is refused while the plugin loads, with what was meant")
def _(t):
    t.plugin("attack", (POLICY % "").replace("touch.logged", "touch.loged"))
    t.run("add", "Ann Lee").says("plugin attack was not loaded", "touch.loged", 'did you mean "touch.logged"')
    # A plugin that is not loaded is what was asked about, and it does not work.
    t.run("plugin", "info", "attack", status=1).says("failed", "touch.loged")
    eq(t.json("plugin", "info", "attack", status=1)["state"], "failed")


@case("two files of one name in two folders: the first is taken, and both are named")
def _(t):
    t.plugin("attack", POLICY % "return { tag = 'first' }")
    other = t.dir / "more"
    other.mkdir()
    (other / "attack.lua").write_text(POLICY % "return { tag = 'second' }")
    added = t.run("--plugin-dir", other, "add", "Ann Lee")
    added.says(str(t.plugins / "attack.lua"), str(other / "attack.lua"), "left out")
    eq(len([line for line in added.err.splitlines() if "left out" in line]), 1)
    t.run("--plugin-dir", t.plugins, "list").silent_about("left out")


@case("a plugin without a version shows a dash")
def _(t):
    t.plugin("attack", (POLICY % "").replace('version = "1.0.0", ', ""))
    eq(t.json("plugin", "info", "attack")["version"], "-")


def absent(name, code):
    @case(f"{name} is not there: the policy fails alone")
    def _(t):
        t.json("add", "Ann Lee")
        t.plugin("attack", POLICY % (code + " return { tag = 'done' }"))
        t.run("log", "ann", "presentation").says("attack")
        eq(t.json("show", "ann")["tags"], [])
        eq(t.json("show", "ann")["stage"], "presented")
        assert not (t.dir / "owned").exists(), "it reached the machine"


for _name, _code in ABSENT.items():
    absent(_name, _code)


@case("a plugin that loops while it is loaded is named, and the rest works")
def _(t):
    t.plugin("attack", "while true do end")
    added = t.run("add", "Ann Lee").says("attack")
    assert added.seconds < LIMIT, f"took {added.seconds:.2f} s"
    eq(t.json("count")["count"], 1)


@case("a plugin that does not parse is named with its line, and the rest works")
def _(t):
    t.plugin("attack", "return {\n  policy = = 3 }")
    t.run("add", "Ann Lee").says("attack", ":2:")
    eq(t.json("show", "ann")["stage"], "listed")


@case("a policy that fails is rolled back alone, named, and tried again by a timer")
def _(t):
    t.plugin("sloppy", POLICY.replace("attack", "sloppy") % "return { task = 'half' }, nil + 1")
    t.json("add", "Ann Lee")
    t.run("log", "ann", "presentation").says("sloppy")
    eq([task["title"] for task in t.due(everything=True)], ["Follow up"])
    eq(t.json("show", "ann")["stage"], "presented")
    eq([row for row in t.facts(["timer"])["timer"] if "sloppy" in row] != [], True, "a timer")


@case("what a policy missed while it failed, or was set aside, tick makes up for")
def _(t):
    t.json("add", "Ann Lee")
    t.json("add", "Bob Ray")
    t.plugin("attack", POLICY % "return { task = 'half' }, nil + 1")
    t.run("log", "ann", "call")
    t.plugin("attack", POLICY % "while true do end")
    t.run("log", "bob", "call", status=1)
    t.run("log", "bob", "call").says("set aside")
    t.plugin("attack", POLICY % "return { tag = 'called' }")
    later = "2026-11-28T19:00:00+01:00"
    done = t.json("tick", now=later)
    eq((done["failed"], done["left"]), (0, 0))
    eq((t.json("show", "ann")["tags"], t.json("show", "bob")["tags"]), (["called"], ["called"]))
    eq(t.json("tick", now=later)["steps"], 0)


@case("a plugin set aside is listed so, and works again when its file has changed")
def _(t):
    t.json("add", "Ann Lee")
    t.plugin("attack", POLICY % "while true do end")
    t.run("log", "ann", "call", status=1)
    t.run("log", "ann", "call").says("took longer", "set aside")
    t.run("plugin", "list").says("attack", "aside")
    t.plugin("attack", POLICY % "return { tag = 'called' }")
    t.run("log", "ann", "call")
    eq(t.json("show", "ann")["tags"], ["called"])


main()

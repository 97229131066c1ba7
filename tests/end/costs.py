"""What plugins cost: counted across processes, shown by plugin info and plugin top, never in the way."""
import os

from tend import case, eq, main

POLICY = """return { policy = "attack", version = "1.0.0", on = { "touch.logged" },
  run = function(ctx, event) %s end }"""


@case("calls are counted across processes: time, effects, failures, stops, and what took longest")
def _(t):
    t.json("add", "Ann Lee")
    t.plugin("attack", POLICY % "return { tag = 'called' }")
    eq(t.json("plugin", "info", "attack")["calls"], 0)
    for _ in range(3):
        t.run("log", "ann", "call")
    t.plugin("attack", POLICY % "local x = nil + 1")
    t.run("log", "ann", "call")
    t.plugin("attack", POLICY % "while true do end")
    t.run("log", "ann", "call", status=1)
    info = t.json("plugin", "info", "attack")
    eq([info[k] for k in ("calls", "kills", "errors", "effects")], [5, 1, 1, 3])
    eq(info["longest_what"], "policy attack: touch.logged")
    eq(info["handlers"], ["policy attack: touch.logged"])
    assert info["longest"] > 200_000 and info["microseconds"] >= info["longest"] >= info["p99"], info
    assert info["memory"] > 10_000, info
    t.run("plugin", "info", "attack").says("5,", "1 stopped, 1 failed, 3 effects", "touch.logged")
    top = t.json("plugin", "top")
    eq((top[0]["name"], top[0]["calls"]), ("attack", 5))
    t.run("plugin", "top", "--reset").says("attack", "policy attack: touch.logged")
    eq(t.json("plugin", "top"), [])


@case("a slow handler stands in a file, and says nothing to a command that stands alone")
def _(t):
    t.json("add", "Ann Lee")
    t.plugin("attack", POLICY % "for i = 1, 3 do pcall(string.rep, 'x', 1) end while true do end")
    t.run("log", "ann", "call", status=1).silent_about("slow")
    line = (t.dir / "state" / "tend" / "slow.log").read_text().split("\t")
    eq(line[1:3], ["attack", "policy attack: touch.logged"])


@case("where nothing can be kept, nothing is said, and the command works")
def _(t):
    t.json("add", "Ann Lee")
    t.plugin("attack", POLICY % "return { tag = 'called' }")
    t.run("log", "ann", "call", env={"XDG_STATE_HOME": "/dev/null/no"}).silent_about("state", "null")
    eq(t.json("plugin", "top", env={"XDG_STATE_HOME": "/dev/null/no"}), [])


@case("a plugin asks for limits; the file of the user has the last word")
def _(t):
    def slow(time):
        return (POLICY % "while true do end").replace(" on = {", f" limits = {{ time = '{time}' }}, on = {{")

    t.json("add", "Ann Lee")
    t.plugin("attack", slow("60ms"))
    t.run("log", "ann", "call", status=1).says("took longer than 60 ms")
    config = t.dir / "config" / "tend"
    config.mkdir(parents=True)
    (config / "limits").write_text("# mine\n* time=70ms\nattack time=80ms effects=2\n")
    t.plugin("attack", slow("4s"))
    t.run("log", "ann", "call", status=1).says("took longer than 80 ms")
    t.plugin("attack", POLICY % "return { { tag = 'a' }, { tag = 'b' }, { tag = 'c' } }")
    t.run("log", "ann", "call").says("more than 2 effects of one call")
    (config / "limits").write_text("attack time=soon\n")
    t.plugin("attack", POLICY % "return { tag = 'called' }")
    t.run("log", "ann", "call").says("limits:1", "time=soon", "write time:2s")
    eq(t.json("show", "ann")["tags"], ["called"])


SOURCE = """return { lead_source = "attack", version = "1.0.0", title = "rows", %s
  read = function(ctx, input) %s end }"""
ROWS = "for i = 1, %d do ctx:row { name = 'Bob Ray ' .. i, email = 'bob' .. i .. '@example.com' } end"


@case("rows cost input: a reader hands over one for each byte, and a thousand more")
def _(t):
    leads = t.dir / "leads.txt"
    leads.write_text("two\n")
    words = ["import", "--from", "attack", leads]
    t.plugin("attack", SOURCE % ("", ROWS % 1001))
    t.run(*words, status=1).says("plugin attack: lead_source attack: handed over 1000 rows more than the "
                                 "0 bytes that it read", 'write "attack rows=10000"')
    eq(t.facts(["person"])["person"][1:], [])
    t.plugin("attack", SOURCE % ("", "for line in input:lines() do " + ROWS % 1001 + " end"))
    eq(t.json(*words)["added"], 1001)
    t.plugin("attack", SOURCE % ("limits = { rows = 3000 },", ROWS % 3001))
    t.run(*words, status=1).says("handed over 3000 rows more")
    config = t.dir / "config" / "tend"
    config.mkdir(parents=True)
    (config / "limits").write_text("attack rows=20\n")
    t.run(*words, status=1).says("handed over 20 rows more")
    (config / "limits").write_text("attack rows=5000\n")
    t.plugin("attack", SOURCE % ("limits = 'rows:3000',", ROWS % 3001))    # a change: not aside any more
    eq(t.json(*words)["added"], 2000)   # a thousand of them are here


@case("a reader that reads all before its first row has its time for each row that is paid for")
def _(t):
    leads = t.dir / "leads.txt"
    leads.write_text("".join(f"Bob Ray {i};bob{i}@example.com\n" for i in range(8000)))
    t.plugin("attack", SOURCE % ("limits = 'time:40ms',", """local all = {}
      for line in input:lines() do all[#all + 1] = line end
      for i, line in ipairs(all) do
        local name, email = line:match("^(.*);(.*)$")
        ctx:row { line = i, name = name, email = email }
      end"""))
    eq(t.json("import", "--from", "attack", leads)["added"], 8000)


@case("memory, output and limits that are none")
def _(t):
    t.json("add", "Ann Lee")
    t.plugin("attack", (POLICY % "local s = ('x'):rep(9000000)").replace(" on = {", " limits = 'memory:8MiB', on = {"))
    t.run("log", "ann", "call", status=1).says("(8 MB) and was stopped")
    notes = "local all = {} for i = 1, 60 do all[i] = { note = ('x'):rep(1000) .. i } end return all"
    t.plugin("attack", (POLICY % notes).replace(" on = {", " limits = 'output:50KB', on = {"))
    t.run("log", "ann", "call").says("longer than 50000 bytes in one call")
    eq(t.facts(["note"])["note"], [])
    t.plugin("attack", (POLICY % "").replace(" on = {", " limits = { time = 'never' }, on = {"))
    t.run("list").says("time:never", "write time:2s")


main()

"""Commands of plugins: read, explained, asked, undone as the core's own are, in both languages."""
import os
import pathlib
import shutil
import sys

from tend import ROOT, case, eq, main

BUILT = pathlib.Path(os.path.abspath(sys.argv[1])).parent


def people(t, n=2):
    for name in ("Ann Lee", "Bob Ray", "Cara Neu", "Dan Ost", "Eva Pohl", "Finn Rot", "Gerd Sax")[:n]:
        t.json("add", name)


def in_lua(t):
    t.plugins.mkdir(exist_ok=True)
    shutil.copy(ROOT / "examples/command-lua/dormant.lua", t.plugins)


def in_c(t):
    t.plugins.mkdir(exist_ok=True)
    shutil.copy(BUILT / "examples/dormant.so", t.plugins)


def dormant(install):
    def check(t):
        install(t)
        people(t, 3)
        t.json("log", "ann", "call")
        eq(t.run("dormant").out, "p3\tBob Ray\tlisted\t0\np4\tCara Neu\tlisted\t0\n")
        answer = t.json("dormant", "30", "--tag=wake")
        eq(answer["rows"][0], {"person": 3, "name": "Bob Ray", "stage": "listed", "touches": 0})
        eq([e["effect"] for e in answer["effects"]], ["tag", "tag"])
        eq(t.json("show", "bob")["tags"], ["wake"])
        t.run("history").says("dormant")
        t.run("undo")
        eq(t.json("show", "bob")["tags"], [])
        t.run("--dry-run", "dormant", "--tag", "wake").says("nothing was written")
        eq(t.json("show", "bob")["tags"], [])
        t.run("dormant", "x", status=2).says("DAYS is a number", "^")
        t.run("dormant", "30", "stgae:prospect", status=2).says("^")
        t.run("dormant", "--tga", "x", status=2).says("did you mean --tag?")
        t.run("dormnt", status=2).says("did you mean dormant?")
        t.run("help", "dormant").says("usage: tend dormant [DAYS]", "--sure", "yes, no", "undo takes it back")
        t.run("help").says("who was not reached for some time")
        eq("dormant" in [c["name"] for c in t.json("help")], True)
    return check


case("the example in Lua")(dormant(in_lua))
case("the example in C gives the same")(dormant(in_c))


def many(install):
    def check(t):
        install(t)
        people(t, 7)
        t.run("dormant", "--tag=wake", status=2).says("Tag 7 people?", "--sure", "yes no")
        eq(t.json("count", "tag:wake")["count"], 0)
        t.run("dormant", "--tag=wake", "--sure=no")
        eq(t.json("count", "tag:wake")["count"], 0)
        t.run("dormant", "--tag=wake", "--sure=yes")
        eq(t.json("count", "tag:wake")["count"], 7)
    return check


case("a question without a terminal names the flag that answers, in Lua")(many(in_lua))
case("a question without a terminal names the flag that answers, in C")(many(in_c))


def command(body, more=""):
    return f"""return {{ command = "try", version = "1.0.0", summary = "for tests", {more}
      run = function(ctx, args) {body} end }}"""


@case("values come parsed: people, times, days, numbers, choices, flags")
def _(t):
    people(t, 2)
    t.plugin("try", command(
        """return { print = ("%s %s %s %s %s %s %s"):format(args.who, #args.all, args.at, args.day, args.n,
                     args.kind, args.loud) }""",
        """args = { { "who", "person", help = "h" }, { "all", "people", help = "h" },
                    { "n", "number", help = "h" } },
           flags = { { "at", "time", help = "h", keyword = true }, { "day", "day", help = "h", keyword = true },
                     { "kind", "choice", choices = "big small", help = "h" }, { "loud", help = "h" } },"""))
    eq(t.run("try", "ann", "ann,bob", "5", "at=2026-12-01 10:00", "day=2026-12-02", "--kind=big", "--loud").out,
       "p2 2 1796115600000000 2026-12-02 5 big true\n")
    t.run("try", "zoe", "ann", "1", status=1).says("zoe")
    t.run("try", "ann", "ann", "1", "--kind=huge", status=2).says("big, small")
    t.run("try", "ann", "ann", "1", "day=2026-12-02 10:00", status=2).says("without a time of day")
    t.run("try", "ann", status=2).says("ALL is missing")


@case("what is wanted is one batch with a cause")
def _(t):
    people(t, 1)
    t.plugin("try", command("""return { { task = "Call", key = "k", window = "1d..2d" }, { note = "seen" },
                                        { print = "two things" } }""",
                            """writes = true, args = { { "who", "person", help = "h" } },"""))
    answer = t.json("try", "ann")
    eq(answer["lines"], ["two things"])
    eq(sorted(e["effect"] for e in answer["effects"]), ["note", "task"])
    task, = t.due(everything=True)
    t.run("why", f"t{task['task']}").says("try", "command", f"b{answer['batch']}")
    t.run("undo")
    eq(t.due(everything=True), [])


@case("a command that writes nothing may not write; one that names what it has not is told")
def _(t):
    people(t, 1)
    t.plugin("try", command("return { tag = 'x', person = args.who }",
                            "args = { { 'who', 'person', help = 'h' } },"))
    t.run("try", "ann", status=1).says("plugin try", "declares `writes`")
    t.plugin("try", command("return { row = { nme = 'x' } }", "fields = 'name',"))
    t.run("try", status=1).says("nme", "none of its fields")
    t.plugin("try", command("return { ask = 'Which?', key = 'which' }"))
    t.run("try", status=1).says("none of its flags")


@case("a policy may not print")
def _(t):
    t.plugin("loud", """return { policy = "loud", version = "1.0.0", on = { "touch.logged" },
                                 run = function() return { print = "hello" } end }""")
    people(t, 1)
    t.run("log", "ann", "call").says("a print is for a command")


@case("faults: an error, os, and a loop are named, and leave nothing")
def _(t):
    people(t, 1)
    for body, what in (("error('boo')", "boo"), ("ctx.emit { tag = 'x', person = args.who } os.exit()", "os.exit"),
                       ("ctx.emit { tag = 'x', person = args.who } while true do end", "took longer than")):
        t.plugin("try", command(body, "writes = true, args = { { 'who', 'person', help = 'h' } },"))
        t.run("try", "ann", status=1).says("try", what)
        eq(t.json("show", "ann")["tags"], [])
        t.json("count")


@case("declarations that are wrong are refused by name, at load")
def _(t):
    for more, what in (("args = { { 'who', 'persn', help = 'h' } },", 'did you mean "person"?'),
                       ("args = { { 'who', 'person' } },", "no help"),
                       ("args = { { 't', 'text', help = 'h' }, { 'w', 'word', help = 'h' } },", "the last argument"),
                       ("flags = { { 'k', 'choice', help = 'h' } },", "no choices"),
                       ("fields = 'name:txt',", "fields are"), ("examples = { { 'other 5', 'x' } },", "begins with its name"),
                       ("argz = {},", "did you mean")):
        t.plugin("try", command("", more))
        t.run("plugin", "info", "try", status=1).says(what)


@case("no command shadows the core's, nor another plugin's")
def _(t):
    t.plugin("mine", """return { command = "due", version = "1.0.0", summary = "s", run = function() end }""")
    t.run("plugin", "info", "mine", status=2)
    t.run("plugin", "list").says("tend's own")
    eq(t.json("due"), [])
    t.plugin("one", """return { command = "same", version = "1.0.0", summary = "s", run = function() end }""")
    t.plugin("two", """return { plugin = "two", version = "1.0.0", provides = {
                         { command = "same", summary = "s", run = function() end } } }""")
    t.run("plugin", "list").says("there already, of plugin")


@case("control characters in what a plugin prints are shown, not sent")
def _(t):
    t.plugin("try", command("return { { print = 'a\\27[31mb' } }"))
    result = t.run("try")
    assert "\x1b" not in result.out + result.err, result


main()

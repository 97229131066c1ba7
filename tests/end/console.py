"""Lua at the prompt, as a verb and in scripts; the user's own init.lua; several commands on a line."""
import re

from tend import case, eq, main


def people(t, *names):
    for name in names or ("Ann Lee", "Bob Ray"):
        t.json("add", name)


def init(t, text):
    folder = t.dir / "config" / "tend"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "init.lua").write_text(text, encoding="utf-8")


@case("values are printed well: numbers, texts, persons, tables, cycles, control characters")
def _(t):
    people(t)
    for code, out in (("1 + 1", "2"), ("'a', 2", "a\n2"), ("nil", "nil"), ("person'ann'", "p2 Ann Lee"),
                      ("{ 1, { a = 'x\"y' } }", '{ 1, { a = "x\\"y" } }'), ("{ b = 2, a = 1, [3.5] = 3 }", "{ [3.5] = 3, a = 1, b = 2 }"),
                      ("{ p = person'bob' }", "{ p = p3 Bob Ray }")):
        eq(t.run("lua", "--eval", code).out, out + "\n")
    eq(t.run("lua", "-e", "x = {} x.x = x return x").out, "{ x = <itself> }\n")
    result = t.run("lua", "--eval", "'\\27[31mred'")
    assert "\x1b" not in result.out, result
    out = t.run("lua", "-e", "local t = {} for i = 1, 1000 do t[i] = i end return t").out
    assert "... 940 more" in out and len(out) < 2000, out


@case("what is known can be read: fields, touches, tasks, lists, due")
def _(t):
    people(t)
    t.json("log", "ann", "call", "spoke of X", "significant=yes")
    eq(t.run("lua", "-e", "p = person'ann' return p.name, p.stage, p:touched'call'").out, "Ann Lee\nlisted\n1\n")
    eq(t.run("lua", "-e", "x = person'ann':touches()[1] return x.kind, x.text, x.significant").out, "call\nspoke of X\ntrue\n")
    eq(t.run("lua", "-e", "n = 0 for p in people'stage:listed' do n = n + 1 end return n").out, "2\n")
    t.json("plan", "bob", "call", "today", "ring")
    eq(t.run("lua", "-e", "d = due()[1] return d.person, d.title").out, "p3 Bob Ray\nring\n")
    eq(t.run("lua", "-e", "person'bob':tasks()[1].title").out, "ring\n")
    t.run("lua", "-e", "person'zoe'", status=1).says("zoe")
    t.run("lua", "-e", "people'stgae:x'()", status=1)


@case("a chunk is one batch; reads see the earlier state; an error applies nothing")
def _(t):
    people(t)
    answer = t.json("lua", "-e", "p = person'ann' p:tag 'vip' p:note 'seen' p:set('interest', 'business') "
                                 "p:task { 'Call', window = '1d..2d' } assert(not p.tags.vip)")
    eq(sorted(e["effect"] for e in answer["effects"]), ["note", "set", "tag", "task"])
    eq(t.json("show", "ann")["tags"], ["vip"])
    t.run("undo").says(f"b{answer['batch']}")
    eq(t.json("show", "ann")["tags"], [])
    eq(t.due(everything=True), [])
    t.run("lua", "-e", "person'ann':tag 'x' error 'boo'", status=1).says("lua:1: boo")
    t.run("--dry-run", "lua", "-e", "person'ann':tag 'x'").says("nothing was written")
    t.run("lua", "-e", "person'ann':move 'nowhere'", status=None).says("nowhere")
    eq(t.json("show", "ann")["tags"], [])
    t.run("lua", "-e", "for p in people'' do p:tag 'all' end")
    eq(t.json("count", "tag:all")["count"], 2)
    t.run("lua", "-e", "person'ann':task {}", status=1).says("expected p:task { \"Call\"")
    t.run("lua", "-e", "person'ann':set()", status=1).says("expected p:set(")
    t.run("lua", "-e", "person'ann'.name = 'x'", status=1).says("cannot be written")
    t.run("lua", "-e", "os.remove('x')", status=1).says("may not use os.remove")


@case("--json: one document with the value, what was printed, and what was done")
def _(t):
    people(t)
    for code, value in (("1 + 1", 2), ("'a'", "a"), ("''", ""), ("nil", None), ("1, 'b'", [1, "b"]), ("{}", []), ("{ 1, { x = true } }", [1, {"x": True}]),
                        ("person'ann'", 2), ("{ p = person'bob', [5] = 1 / 4 }", {"p": 3, "5": 0.25}), ("1 / 0", None), ("print", None),
                        ("{ [{}] = 1 }", {"table": 1})):
        eq(t.json("lua", "--eval", code), {"value": value, "lines": [], "batch": None, "effects": []})
    by_name = '{"10":"x","alpha":{"b":true,"c":1},"zeta":[1,2]}'     # whatever order Lua has them in
    assert by_name in t.run("--json", "lua", "-e", "{ zeta = { 1, 2 }, alpha = { c = 1, b = true }, [10] = 'x' }").out
    answer = t.json("lua", "-e", "x = {} x.x = x return x")
    assert answer["value"]["x"]["x"], answer
    eq(t.json("lua", "-e", "print('a', 1) print() print 'b\\nc' return 5"), {"value": 5, "lines": ["a\t1", "", "b\nc"], "batch": None, "effects": []})
    eq(t.run("--json", stdin="=1\nlua\n{ 2 }\nquit\n").out.count('"value":'), 2)
    answer = t.json("lua", "-e", "print 'x' person'ann':tag 'q' return 1")
    eq((answer["value"], answer["lines"], answer["effects"][0]["effect"]), (1, ["x"], "tag"))
    (t.dir / "s.lua").write_text("print(...) return { ... }", encoding="utf-8")
    eq(t.json("lua", t.dir / "s.lua", "a", "b"), {"value": ["a", "b"], "lines": ["a\tb"], "batch": None, "effects": []})
    t.run("--json", "lua", "-e", "t = ('x'):rep(5000000) return { t, t, t }", status=1).says("8 MB")


@case("what held all the memory is gone with the state; init.lua is there again")
def _(t):
    people(t)
    init(t, """tend.alias("d", "due --all")
tend.command { name = "hi", summary = "says hi", run = function() return { print = "hi" } end }
""")
    result = t.run(stdin="=z = 7\n=z\n=t = {} while true do t[#t + 1] = ('x'):rep(10000) .. #t end\n=z\nhi\nd\n=1 + 1\n", status=1)
    result.says("more memory", "made anew")
    eq(result.out.split("\n")[:3], ["7", "nil", "hi"])
    eq(result.out.split("\n")[-2], "2")
    eq(t.run(stdin="=z = 7\n=os.exit()\n=z\n", status=1).out, "7\n")


@case("scripts have arguments, from a file and from standard input")
def _(t):
    people(t)
    script = t.dir / "s.lua"
    script.write_text("#!/usr/bin/env tend\nlocal who, tag = ...\nprint(arg[0], #arg)\nperson(who):tag(tag)\n", encoding="utf-8")
    result = t.run("lua", script, "ann", "vip")
    result.says("s.lua\t2" if "\t" in result.out else "s.lua", "undo:")
    eq(t.json("show", "ann")["tags"], ["vip"])
    eq(t.run("lua", "-", "x", stdin="print('in', ...)").out.split(), ["in", "x"])
    t.run("lua", t.dir / "none.lua", status=1).says("cannot be read")
    script.write_text("x = = 2\n", encoding="utf-8")
    t.run("lua", script, status=1).says("s.lua:1:")


@case("at the prompt: = and lua, chunks of several lines, variables that stay")
def _(t):
    people(t)
    out = t.run(stdin="= 1 + 1\n={\n1,\n2 }\nlua\nx = 5\n= x\nfor i = 1, 2 do\n  print(i)\nend\nquit\n=x\ncount\n").out
    eq(out.split("\n"), ["2", "{ 1, 2 }", "5", "1", "2", "5", "2", ""])
    t.run(stdin="=1 +\n", status=2).says("ends in the middle")


@case("init.lua: functions, commands and aliases; --no-plugins leaves it out")
def _(t):
    people(t)
    init(t, """tend.alias("d", "due --all")
tend.alias("vip", "tag ann +vip")
function greet(p) return "hello " .. p.given end
tend.command { name = "hi", summary = "says hi", args = { { "who", "person", help = "whom" } },
  run = function(ctx, args) return { print = greet(args.who) } end }
""")
    eq(t.run("hi", "ann").out, "hello Ann\n")
    eq(t.run("lua", "-e", "greet(person'bob')").out, "hello Bob\n")
    eq(t.json("d"), [])
    t.run("vip").says("+vip")
    t.run("d", "--al", status=2).says("did you mean --all?", "due --all --al")
    t.run("help").says("says hi", "= due --all")
    t.run("hi", status=2).says("WHO is missing")
    t.run("--no-plugins", "hi", "ann", status=2).says("there is no command")


@case("an init.lua that is wrong is named with its line, and the program goes on")
def _(t):
    people(t)
    for text, what in (("\nerror('boo')", "init.lua:2: boo"), ("x = = 1", "init.lua:1:"),
                       ("tend.alias('due', 'list')", "tend's own"), ("tend.command { name = 'due', summary = 's', run = print }", "tend's own"),
                       ("while true do end", "took longer than")):
        init(t, text)
        eq(t.run("lua", "-e", "1 + 1").says("init.lua", what).out, "2\n")
        t.run("count").silent_about("init.lua")
    init(t, "tend.alias('a', 'b') tend.alias('b', 'a')")
    t.run("a", status=2).says("stands for itself")


@case("several commands on a line, comments, and carets in the whole of it")
def _(t):
    people(t)
    eq(t.run(stdin="count; count # and no more; zork\n# nothing\n").out, "2\n2\n")
    t.run(stdin='note ann "a; b"; tag ann +q;\n')
    eq(t.json("show", "ann")["tags"], ["q"])
    result = t.run(stdin="tag ann +r; zork\n", status=2).says("there is no command")
    lines = result.err.splitlines()
    eq((lines[1], lines[2]), ("  tag ann +r; zork", "              ^^^^"))
    eq(t.json("show", "ann")["tags"], ["q"])
    t.run(stdin="show zoe; tag ann +s\n", status=1).says("was not done")
    eq(t.json("show", "ann")["tags"], ["q"])


@case("tend.d.lua has what is there: of ctx, input, persons, texts and the console, no more and no less")
def _(t):
    people(t)
    types = t.run("help", "--lua-types").out

    def stubs(name):
        fields = re.search(rf"---@class tend\.lua\.{name}\n((?:---@field .*\n)*)", types).group(1)
        return sorted(re.findall(r"---@field (\w+) ", fields))

    def keys(table):
        return t.json("lua", "-e", f"local n = {{}} for k in pairs({table}) do n[#n + 1] = k end table.sort(n) return n")["value"]

    def named(message):
        return sorted(message.split("it has: ")[1].split("\n")[0].replace(",", "").split())
    eq(stubs("console"), keys("tend"))
    eq(stubs("text"), keys("tend.text"))
    for name in stubs("person"):
        kind = t.json("lua", "-e", f"type(person'ann'.{name})")["value"]
        eq((name, kind), (name, "number" if name == "id" else "function"))
    for name in set(keys("tend")) - {"command", "alias", "text", "c", "service", "has"}:
        assert f"\n{name} = nil\n" in types, name
    ask = "local _, why = pcall(function() return %s.no_such_member end) error(why, 0)"
    t.plugin("try", "return { plugin = 'try', version = '1.0.0', provides = { "
                    "{ command = 'try', summary = 's', run = function(ctx) " + ask % "ctx" + " end }, "
                    "{ lead_source = 'try', sniff = function() return 100 end, read = function(ctx, input) " + ask % "input" + " end } } }")
    eq(stubs("ctx"), named(t.run("try", status=1).err))
    (t.dir / "x.txt").write_text("x\n")
    eq(stubs("input"), named(t.run("import", "--from", "try", t.dir / "x.txt", status=1).err))


@case("/ searches, ? helps, ! needs a terminal")
def _(t):
    people(t)
    t.run(stdin="/bob\n").says("Bob Ray").silent_about("Ann")
    t.run(stdin="? log\n").says("usage: tend log")
    t.run(stdin="?\n").says("usage: tend")
    t.run(stdin="!echo hi\n", status=2).says("terminal").silent_about("hi\n")


main()

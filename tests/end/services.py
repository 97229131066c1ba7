"""Services: what one plugin does for others, in C and Lua; who waits for whom, and who uses whom."""
import os
import shutil

from tend import case, eq, main

MODULES = os.environ["TEND_TEST_MODULES"]
ECHO = """return { service = "echo", level = 3, version = "1.0.0", %s functions = {
  down = { "l(l)", function(ctx, n)
    if n <= 0 then return 0 end
    return 1 + tend.service.geo.deeper(n - 1)
  end, "counts down through geo" },
  same = { "s(s)", function(ctx, text) return text end, "the text" },
  who = { "h(h)", function(ctx, p) return p end, "the person" },
  wrong = { "i(i)", function(ctx, n) return "x" end, "no integer" },
  fails = { "v()", function(ctx) error "not today" end, "fails" },
  loops = { "v()", function(ctx) while true do end end, "for ever" },
} }"""


def geo(t):
    t.plugins.mkdir(exist_ok=True)
    shutil.copy(os.path.join(MODULES, "geo.so"), t.plugins / "atlas.so")


def lua(t, code, status=0):
    return t.run("lua", "-e", code, status=status)


@case("services of C and Lua are called alike")
def _(t):
    geo(t)
    t.plugin("echo", ECHO % 'requires = "geo>=2",')
    t.json("add", "Ann Lee")
    eq(lua(t, "return tend.service.geo.distance(2, 5.5)").out, "3.5\n")
    eq(lua(t, "return tend.service.geo.region('x'), tend.service.echo.same('y'), tend.service.echo.same(nil)").out,
       "here\ny\nnil\n")
    eq(lua(t, "return tend.service.echo.who(person'ann').name").out, "Ann Lee\n")
    eq(lua(t, "return tend.has('geo', 2), tend.has('geo', 3), tend.has 'moon'").out, "true\nfalse\nfalse\n")
    lua(t, "tend.service.echo.wrong(1)", status=1).says("wrong returned a string", "expected an integer")
    lua(t, "tend.service.echo.fails()", status=1).says("plugin echo: fails", "not today")
    lua(t, "tend.service.geo.region(nil)", status=1).says("plugin atlas: region: a zone is needed")
    lua(t, "tend.service.echo.same(1)", status=1).says("argument 1 is 1", "expected a string")
    lua(t, "tend.service.moon.x()", status=1).says('no plugin provides the service "moon"')


@case("C calls Lua calls C, until it is too deep")
def _(t):
    geo(t)
    t.plugin("echo", ECHO % 'requires = "geo",')
    eq(lua(t, "return tend.service.echo.down(0)").out, "0\n")
    eq(lua(t, "return tend.service.echo.down(2)").out, "2\n")
    lua(t, "return tend.service.echo.down(50)", status=1).says("too deep")


@case("one that loops is stopped, and it is the one that is blamed")
def _(t):
    t.plugin("echo", ECHO % "")
    t.plugin("user", "return { command = 'user', summary = 's', version = '1.0.0', requires = 'echo',"
                     " run = function(ctx) tend.service.echo.loops() end }")
    t.run("user", status=1).says("echo", "loops")


@case("who needs what is not there waits, and the order is by need")
def _(t):
    user = ("return { command = 'aaa', summary = 's', version = '1.0.0', requires = %s,"
            " run = function(ctx) return { print = tostring(tend.service.echo.same('hello')) } end }")
    t.plugin("aaa", user % "'echo>=2'")
    t.run("plugin", "list").says("aaa is not loaded yet", 'needs the service "echo"', "no plugin")
    t.plugin("echo", ECHO % "")
    t.run("plugin", "list").silent_about("not loaded")
    t.run("aaa").says("hello")
    t.run("aaa").says("hello")      # from what is kept of their declarations
    t.run("plugin", "info", "echo").says("used by", "aaa")
    eq(t.json("plugin", "info", "echo")["users"], ["aaa"])
    t.plugin("aaa", user % "'echo>=9'")
    t.run("plugin", "list").says("at level 9", "plugin echo has level 3")
    t.plugin("aaa", user % "'echo>=x'")
    t.run("plugin", "list").says('requires "echo>=x"', "geo>=2")


@case("a circle of needs is named")
def _(t):
    one = ("return { service = '%s', version = '1.0.0', requires = '%s', functions = {"
           " f = { 'v()', function() end, 'x' } } }")
    t.plugin("one", one % ("one", "two"))
    t.plugin("two", one % ("two", "three"))
    t.plugin("three", one % ("three", "one"))
    t.run("plugin", "list").says("in a circle", "one, two, three, one")


@case("what is not in requires is refused, and says so")
def _(t):
    t.plugin("echo", ECHO % "")
    t.plugin("user", "return { command = 'user', summary = 's', version = '1.0.0',"
                     " run = function(ctx) tend.service.echo.same('x') end }")
    t.run("user", status=1).says('uses the service "echo"', "`requires`")


@case("plugin exports lists them, as Lua calls them")
def _(t):
    geo(t)
    t.plugin("echo", ECHO % "")
    out = t.run("plugin", "exports").out
    for words in ("tend.c.atlas.distance(number, number): number", "tend.service.geo.region(string): string",
                  "tend.service.echo.fails()", "how far apart", "d(dd)"):
        assert words in out, (words, out)
    rows = t.json("plugin", "exports", "echo")
    eq({r["plugin"] for r in rows}, {"echo"})
    eq([r["signature"] for r in rows if r["function"] == "who"], ["h(h)"])
    types = t.run("plugin", "exports", "--lua-types").out
    assert "---@field who fun(a: tend.lua.person|integer): tend.lua.person? the person\n" in types, types
    t.run("plugin", "exports", "moon", status=2).says("moon")


@case("a service that is written wrongly is refused, with what was expected")
def _(t):
    for functions, words in {
        "7": "functions is a number",
        "{}": "it has 0 functions",
        "{ f = 7 }": "functions.f is a number",
        "{ f = { 'x()', function() end } }": "is no signature",
        "{ f = { 'v()', 7 } }": "functions.f has a number",
        "{ ['a b'] = { 'v()', function() end } }": "the name of a function",
    }.items():
        t.plugin("bad", "return { service = 'bad', version = '1.0.0', functions = " + functions + " }")
        t.run("plugin", "list").says("bad was not loaded", words)


def added(t, name, text, status=0):
    (t.dir / f"{name}.lua").write_text(text)
    return t.run("plugin", "add", "--yes", t.dir / f"{name}.lua", status=status)


@case("one that others use is neither removed nor disabled, and they are named")
def _(t):
    user = ("return { command = '%s', summary = 's', version = '1.0.0', requires = 'echo>=3',"
            " run = function(ctx) return { print = tostring(tend.service.echo.same('hello')) } end }")
    added(t, "user", user % "user").says("user 1.0.0 is added", 'it needs the service "echo", which no plugin provides')
    added(t, "echo", ECHO % "").says("echo 1.0.0 is added").silent_about("not loaded", "waits")
    added(t, "other", user % "other").silent_about("not loaded", "waits")
    t.json("add", "Ann Lee")
    for verb in ("remove", "disable"):
        t.run("plugin", verb, "echo", status=1).says("plugin echo is used by", "user, other")
    t.run("user").says("hello")
    t.run("plugin", "disable", "user")
    t.run("plugin", "remove", "other")
    t.run("plugin", "remove", "echo")


@case("an update that takes away what others use is not taken up, and they are named; at a terminal too")
def _(t):
    t.json("add", "Ann Lee")
    user = ("return { command = 'user', summary = 's', version = '1.0.0', requires = 'echo>=3 extra?',"
            " run = function(ctx) return { print = tostring(tend.service.echo.same('hello')) } end }")
    added(t, "echo", ECHO % "")
    added(t, "user", user)
    newer = ECHO.replace("1.0.0", "2.0.0")
    added(t, "echo", newer.replace("level = 3", "level = 2") % "", status=1).says(
        "echo was not taken up", "the one from before stays", 'its service "echo" has only level 2 now', "user needs more",
        "plugin info echo")
    none = "return { plugin = 'echo', version = '3.0.0', needs = {}, provides = { { policy = 'p', on = 'task.done', run = function() end } } }"
    added(t, "echo", none, status=1).says('no service "echo" any more, which user uses')
    eq(t.json("plugin", "info", "echo")["version"], "1.0.0")
    t.run("user").says("hello")
    shown = t.talk("--yes", says=[("> ", f"plugin add '{t.dir / 'echo.lua'}'\r"), (r"any more, which\s+user uses[\s\S]*> ", "user\r"), (r"hello[\s\S]*> ", "\x04")])
    assert "not taken up" in shown, shown
    added(t, "echo", newer.replace("level = 3", "level = 4") % "").says("echo 2.0.0 is taken up").silent_about("wait", "was not")
    t.run("user").says("hello")
    t.run("plugin", "disable", "user")
    added(t, "echo", none).says("taken up")


main()

"""Functions of C modules, called from Lua: at the prompt, in plugins, and what is refused."""
import os
import shutil

from tend import case, eq, main

MODULES = os.environ["TEND_TEST_MODULES"]


def tools(t):
    t.plugins.mkdir(exist_ok=True)
    shutil.copy(os.path.join(MODULES, "tools.so"), t.plugins / "test-tools.so")


def lua(t, code, status=0):
    return t.run("lua", "-e", code, status=status)


@case("the prompt calls what a C module exports")
def _(t):
    tools(t)
    ann = t.json("add", "Ann Lee")["id"]
    eq(lua(t, "return tend.c.test_tools.add(40, 2)").out, "42\n")
    eq(lua(t, "return tend.c['test-tools'].half(5)").out, "2.5\n")
    eq(lua(t, "return tend.c.test_tools.name_of(person'ann')").out, "Ann Lee\n")
    eq(lua(t, f"return tend.c.test_tools.name_of({ann}), tend.c.test_tools.name_of(4711)").out, "Ann Lee\nnil\n")
    eq(lua(t, "return tend.c.test_tools.self(person'ann').name").out, "Ann Lee\n")
    eq(lua(t, "return tend.c.test_tools['not'](true)").out, "false\n")
    eq(lua(t, "return select('#', tend.c.test_tools.nothing())").out, "0\n")
    eq(lua(t, "return tend.c.test_tools.same('x'), tend.c.test_tools.same(nil)").out, "x\nnil\n")
    eq(lua(t, "return tend.c.test_tools.tables()").out, "tr------\n")


@case("what is refused is named, with the function, the argument and both types")
def _(t):
    tools(t)
    for code, words in {
        "add(1)": ["tend.c.test_tools.add takes 2 arguments, not 1", "add(integer, integer)"],
        "add(1, 'x')": ["argument 2 is a string", "expected an integer"],
        "add(1, 2.5)": ["argument 2 is 2.5", "expected an integer"],
        "add(nil, 1)": ["argument 1 is nil"],
        "add_small(1, 2147483648)": ["argument 2 is 2147483648", "-2147483648 to 2147483647"],
        "half(true)": ["argument 1 is a boolean", "expected a number"],
        "same(7)": ["argument 1 is 7", "expected a string"],
        "same('a\\0b')": ["argument 1 is a string with a NUL byte"],
        "self({})": ["argument 1 is a table", "expected a person or an id"],
        "self(-1)": ["argument 1 is -1"],
        "fails('too late')": ["plugin test-tools: fails: too late"],
        "ad(1, 2)": ["test_tools has no function \"ad\"", "add_small"],
    }.items():
        lua(t, f"return tend.c.test_tools.{code}", status=1).says(*words)
    lua(t, "return tend.c.geo.x()", status=1).says('no plugin "geo"', "test-tools")
    lua(t, "tend.c.x = 1", status=1).says("nothing can be put into tend.c")
    eq(lua(t, "return pcall(tend.c.test_tools.fails, 'late')").out.splitlines()[0], "false")


@case("a plugin that names its rights calls C code only with the right native")
def _(t):
    tools(t)
    t.run("add", "Ann Lee")
    body = ("return {{ policy = 'caller', needs = '{}', on = 'person.changed', summary = 'calls',\n"
            "  run = function() return {{ tag = 'n' .. tend.c.test_tools.add(40, 2) }} end }}\n")
    for n, (needs, right) in enumerate([("effects:tag", False), ("effects:tag native", True)]):
        t.plugin("caller", body.format(needs))
        r = t.run("set", "ann", f"x.n={n}", status=None)
        assert ('has not the right "native"' in r.out + r.err) != right, r
        eq(t.json("count", "tag:n42"), {"count": int(right)})


main()

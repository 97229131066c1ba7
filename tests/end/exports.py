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


# Each letter: values that come back as they were, and what is refused, at both ends.
LETTERS = {
    "i": (["-2147483648", "2147483647", "-1"], ["-2147483649", "2147483648", "0.5", "'1'", "nil", "math.mininteger"]),
    "l": (["math.mininteger", "math.maxinteger", "0"], ["0.5", "2^63", "-2^64", "1/0", "true", "nil"]),
    "d": (["-1.7976931348623157e308", "1.7976931348623157e308", "5e-324", "1/0"], ["'1'", "nil", "{}"]),
    "s": (["''", "nil", "('x'):rep(99999)"], ["1", "true", "'a\\0b'", "{}"]),
    "b": (["true", "false"], ["1", "nil", "'true'"]),
}


@case("every letter in every place, at both ends of its range, through Lua; out of range is refused")
def _(t):
    t.plugins.mkdir(exist_ok=True)
    shutil.copy(os.path.join(MODULES, "letters.so"), t.plugins)
    ann = t.json("add", "Ann Lee")["id"]
    rows = [f"  {letter} = {{ n = {{ {len(good)}, {len(bad)} }}, good = {{ {', '.join(f'[{i}] = {v}' for i, v in enumerate(good, 1))} }},"
            f" bad = {{ {', '.join(f'[{i}] = {v}' for i, v in enumerate(bad, 1))} }} }},"
            for letter, (good, bad) in LETTERS.items()]
    code = "local letters = {\n" + "\n".join(rows) + """
}
local c, done = tend.c.letters, 0
local function put(place, value)
  local all, o = {}, { math.mininteger, 0.5, "three", -2147483648, -2.25, math.maxinteger, -1 }
  for i = 1, 8 do
    if i == place + 1 then all[i] = value else all[i] = o[i > place + 1 and i - 1 or i] end
  end
  return table.unpack(all, 1, 8)
end
for letter, of in pairs(letters) do
  for place = 0, 7 do
    local f = c["take_" .. letter .. "_" .. place]
    for i = 1, of.n[1] do
      local v = of.good[i]
      local got = f(put(place, v))
      assert(got == v and math.type(got) == math.type(letter == "d" and v + 0.0 or v), letter .. place .. " " .. tostring(v))
      assert(c.others_well(), letter .. place .. ": the others")
      done = done + 1
    end
    for i = 1, of.n[2] do
      local ok, why = pcall(f, put(place, of.bad[i]))
      assert(not ok and why:find("argument " .. place + 1, 1, true), letter .. place .. " " .. tostring(of.bad[i]))
      done = done + 1
    end
  end
end
for place = 0, 7 do
  local f = c["take_h_" .. place]
  assert(f(put(place, ANN)).id == ANN and c.others_well())
  for _, v in ipairs { -1, 0.5, "ann", true, {} } do
    local ok, why = pcall(f, put(place, v))
    assert(not ok and why:find("argument " .. place + 1, 1, true), "h" .. place .. " " .. tostring(v))
  end
end
local negative = c.take_d_0(-0.0, math.mininteger, 0.5, "three", -2147483648, -2.25, math.maxinteger, -1)
assert(1 / negative == -1 / 0)
for _, low in ipairs { 0, 1, -1, -2147483648, 2147483647 } do
  assert(c.number(low) == low, low)
  assert(c.truth(low) == (low ~= 0), low)
end
return done""".replace("ANN", str(ann))
    eq(lua(t, code).out, f"{8 * sum(len(good) + len(bad) for good, bad in LETTERS.values())}\n")


main()

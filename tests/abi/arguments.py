"""Every function of Lua says by name which argument is missing or wrong: a call for each of the
list's parameters, with nothing and with a thing that it does not take."""
import re

from tend import ROOT, case, eq, main

ROWS = re.findall(r'TEND_LUA\((\w+), (\w+), \d+, "((?:[^"\\\\]|\\\\.)*)"',
                  "\n".join(p.read_text() for p in sorted((ROOT / "include/tend/api").glob("*.def"))))
VALUES = {"text": "'phone'", "words": "'phone'", "integer": "1", "number": "1", "boolean": "true",
          "person": "1", "effect": "{ tag = 'x' }", "table": "{}", "function": "print",
          "any": "1", "false": "false"}
WHERE = {"ctx": "ctx.", "person": "ctx.person:", "text": "ctx.text.", "input": "input:"}


def right(types):
    word = types.rstrip("?").split("|")[0]
    return word if word.startswith("'") else VALUES[word]


def wrong_calls():
    """Each call that is refused, and what must be said: (object, call, message)."""
    for of, name, params in ROWS:
        params = [p.split(":", 1) for p in params.split()]
        for i, (param, types) in enumerate(params):
            given = [right(types) for _, types in params]
            words = types.rstrip("?").split("|")
            if of in WHERE and not {"any", "effect", "function"} & set(words):
                given[i] = "print"
                said = f"{of}.{name}: {param} is a function; expected "
                yield of, f"{WHERE[of]}{name}({', '.join(given)})", said
            if of in WHERE and of != "person" and not types.endswith("?") and \
                    not {"any", "effect"} & set(words):
                given[i] = "nil"
                yield of, f"{WHERE[of]}{name}({', '.join(given)})", f"{of}.{name}: {param} is missing"


def said(t, of, calls):
    """What each call raises, one a line."""
    body = "".join(f"print(select(2, pcall(function() {call} end))) " for call in calls)
    if of == "input":
        t.plugin("args", "return { lead_source = 'args', version = '1.0.0', sniff = function() return"
                         " 100 end, read = function(ctx, input) " + body + " end }")
        (t.dir / "x.txt").write_text("x\n")
        return t.run("import", "--from", "args", t.dir / "x.txt", status=None)
    t.plugin("args", "return { policy = 'args', version = '1.0.0', on = 'touch.logged', run = "
                     "function(ctx, event) " + body + " end }")
    if not t.db.exists():
        t.run("add", "Ann Lee")
    return t.run("log", "ann", "call", status=None)


for OBJECT in WHERE:
    @case(f"each wrong argument of a function of {OBJECT} is named")
    def _(t, of=OBJECT):
        calls = [(call, message) for o, call, message in wrong_calls() if o == of]
        assert len(calls) > 0
        for start in range(0, len(calls), 15):      # of a call 20 lines are shown
            part = calls[start:start + 15]
            answer = said(t, of, [call for call, _ in part])
            for call, message in part:
                assert message in answer.err + answer.out, (call, message, str(answer))


@case("the list names every function, and each of its types is one that is known")
def _(_t):
    assert len(ROWS) > 40
    for of, name, params in ROWS:
        for param in params.split():
            for word in param.split(":", 1)[1].rstrip("?").split("|"):
                assert word in VALUES or word.startswith("'"), (of, name, word)
    eq(len({(of, name) for of, name, _ in ROWS}), len(ROWS))


main()

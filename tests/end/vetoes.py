"""Moving somebody whom a stage rule does not let through: S2.11, with our plugin and another's."""
from tend import case, eq, main, same_rows

STRICT = """
return {
  stage_set = "strict", version = "1.0.0",
  guards = {
    { "warm", function(ctx, move)
        if move.to == "prospect" and not ctx.person.tags.warm then
          return "prospects are tagged warm here", "tag p" .. ctx.person.id .. " +warm", "strict.warm"
        end
      end },
  },
}
"""


@case("every veto is shown with its cure, exit 4, nothing changes; cured, it moves")
def _(t):
    t.plugin("strict", STRICT)
    person = t.json("add", "Ann Lee")["id"]
    before, batches = t.everything(), t.batches()
    shown = t.run("move", "ann", "prospect", status=4)
    shown.says("pipeline", "strict", "conversation", "interest", "warm")
    assert not shown.out, f"a veto belongs on stderr\n{shown}"
    vetoes = t.json("move", "ann", "prospect", status=4)["vetoes"]
    eq(sorted((v["plugin"], v["code"]) for v in vetoes),
       [("pipeline", "conversation"), ("pipeline", "interest"), ("strict", "strict.warm")])
    for veto in vetoes:
        assert veto["text"] and veto["cure"] and f"p{person}" in veto["cure"], veto
        assert veto["cure"] in shown.err, f"{veto['cure']!r} is not shown\n{shown}"
    same_rows(t.everything(), before, "after a veto")
    eq(t.batches(), batches)

    for cured, veto in enumerate(vetoes, 1):
        t.typed(veto["cure"])
        if cured < len(vetoes):
            left = t.json("move", "ann", "prospect", status=4)["vetoes"]
            eq(len(left), len(vetoes) - cured, "vetoes left")
    moved = t.json("move", "ann", "prospect")
    eq((moved["person"], moved["track"], moved["from"], moved["to"]),
       (person, "opportunity", "listed", "prospect"))
    eq(t.json("show", "ann")["stage"], "prospect")


@case("a call in which something was said is a conversation, unless it is said not to be one")
def _(t):
    t.json("add", "Ann Lee", "interest=business")
    t.json("log", "ann", "call")
    t.json("log", "ann", "call", "nobody there", "disposition=no_answer")
    t.json("log", "ann", "text", "call me")
    t.json("log", "ann", "call", "just checking", "significant=no")
    vetoes = t.json("move", "ann", "prospect", status=4)["vetoes"]
    eq([v["code"] for v in vetoes], ["conversation"])
    t.json("log", "ann", "call", "20 min, wants extra income")
    eq(t.json("move", "ann", "prospect")["to"], "prospect")


@case("a guard that fails is a veto")
def _(t):
    t.plugin("broken", """return { stage_set = "broken", version = "1.0.0",
      guards = { { "odd", function() local nothing; return nothing.at end } } }""")
    t.json("add", "Ann Lee")
    before = t.everything()
    t.run("move", "ann", "considering", status=4).says("broken")
    same_rows(t.everything(), before, "after the failed guard")


@case("the track is told by the stage's name, or said")
def _(t):
    t.json("add", "Ann Lee")
    eq(t.json("move", "ann", "customer")["track"], "product")
    eq(t.json("move", "ann", "product:trying")["to"], "trying")
    eq(t.json("move", "ann", "considering", "reason=she said so")["track"], "opportunity")
    eq(t.json("show", "ann")["stages"], {"opportunity": "considering", "product": "trying"})


@case("the same stage again is exit 3, one that is none is exit 2 with a suggestion")
def _(t):
    t.json("add", "Ann Lee")
    t.run("move", "ann", "listed", status=3)
    t.run("move", "ann", "prospct", status=2).says("prospect")


main()

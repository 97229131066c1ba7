"""The same person twice: merged, read as one everywhere, and parted again; what a merge changes
besides the pointer, and what it leaves as it is."""
from tend import case, eq, main, same_rows


def two(t):
    """Ann is here twice; returns both ids."""
    one = t.json("add", "Ann Lee", "phone=+1 212 555 0101", "tag=teacher")["id"]
    other = t.json("add", "Anna Lee-Moor", "email=anna@example.com", "tag=mum",
                   "interest=tea")["id"]
    t.run("note", f"p{other}", "her sister is Cara")
    return one, other


def names(t, *args):
    return sorted(p["name"] for p in t.json("list", *args))


@case("one person from then on: names, numbers, tags, notes, touches, tasks")
def _(t):
    one, other = two(t)
    t.run("plan", f"p{other}", "call", "tomorrow")
    touch = t.json("log", f"p{other}", "call", "met at the market")["touch"]
    done = t.json("merge", f"p{one}", f"p{other}")
    eq((done["person"], done["merged"], done["command"]), (one, [other], f"merge p{one} p{other}"))
    assert done["batch"] and done["changes"] > 0 and done["actor"] == 1 and done["at"], done
    ann = t.json("show", "ann")
    eq((ann["id"], ann["other_names"], ann["merged"]), (one, ["Anna Lee-Moor"], [other]))
    eq((ann["phone"][0]["key"], ann["email"][0]["value"]), ("+12125550101", "anna@example.com"))
    eq(sorted(ann["tags"]), ["mum", "teacher"])
    eq(names(t), ["Ann Lee"])
    eq(t.json("count")["count"], 1)
    for word in ("moor", "anna", "anna@example.com", f"p{other}", "+12125550101"):
        eq(t.json("show", word)["id"], one, word)
    t.run("show", f"p{other}").says(f"p{other} was merged into p{one} Ann Lee")
    for word in ("moor", "sister", "market"):
        eq([p["id"] for p in t.json("find", word)], [one], word)
    for term in ("tag:mum", "tag:teacher", "has:note", "has:email", "has:phone", "interest:tea",
                 "name:moor", "email:anna@example.com", "phone:5550101", "touched:-1d..", "has:task",
                 "due:today.."):
        eq([p["id"] for p in t.json("list", term)], [one], term)
    eq(names(t, "touched:never"), [])
    task = t.due(everything=True)
    eq([(x["person"], x["name"]) for x in task], [(one, "Ann Lee")])
    eq(t.json("why", f"c{touch}") is not None, True)
    t.run("check").says("all is well")


@case("undo, and unmerge, leave every fact as it was; redo merges again")
def _(t):
    one, other = two(t)
    t.json("log", f"p{other}", "presentation", "liked it")
    before = t.everything()
    t.run("merge", f"p{one}", f"p{other}")
    merged = t.everything()
    assert merged != before
    t.run("undo")
    same_rows(t.everything(), before, "undone")
    t.run("redo")
    same_rows(t.everything(), merged, "redone")
    done = t.json("unmerge", "ann")
    eq((done["person"], done["unmerged"]), (one, [other]))
    after, plain = t.everything(), before
    for table in plain:         # what policies were asked since is theirs
        if table not in ("timer", "decision"):
            same_rows({table: after[table]}, {table: plain[table]}, "parted")
    eq(names(t), ["Ann Lee", "Anna Lee-Moor"])
    t.run("check").says("all is well")


@case("the further stage counts, a lost one does not; parted, each stands where they stood")
def _(t):
    one, other = two(t)
    t.json("log", f"p{other}", "presentation", "liked it")
    stages = lambda: (t.json("show", f"p{one}")["stage"], t.json("show", f"p{other}")["stage"])
    eq(stages(), ("listed", "presented"))
    t.run("merge", f"p{one}", f"p{other}").says("presented")
    eq(t.json("show", "ann")["stage"], "presented")
    eq(names(t, "stage:listed"), [])
    eq(names(t, "stage:presented"), ["Ann Lee"])
    t.run("unmerge", f"p{other}")
    eq(stages(), ("listed", "presented"))
    t.run("move", f"p{other}", "hard_no")
    t.json("merge", f"p{one}", f"p{other}")
    eq(t.json("show", "ann")["stage"], "listed")


@case("who was moved since stays moved, and that is named")
def _(t):
    one, other = two(t)
    t.json("log", f"p{other}", "presentation", "liked it")
    t.run("merge", f"p{one}", f"p{other}")
    t.run("move", "ann", "considering")
    t.run("unmerge", f"p{other}").says("left as it is", "considering")
    eq(t.json("show", f"p{one}")["stage"], "considering")
    eq(t.json("show", f"p{other}")["stage"], "presented")


@case("a task that both had stays once, and is open again when they are parted")
def _(t):
    one, other = two(t)
    t.json("log", f"p{one}", "presentation", "liked it")
    t.json("log", f"p{other}", "presentation", "liked it too")
    eq(len(t.due(everything=True)), 2)
    before = t.due(everything=True)
    t.run("merge", f"p{one}", f"p{other}").says("drops")
    left = t.due(everything=True)
    eq([x["person"] for x in left], [one])
    gone = next(x["task"] for x in before if x["task"] not in [y["task"] for y in left])
    t.run("why", f"t{gone}").says("is the same")
    t.run("unmerge", f"p{other}")
    eq(sorted((x["person"], x["title"]) for x in t.due(everything=True)),
       sorted((x["person"], x["title"]) for x in before))
    t.run("merge", f"p{one}", f"p{other}")
    t.run("log", "ann", "call", "she has decided")
    eq([x["task"] for x in t.due(everything=True) if x["task"] == gone], [])
    t.run("check").says("all is well")


@case("the stricter mark holds for both")
def _(t):
    one, other = two(t)
    t.run("plan", f"p{one}", "call", "tomorrow")
    t.run("dnc", f"p{other}", "all", "never again")
    t.run("merge", f"p{one}", f"p{other}")
    eq(t.json("show", "ann")["dnc"], ["all"])
    eq(t.due(everything=True), [])
    t.run("plan", "ann", "call", "tomorrow", status=4).says("do-not-contact")
    eq(names(t, "dnc:all"), ["Ann Lee"])
    t.run("unmerge", f"p{other}")
    eq([x["person"] for x in t.due(everything=True)], [one])
    t.run("plan", f"p{one}", "call", "mon")


@case("what was written since stays with who stood for both")
def _(t):
    one, other = two(t)
    t.run("merge", f"p{one}", f"p{other}")
    t.run("note", "ann", "moved to Graz")
    t.run("tag", "ann", "+warm")
    t.run("set", "ann", "email=new@example.com")
    t.run("unmerge", "ann")
    first, second = t.json("show", f"p{one}"), t.json("show", f"p{other}")
    eq((sorted(first["tags"]), second["tags"]), (["teacher", "warm"], ["mum"]))
    eq([p["id"] for p in t.json("find", "graz")], [one])
    assert "new@example.com" in [e["value"] for e in first["email"]], first


@case("several at once, chains, and a root that is merged again")
def _(t):
    ids = [t.json("add", f"Ann {name}", "--new")["id"] for name in ("A", "B", "C", "D")]
    t.run("merge", f"p{ids[0]}", f"p{ids[1]}")
    t.run("merge", f"p{ids[2]},p{ids[3]}")
    t.run("merge", f"p{ids[2]}", f"p{ids[1]}").says("was merged into")
    eq(names(t), ["Ann C"])
    eq(t.json("show", f"p{ids[1]}")["id"], ids[2])
    eq(sorted(t.json("show", "ann")["merged"]), sorted([ids[0], ids[1], ids[3]]))
    t.run("merge", f"p{ids[0]}", f"p{ids[3]}", status=3).says("already")
    t.run("unmerge", "ann", status=3).says("4 people", f"unmerge p{ids[0]}")
    t.run("unmerge", f"p{ids[0]}")
    eq(names(t), ["Ann A", "Ann C"])
    eq(t.json("show", f"p{ids[1]}")["id"], ids[0], "who was merged before goes along")
    t.run("unmerge", f"p{ids[0]}", status=0)
    t.run("unmerge", f"p{ids[0]}", status=1).says("was not merged")
    t.run("check").says("all is well")


@case("who stays can be chosen: --best; me always stays; an archived one cannot")
def _(t):
    one, other = two(t)
    thin = t.json("add", "Ann")["id"]
    eq(t.json("merge", f"p{thin}", f"p{other}", "--best")["person"], other)
    t.run("merge", f"p{one}", "me", status=2).says("is you", f"merge p1 p{one}")
    t.run("archive", f"p{one}")
    t.run("merge", f"p{one}", f"p{other}", status=2).says("archived", f"archive p{one} --off")
    t.run("merge", f"p{other}", f"p{one}")
    t.run("--dry-run", "unmerge", f"p{one}").says("nothing was written")
    eq(names(t), ["Anna Lee-Moor"])


@case("an import finds the root by the address of who was merged, and changes nothing twice")
def _(t):
    one, other = two(t)
    (t.dir / "first.csv").write_text("name,email\nAnna May,may@example.com\n", encoding="utf-8")
    t.run("import", "first.csv")
    t.run("merge", f"p{one}", f"p{other}", "may@example.com")
    t.run("why", f"p{one}").says("Anna Lee-Moor is the same person", "Anna May is the same person",
                                 "first.csv")
    (t.dir / "again.csv").write_text("name,email,phone\nAnna Lee-Moor,anna@example.com,+1 212 555 0101\n",
                                     encoding="utf-8")
    got = t.json("import", "again.csv")
    eq((got["added"], names(t)), (0, ["Ann Lee"]))
    (t.dir / "more.csv").write_text("name,email,tag\nAnna L,anna@example.com,met\n", encoding="utf-8")
    got = t.json("import", "more.csv")
    eq((got["added"], got["updated"]), (0, 1))
    assert "met" in t.json("show", f"p{one}")["tags"]


@case("an import finds the root by a name alone")
def _(t):
    one = t.json("add", "Ann Lee", "source=fair")["id"]
    other = t.json("add", "Anna Lee-Moor", "source=fair")["id"]
    t.run("merge", f"p{one}", f"p{other}")
    (t.dir / "fair.csv").write_text("name,source,interest\nAnna Lee-Moor,fair,tea\n", encoding="utf-8")
    got = t.json("import", "fair.csv")
    eq((got["added"], got["updated"], names(t)), (0, 1, ["Ann Lee"]))
    eq(t.facts(["attribute"])["attribute"][0][1], one)


@case("out again as one person; forget takes all of them")
def _(t):
    one, other = two(t)
    t.run("merge", f"p{one}", f"p{other}")
    out = t.run("export", "--format", "json").json()
    eq(len(out), 1)
    text = t.run("export", "--format", "vcf").out
    eq(text.count("BEGIN:VCARD"), 1)
    assert "anna@example.com" in text and "555" in text, text
    t.run("forget", f"p{other}", "--yes")
    eq(names(t), [])
    t.run("show", f"p{other}", status=1)
    t.run("find", "moor").silent_about("moor")
    t.run("check").says("all is well")


@case("policies see one person: the event, tags and state of both")
def _(t):
    t.plugin("look", """
return {
  policy = "look", version = "1.0.0", needs = "reads:person effects:note", on = { "person.merged" },
  run = function(ctx, event)
    return { note = "with p" .. event.merged .. (ctx:get(event.person, "tags").mum and ", a mum" or "") }
  end,
}
""")
    one, other = two(t)
    t.run("merge", f"p{one}", f"p{other}").says("(look)").silent_about("failed")
    t.run("show", "ann").says(f"with p{other}, a mum")
    before = t.everything()
    t.run("undo")
    t.run("show", f"p{one}").silent_about("a mum")
    t.run("redo")
    same_rows(t.everything(), before, "redone")


main()

"""Forget: no byte of the person is left, earlier commands can still be undone, and no import brings
them back."""
from tend import NOW, case, eq, main

SECRETS = ["Koller", "koller", "Kröll", "67655577", "0676 555 77", "peter@example.com", "grumpy",
           "never again", "afraid", "marathon", "met at", "Holunder"]


def bytes_left(t):
    held = b"".join(p.read_bytes() for p in t.dir.glob("people.db*"))
    return [word for word in SECRETS if word.encode() in held]


def peter(t):
    """Everything that can be known of somebody."""
    t.json("add", "Bob Ray")
    t.json("add", "Peter Koller", "phone=0676 555 77", "email=peter@example.com", "region=AT",
           "tag=grumpy", "met_how=met at the gym")
    t.json("set", "peter", "name=Peter Kröll")
    t.json("set", "peter", "name=Peter Koller")
    t.json("note", "peter", "runs marathon")
    t.json("log", "peter", "presentation", "never again", "objection=time", "underlying=afraid")
    t.json("log", "peter,bob", "open_house", "both there, Holunder", now="2026-11-26T20:00:00+01:00")
    t.json("link", "bob", "peter", "friend")
    t.json("consent", "peter", "email", "marathon news")
    t.json("dnc", "peter", "call", "asked me never again")
    t.json("edit", "n1", "text=ran one marathon")
    t.json("remove", "n1")
    t.json("undo")


@case("no byte is left in the file or its log")
def _(t):
    t.run("config", "region=AT")
    peter(t)
    eq(len(bytes_left(t)) > 8, True, "it was there")
    t.run("--dry-run", "forget", "peter").says("nothing was written")
    t.run("forget", "peter", status=2).says("cannot be undone", "--yes")
    t.run("forget", "peter", "--yes").says("forgotten", "cannot be undone", "history")
    eq(bytes_left(t), [])
    eq(t.json("find", "koller"), [])
    t.json("check")
    bob = t.json("show", "bob")
    eq((bob["links"], [x["text"] for x in bob["touches"]]), ([], [None]))


@case("it is not undone, and what came before can be, without bringing anything back")
def _(t):
    peter(t)
    before = [b["batch"] for b in t.json("history", "--most", "50")]
    t.run("forget", "peter", "--yes")
    t.run("undo", status=4).says("gone for good")
    for batch in before:
        t.run("undo", f"b{batch}", status=None)
    eq(bytes_left(t), [])
    t.json("check")


@case("an import does not bring them back, by number or by e-mail, and says so")
def _(t):
    t.run("config", "region=AT")
    peter(t)
    t.run("forget", "peter", "--yes")
    (t.dir / "again.csv").write_text("name,phone,email\nPete,0676 555 77,\nP,,Peter@example.com\n"
                                     "Ann Lee,0676 555 78,\n", encoding="utf-8")
    done = t.json("import", "again.csv", status=5)
    eq((done["added"], done["rejected"]), (1, 2))
    eq({r["text"] for r in done["rejects"]}, {"asked to be forgotten"})
    held = b"".join(p.read_bytes() for p in t.dir.glob("people.db*"))
    assert b"67655577" not in held, "the number itself is not kept"


@case("nobody forgets themselves")
def _(t):
    t.json("add", "Bob Ray")
    t.run("forget", "me", "--yes", status=2).says("you")


if __name__ == "__main__":
    main()

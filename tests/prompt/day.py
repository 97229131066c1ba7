"""The day at a terminal: a choice of numbers, triage, the first run. Prints TAP."""
from screen import case, eq, main


@case("an ambiguous name is a choice of numbers; Escape leaves")
def _(t):
    t.run("add", "Susi Mayr", "phone=0664 5551234")
    t.run("add", "Susi Berger", "phone=0676 5555678")
    t.run("log", "susi.b", "call", "likes tea")
    s = t.start(columns=100)
    s.type("note susi \"has a dog\"\r")
    s.wait(r"^  1  Susi Mayr, 0664 5551234")
    s.wait(r"^  2  Susi Berger, 0676 5555678.*call .*: likes tea")
    s.wait(r"Which one\?")
    s.type("2")
    s.wait(r"p3 Susi Berger: note")
    s.ready()
    s.type("note susi \"and a cat\"\r")
    s.until(lambda: s.text().count("Which one?") == 2, "asked again")
    s.type("\x1b")
    s.wait("nobody was chosen")
    assert "has a dog" in t.run("show", "p3")
    assert "cat" not in t.run("show", "p3") + t.run("show", "p2")
    t.run("note", "susi", "x", status=3)


@case("triage: one card and one key at a time, back takes the last back, it stops at ten")
def _(t):
    (t.dir / "list.csv").write_text("Name,E-mail\n" + "".join(
        f"Person {chr(65 + i)},p{i}@example.com\n" for i in range(12)))
    t.run("import", "list.csv")
    t.run("triage", status=2)
    s = t.start(rows=40, columns=100)
    s.type("triage\r")
    s.wait(r"Person A")
    s.at(r"1 of 10 .*\[q\]uit")
    s.type("t")
    s.at(r"2 of 10 ")
    s.type("f")
    s.at(r"3 of 10 ")
    s.type("b")
    s.wait("took back b")
    s.at(r"2 of 10 ")
    s.type("l")
    s.at(r"3 of 10 ")
    s.type("a")
    s.at(r"4 of 10 ")
    s.type("s")
    s.at(r"5 of 10 ")
    s.type("q")
    s.wait(r"1 to talk to, 2 put elsewhere")
    s.wait(r"9 left for another day")
    s.ready()
    eq(t.run("count", "tag:talk").strip(), "1")
    eq(t.run("count", "tag:friend").strip(), "0", "it was taken back")
    eq(t.run("count", "tag:later").strip(), "1")
    eq(t.run("count", "archived:yes").strip(), "1")
    assert "first call" in t.run("due", "--all")
    s.type("triage --most 2\r")
    s.at(r"1 of 2 ")
    s.wait("Person D")


@case("the first run asks with good guesses, imports after a look, and says what comes next")
def _(t):
    (t.dir / "Downloads").mkdir()
    (t.dir / "Downloads" / "people.csv").write_text("Name,E-mail\nAnn Lee,ann@example.com\nBob Ray,bob@example.com\n")
    s = t.start(ready=False, rows=40, columns=120)
    s.at(r"^Your name: ")
    s.type("\x15Mira Sample\r")
    s.at(r"^Your zone: Europe/Vienna")
    s.type("\r")
    s.at(r"^When you work on this: mon-fri 18:00-21:30, sat 9:00-17:00")
    s.type("\x15never\r")
    s.wait("hours are written")
    s.at(r"^When you work on this: never")
    s.type("\x15mon-fri 18:00-21:00\r")
    s.at(r"^Your own number")
    assert "name = " not in s.text() and "zone = " not in s.text(), f"answers are not said again\n{s}"
    s.type("+43 664 5550000\r")
    s.at(r"^A file of people .*Downloads/people.csv")
    s.type("\r")
    assert "undo: b" not in s.text(), f"answers are not said again\n{s}"
    s.wait(r"Ann Lee, ann@example.com")
    s.wait(r"dry run: nothing was written")
    s.at(r"Import them\?")
    s.type("y")
    s.wait(r"2 added.*undo: b\d")
    s.wait(r"Three things to type next")
    s.wait(r"^  triage")
    s.ready()
    out = t.run("config")
    for what in ("Mira Sample", "Europe/Vienna", "mon-fri 18:00-21:00", "AT"):
        assert what in out, out
    assert "+43 664 5550000" in t.run("show", "me")
    eq(t.run("count").strip(), "2")
    s.type("\x04")
    s.ends()
    s = t.start(rows=40, columns=120)
    s.wait(r"^Good .*, Mira\. 2 of 2 new people today\. Nothing due\.|^Still up, Mira\. ")


@case("the first run is left with Ctrl-D without loss, and skipped by empty lines")
def _(t):
    s = t.start(ready=False, rows=40, columns=100)
    s.at(r"^Your name: ")
    s.type("\x15\x04")
    s.wait("Three things to type next")
    s.ready()
    assert not t.db.exists(), "nothing was written"
    s.type("quit\r")
    s.ends()
    s = t.start(ready=False, rows=40, columns=100)
    s.at(r"^Your name: ")
    s.type("\x15Mira\r")
    s.at(r"^Your zone: ")
    s.type("\x03")
    s.wait("Three things to type next")
    s.ready()
    assert "Mira" in t.run("config")


@case("what she said last stands whole below the row where there is no room beside it")
def _(t):
    said = "Tom was there too, sceptical, asked good questions"
    t.run("add", "Susi Mayr", "phone=0664 5551234")
    t.run("log", "susi", "meeting", said)
    t.run("plan", "susi", "call", "today", "Follow up")
    s = t.start(columns=80)
    s.type("due\r")
    s.wait(r"^t1 +Susi Mayr +0664 5551234 +Follow up .*today$")
    s.wait(rf"^    {said}$")
    s.ready()
    s = t.start(columns=140)
    s.type("due\r")
    s.wait(rf"^ref +name +phone +what +why +until +last said$")
    s.wait(rf"^t1 +Susi Mayr .*today +{said}$")
    s.ready()
    s = t.start(columns=40, rows=20)
    s.type("due\r")
    s.wait(r"^    Tom was there too, sceptical, asked…$")
    s.ready()


@case("rows that an import refuses are three lines and a number, not a screen")
def _(t):
    (t.dir / "cards.csv").write_text("Name,E-mail,Company\nAnn,,Acme\n" + ",,Acme\n" * 14)
    s = t.start(columns=100)
    s.type("import cards.csv\r")
    s.wait(r"^tend: cards.csv: 11 more rows rejected; --rejects FILE writes all of them down$")
    s.wait(r"1 added.*14 rejected")
    s.ready()
    eq(s.text().count("cards.csv:"), 5, "lines about the file, with that of the total")


@case("long lines break between words, at 40 columns too")
def _(t):
    t.run("add", "Ann Lee")
    s = t.start(columns=40, rows=20)
    s.type("move ann prospect\r")
    s.wait(r"^  try: log p2 call \"what was said\"")
    s.ready()
    words = s.text()[s.text().index("tend: vetoed"):].split("  try:")[0].split()
    for word in "vetoed pipeline: prospect somebody significant conversation: logged".split():
        assert word in words, f"{word} is broken\n{s}"


main()

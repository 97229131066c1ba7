"""What stands on the screen: widths, resizing, colour, dumb terminals, pipes, the pager, questions."""
import re
import shutil
import subprocess

from screen import Skip, case, eq, main


def pager():
    if not shutil.which("less"):
        raise Skip("less is not here")


def many(t, n):
    rows = "".join(f"Person {i:03d}\n" for i in range(n))
    t.run("import", "-", stdin="name\n" + rows)


@case("a resize to 40 columns draws the line anew, and tables fit")
def _(t):
    t.run("add", "Ann Lee", "phone=0664 5550100")
    t.run("plan", "ann", "call", "today", "about the starter kit and the evening in the town hall")
    s = t.start()
    s.type("show ann and some words of no use")
    s.at(r"of no use$")
    s.size(20, 40)
    s.wait(r"^tend 1> show ann and some words of no us$")
    s.at(r"^e$", 1)
    s.type("!")
    s.at(r"^e!$", 2)
    s.type("\x03")
    s.ready()
    s.type("due\r")
    s.wait(r"^(t1|Ann)")
    s.ready()
    head = max(i for i, line in enumerate(s.lines()) if line.startswith(("ref", "name")))
    assert s.lines()[head + 1].rstrip(), s
    assert all(len(line) <= 40 for line in s.lines())
    assert s.lines()[head + 2].startswith("tend"), f"each row of the table on one line\n{s}"


@case("Japanese and combining names stand in line, in tables and while they are typed")
def _(t):
    t.run("add", "李小龍", "phone=0664 5550100")
    t.run("add", "Zoë Ann".replace("ë", "e\u0308"), "phone=0664 5550101")
    t.run("add", "Bob Ray", "phone=0664 5550102")
    s = t.start()
    s.type("list\r")
    s.wait(r"5550102|555 0102")
    s.ready()
    # the screen gives each wide character two cells, and a mark none
    starts = set()
    for y in range(24):
        row = "".join(s.screen.buffer[y][x].data or "\0" for x in range(80))
        cells = [s.screen.buffer[y][x].data for x in range(80)]
        if "555" in row:
            starts.add(next(x for x in range(80) if cells[x] in ("+", "0")))
    eq(len(starts), 1, "columns where the numbers begin")
    s.type("show 李小龍")
    s.at(r"show", len("tend> show ") + 6)
    s.type("\x02\x02")                  # two characters back: four columns
    s.at(r"show", len("tend> show ") + 2)
    s.type("\x7f")
    s.at(r"show", len("tend> show "))
    s.type("\x05\x15show Zoe\u0308")
    s.at(r"show", len("tend> show Zoe"))
    s.type("\r")
    s.wait(r"^p3 ")
    s.ready()


@case("wide characters at the margin neither break the line nor lose the cursor")
def _(t):
    t.run("add", "Ann")
    s = t.start(columns=40)
    s.type("note ann " + "漢" * 20)      # a cell is left at the margin: the next wide one wraps
    s.until(lambda: sum(line.count("漢") for line in s.lines()) == 20, "all of it")
    s.type("\x01#")
    s.at(r"^tend> #note", len("tend> #"))
    s.type("\x05.")
    s.at(r"漢 *\.$")
    s.type("\x03")
    s.at(r"^tend>$", len("tend> "))
    s.gone("漢")


@case("control characters in data are shown, in tables, completion and notices")
def _(t):
    t.run("add", "Eve \x1b[31mRed\x1b]0;owned\x07")
    s = t.start()
    s.type("list\r")
    s.wait(r"Eve \\x1b\[31mRed")
    s.ready()
    s.raw = b""
    s.type("show eve\t")
    s.wait(r"show .*Eve|Eve .*\\x1b|show eve")
    t.run("plan", "eve", "call", "today")
    s.type("\x03")
    s.wait(r"due now: .*Eve \\x1b\[31mRed")
    assert b"\x1b[31m" not in s.raw and b"\x1b]0" not in s.raw, s


@case("NO_COLOR: nothing is coloured")
def _(t):
    t.run("add", "Ann")
    t.run("plan", "ann", "call", "today")
    s = t.start(NO_COLOR="1")
    s.at(r"^tend 1>$", len("tend 1> "))
    s.type("due\r")
    s.ready()
    eq(re.findall(rb"\x1b\[[0-9;]*[349][0-9;]*m", s.raw), [], "colours")
    s = t.start()
    s.at(r"^tend 1>$", len("tend 1> "))
    assert b"\x1b[1;33m1\x1b[0m" in s.raw, s


@case("a dumb terminal gets plain lines, and no escape at all")
def _(t):
    t.run("add", "Ann")
    t.run("plan", "ann", "call", "today")
    s = t.start(TERM="dumb")
    s.type("count\n")
    s.wait(r"^1$")
    s.type("help log\n")
    s.wait(r"^usage: tend log")
    s.type("quit\n")
    s.ends(0)
    assert b"\x1b" not in s.raw, s


@case("lines from a pipe are run without a prompt, and the first failure is the status")
def _(t):
    for out in (t.run(stdin="add Ann\ncount\n"), t.run(stdin="count\nquit\nadd Bob\n")):
        assert "\x1b" not in out and "tend>" not in out, out
    assert "no command" in t.run(stdin="nonsense\ncount\n", status=2)
    out = subprocess.run([t.exe], stdin=subprocess.DEVNULL, env=t.env, cwd=t.dir, check=True,
                         capture_output=True).stdout
    assert b"\x1b" not in out, out


@case("what is longer than the screen goes through the pager; q leads back to the prompt")
def _(t):
    pager()
    many(t, 60)
    s = t.start(LESS="FRX", PAGER="less")
    s.type("list\r")
    s.at(r"^:")
    s.wait(r"Person 000")
    assert "Person 059" not in s.text(), s
    s.type("q")
    s.ready()
    s.type("count\r")
    s.wait(r"^60$")
    s.ready()
    s.type("list\r")
    s.at(r"^:")
    s.type("\x03")                      # the pager's, not ours; it may forget keys
    s.press("q", r"^tend> q*$")
    s.type("\x15")
    s.ready()
    s.type("count\r")
    s.wait(r"^60$")


@case("what fits is printed as it is; PAGER=cat and a dumb terminal have none")
def _(t):
    many(t, 60)
    s = t.start(PAGER="cat")
    s.type("list\r")
    s.wait(r"Person 059")
    s.ready()
    s = t.start(TERM="dumb", PAGER="less")
    s.type("list\n")
    s.wait(r"Person 059")
    s.ready()


@case("a command of the system's shell goes through it too, and its status stays")
def _(t):
    pager()
    many(t, 60)
    s = t.start("list", ready=False, PAGER="less", LESS="FRX")
    s.at(r"^:")
    s.type("q")
    s.ends(0)
    s = t.start("show", "nobody", ready=False)
    s.ends(1)
    s.wait(r"nobody")


@case("more than a screenful asks with one key, and n does nothing")
def _(t):
    many(t, 60)
    s = t.start()
    s.type("tag --where tag:none +vip\r")
    s.ready()
    s.type("tag --where 'not tag:vip' +vip\r")
    s.wait(r"This would tag 60 people\. Go on\? \[y/n\]")
    s.type("n")
    s.wait(r"nothing was done")
    s.ready()
    s.type("\x1b[A\r")
    s.until(lambda: s.text().count("Go on?") == 2, "asked again")
    s.type("\x03")                      # Ctrl-C is no answer
    s.until(lambda: s.text().count("nothing was done") == 2, "nothing was done")
    s.ready()
    s.type("\x1b[A\r")
    s.until(lambda: s.text().count("Go on?") == 3, "asked again")
    s.type("xy")                        # x beeps
    s.ready()
    s.type("count tag:vip\r")
    s.wait(r"^60$")


main()

"""What is not a command of the core: Lua, the system's shell, a plugin's question, and what
stands on the screen once text and Enter came together."""
import re

from screen import ROOT, case, eq, main


def enter(s, line, then):
    """Types a line, and Enter once it stands there; until the cursor's row is another prompt."""
    s.type(line)
    s.at(re.escape(line))
    s.type("\r")
    s.at(then)


@case("the Lua prompt: Tab completes fields and methods, Ctrl-C stops a loop, quit leads back")
def _(t):
    t.run("add", "Ann Lee", "phone=0664 5550100")
    s = t.start()
    enter(s, "lua", r"^lua>$")
    enter(s, 'p = person("ann")', r"^lua>$")
    s.type("p.na\t")
    s.at(r"^lua> p\.name")
    s.type("\r")
    s.wait(r'^"?Ann Lee"?$')
    s.at(r"^lua>$")
    enter(s, "while true do end", r"^\s*$")
    s.type("\x03")
    s.wait(r"interrupted")
    s.at(r"^lua>$")
    enter(s, "for i = 1, 2 do", r"^  >>$")
    s.type("\x03")                      # gives up what goes on
    s.at(r"^lua>$")
    s.type('p:tag "vip"\r')
    s.wait(r"undo: b\d")
    s.type("quit\r")
    s.ready()
    s.type("count tag:vip\r")
    s.wait(r"^1$")
    s.type('= person("ann").name\r')
    s.wait(r'^tend> = person\("ann"\)\.name\n"?Ann Lee"?$')


@case("Ctrl-C ends what ! runs, and the prompt is there again")
def _(t):
    s = t.start()
    s.type("!echo begun; exec sleep 1000\r")
    s.wait(r"^begun$")
    s.type("\x03")
    s.wait("ended by signal 2")
    s.ready()
    s.type("count\r")
    s.wait(r"^0$")


@case("! runs the system's shell on the same screen, and tells how it ended")
def _(t):
    s = t.start()
    s.type("!echo one; echo two >&2\r")
    s.wait(r"^one$")
    s.wait(r"^two$")
    s.ready()
    s.type("count\r")
    s.wait(r"^0$")


@case("a plugin's command asks at the terminal; Ctrl-C is no answer, and nothing is done then")
def _(t):
    t.run("import", "-", stdin="name\n" + "".join(f"Person {i}\n" for i in range(7)))
    s = t.start("--plugin-dir", str(ROOT / "examples" / "command-lua"), columns=100, rows=30)
    s.type("dormant 60 --tag wake\r")
    s.at(r"Tag 7 people\?")
    s.type("\x03")
    s.ready()
    s.type("count tag:wake\r")
    s.wait(r"^0$")
    s.type("dormant 60 --tag wake\r")
    s.until(lambda: s.text().count("Tag 7 people?") == 2, "asked again")
    s.type("yes\r")
    s.wait(r"undo: b\d+")
    s.ready()
    s.type("count tag:wake\r")
    s.wait(r"^7$")
    eq(t.run("count", "tag:wake").strip(), "7")


@case("text and Enter that arrive together leave no hint on the screen")
def _(t):
    t.run("add", "Susi Mayr")
    s = t.start(columns=100)
    s.type('log susi call "hi"')
    s.wait(r'^tend> log susi call "hi" \S')         # the hint
    s.type("\x15")
    s.ready()
    s.type('log susi call "hi"\r')
    s.wait(r"p2 Susi Mayr: call")
    s.ready()
    typed = [line for line in s.lines() if line.startswith("tend> log")]
    eq(typed, ['tend> log susi call "hi"'], "the accepted line")


main()

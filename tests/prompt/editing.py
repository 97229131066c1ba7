"""The line that is typed: hints, completion, searching, pasting, Ctrl-C and Ctrl-D."""
import stat

from screen import case, eq, main


def people(t):
    t.run("add", "Ann Lee", "phone=0664 5550100")
    t.run("add", "Ann Berg")
    t.run("add", "Bob Ray")


@case("the argument that comes next stands right of the cursor, and Enter does not take it")
def _(t):
    people(t)
    s = t.start()
    s.type("tag")
    s.wait(r"tag PERSON")
    eq(s.cursor(), len("tend> tag"), "the cursor's column")
    assert b"\x1b[2m" in s.raw, "the hint is dim"
    s.type("\r")
    s.ready()
    lines = s.lines()
    typed = max(i for i, line in enumerate(lines) if line.startswith("tend> tag"))
    eq(lines[typed], "tend> tag", "the accepted line, without the hint")
    s.type("tag")
    s.wait(r"tag PERSON")
    s.type("\x02")                      # not at the end: no hint
    s.at(r"^tend> tag$", len("tend> ta"))


@case("Ctrl-C clears the line and what is drawn beside it")
def _(t):
    people(t)
    s = t.start()
    s.type("log")
    s.wait(r"log PERSON")
    s.type("\x03")
    s.at(r"^tend>$", len("tend> "))
    s.gone(r"log|PERSON")
    s.type("count\r")
    s.wait(r"^3$")


@case("Tab completes a verb, and lists with a description where several fit")
def _(t):
    s = t.start()
    s.type("undo\x15")
    s.at(r"^tend>$")
    s.type("imp\t")
    s.at(r"^tend> import ")
    s.type("\x03")
    s.at(r"^tend>$")
    s.type("d\t")
    s.wait(r"^  due +whom to follow up")
    s.wait(r"^  done +\S")
    s.at(r"^tend> d")


@case("Ctrl-R finds an earlier line; Ctrl-C in it leaves nothing behind")
def _(t):
    people(t)
    s = t.start()
    s.type("show bob\r")
    s.wait(r"Bob Ray")
    s.ready()
    s.type("count\r")
    s.wait(r"^3$")
    s.ready()
    s.type("half")
    s.at(r"^tend> half")
    s.type("\x12sho")
    s.at(r"reverse-i-search\)`sho': show bob")
    s.type("\x03")
    s.at(r"^tend>$", len("tend> "))
    s.gone(r"i-search|half|\^C")
    s.type("\x12sho")
    s.at(r"`sho': show bob")
    s.type("\r")
    s.ready()
    eq(sum("Bob Ray" in line for line in s.lines()), 2, "shown twice")


@case("Ctrl-C twice, with nothing typed, harms nothing")
def _(t):
    s = t.start()
    s.type("\x03\x03\x03")
    s.type("help due\r")
    s.wait(r"^due: ")


@case("Ctrl-D leaves on an empty line, and only there")
def _(t):
    people(t)
    s = t.start()
    s.type("count\x01\x04")             # at the beginning: takes the c away
    s.at(r"^tend> ount", len("tend> "))
    s.type("\x03")
    s.at(r"^tend>$")
    s.type("\x04")
    s.ends(0)
    assert s.raw.rstrip(b"\r\n").endswith(b"\x1b[?2004l"), "bracketed paste is off again"


@case("an open quote or a backslash goes on in the next line")
def _(t):
    s = t.start()
    s.type('add "Cara\r')
    s.at(r"^\.\.\.>$")
    s.type('Diaz"\r')
    s.wait(r"Cara Diaz: added")
    s.ready()
    s.type("show \\\r")
    s.at(r"^\.\.\.>$")
    s.type("cara\r")
    s.wait(r"^p2 |Cara Diaz")
    s.ready()
    s.type("\x1b[A")                    # and is had again as one entry
    s.wait(r"^tend> show \\$")
    s.at(r"^cara")
    s.type("\x03")
    s.ready()
    s.type('note cara "never\r')
    s.at(r"^\.\.\.>$")
    s.type("\x03")
    s.at(r"^tend>$")
    s.type("count\r")
    s.wait(r"^1$")


@case("three pasted lines are shown, and run one after the other after Enter")
def _(t):
    s = t.start()
    s.paste("add Ann\nadd Bob\ncount")
    s.wait(r"^tend> add Ann$")
    s.at(r"^count")
    assert "added" not in s.text(), "nothing runs before Enter"
    s.type("\r")
    s.wait(r"^> add Bob$")
    s.wait(r"^2$")
    s.ready()
    text = s.text()
    assert text.index("Ann: added") < text.index("Bob: added") < text.index("\n2\n"), text
    s.type("\x1b[A")
    s.wait(r"^tend> add Ann\nadd Bob\ncount", "one entry of the history")


@case("lines are pasted for an import up to a lone dot; commands behind it are run")
def _(t):
    s = t.start()
    s.type("import -\r")
    s.wait(r"^  \|$")
    s.type("name,phone\nAnn Lee,0664 5550100\n李小龍,0664 5550101\n.\ncou")
    s.wait(r"^  \| 李 *小 *龍 *,0664 5550101")
    s.wait(r"2 added")
    s.at(r"^tend> cou")
    s.type("nt\r")
    s.wait(r"^2$")
    s.ready()
    s.type("\x1b[A\x1b[A")              # what was pasted is no command
    s.at(r"^tend> import -")


@case("Ctrl-D ends what is pasted, and not the prompt: people as they are typed, one a line")
def _(t):
    s = t.start()
    s.type("import --source notebook -\r")
    s.wait(r"^  \|$")
    s.type("Susi Mayr 0664 555 1234 yoga, teacher\nKarin L. (gym) call after 6")   # without an end
    s.wait(r"^  \| Karin")
    s.type("\x04")
    s.wait(r"2 read by list: 2 added")
    s.ready()
    s.type("count tag:yoga source:notebook\r")
    s.wait(r"^1$")


@case("Ctrl-C leaves the pasting, and nothing is imported")
def _(t):
    s = t.start()
    s.type("import -\r")
    s.wait(r"^  \|$")
    s.type("name\nAnn\nBo")
    s.wait(r"^  \| Bo$")
    s.type("\x03")
    s.wait(r"interrupted: nothing was written")
    s.ready()
    s.type("count\r")
    s.wait(r"^0$")


@case("a whole import is pasted at once")
def _(t):
    s = t.start()
    s.paste("import -\nname\nAnn\nBob\n.\ncount")
    s.type("\r")
    s.wait(r"2 added")
    s.wait(r"^2$")
    s.ready()


@case("the history is kept for each database, across restarts, for its owner alone")
def _(t):
    s = t.start()
    s.type("add Ann\r")
    s.wait(r"Ann: added")
    s.ready()
    s.type(" add Bob\r")                # a leading space: not kept
    s.wait(r"Bob: added")
    s.ready()
    s.type("count\r")
    s.wait(r"^2$")
    s.ready()
    s.signal(9)                         # each line is there at once
    files = list((t.dir / "state" / "tend").glob("history-*"))
    eq(len(files), 1, "files")
    eq(stat.S_IMODE(files[0].stat().st_mode), 0o600, "its mode")
    eq(files[0].read_text(), "add Ann\ncount\n")
    s = t.start()
    s.type("\x1b[A")
    s.at(r"^tend> count")
    s.type("\x1b[A")
    s.at(r"^tend> add Ann")
    s.type("\x03")
    s.ready()
    s.type("ad\x1b[A")                  # Up searches for what begins so
    s.at(r"^tend> add Ann")
    s.type("\x03")
    s.ready()
    other = t.start(TEND_DB=str(t.dir / "other.db"))
    other.type("\x1b[A")
    other.type("#")
    other.at(r"^tend> #$")


@case("a second prompt appends to the history, it does not replace it")
def _(t):
    t.run("add", "Ann")
    one, two = t.start(), t.start()
    one.type("count\r")
    one.wait(r"^1$")
    two.type("help due\r")
    two.wait(r"^due: ")
    two.ready()
    one.type("list\r")
    one.wait(r"Ann", "the list")
    one.ready()
    file, = (t.dir / "state" / "tend").glob("history-*")
    eq(file.read_text(), "count\nhelp due\nlist\n")


@case("SIGTERM ends in good order, and the terminal is as it was")
def _(t):
    s = t.start()
    s.type("half a line")
    s.at(r"half a line")
    s.signal(15)
    s.ends(0)
    assert b"\x1b[?2004l" in s.raw[-40:], s


@case("what the user has bound in their inputrc stays theirs")
def _(t):
    (t.dir / "inputrc").write_text('"\\e[A": beginning-of-line\n')
    s = t.start(INPUTRC=str(t.dir / "inputrc"))
    s.type("abc\x1b[A")
    s.at(r"^tend> abc", len("tend> "))


main()

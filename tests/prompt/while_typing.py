"""What happens while a line is half typed, or while a command runs."""
import datetime
import signal

from screen import case, eq, main


def half_typed(s):
    """Types a line and puts the cursor into its middle."""
    s.type("note ann something half typed")
    s.at(r"half typed$")
    for _ in range(len(" half typed")):
        s.type("\x02")
    s.at(r"half typed$", s.cursor())
    column = len("tend> note ann something")
    s.at(r"half typed$", column)
    return column


@case("a reminder appears above a half-typed line, which stays unharmed with its cursor")
def _(t):
    t.run("add", "Ann Lee", "phone=0664 5550100")
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=4)
    t.run("plan", "ann", "call", at.strftime("%Y-%m-%dT%H:%M:%S+00:00"), "the offer")
    s = t.start()
    column = half_typed(s)
    s.wait(r"^\* due now: t1 Ann Lee, the offer, .*5550100")
    s.at(r"^tend 1> note ann something half typed$", column + 2)    # the prompt has grown
    s.type("X")
    s.at(r"^tend 1> note ann somethingX half typed$", column + 3)
    rows = [i for i, line in enumerate(s.lines()) if "half typed" in line]
    eq(len(rows), 1, "rows with the half-typed line")
    assert s.lines()[rows[0] - 1].startswith("* due now"), s
    s.type("\r")
    s.wait(r"Ann Lee: ")
    s.ready()


@case("what another process has planned is told, and counted in the prompt")
def _(t):
    t.run("add", "Ann Lee")
    s = t.start()
    column = half_typed(s)
    t.run("plan", "ann", "call", "today")
    s.wait(r"^\* due now: t1 Ann Lee")
    s.at(r"^tend 1> note ann something half typed$", column + 2)
    t.run("done", "t1")
    s.at(r"^tend> note ann something half typed$", column)


@case("a notice waits until a search is over")
def _(t):
    t.run("add", "Ann Lee")
    s = t.start()
    s.type("count\r")
    s.wait(r"^1$")
    s.ready()
    s.type("\x12cou")
    s.at(r"`cou': count")
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
    t.run("plan", "ann", "call", at.strftime("%Y-%m-%dT%H:%M:%S+00:00"))
    end = at + datetime.timedelta(seconds=13)
    s.until(lambda: datetime.datetime.now(datetime.timezone.utc) > end, "time")
    s.at(r"`cou': count")
    assert "due now" not in s.text(), s
    s.type("\x07")
    s.wait(r"^\* due now: t1 Ann Lee")
    s.at(r"^tend 1>")


@case("one's own command needs no notice, but counts")
def _(t):
    s = t.start()
    s.type("add Ann\r")
    s.wait(r"Ann: added")
    s.ready()
    s.type("plan ann call today\r")
    s.at(r"^tend 1>$", len("tend 1> "))
    s.type("done t1\r")
    s.at(r"^tend>$", len("tend> "))
    assert "due now" not in s.text(), s


@case("with a clock that stands still nothing becomes due by itself")
def _(t):
    t.run("add", "Ann Lee")
    t.run("plan", "ann", "call", "2026-12-01")
    s = t.start("--now", "2026-11-26T19:00:00+01:00")
    s.at(r"^tend>$")
    s = t.start("--now", "2026-12-02T19:00:00+01:00")
    s.at(r"^tend 1>$", len("tend 1> "))


def big_file(t, rows=400000):
    path = t.dir / "big.csv"
    with path.open("w") as file:
        file.write("name,email\n")
        file.writelines(f"Person {i},p{i}@example.com\n" for i in range(rows))
    return path


@case("a long import tells its columns and how far it is while it runs")
def _(t):
    big_file(t)
    t.run("add", "Ann Lee")
    s = t.start("import", "big.csv", ready=False)
    s.wait(r"^big.csv: (reading|writing) .* rows, .* a second")
    s.wait(r"^  email +email")      # once all is read, before a row is written
    s.signal(signal.SIGINT)
    s.ends(130)
    s.wait(r"interrupted: nothing is in the database")


@case("Ctrl-C in a long import: nothing half written, and the same import goes through")
def _(t):
    path = big_file(t)
    t.run("add", "Ann Lee")
    s = t.start()
    s.type("import big.csv\r")
    s.until(lambda: "import big.csv" in s.text() and s.cursor() == 0, "it runs")
    s.type("\x03")
    s.wait(r"^(tend|  because): interrupted: nothing (was written|is in the database)")
    s.ready()
    s.type("count\r")
    s.wait(r"^1$")
    s.ready()
    path.write_text("".join(path.read_text().splitlines(True)[:1001]))
    s.type("import big.csv\r")
    s.wait(r"1000 added")
    s.ready()
    s.type("check\r")
    s.wait(r"all is well")
    s.ready()
    s.type("\x04")
    s.ends(0)


@case("Ctrl-C in a command of the system's shell: status 130, nothing written")
def _(t):
    big_file(t)
    t.run("add", "Ann Lee")
    s = t.start("import", "big.csv", ready=False)
    s.until(lambda: (t.dir / "people.db-wal").exists(), "it runs")
    s.signal(signal.SIGINT)
    s.ends(130)
    s.wait(r"interrupted: nothing (was written|is in the database)")
    assert t.run("count").strip() == "1"


@case("Ctrl-C while standard input is waited for")
def _(t):
    s = t.start("import", "-", ready=False)
    s.until(lambda: t.db.exists(), "it runs")
    s.type("name\nAnn\n")
    s.wait("Ann")
    s.type("\x03")
    s.ends(130)
    assert t.run("count").strip().endswith("0")


main()

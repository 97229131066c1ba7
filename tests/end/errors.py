"""Every error that can be typed: made from the declarations and the grammar, each held to its form, and listed.

The list is tests/end/errors.expected, for people to read; `errors.py TEND --write` writes it anew.
"""
import pathlib
import re
import shlex
import sys

from tend import ROOT, case, main

WRITE = "--write" in sys.argv
if WRITE:
    sys.argv.remove("--write")
LIST = pathlib.Path(__file__).with_suffix(".expected")
# words that fit, by the type of an argument
FITS = {"person": "ann", "people": "ann", "tasks": "t1", "kind": "call", "time": "tomorrow", "stage": "prospect",
        "text": "words", "name": "Zoe", "fields": "interest=business", "tags": "+warm", "filter": "tag:teacher",
        "number": "5", "word": "word", "file": "file.db", "files": "file.csv", "batch": "b2", "reference": "t1",
        "link": "spouse", "plugin": "csv", "reader": "csv", "origin": "fair", "region": "AT", "topic": "log",
        "settings": "region=AT", "disposition": "reached", "sentiment": "warm", "command": "log", "choice": "red", "day": "tomorrow"}
# words that do not, by the type
WRONG = {"person": ["nobodyhere", "p999", "t1", "su", "nobody@example.com", "+15550100"], "people": ["ann,nobodyhere"],
         "tasks": ["t999", "p2", "x"], "kind": ["cal"], "time": ["tomorow", "13:99", "31 feb", "12/11", "25pm"],
         "stage": ["prospekt", "nosuch:listed"], "fields": ["phon=1", "word", "=x"], "tags": ["warm"],
         "filter": ["stag:listed", "stage:lisetd", "touched:x", "has:fax", "sort:nme", "id:x", "not"],
         "number": ["many"], "batch": ["b999", "p2", "x"], "reference": ["t999", "nobodyhere"], "link": ["cousin"],
         "plugin": ["nosuch"], "reader": ["nope"], "region": ["ZZ"], "settings": ["zone=Nowhere/Here", "zon=x", "x"],
         "disposition": ["reachd"], "sentiment": ["wram"], "topic": ["lgo"], "file": [], "files": ["no-such-file.csv"]}
LEFT_OUT = {"quit"}
TOLD = re.compile(r"try:|usage:|such as|did you mean|is one of|write |written|see `|say which|expected|one of|leave|once is enough|not closed|answers with effects", re.I)


def value(arg, wrong=None):
    return wrong or (arg["choices"][0] if arg["choices"] and arg["type"] == "choice" else FITS.get(arg["type"], "word"))


def lines(command):
    """(what is wrong, words, the word to blame or None) of one command."""
    words, args, flags = command["name"].split(), command["args"], command["flags"]
    needed = [value(a) for a in args if not a["optional"]]
    everything = [value(a) for a in args]
    open_end = any(a["type"] in ("text", "fields", "filter", "files", "settings", "tags", "name", "tasks") for a in args)
    yield "unknown option", [*words, *needed, "--nosuch"], "--nosuch"
    if any(not a["optional"] for a in args):
        yield "nothing", words, None
    if not open_end:
        yield "one too many", [*words, *everything, "word"], "word"
    for i, arg in enumerate(args):
        bad = list(WRONG.get(arg["type"], []))
        if arg["choices"] and arg["type"] == "choice" and not arg["optional"]:
            bad.append("nosuch")
        for word in bad:
            yield f"wrong {arg['name']}", [*words, *[value(a) for a in args[:i]], word,
                                           *[value(a) for a in args[i + 1:] if not a["optional"]]], None
    if any(f["keyword"] for f in flags):
        yield "unknown keyword", [*words, *needed, "nosuch=x"], "nosuch=x"
    for flag in flags:
        sign = f"{flag['name']}=" if flag["keyword"] else f"--{flag['name']}"

        def given(word):
            return [sign + word] if flag["keyword"] else [sign, word]
        if flag["type"] == "none":
            yield f"--{flag['name']} with a value", [*words, *needed, f"--{flag['name']}=x"], f"--{flag['name']}=x"
            yield f"--{flag['name']} twice", [*words, *needed, sign, sign], None
            continue
        if not flag["keyword"]:
            yield f"--{flag['name']} without a value", [*words, *needed, sign], sign
        if not flag["repeat"]:
            yield f"{flag['name']} twice", [*words, *needed, *given(value(flag)), *given(value(flag))], None
        bad = list(WRONG.get(flag["type"], [])) + (["nosuch"] if flag["type"] == "choice" else [])
        for word in bad:
            base = [] if flag["name"] == "where" else needed
            yield f"wrong {flag['name']}", [*words, *base, *given(word)], None


GRAMMAR = ["doen", "log \"ann", "log 'ann", "--nosuch", "--db", "--now nosuch list", "--json --csv list", "--json=x list",
           "list --db x", "list --no-plugins", "zzzzzz"]


# what fails though the line is well written
FAILS = ["backup nosuch/copy.db", "backup file.csv", "restore nosuch.db", "restore file.csv", "triage", "triage --most 0", "daemon",
         "daemon --now 2026-12-07", "lua nosuch.lua", "lua --eval 1+", "lua --eval error('boo')", "lua --eval person'zoe'",
         "lua --eval os.exit()", "lua --eval person'ann':task{}", "dormant many", "dormant 30 stag:x", "dormant 0 --tag=x --sure=perhaps",
         "--no-plugins dormant"]


def prompt(t, line):
    """As the line stands at the prompt."""
    return t.run(stdin=line + "\n", status=None)


def caret(err):
    """The word under the caret; None if there is no caret."""
    rows = err.splitlines()
    for above, row in zip(rows, rows[1:]):
        if row.strip() and set(row.strip()) == {"^"}:
            at = row.index("^")
            return above[at:at + row.count("^")]
    return None


def base(t):
    folder = t.dir / "config" / "tend"      # a command of a plugin, without a --plugin-dir in each line
    folder.mkdir(parents=True, exist_ok=True)
    plugin = (ROOT / "examples/command-lua/dormant.lua").read_text()
    (folder / "init.lua").write_text(plugin.replace("\nreturn {", "\ntend.command {"), encoding="utf-8")
    t.run("config", "name=Mira Sample", "zone=Europe/Vienna", "region=AT")
    t.run("add", "Ann Lee", "phone=0664 5551234", "tag=teacher")
    t.run("add", "Susi Mayr")
    t.run("add", "Susi Berg")
    t.run("plan", "ann", "call", "tomorrow")
    (t.dir / "file.csv").write_text("Name,Phone\nIda Fox,0664 5550010\n")


def every(t):
    for line in GRAMMAR:
        if line.startswith("--"):
            r = t.run(*shlex.split(line), status=None)
        else:
            r = prompt(t, line)
        yield f"grammar: {line}", "$ " + line, r, None
    for line in FAILS:
        yield f"fails: {line}", "$ " + line, t.run(*shlex.split(line, posix="'" not in line), status=None), None
    for command in t.run("--json", "help").json():
        if command["name"] in LEFT_OUT:
            continue
        for what, words, blamed in lines(command):
            line = " ".join(w if re.fullmatch(r"[^\s\"]+", w) else f'"{w}"' for w in words)
            yield f"{command['name']}: {what}: {line}", "$ " + line, t.run(
                *(["--dry-run"] if command["writes"] else []), *words, status=None), blamed


@case("each error names what was expected and what to type, and its caret stands under the word")
def _(t):
    base(t)
    wrong, said = [], {}
    for key, line, r, blamed in every(t):
        if r.status == 0:       # it means something after all: not an error
            continue
        err = r.err.replace(str(t.dir), "DIR").replace("--dry-run ", "")
        err = "\n".join(row.rstrip() for row in err.splitlines())
        said[key] = f"{line}\n[{r.status}]\n{err}\n"
        if r.status not in (1, 2, 3, 4):
            wrong.append(f"{key}: exit status {r.status}\n{r}")
        elif r.status == 1 and not key.startswith("fails") and "nobody" not in err and "there is no" not in err and "has " not in err and "No such file" not in err:
            wrong.append(f"{key}: failed where it is wrong usage\n{r}")
        if not TOLD.search(err):
            wrong.append(f"{key}: does not say what to type\n{r}")
        under = caret(r.err)
        if blamed and r.status == 2 and under != blamed:
            wrong.append(f"{key}: the caret is under {under!r}, not {blamed!r}\n{r}")
        elif under is not None and (not under.strip() or under.strip() != under):
            wrong.append(f"{key}: the caret is under {under!r}\n{r}")
    if WRITE:
        LIST.write_text("\n".join(said.values()))
        return
    for old in LIST.read_text().split("\n\n"):
        line = old.strip().split("\n")[0]
        now = [text.strip() for text in said.values() if text.startswith(line + "\n")]
        if now and old.strip() not in now:
            wrong.append(f"it said:\n{old}\nit says:\n{now[0]}\n(errors.py TEND --write writes the list anew)")
    assert len(said) > 150, len(said)
    assert not wrong, f"{len(wrong)} of {len(said)}\n" + "\n".join(wrong)


main()

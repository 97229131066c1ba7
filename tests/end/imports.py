"""Files of people: what comes in, what is refused, that a second time changes nothing, and that
undo and redo are exact. The sample files are invented."""
import os

from tend import ROOT, Skip, case, eq, main, same_rows

GOOGLE_NEW = """\
First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Labels,\
E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,\
Phone 2 - Label,Phone 2 - Value
Ann,,Lee,,Acme,Engineer,1980-02-29,"met at the gym, likes tea",* myContacts ::: Yoga,\
* Work,ann@example.com,Home,ann.lee@example.org,Mobile,+1 212 555 0101,Work,+1 212 555 0102
Bob,,Ray,,,,,,* myContacts,,,,,Mobile,(212) 555-0103,,
,,,,,,,,,,,,,,,,
José,María,Núñez,,Überall GmbH,,,"two
lines",,* ,jose@example.com ::: jose2@example.com,,,,,,
,,,,Nobody Ltd,,,,* myContacts,,,,,,,,
"""
GOOGLE_OLD = """\
Name,Given Name,Additional Name,Family Name,Group Membership,Notes,E-mail 1 - Type,E-mail 1 - Value,\
E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title
Ann Lee,Ann,,Lee,* My Contacts,,* Work,ann@example.com,Home,ann.home@example.org,Mobile,+1 212 555 0101,Acme,Boss
Dana Ruiz,Dana,,Ruiz,* My Contacts ::: Gym,,* Home,dana@example.com,,,Work,+43 664 555 1234,,
"""
LINKEDIN = """\
\ufeffNotes:\r
"When exporting your connection data, you may notice that some of the email addresses are missing. You \
will only see email addresses for connections who have allowed it."\r
\r
First Name,Last Name,URL,Email Address,Company,Position,Connected On\r
Eva,Huber,https://www.linkedin.com/in/eva-example,eva@example.com,"Acme, Inc.",Manager,28 Sep 2026\r
Tom,Koller,https://www.linkedin.com/in/tom-example,,Initech,Clerk,01 Oct 2026\r
"""


def write(t, name, text, encoding="utf-8"):
    path = t.dir / name
    path.write_bytes(text.encode(encoding))
    return path


def values(points):
    return [point["value"] for point in points]


def label(point):
    return (point["label"] or "").lower()


@case("Google's new layout: names, all e-mails and phones, labels, organisation; a blank row is none")
def _(t):
    done = t.json("import", "--region", "US", write(t, "contacts.csv", GOOGLE_NEW), status=5)
    eq({k: done[k] for k in ("from", "read", "added", "updated", "unchanged", "rejected")},
       {"from": "csv", "read": 4, "added": 3, "updated": 0, "unchanged": 0, "rejected": 1})
    ann = t.json("show", "ann")
    eq((ann["name"], ann["given"], ann["family"], ann["stage"]), ("Ann Lee", "Ann", "Lee", "listed"))
    eq(values(ann["email"]), ["ann@example.com", "ann.lee@example.org"])
    eq([label(p) for p in ann["email"]], ["work", "home"])
    eq([(p["key"], label(p)) for p in ann["phone"]],
       [("+12125550101", "mobile"), ("+12125550102", "work")])
    assert "Acme" in str(ann["attributes"]), ann
    assert any("yoga" in tag.lower() for tag in ann["tags"]), ann
    eq([p["key"] for p in t.json("show", "bob")["phone"]], ["+12125550103"])
    jose = t.json("show", "jose")
    eq(values(jose["email"]), ["jose@example.com", "jose2@example.com"])
    assert jose["name"] in ("José Núñez", "José María Núñez"), jose


@case("rows that are refused make it exit 5, and stand in the file of rejects")
def _(t):
    rejects = t.dir / "rejects.csv"
    done = t.run("import", "--rejects", rejects, write(t, "contacts.csv", GOOGLE_NEW), status=5)
    done.says("rejected")
    assert "Nobody Ltd" in rejects.read_text(encoding="utf-8")


@case("--strict: one row refused, and nothing is written; a file without rows is refused too")
def _(t):
    path = write(t, "contacts.csv", GOOGLE_NEW)
    t.run("import", "--strict", path, status=1).says("contacts.csv:7", "nothing was imported")
    eq(t.json("count")["count"], 0)
    t.run("import", "--strict", write(t, "empty.csv", ""), status=1).says("no rows")
    done = t.json("import", "--strict", write(t, "right.csv", LINKEDIN))
    eq((done["added"], done["rejected"]), (2, 0))


@case("Google's old layout")
def _(t):
    done = t.json("import", write(t, "old.csv", GOOGLE_OLD))
    eq((done["read"], done["added"], done["rejected"]), (2, 2, 0))
    ann = t.json("show", "ann")
    eq(values(ann["email"]), ["ann@example.com", "ann.home@example.org"])
    dana = t.json("show", "dana")
    eq([(p["key"], label(p)) for p in dana["phone"]], [("+436645551234", "work")])
    eq([label(p) for p in dana["email"]], ["home"])


@case("LinkedIn: a BOM, three lines of notes, CRLF")
def _(t):
    done = t.json("import", "--source", "linkedin", write(t, "Connections.csv", LINKEDIN))
    eq((done["read"], done["added"], done["rejected"]), (2, 2, 0))
    eva = t.json("show", "eva")
    eq((eva["source"], values(eva["email"])), ("linkedin", ["eva@example.com"]))
    assert "Acme, Inc." in str(eva["attributes"]) and "Manager" in str(eva["attributes"]), eva
    eq(t.json("show", "tom")["email"], [])


@case("a plain list with semicolons, in Windows' encoding")
def _(t):
    done = t.json("import", write(t, "list.csv", "Name;Phone;E-Mail\nJörg Müller;+43 664 555 0001;\n"
                                  "Zoë Ax;;zoe@example.com\n", "cp1252"))
    eq((done["read"], done["added"]), (2, 2))
    eq(t.json("show", "jorg")["name"], "Jörg Müller")


@case("from standard input")
def _(t):
    done = t.json("import", "-", stdin="Name,Phone\nAnn Lee,+1 212 555 0101\n")
    eq(done["added"], 1)


@case("a column that no layout knows: --map says what it holds")
def _(t):
    path = write(t, "odd.csv", "Wer,Wo\nAnn Lee,+1 212 555 0101\n")
    done = t.json("import", "--map", "name=Wer,phone=Wo", path)
    eq(done["added"], 1)
    eq(t.json("show", "ann")["phone"][0]["key"], "+12125550101")


@case("LinkedIn and Google: who shares an e-mail or a phone is one person; a household is not")
def _(t):
    t.run("import", write(t, "Connections.csv", LINKEDIN))
    t.run("add", "Tommy Koller", "phone=+43 664 555 1299")
    google = write(t, "contacts.csv", "Name,E-mail 1 - Value,Phone 1 - Value\n"
                   "Eva Huber-Mayr,EVA@example.com,+43 664 555 1200\nTom Koller,,+43 664 5551299\n"
                   "Hilde Mayr,,+43 1 5550101\nPetra Mayr,,+43 1 5550101\n")
    done = t.json("import", google)
    eq((done["read"], done["added"], done["updated"]), (4, 2, 2))
    done = t.json("import", google)
    eq((done["added"], done["updated"], done["unchanged"]), (0, 0, 4))
    t.run("why", "eva").says("came from Connections.csv, line 5",
                             "line 2 of contacts.csv told more: the same email")
    t.run("why", "tommy").says("line 3 of contacts.csv told more: the same phone")
    before = t.facts()
    t.run("import", "--on", "skip", google)
    same_rows(t.facts(), before, "--on skip")
    t.run("import", "--on", "update", google).says("2 updated")
    eq(t.json("show", "eva")["name"], "Eva Huber-Mayr")
    t.run("undo")
    same_rows(t.facts(), before, "undo")
    t.run("import", "--on", "new", google).says("4 added")


@case("the mapping is shown before a row is written, and what was said of a header once holds")
def _(t):
    odd = write(t, "odd.csv", "Wer,Wo,Gym,Nr\nAnn Lee,+1 212 555 0101,yes,007\n")
    first = t.run("--dry-run", "import", "--map", "name=Wer,phone=Wo", odd)
    first.says("name         Wer", "phone        Wo", "kept as is   Gym, Nr", "csv.Nr=007")
    assert first.out.index("kept as is") < first.out.index("line 2"), first
    t.run("add", "Zoe Last")
    t.run("import", "--map", "name=Wer,phone=Wo", odd).says("1 added").silent_about("as the last time")
    more = write(t, "more.csv", "Wer,Wo,Gym,Nr\nBen Fox,+1 212 555 0102,no,8\n")
    t.run("import", more).says("as the last time: --map name=Wer,phone=Wo", "--map none", "1 added")
    t.run("import", "--map", "none", more, status=5).says("no column is known")
    t.run("import", more, status=5).silent_about("as the last time")
    shown = t.terminal("import", "--map", "name=Wer", odd)
    assert "kept as is" in shown, shown


@case("a number that a spreadsheet has rounded is said to be damaged, and joins nobody")
def _(t):
    done = t.run("import", write(t, "d.csv", "Name,Phone\nAnn Lee,4.41E+11\nAnn Lee,4.41E+11\n"
                                 "Ben Fox,\"4,41E+11\"\n"))
    done.says("3 numbers are damaged by a spreadsheet (4.41E+11 in line 2)", "as text")
    assert "4,41E+11" in str(t.json("show", "ben")), "kept as typed"


@case("the same e-mail or phone is the same person, across files")
def _(t):
    t.json("import", write(t, "contacts.csv", GOOGLE_NEW), status=5)
    done = t.json("import", write(t, "old.csv", GOOGLE_OLD))
    eq((done["added"], done["updated"]), (1, 1))
    eq(values(t.json("show", "ann")["email"]),
       ["ann@example.com", "ann.lee@example.org", "ann.home@example.org"])
    eq(t.json("count")["count"], 4)


def imported(t, path, *options):
    """A second time changes nothing; undo and redo are exact; a dry run touches no byte."""
    t.json("add", "Old Friend", "phone=+1 212 555 0199")
    before, bytes_before = t.everything(), t.db.read_bytes()

    would = t.json("import", "--dry-run", *options, path, status=None)
    assert t.db.read_bytes() == bytes_before, "a dry run changed the file"
    for beside in ("-wal", "-journal"):
        left = t.db.with_name(t.db.name + beside)
        assert not left.exists() or left.stat().st_size == 0, f"a dry run left {left.name}"
    same_rows(t.everything(), before, "after a dry run")

    done = t.json("import", *options, path, status=None)
    for field in ("read", "added", "updated", "unchanged", "rejected"):
        eq(done[field], would[field], f"{field}, compared with the dry run")
    eq(done["read"], done["added"] + done["updated"] + done["unchanged"] + done["rejected"], "read")
    assert done["added"] > 0, done
    after = t.everything()

    again = t.json("import", *options, path, status=None)
    eq((again["added"], again["updated"], again["rejected"]), (0, 0, done["rejected"]), "second time")
    eq((again["batch"], again["import"]), (None, None), "what brought nothing is no batch")
    same_rows(t.everything(), after, "after the second time")

    t.json("undo")              # takes back the first: the second did nothing
    same_rows(t.everything(), before, "after undo")
    t.json("redo")
    same_rows(t.everything(), after, "after redo")
    t.run("check")


for _name, _text in (("Google's new layout", GOOGLE_NEW), ("Google's old layout", GOOGLE_OLD),
                     ("LinkedIn", LINKEDIN)):
    @case(f"{_name}: twice is once, undo and redo are exact, a dry run changes no byte")
    def _(t, text=_text):
        imported(t, write(t, "people.csv", text))


@case("a dry run on no database makes none")
def _(t):
    done = t.json("import", "--dry-run", write(t, "old.csv", GOOGLE_OLD))
    eq(done["added"], 2)
    assert not t.db.exists(), "a dry run made a database"


@case("undo of the very first import leaves a database that works")
def _(t):
    path = write(t, "old.csv", GOOGLE_OLD)
    t.json("import", path)
    t.json("undo")
    eq(t.json("count")["count"], 0)
    eq(t.json("import", path)["added"], 2)
    t.run("check")


@case("an import is quiet: it gives stages, and no tasks")
def _(t):
    t.json("import", write(t, "old.csv", GOOGLE_OLD))
    eq(t.json("count", "stage:listed")["count"], 2)
    eq(t.due(everything=True), [])


@case("a file that is not there, and a file of noise: exit 1, named, nothing written")
def _(t):
    t.json("add", "Ann Lee")
    before = t.everything()
    t.run("import", "nowhere.csv", status=1).says("nowhere.csv")
    noise = t.dir / "noise.bin"
    noise.write_bytes(bytes(range(256)) * 40)
    t.run("import", noise, status=1).says("noise.bin")
    same_rows(t.everything(), before, "after")


@case("a device without an end, HTML, a letter: exit 1, and nobody comes of them")
def _(t):
    t.run("import", "/dev/zero", status=1).says("does not end")
    for name, text in (
            ("page.html", "<!DOCTYPE html>\n<p>Name, E-mail, Phone</p>\n"),
            ("letter.txt", "Dear Ann,\n\nI hope you are well, and that we meet soon.\n\nBest,\nBob\n")):
        t.run("import", write(t, name, text), status=1).says("no reader knows")
    eq(t.json("count")["count"], 0)


@case("a folder: every file that a reader knows, in one batch; the others are named")
def _(t):
    t.json("add", "Zoe Last")
    folder = t.dir / "all of it"
    folder.mkdir()
    (folder / "b.csv").write_text("Name,Phone\nBob Ray,+1 212 555 0102\n")
    (folder / "a.csv").write_text("Name,E-mail\nAnn Lee,ann@example.com\n")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / ".hidden.csv").write_text("Name\nNo Body\n")
    done = t.run("import", folder)
    done.says("a.csv: 1 read", "b.csv: 1 read", "left out", "noise.bin").silent_about("hidden")
    eq(sorted(t.ids()), ["Ann Lee", "Bob Ray", "Zoe Last"])
    eq([d["added"] for d in t.json("import", folder)], [0, 0])
    t.run("undo")
    eq(t.json("count")["count"], 1)
    (t.dir / "empty").mkdir()
    t.run("import", t.dir / "empty", status=1).says("without files")
    t.run("import", "--rejects", "r.csv", folder, status=2).says("one FILE")


@case("a workbook, an archive, a PDF under a name of a table: what it is, and what to do")
def _(t):
    t.json("add", "Zoe Last")
    for head, words in ((b"PK\3\4" + b"\0" * 30 + b"xl/workbook.xml", ("Excel workbook", "CSV UTF-8")),
                        (b"PK\3\4" + b"\0" * 30 + b"a.txt", ("ZIP", "unpack")),
                        (b"%PDF-1.7\n", ("PDF", "export")),
                        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, ("old Excel", "CSV")),
                        (b"\x1f\x8b\x08\x00", ("gzip", "zcat"))):
        path = t.dir / "leads.csv"
        path.write_bytes(head)
        t.run("import", path, status=1).says("leads.csv", "whatever its name says", *words)
    eq(t.json("count")["count"], 1)


@case("dates under a header of their own are nobody's phone, and the rows say what to do")
def _(t):
    path = write(t, "log.csv", "Who,When,Comment\nAnn,2026-03-03,a\nBob,2026-03-03,b\n")
    t.run("import", path, status=5).says("--map name=COLUMN")
    eq(t.json("count")["count"], 0)
    done = t.json("import", "--map", "name=Who", path)
    eq((done["added"], done["updated"]), (2, 0))
    eq(t.json("show", "ann")["phone"], [])


@case("a table of numbers with a header in UTF-16: nobody")
def _(t):
    done = t.json("import", real("utf-16le_encoded.csv", "csv/messytables"), status=5)
    eq((done["added"], done["updated"], done["rejected"]), (0, 0, done["read"]))


@case("a header whose last cell is empty is nobody")
def _(t):
    done = t.json("import", real("sheetsxlsx_converted.csv", "csv/csvkit"), status=5)
    eq(done["added"], 0)


def real(name, folder="export_headers"):
    path = ROOT / ".." / "shared" / "data" / folder / name
    if not path.exists():
        raise Skip(f"{name} is not here")
    return os.path.normpath(path)


@case("a real export of Google, new layout")
def _(t):
    path = real("google_contacts_new.csv")
    imported(t, path)
    grace = t.json("show", "grace")
    eq((grace["given"], grace["family"]), ("Grace", "Hopper"))
    eq(values(grace["email"]), ["grace@navy.example", "grace@example.com"])
    eq([label(p) for p in grace["email"]], ["work", "other"])
    eq([(p["value"], label(p)) for p in grace["phone"]], [("+1 555 0199", "mobile")])
    assert "US Navy" in str(grace["attributes"]), grace


@case("a real export of Google, old layout")
def _(t):
    path = real("google_contacts_old.csv")
    imported(t, path)
    person = t.json("show", "firstname")
    eq((person["given"], person["family"]), ("Firstname", "Lastname"))
    eq(values(person["email"]), ["home@aaa.pl", "work@email.pl", "unknown@email.com", "other@email.com"])
    eq([label(p) for p in person["email"]], ["home", "work", "", "other"])
    assert len(person["phone"]) >= 5, person


@case("a real export of LinkedIn")
def _(t):
    path = real("linkedin_connections.csv")
    imported(t, path)
    ada = t.json("show", "ada")
    eq((ada["name"], values(ada["email"])), ("Ada Lovelace", ["ada@example.com"]))
    assert "Acme, Inc." in str(ada["attributes"]), ada


@case("without a plugin that reads files, that is what is said")
def _(t):
    with open(os.path.join(t.dir, "two.csv"), "w", encoding="utf-8") as out:
        out.write("Name,Email\nAnn Lee,ann@example.com\n")
    t.run("--no-plugins", "import", os.path.join(t.dir, "two.csv"), status=1).says(
        "no plugin that reads files is loaded", "plugin list")


main()

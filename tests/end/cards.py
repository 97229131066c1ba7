"""Cards and LDIF as a user meets them: the samples of the plugins with the people that are in them,
encodings, what is refused and read again, and exports that come back. All people are invented."""
from tend import ROOT, case, eq, main

CARDS = ROOT / "plugins/vcard/tests/cards.vcf"
LDIF = ROOT / "plugins/ldif/tests/people.ldif"
COUNTS = ("read", "added", "updated", "unchanged", "rejected")


def counts(done):
    return [done[name] for name in COUNTS]


def points(person, kind):
    return [(point["key"] or point["value"], point["label"]) for point in person[kind]]


def write(t, name, data):
    path = t.dir / name
    path.write_bytes(data)
    return path


@case("a file of cards in three versions: every name, number, address and date")
def _(t):
    done = t.json("import", "--region", "US", CARDS, status=5)
    eq((done["from"], counts(done)), ("vcard", [5, 3, 0, 0, 2]))
    eq([(r["line"], r["code"]) for r in done["rejects"]], [(53, "vcard.end"), (57, "vcard.nobody")])
    ann, eve, joerg = t.json("show", "ann"), t.json("show", "eve"), t.json("show", "jorg")
    eq((ann["name"], ann["given"], ann["family"], ann["tags"]), ("Ann Mary Lee", "Ann", "Lee", ["Choir", "Yoga"]))
    eq(points(ann, "email"), [("lee@example.com", None), ("ann@example.com", "school")])
    eq(points(ann, "address"), [("1 Main St, Flat 2, Ashby, VA 22000, USA", "home")])
    eq({name: ann["attributes"][name] for name in ("anniversary", "birthday", "organisation", "title",
                                                  "relation.spouse", "vcard.X-SKYPE", "vcard.PHOTO")},
       {"anniversary": ["2010-05-06"], "birthday": ["--02-29"], "organisation": ["Mill, Inc."],
        "title": ["Miller"], "relation.spouse": ["Tom Lee"], "vcard.X-SKYPE": ["ann.lee"],
        "vcard.PHOTO": ["JPEG, 42 bytes, not loaded"]})
    eq((joerg["name"], joerg["family"], joerg["attributes"]["birthday"]), ("Dr. Jörg Grün", "Grün", ["1980-03-22"]))
    eq(points(joerg, "phone"), [("+436645550101", "mobile"), ("+4315550102", "work fax")])
    eq(joerg["notes"][0]["text"], "met at the fair\nwants to hear more")
    eq((points(eve, "phone"), eve["region"]), ([("+12025550104", "work")], "US"))
    eq(counts(t.json("import", "--region", "US", CARDS, status=5)), [5, 0, 0, 3, 2])


@case("an address book of Thunderbird and a directory; a list is a tag")
def _(t):
    done = t.json("import", "--region", "US", LDIF, status=5)
    eq((done["from"], counts(done)), ("ldif", [3, 2, 0, 0, 1]))
    ann, joerg = t.json("show", "ann"), t.json("show", "jorg")
    eq((ann["tags"], ann["attributes"]["birthday"], points(ann, "address")),
       (["Choir"], ["1980-03-22"], [("1 Main St, Ashby, VA 22000", "home")]))
    eq((joerg["name"], points(joerg, "phone"), points(joerg, "address")),
       ("Jörg Grün", [("+4315550103", "work")], [("Ring 1, 1010 Wien", "work")]))
    eq(counts(t.json("import", "--region", "US", LDIF, status=5)), [3, 0, 0, 2, 1])


@case("cards in UTF-16 and Latin-1, and with line ends of every kind, are the same people")
def _(t):
    text = "BEGIN:VCARD\nVERSION:3.0\nFN:Zoë Grün\nTEL:+43 664 5550109\nEND:VCARD\n"
    for i, data in enumerate((text.encode(), text.encode("utf-16"), text.encode("latin-1"),
                              text.replace("\n", "\r\n").encode("utf-8-sig"),
                              text.replace("\n", "\r").encode())):
        done = t.json("import", write(t, f"cards{i}.vcf", data))
        eq(counts(done), [1, 1, 0, 0, 0] if i == 0 else [1, 0, 0, 1, 0], f"form {i}")
    eq(t.json("show", "zoe")["name"], "Zoë Grün")


@case("what was refused can be put right and imported")
def _(t):
    rejects = t.dir / "rejects.vcf"
    t.run("import", CARDS, "--rejects", rejects, status=5)
    text = rejects.read_text()
    assert "FN:Half a card" in text and "TITLE:nobody" in text, text
    text = text.replace("this line is lost", "END:VCARD").replace("TITLE:nobody", "FN:Some Body")
    eq(counts(t.json("import", write(t, "again.vcf", text.encode()))), [2, 2, 0, 0, 0])


@case("cards in XML are refused in words, and so is a file of something else")
def _(t):
    path = write(t, "cards.xml", b'<?xml version="1.0"?>\n<vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"/>\n')
    t.run("import", path, status=1).says("xCard", "export them as vCard")
    done = t.json("import", "--from", "vcard", write(t, "a.txt", b"hello\nthere\n"), status=5)
    eq((counts(done), done["rejects"][0]["line"]), ([1, 0, 0, 0, 1], 1))


@case("an export comes back without a change, here and elsewhere, in every form")
def _(t):
    t.run("import", "--region", "US", CARDS, status=5)
    t.run("import", "--region", "US", LDIF, status=5)
    t.run("note", "eve", 'she said: "a;b,c", and\n=1+1')
    t.run("tag", "eve", "+vip")
    t.run("dnc", "joerg@example.com", "phone")
    before = t.facts()
    for form, name in ((["csv"], "all.csv"), (["vcf"], "four.vcf"), (["vcf", "--vcard", "3"], "three.vcf"),
                       (["json"], "all.json")):
        path = write(t, name, t.run("export", "--format", *form).out.encode())
        done = t.json("import", path)
        eq(counts(done), [4, 0, 0, 4, 0], name)
        eq(t.facts(), before, name)
        elsewhere = t.dir / f"{name}.db"
        eq(counts(t.json("--db", elsewhere, "import", "--region", "US", path)), [4, 4, 0, 0, 0], name)
        for who in ("ann", "joerg@example.com", "eve"):
            here, there = t.json("show", who), t.json("--db", elsewhere, "show", who)
            for field in ("uid", "name", "given", "family", "email", "phone", "address", "tags", "attributes"):
                eq(there[field], here[field], f"{name}: {who}: {field}")


@case("an export that fits is asked for in words")
def _(t):
    t.run("import", CARDS, status=5)
    out = t.run("export", "--vcard", "3", "eve").out
    assert out.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n") or out.startswith("BEGIN:VCARD\nVERSION:3.0\n"), out
    assert "X-APPLE-OMIT-YEAR=1604:1604-03-15" in out, out
    assert "BDAY:--0315" in t.run("export", "--format", "vcf", "eve").out
    assert "'+1-202-555-0104" in t.run("export", "--guard", "eve").out
    t.run("export", "--format", "json", "--guard", status=2).says("--format csv")
    t.run("export", "--format", "csv", "--vcard", "3", status=2).says("--format vcf")


main()

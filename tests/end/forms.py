"""People in JSON of every kind and in lists as people type them: what comes in, what is refused and
where, and that tend's own JSON changes nothing when it comes back. All of them are invented."""
import json

from tend import case, eq, main

LINES = """\
{"name":"Ann Lee","email":"ann@example.com","phone":"0664 555 1234","orders":{"total":12.50}}
{"first_name":"José","last_name":"Núñez","mobile":"+43 664 555 0101"}
{"name":"Broken","email":"b@example.com"
{"name":{"first":"Karin","last":"Lang"},"emails":[{"value":"karin@example.com","type":"work"}],"phone":4.41E+11}
"""


def write(t, name, text):
    path = t.dir / name
    path.write_text(text, encoding="utf-8")
    return path


def values(points):
    return [point["value"] for point in points]


@case("JSON lines: nested names, a label, a key of its own; a bad line is refused with line and column")
def _(t):
    done = t.json("import", "--region", "AT", write(t, "people.jsonl", LINES), status=5)
    eq({k: done[k] for k in ("from", "read", "added", "rejected")},
       {"from": "json", "read": 4, "added": 3, "rejected": 1})
    eq([(r["line"], r["column"], r["code"]) for r in done["rejects"]], [(3, 41, "json.syntax")])
    ann = t.json("show", "ann")
    eq((ann["phone"][0]["key"], ann["attributes"]["json.orders.total"]), ("+436645551234", ["12.50"]))
    karin = t.json("show", "karin")
    eq((karin["name"], karin["email"][0]["label"], karin["phone"]), ("Karin Lang", "work", []))
    eq(karin["attributes"]["json.phone"], ["4.41E+11"])
    again = t.json("import", "--region", "AT", t.dir / "people.jsonl", status=5)
    eq((again["added"], again["updated"], again["unchanged"]), (0, 0, 3))


@case("a list within an object, as services answer; from a pipe")
def _(t):
    text = json.dumps({"paging": {"next": None}, "data": {"contacts": [
        {"id": n, "fullName": f"Person {n}", "phones": [{"number": f"+1212555{n:04}", "type": "mobile"}]}
        for n in range(3000)]}}, indent=1)
    done = t.json("import", "-", stdin=text)
    eq((done["read"], done["added"], done["rejected"]), (3000, 3000, 0))
    eq(t.json("show", "person 2999")["phone"][0]["label"], "mobile")


@case("--map says what a key holds")
def _(t):
    path = write(t, "odd.json", '[{"wer":{"x":"Ann Lee"},"wo":"+1 212 555 0101"}]')
    eq(t.json("import", "--map", "name=wer.x,phone=wo", path)["added"], 1)
    eq(values(t.json("show", "ann")["phone"]), ["+1 212 555 0101"])


@case("what tend wrote itself changes nothing, and makes the same people elsewhere")
def _(t):
    t.run("import", "--region", "AT", write(t, "people.jsonl", LINES), status=5)
    t.run("add", "Eva Huber", "email=eva@example.com", "tag=vip", "interest=business", "birthday=1980-02-29")
    text = t.run("list", "--json").out
    path = write(t, "own.json", text)
    done = t.json("import", path)
    eq((done["layout"], done["added"], done["updated"], done["rejected"]), ("tend", 0, 0, 0))
    eq(t.run("list", "--json").out, text)
    path = write(t, "export.json", t.run("export", "--format", "json").out)
    done = t.json("import", path)
    eq((done["added"], done["updated"], done["rejected"]), (0, 0, 0))


def people(t):
    """name: (what they can be reached by, tags, notes)"""
    found = {}
    for p in t.json("list"):
        if p["id"] != 1 or p["import"]:
            notes = [n["text"] for n in t.json("show", f"p{p['id']}").get("notes", [])]
            found[p["name"]] = ([q["value"] + (f" ({q['label']})" if q["label"] else "")
                                 for q in p["email"] + p["phone"]], p["tags"], notes)
    return found


@case("a list as people type it: the name, numbers and addresses, single words are tags, the rest is a note")
def _(t):
    text = """\
Susi Mayr 0664 555 1234 yoga, teacher
Karin L. (gym) call after 6
Peter Koller, peter@example.com, met at gym
"""
    done = t.json("import", "--region", "AT", "-", stdin=text)
    eq((done["from"], done["read"], done["added"]), ("list", 3, 3))
    eq(people(t), {"Susi Mayr": (["0664 555 1234"], ["teacher", "yoga"], []),
                   "Karin L.": ([], ["gym"], ["call after 6"]),
                   "Peter Koller": (["peter@example.com"], [], ["met at gym"])})
    done = t.json("import", "--region", "AT", "-", stdin=text)
    eq((done["added"], done["updated"], done["unchanged"]), (0, 0, 3))


@case("bullets, numbering, dashes, numbers first, labels, headings, scripts without capitals, lines that belong together")
def _(t):
    done = t.json("import", "--from", "list", "--region", "AT", write(t, "notebook.txt", """\
Gym:
\u2022 M\u00fcller Anna \u2013 0664/5551234 \u2013 Nachbarin
1. Lisa Ott - 01 555 1212
\u2610 \u00d6zg\u00fcr \u015eahin +90 532 555 12 34 wants info on products
  0650 555 3333
Work:
0664 5556666 Eva von Huber
Frau Huber: Tel.: 0316/555 12-34, Handy: 0664 555 99 88
\u5c71\u7530\u592a\u90ce 090-1234-5678
anna huber 0650 5551111
Jo K. born 12.3.1980 0664 555 4567
Bo Ray <bo@example.com>
-----
"""))
    eq((done["read"], done["added"], done["rejected"]), (9, 9, 0))
    eq(people(t), {
        "M\u00fcller Anna": (["0664/5551234"], ["Gym", "Nachbarin"], []),
        "Lisa Ott": (["01 555 1212"], ["Gym"], []),
        "\u00d6zg\u00fcr \u015eahin": (["+90 532 555 12 34", "0650 555 3333"], ["Gym"], ["wants info on products"]),
        "Eva von Huber": (["0664 5556666"], ["Work"], []),
        "Frau Huber": (["0316/555 12-34", "0664 555 99 88 (mobile)"], ["Work"], []),
        "\u5c71\u7530\u592a\u90ce": (["090-1234-5678"], ["Work"], []),
        "Anna Huber": (["0650 5551111"], ["Work"], []),
        "Jo K.": (["0664 555 4567"], ["Work"], ["born 12.3.1980"]),
        "Bo Ray": (["bo@example.com"], ["Work"], [])})


@case("a line without end is refused, and the next one is read")
def _(t):
    text = "Ann Lee " + "0664 5551234 " * 20000 + "\nBob Ray 0664 555 0102\nhttps://example.com/a\n\nCat Fox\n"
    done = t.json("import", "--from", "list", write(t, "a.txt", text), status=5)
    eq((done["added"], [(r["line"], r["code"]) for r in done["rejects"]]),
       (2, [(1, "list.long"), (3, "list.person")]))


@case("what is no list: a letter, a text, code")
def _(t):
    for text in ("Dear Ann,\n\nI hope you are well.\n\nBest,\nBob\n",
                 "The quick brown fox jumps over the lazy dog. It is a text\nthat goes on over lines, as texts do,\nand says nothing.\n",
                 "#include <stdio.h>\nint main(void)\n{\n    return 0;\n}\n"):
        t.run("import", write(t, "a.txt", text), status=1).says("no reader knows")


@case("a list takes nothing from the readers that know a file")
def _(t):
    for name, text, reader in [("a.csv", "Name,Phone\nAnn Lee,+1 212 555 0101\n", "csv"),
                               ("a.txt", "Name\tPhone\nAnn Lee\t+1 212 555 0101\n", "csv"),
                               ("a.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Ray\nEND:VCARD\n", "vcard"),
                               ("a.json", '[{"name":"Cy Fox","phone":"+1 212 555 0103"}]', "json")]:
        eq(t.json("import", write(t, name, text))["from"], reader, name)


main()

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


main()

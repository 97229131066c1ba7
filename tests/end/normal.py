"""Phones, e-mails, names, dates and pages of an import, as they become and as is said."""
from tend import case, eq, main


def write(t, name, text):
    path = t.dir / name
    path.write_text(text, encoding="utf-8")
    return path


@case("a messy list: keys, names and dates as they should be, and what could not be read is said")
def _(t):
    path = write(t, "list.csv", (
        "Name,Email,Phone,Birthday,Country,Website\n"
        '"LEE, ANN",Ann@Example.com,0664/555 12 34 ext. 12,3/4/1990,AT,https://www.example.com/\n'
        "Jan van der Berg,jan@@example.com,0664,15/3/1980,AT,\n"
        "Ana García López,,(212) 555-0103,7-Feb-62,US,\n"
        ",foo@,,,,\n"))
    done = t.run("import", path, status=5)
    done.says("birthday: dates are read as day/month/year")
    done.says('"jan@@example.com" is no e-mail address: it has more than one @')
    done.says('"0664" is no whole phone number: too short for AT: 3 digits behind the 0, '
              "4 to 13 were expected")
    done.says('"foo@" is no e-mail address (no domain stands behind the @), and there is no name')
    found = {p["name"]: p for p in (t.json("show", "p%d" % i) for i in (2, 3, 4))}
    ann = found["Ann Lee"]
    eq((ann["given"], ann["family"]), ("Ann", "Lee"))
    eq(ann["email"][0]["key"], "ann@example.com")
    eq(ann["phone"][0]["key"], "+436645551234")
    eq(ann["phone"][0]["value"], "0664/555 12 34 ext. 12")
    eq(ann["url"][0]["key"], "example.com")
    jan = found["Jan van der Berg"]
    eq((jan["given"], jan["family"]), ("Jan", "van der Berg"))
    ana = found["Ana García López"]
    eq((ana["given"], ana["family"]), ("Ana", "García López"))
    eq(ana["phone"][0]["key"], "+12125550103")
    t.run("import", path, status=5).says("0 added", "0 updated", "3 unchanged", "1 rejected")


main()

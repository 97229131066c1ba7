"""Tables as programs and people write them: every file of the collections beside the project is
read with its people right, or refused with a reason that says where; and samples of our own, whose
people are invented, in every encoding and dialect. What came of the real files is counted and printed."""
import json
import os
import pathlib

from tend import ROOT, Skip, case, eq, main

DATA = pathlib.Path(os.environ.get("TEND_DATA", ROOT / ".." / "shared" / "data"))
EXPORTS = DATA / "export_headers"
TABLES = DATA / "csv"


def write(t, name, text, encoding="utf-8"):
    path = t.dir / name
    path.write_bytes(text.encode(encoding))
    return path


def fresh(t):
    for path in t.dir.glob("people.db*"):
        path.unlink()


def take(t, path, *flags):
    """Imports into an empty database: the report, and the people."""
    fresh(t)
    report = json.loads(t.run("import", *flags, path, status=None).out)
    people = [p for p in t.json("list") if p.get("import")]
    eq(report["read"], report["added"] + report["updated"] + report["unchanged"] + report["rejected"])
    eq(len(people), report["added"], path)
    return report, people


def brief(p):
    """What is known of a person, without what every person has."""
    def points(kind):
        return [v["value"] for v in p.get(kind) or []]
    return {"name": p["name"], "given": p["given"], "family": p["family"], "email": points("email"),
            "phone": points("phone"), "address": points("address"), "url": points("url"),
            "tags": p["tags"], **p["attributes"]}


def holds(p, **wanted):
    got = brief(p)
    for key, value in wanted.items():
        eq(got.get(key.replace("__", ".")), value, f"{p['name']}: {key}")


# --- real exports ---------------------------------------------------------

def only(path):
    if not path.exists():
        raise Skip("../shared/data is not here")
    return path


# layout, people, rejected rows, encoding; what must be known of each
REAL = {
    "facebook_lead_ads_utf16le.csv": ("Facebook lead ads", 2, 0, "UTF-16LE", [
        dict(name="Ada Lovelace", phone=["+447700900123"], email=["ada@example.com"]),
        dict(name="Søren Ærø", phone=["07700900124"], email=["soren@example.org"])]),
    "google_contacts_new.csv": ("Google Contacts", 1, 0, "UTF-8", [
        dict(name="Grace Brewster Hopper", email=["grace@navy.example", "grace@example.com"],
             phone=["+1 555 0199"], tags=["Navy"], birthday=["1906-12-09"],
             address=["1 Main St, Suite 4, Arlington, VA 22201, USA"], title=["Rear Admiral"])]),
    "google_contacts_old.csv": ("Google Contacts (before 2023)", 1, 0, "UTF-8", [
        dict(given="Firstname", family="Lastname", tags=["Test"], birthday=["1975-12-12"],
             email=["home@aaa.pl", "work@email.pl", "unknown@email.com", "other@email.com"],
             url=["test.com", "home.page.com"], organisation=["company"], title=["jobtitle"],
             address=["home_street, home_pobox, home_city, home_state home_zip, home_country",
                      "work_street, work_city work_zip, work_country"])]),
    "hubspot_contacts.csv": ("HubSpot", 1, 1, "UTF-8", [
        dict(name="Priya Example", email=["priya@bluebay.example.test"],
             organisation=["Bluebay Gaming Ltd"])]),
    "linkedin_connections.csv": ("LinkedIn connections", 2, 1, "UTF-8", [
        dict(name="Ada Lovelace", email=["ada@example.com"], organisation=["Acme, Inc."],
             url=["https://www.linkedin.com/in/ada-example"], title=["Engineering Manager"]),
        dict(name="Grace Hopper", email=[], organisation=["Globex"])]),
    "mailchimp_subscribed.csv": ("Mailchimp", 1, 0, "UTF-8", [
        dict(given="Marc", family="C", email=["mail@example.com"])]),
    "outlook_com_web.csv": ("Outlook", 0, 0, "UTF-8", []),
    "outlook_csv_by_google.csv": ("Outlook", 0, 0, "UTF-8", []),
    "outlook_desktop_cp1252.csv": ("Outlook", 1, 0, "Windows-1252", [
        dict(name="Jürgen Müller", email=["jm@example.de"], address=["Hauptstraße 1, 2. OG"],
             phone=["+49 30 1234567", "0171/1234567"], organisation=["Beispiel GmbH & Co. KG"],
             birthday=None)]),
    "salesforce_leads_report.csv": ("Salesforce report", 1, 0, "UTF-8", [
        dict(name="Thomas Anderson", email=["t.anderson@matrix.example"], title=["Engineer"],
             address=["1 Main St, 2nd floor"], organisation=["Meta Cortex"])]),
    "thunderbird.csv": ("Thunderbird", 2, 0, "UTF-8", [
        dict(name="Contact Number One", email=["contact1@invalid"]),
        dict(name="Contact Number Two", email=["contact2@invalid"], csv__Custom_1=None)]),
}


@case("every real export: its layout, its encoding, all its people")
def _(t):
    only(EXPORTS)
    found = {path.name for path in EXPORTS.glob("*.csv")}
    eq(found - set(REAL), set(), "an export without expected people")
    people = 0
    for name, (layout, n, rejected, encoding, wanted) in REAL.items():
        report, got = take(t, only(EXPORTS / name), "--json")
        eq((report["layout"], report["added"], report["rejected"], report["encoding"]),
           (layout, n, rejected, encoding), name)
        for row in report["rejects"]:
            assert row["line"] > 1 and row["text"], (name, row)
        for p, want in zip(got, wanted):
            holds(p, **want)
        again = t.json("import", EXPORTS / name, status=5 if rejected else 0)
        eq((again["added"], again["updated"], again["unchanged"]), (0, 0, n), name)
        people += n
    print(f"# {len(REAL)} real exports, {people} people: all right")


@case("every real table is read, or refused with the line and the reason; none is taken as far as it is wrong")
def _(t):
    only(TABLES)
    files = sorted(p for p in TABLES.rglob("*") if p.suffix in (".csv", ".tsv"))
    counts = {"read": 0, "partly": 0, "refused": 0, "rows": 0, "people": 0}
    for path in files:
        fresh(t)
        done = t.run("--json", "import", path, status=None)
        assert done.status in (0, 1, 5), done
        if done.status == 1:
            done.says(path.name)
            counts["refused"] += 1
            continue
        report = json.loads(done.out)
        eq(report["read"], report["added"] + report["updated"] + report["unchanged"] + report["rejected"])
        eq(done.status, 5 if report["rejected"] else 0, path)
        for row in report["rejects"]:
            assert row["line"] > 0 and len(row["text"]) > 20 and row["code"], (path, row)
        counts["partly" if report["rejected"] else "read"] += 1
        counts["rows"] += report["read"]
        counts["people"] += report["added"]
    print(f"# {len(files)} real tables: {counts}")


@case("rows that are ragged are rejected, and --strict refuses their file")
def _(t):
    bad = sorted(only(TABLES / "csv-test-data" / "csv").glob("bad-*.csv"))
    eq(len(bad), 7)
    for path in bad:
        fresh(t)
        if path.stat().st_size > 0:
            t.run("import", path, status=5).says(path.name + ":", "1 rejected")
        t.run("import", "--strict", path, status=1).says("nothing was imported")
        if "header" not in path.name:
            t.run("import", "--strict", "--map", "name=foo", path, status=1)
        eq(t.json("count")["count"], 0)


@case("labels of address books in their languages: nothing that has a field of ours is left as an attribute")
def _(t):
    languages = json.loads(only(EXPORTS / "localized_header_labels.json").read_text(encoding="utf-8"))
    ours = ("firstname", "surname", "middlename", "name", "nickname", "organization", "jobtitle", "notes",
            "groups", "birthday", "anniversary", "email", "phone", "street", "locality", "zipcode",
            "website")
    labels = 0
    for language, fields in languages.items():
        path = write(t, f"{language}.csv", ",".join(f'"{label}"' for label in fields) + "\n" + ",".join(
            f"a{i}@example.com" if field.startswith("email") else
            f"+43 664 55501{i:02}" if field.startswith("phone") else f"v{i}"
            for i, field in enumerate(fields.values())) + "\n")
        report, people = take(t, path, "--json")
        eq(report["added"], 1, language)
        left = [label for label, field in fields.items()
                if field.split(":")[0].split("-")[0] in ours and field != "phone:assistant"
                and f"csv.{label}" in people[0]["attributes"]]
        eq(left, [], language)
        labels += len(fields)
    print(f"# {labels} labels in {len(languages)} locales")


# --- samples of our own ---------------------------------------------------

PEOPLE = [("Ann", "Lee", "ann@example.com", "+43 664 5550101"),
          ("José", "Núñez", "jose@example.com", "+34 600 555 010"),
          ("Zoë", "O'Neil", "zoe@example.com", "+1 212 555 0103")]


def table(delimiter=",", header="First Name,Last Name,Email,Phone", quote='"', end="\n"):
    lines = [header.split(",")] if header else []
    lines += [list(p) for p in PEOPLE]
    return end.join(delimiter.join(f"{quote}{c}{quote}" for c in line) for line in lines) + end


def check_people(people):
    eq([(p["given"], p["family"], p["email"][0]["value"], p["phone"][0]["value"]) for p in people], PEOPLE)


@case("the same people in any dialect, found and said")
def _(t):
    for name, delimiter in ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")):
        for quote in ('"', ""):
            for end in ("\n", "\r\n", "\r"):
                report, people = take(t, write(t, "p.csv", table(name, quote=quote, end=end)), "--json")
                check_people(people)
                eq(report["found"], {"delimiter": delimiter, "header": "in line 1"})
    report, people = take(t, write(t, "p.csv", "sep=^\n" + table("^")), "--json")
    eq((report["found"]["delimiter"], len(people)), ("^", 3))
    report, people = take(t, write(t, "p.csv", "Guests of the evening\n\n" + table()), "--json")
    check_people(people)
    eq(report["found"]["header"], "in line 3")
    report, people = take(t, write(t, "p.csv", table(header="")), "--json")
    check_people(people)
    eq(report["found"]["header"], "none")


@case("the same people in any encoding, found and said")
def _(t):
    for encoding, name in (("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16LE"),
                           ("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE"),
                           ("cp1252", "Windows-1252"), ("mac-roman", "MACINTOSH")):
        report, people = take(t, write(t, "p.csv", table(), encoding), "--json")
        check_people(people)
        eq(report["encoding"], name)
    polish = "Imię;Nazwisko;E-mail\nŁukasz;Wąsik;lukasz@example.com\nMałgorzata;Śliwa;m@example.com\n"
    report, people = take(t, write(t, "p.csv", polish, "cp1250"), "--json")
    eq(([p["name"] for p in people], report["encoding"]), (["Łukasz Wąsik", "Małgorzata Śliwa"], "CP1250"))
    russian = "Имя;Фамилия;Телефон\nПётр;Сидоров;+7 495 555-01-01\n"
    report, people = take(t, write(t, "p.csv", russian, "cp1251"), "--json")
    eq((people[0]["name"], report["encoding"]), ("Пётр Сидоров", "CP1251"))
    chinese = "姓名,電話,地址\n王小明,02 5550100,台北市信義路一段\n陳美麗,,高雄市中山路\n"
    report, people = take(t, write(t, "p.csv", chinese, "big5"), "--json")
    eq(([p["name"] for p in people], report["encoding"]), (["王小明", "陳美麗"], "BIG5"))


@case("where the guess is wrong, the user says otherwise: delimiter, header, lines to skip, encoding")
def _(t):
    path = write(t, "odd.txt", "~~~\nmade by hand\nAnn Lee~ann@example.com\nBob Ray~bob@example.com\n")
    report, people = take(t, path, "--json", "--from", "csv", "--delimiter", "~", "--skip", "2", "--no-header",
                          "--map", "name=1,email=2")
    eq([(p["name"], p["email"][0]["value"]) for p in people],
       [("Ann Lee", "ann@example.com"), ("Bob Ray", "bob@example.com")])
    eq(report["found"], {"delimiter": "~", "header": "none"})
    report, people = take(t, path, "--json", "--from", "csv", "delimiter=~", "skip=2", "header=no",
                          "--map", "name=1,email=2")
    eq(report["added"], 2)
    short = write(t, "short.csv", "Name\nMarie Müller\n", "cp850")
    report, people = take(t, short, "--json", "--encoding", "cp850")
    eq(people[0]["name"], "Marie Müller")
    t.run("import", short, "--encoding", "nonsense", status=2).says("there is no encoding", "^^^^^^^^")
    t.run("import", path, "--from", "csv", "--delimiter", "xyz", status=1).says("comma, semicolon")
    t.run("import", path, "--from", "csv", "header=maybe", status=2).says("yes no")
    done = t.run("import", write(t, "p.csv", table(";")), "--dry-run")
    done.says("read as UTF-8", "delimiter semicolon", "header in line 1")


LEADS = ("id\tcreated_time\tad_id\tad_name\tadset_id\tcampaign_id\tform_id\tis_organic\tplatform\t"
         "how_soon?\tfull_name\tphone_number\temail\tinbox_url\tlead_status\n"
         "l:901\t2026-09-12T15:05:13+05:30\tag:1\tAutumn\tas:2\tc:3\tf:4\tfalse\tig\tthis week\tAnn Lee\t"
         "p:+436645550101\tann@example.com\t\tcomplete\n"
         "l:902\t2026-09-12T16:00:00+05:30\t\t\t\t\tf:4\ttrue\tfb\tlater\tØre Bø\tp:06645550102\tore@example.com"
         "\t\tcomplete\n")


@case("lead ads in UTF-16: prefixes go, the answers of the form stay under their questions")
def _(t):
    report, people = take(t, write(t, "leads.csv", LEADS, "utf-16"), "--json", "--region", "AT")
    eq(report["layout"], "Facebook lead ads")
    holds(people[0], name="Ann Lee", phone=["+436645550101"], **{"csv__how_soon?": ["this week"]})
    eq([p["phone"][0]["key"] for p in people], ["+436645550101", "+436645550102"])
    eq(people[1]["name"], "Øre Bø")


@case("who unsubscribed is not to be contacted; lifted, the same file does not renew it; undo takes it back")
def _(t):
    path = write(t, "unsubscribed.csv", '"Email Address","First Name",LEID,EUID,TAGS,UNSUB_TIME,UNSUB_REASON,'
                 'UNSUB_TIME\nann@example.com,Ann,1,a1,"""VIP"",""Blog""",2026-01-02 10:00:00,too many,'
                 '2026-01-02 10:00:00\nbob@example.com,Bob,2,b2,,,,\n')
    done = t.json("import", path)
    eq(done["added"], 2)
    ann = t.json("show", "ann")
    eq(ann["dnc"], ["email"])
    eq(sorted(ann["tags"]), ["Blog", "VIP"])
    eq(t.json("show", "bob")["dnc"], [])
    eq(ann["attributes"]["csv.UNSUB_REASON"], ["too many"])
    t.run("dnc", "ann", "email", "--off")
    again = t.json("import", path)
    eq((again["unchanged"], t.json("show", "ann")["dnc"]), (2, []))
    fresh(t)
    batch = t.json("import", path)["batch"]
    t.run("undo", f"b{batch}")
    eq(t.json("count")["count"], 0)


@case("digits are text: zeros stay; what a spreadsheet took is told and is no number")
def _(t):
    path = write(t, "digits.csv", "Name,Phone,Member No,Member No\nAnn Lee,4.41E+11,007,0012\n"
                 "Bob Ray,=\"0664 5550101\",010,\n")
    done = t.run("import", "--region", "AT", path)
    done.says("damaged", "line 2", "4.41E+11")
    eq(t.json("show", "ann")["phone"], [])
    holds(t.json("show", "ann"), csv__Phone=["4.41E+11"])
    eq(t.json("show", "ann")["attributes"]["csv.Member No"], ["007", "0012"])
    eq(t.json("show", "bob")["phone"][0]["key"], "+436645550101")


@case("a report's footer is no row, the names of its interface are labels too")
def _(t):
    path = write(t, "report.csv", '"Lead Owner","First Name","Last Name","Company / Account","Email"\n'
                 '"Me","Ann","Lee","Acme","ann@example.com"\n\n"Grand Totals (1 records)"\n\n'
                 '"Confidential Information - Do Not Distribute"\n"Copyright (c) 2000-2026 x"\n')
    report, people = take(t, path, "--json")
    eq((report["read"], report["rejected"], report["found"]["footer"]), (1, 0, "left out"))
    path = write(t, "api.csv", "Id,FirstName,LastName,Email,MobilePhone,LeadSource,OwnerId,HasOptedOutOfEmail\n"
                 "00Q1,Ann,Lee,ann@example.com,+43 664 5550101,Web,005,true\n")
    report, people = take(t, path, "--json")
    eq((people[0]["name"], people[0]["source"], t.json("show", "ann")["dnc"]), ("Ann Lee", "Web", ["email"]))


@case("a workbook that calls itself a table is said to be one")
def _(t):
    path = t.dir / "people.csv"
    path.write_bytes(b"PK\x03\x04\x14\x00\x06\x00" + b"xl/workbook.xml" + bytes(range(256)) * 8)
    t.run("import", path, status=1).says("Excel workbook", "CSV")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8)
    t.run("import", path, status=1).says("CSV")


main()

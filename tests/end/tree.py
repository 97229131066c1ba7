"""The tree: sponsors and placements with their days, and downlines that are imported."""
from tend import case, eq, main

DOWNLINE = """id,name,email,sponsor,placement,joined,rank
1003,Cara Low,cara@example.com,1002,1002,2024-03-05,Bronze
1002,Bob Ray,bob@example.com,1001,1001,2024-02-01,Silver
1001,Ann Lee,ann@example.com,,,2023-01-09,Gold
1004,Dan Fox,dan@example.com,1001,1003,2024-04-01,
1005,Eve Oak,eve@example.com,999,,2024-05-01,
1006,Lou Ring,lou@example.com,1007,,2024-05-01,
1007,Ria Ring,ria@example.com,1006,,2024-05-01,
"""


def tree(t, *args):
    return [(n["name"], n["level"], n["downline"]) for n in t.json("tree", *args)]


def people(t, *names):
    return [t.json("add", name)["id"] for name in names]


@case("by hand: depth first, with levels, legs and counts")
def _(t):
    susi, tom, max_, cara = people(t, "Susi Mayr", "Tom Berg", "Max Holz", "Cara Low")
    made = t.json("sponsor", "susi")
    eq((made["person"], made["by"], made["under"], made["from"]), (susi, 1, None, "2026-11-26"))
    t.run("sponsor", "tom", "by=susi")
    t.run("sponsor", "cara", "by=tom", "at=2026-11-02").says("Cara Low", "sponsored by", "Tom Berg")
    t.run("sponsor", "max")
    nodes = t.json("tree")
    eq([(n["id"], n["parent"], n["level"], n["leg"], n["downline"]) for n in nodes],
       [(1, None, 0, None, 4), (susi, 1, 1, susi, 2), (tom, susi, 2, susi, 1),
        (cara, tom, 3, susi, 0), (max_, 1, 1, max_, 0)])
    assert set(nodes[0]) >= {"id", "parent", "name", "level", "leg", "downline", "stage"}, nodes[0]
    eq(tree(t, "--depth", "1"), [(nodes[0]["name"], 0, 4), ("Susi Mayr", 1, 2), ("Max Holz", 1, 0)])
    eq(tree(t, "tom"), [("Tom Berg", 0, 1), ("Cara Low", 1, 0)])
    eq(t.json("show", "cara")["roles"], ["member"])
    t.run("tree", "--depth", "-1", status=2)
    t.run("check").says("all is well")


@case("who changes sponsors is told as it was on any day; undo takes it back")
def _(t):
    people(t, "Susi Mayr", "Tom Berg", "Cara Low")
    t.run("sponsor", "susi", "at=2026-01-01")
    t.run("sponsor", "tom", "at=2026-01-01")
    t.run("sponsor", "cara", "by=susi", "at=2026-02-01")
    t.run("sponsor", "cara", "by=tom", "at=2026-09-01")
    under = lambda *day: [n["name"] for n in t.json("tree", "tom", *day)]
    eq(under(), ["Tom Berg", "Cara Low"])
    eq(under("--as-of", "2026-08-31"), ["Tom Berg"])
    eq([n["name"] for n in t.json("tree", "susi", "--as-of", "2026-08-31")],
       ["Susi Mayr", "Cara Low"])
    eq([n["name"] for n in t.json("tree", "susi", "--as-of", "2026-01-15")], ["Susi Mayr"])
    t.run("undo")
    eq(under(), ["Tom Berg"])
    t.run("sponsor", "cara", "by=susi", status=3).says("already")


@case("no circles, by name; nobody is their own sponsor")
def _(t):
    people(t, "Susi Mayr", "Tom Berg", "Cara Low")
    t.run("sponsor", "tom", "by=susi")
    t.run("sponsor", "cara", "by=tom")
    t.run("sponsor", "susi", "by=cara", status=2).says("circle", "Cara Low", "Tom Berg", "Susi Mayr")
    t.run("sponsor", "susi", "by=susi", status=2).says("circle")
    t.run("tree", "nobody", status=1)


@case("placement is another tree; who has none stands under their sponsor")
def _(t):
    people(t, "Susi Mayr", "Tom Berg", "Cara Low")
    t.run("sponsor", "susi")
    t.run("sponsor", "tom", "under=susi").says("placed under")
    t.run("sponsor", "cara")
    eq([(n["name"], n["level"]) for n in t.json("tree")][1:],
       [("Susi Mayr", 1), ("Tom Berg", 1), ("Cara Low", 1)])
    eq([(n["name"], n["level"]) for n in t.json("tree", "--placement")][1:],
       [("Susi Mayr", 1), ("Tom Berg", 2), ("Cara Low", 1)])


@case("a back office's export: children before parents, circles and strangers named")
def _(t):
    (t.dir / "downline.csv").write_text(DOWNLINE, encoding="utf-8")
    got = t.run("import", "downline.csv")
    got.says("7 added", "999", "Ria Ring under", "Lou Ring")
    eq(tree(t, "ann"), [("Ann Lee", 0, 3), ("Bob Ray", 1, 1), ("Cara Low", 2, 0), ("Dan Fox", 1, 0)])
    eq(tree(t, "ann", "--placement"),
       [("Ann Lee", 0, 3), ("Bob Ray", 1, 2), ("Cara Low", 2, 1), ("Dan Fox", 3, 0)])
    eq(tree(t, "ann", "--as-of", "2024-02-15"), [("Ann Lee", 0, 1), ("Bob Ray", 1, 0)])
    cara = t.json("show", "cara")
    eq((cara["roles"], cara["attributes"]["rank"], cara["attributes"]["joined"]),
       (["member"], ["Bronze"], ["2024-03-05"]))
    eq(t.json("show", "eve")["attributes"]["sponsor"], ["999"])
    before = t.everything()
    again = t.json("import", "downline.csv")
    eq((again["added"], again["updated"], again["unchanged"]), (0, 0, 7))
    eq(t.everything(), before)
    t.run("check").says("all is well")


@case("the import is one step: undo takes members and edges")
def _(t):
    t.json("add", "Zoe Hill")
    before = t.everything()
    (t.dir / "downline.csv").write_text(DOWNLINE, encoding="utf-8")
    t.run("--dry-run", "import", "downline.csv").says("7 added")
    eq(t.everything(), before)
    t.run("import", "downline.csv")
    t.run("undo", "--yes")
    eq(t.everything(), before)


@case("somebody who was merged stands in the tree once")
def _(t):
    (t.dir / "downline.csv").write_text(DOWNLINE, encoding="utf-8")
    t.run("import", "downline.csv")
    twin = t.json("add", "Robert Ray")["id"]
    t.run("sponsor", "zed", status=1)
    t.run("sponsor", "eve", f"by=p{twin}")
    t.run("merge", "bob", f"p{twin}")
    eq(tree(t, "ann"), [("Ann Lee", 0, 4), ("Bob Ray", 1, 2), ("Cara Low", 2, 0), ("Eve Oak", 2, 0),
                        ("Dan Fox", 1, 0)])
    t.run("merge", "ann", "cara")       # who stands below is above: no circle is walked for ever
    eq(tree(t, "ann"), [("Ann Lee", 0, 3), ("Bob Ray", 1, 1), ("Eve Oak", 2, 0), ("Dan Fox", 1, 0)])
    t.run("check").says("all is well")


main()

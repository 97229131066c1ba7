"""plugin save: what was typed at the Lua prompt is there in the next process."""
from tend import case, eq, main


def typed(t, *lines):
    return t.run(stdin="".join(line + "\n" for line in lines), status=None)


@case("a function that was typed at lua is a command in the next process")
def _(t):
    t.run("add", "Ann Lee")
    typed(t, "lua", 'function vip(p) p:tag "vip" end', "quit", "plugin save vip").says(
        "is added: command vip", 'function vip(p) p:tag "vip" end')
    t.run("show", "ann").silent_about("vip")
    t.run("vip", "ann").says("tag: vip")
    t.run("show", "ann").says("vip")


@case("a table that is a plugin is kept as it is")
def _(t):
    t.run("add", "Ann Lee")
    typed(t, '= bye = { command = "bye", version = "2.0.0", summary = "says bye", '
             'run = function() return nil end }', "plugin save bye").says("is added: command bye")
    t.run("bye")
    t.run("plugin", "info", "bye").says("2.0.0", "says bye")


@case("what it uses and the file would not have is named")
def _(t):
    typed(t, '= function mark(p) p:tag "vip" end', "= function vip(p) mark(p) end",
          "plugin save vip").says("vip uses mark", "do ... end")
    typed(t, "= function all() return #people:list() end", "plugin save all").says("all uses people")
    typed(t, "plugin save nosuch").says("nothing called nosuch was typed")
    typed(t, "plugin save ../x").says("nothing called ../x was typed")
    typed(t, "= function two(a, b) return a end", "plugin save two").says("takes 2 values")
    t.run("plugin", "list").silent_about("vip", "nosuch")


@case("a plugin that is there is replaced only when that is said")
def _(t):
    t.run("add", "Ann Lee")
    typed(t, '= function vip(p) p:tag "first" end', "plugin save vip").says("is added")
    again = ('= function vip(p) p:tag "second" end', "plugin save vip")
    typed(t, *again).says("a plugin vip was added already", "--replace")
    t.run("vip", "ann").says("tag: first")
    typed(t, again[0], again[1] + " --replace")
    t.run("vip", "ann").says("tag: second")


main()

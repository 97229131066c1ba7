-- Plugins run in an environment built from a list of what is allowed: nothing else is there.
std = {
  read_globals = {
    "assert", "error", "ipairs", "next", "pairs", "pcall", "print", "select", "tonumber", "tostring",
    "type", "xpcall", "rawequal", "rawget", "rawlen", "rawset", "setmetatable", "getmetatable",
    "load", "require", "coroutine", "math", "string", "table", "utf8",
  },
}
max_line_length = 120
unused_args = false

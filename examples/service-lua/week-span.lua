-- SPDX-License-Identifier: 0BSD
-- week-span: counts weeks for other plugins.    requires = "week-span", then tend.service.week_span.weeks(a, b)
-- It teaches: a service says by a signature what goes in and out, and the host holds both sides to it.

-- Days since the beginning of the calendar; what is no day is an error of whoever called.
local function day(text)
  local y, m, d = (text or ""):match("^(%d%d%d%d)-(%d%d)-(%d%d)$")
  if not y then error("a day as 2026-11-26 was expected", 0) end
  y, m, d = math.tointeger(y), math.tointeger(m), math.tointeger(d)
  if m < 3 then y, m = y - 1, m + 12 end        -- a year that ends with February
  return 365 * y + y // 4 - y // 100 + y // 400 + (153 * m - 457) // 5 + d
end

local function weeks(from, to) return (day(to) - day(from)) // 7 end

return {
  service = "week-span", level = 1, version = "1.0.0", license = "0BSD",
  summary = "Counts weeks for other plugins",
  needs = "none",
  functions = {
    -- l(ss): an integer, of two texts
    weeks = { "l(ss)", function(_, from, to) return weeks(from, to) end, "whole weeks between two days" },
    due = { "b(ssl)", function(_, from, to, every) return weeks(from, to) >= every end, "have so many weeks gone by?" },
  },
}

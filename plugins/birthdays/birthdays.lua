-- birthdays: birthdays and the day somebody joined, a week ahead, once a year. Who was born on
-- 29 February has it on the 28th in other years. A touch that reached them closes it.

local LEAD = 7      -- days
local WHAT = {
  birthday = { title = "Birthday", why = "born %s" },
  anniversary = { title = "Anniversary", why = "since %s" },
  joined = { title = "Anniversary of joining", why = "joined %s" },
}
local NAMES = { "birthday", "anniversary", "joined" }

-- "1984-02-29", or "--02-29" where the year is not known
local function day_of(value)
  if not value then return end
  local year, month, day = value:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  if not year then
    year, month, day = "2000", value:match("^%-%-(%d%d)%-?(%d%d)$")
  end
  month, day = tonumber(month), tonumber(day)
  if not month or month < 1 or month > 12 or day < 1 or day > 31 then return end
  local last = ({ 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 })[month]
  local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  if day > last or (month == 2 and day == 29 and not leap) then return end
  return ("%s-%02d-%02d"):format(year, month, day)
end

local function plans(ctx)
  local effects = {}
  for _, name in ipairs(NAMES) do
    local day, kept = day_of(ctx.person[name]), ctx:state(name)
    if day and day ~= kept then
      effects[#effects + 1] = { schedule = name, every = "year", from = day, lead = LEAD .. "d",
                                grace = "10d" }
      effects[#effects + 1] = { state = name, value = day }
    elseif kept and not day then
      effects[#effects + 1] = { cancel = name }
      effects[#effects + 1] = { drop = name, why = "no day is known any more" }
      effects[#effects + 1] = { state = name, value = false }
    end
  end
  return effects
end

return {
  policy = "birthdays", version = "1.0.0", license = "GPL-3.0-or-later",
  summary = "Birthdays and anniversaries, a week ahead",
  needs = "reads:person,state effects:task,drop,state,schedule,cancel",
  on = { "person.added", "person.changed", "birthdays.birthday", "birthdays.anniversary",
         "birthdays.joined" },
  run = function(ctx, event)
    local what = WHAT[event.schedule or ""]
    if not what then return plans(ctx) end
    return { task = what.title, key = event.schedule, type = "call", closed_by = "reached",
             window = ("0d..%dd"):format(LEAD),
             why = what.why:format(tostring(ctx.person[event.schedule])) }
  end,
}

-- The policy of plugins/cadence/cadence.c once more, in Lua: a test gives both the same year.

local RANKS = { a = 14, b = 30, c = 90 }

local function days_of(ctx)
  local person = ctx.person
  if ctx:means("stage", person["stage.opportunity"], "lost") then return 0 end
  local days = 0
  if ctx:means("stage", person["stage.opportunity"], "won") then
    days = 14
  elseif ctx:means("stage", person["stage.product"], "won") or person.tags["keep-in-touch"] then
    days = 30
  end
  return days > 0 and RANKS[person.rank or ""] or days
end

local function plan(days)
  if days == 0 then
    return { { state = "days", value = false }, { drop = "keep-in-touch", why = "not any more" },
             { cancel = "due" } }
  end
  return { { state = "days", value = days }, { schedule = "due", from = ("%dd"):format(days) } }
end

return {
  policy = "cadence", version = "1.0.0", license = "0BSD",
  on = { "touch.logged", "stage.changed", "person.changed", "cadence.due" },
  run = function(ctx, event)
    local days, kept = days_of(ctx), ctx:state("days")
    if event.name == "cadence.due" then
      return days > 0 and { task = "Keep in touch", key = "keep-in-touch", type = "call",
        window = "0d..7d", closed_by = "reached", why = ("%d days since you spoke"):format(days) }
    end
    if event.name == "touch.logged" then
      return event.means.reached and (days > 0 or kept) and plan(days)
    end
    if (days > 0 or kept) and kept ~= tostring(days) then return plan(days) end
  end,
}

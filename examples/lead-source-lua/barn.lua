-- SPDX-License-Identifier: 0BSD
-- barn: a lead source. It reads what the (made-up) program Leadbarn exports, tests/leads.barn.
-- It teaches: the host opens, decodes and numbers the lines; a reader gives rows, as they stand there.
-- A person begins with a number; an empty line ends them.

-- One of the lines below a person's name; false if it is none of ours.
local function put(row, line)
  local what, rest = line:match("^(%l) (.*)$")
  if what == "t" then
    local number, label = rest:match("^(.-)%s*(%l*)$")
    row.phone[#row.phone + 1] = { value = number, label = label ~= "" and label or nil }
  elseif what == "m" then
    row.email = rest
  elseif what == "n" then
    row.note = rest
  else
    return false
  end
  return true
end

return {
  lead_source = "barn", version = "1.0.0", license = "0BSD", title = "Leadbarn export",
  summary = "Reads Leadbarn's exports",
  needs = "reads:person",
  -- How sure are we that this file is ours, from 0 to 100? The surest reads it.
  sniff = function(_, head) return head:find("^LEADBARN ") and 100 or 0 end,
  read = function(ctx, input)
    local row, bad, campaign
    local function finish()
      if row and bad then
        ctx.reject("barn.line", "t, m or n was expected")
      elseif row then
        ctx.row(row)
      end
      row, bad = nil, false
    end
    for line in input:lines() do
      local id, family, given = line:match("^(%d+) ([^,]*),?%s*(.*)$")
      if line:find("^%s*$") then
        finish()
      elseif row then
        bad = not put(row, line) or bad
      elseif id then
        row = { id = id, family = family, given = given, phone = {}, ["barn.campaign"] = campaign }
      else
        campaign = line:match("^campaign (.*)$") or campaign
      end
    end
    finish()
  end,
}

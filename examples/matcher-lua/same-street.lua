-- SPDX-License-Identifier: 0BSD
-- same-street: two people of one family name at one address may be the same person, or share a home.
-- It teaches: a matcher says how sure it is of a pair, and why; nothing is merged by it.
local function plain(text) return text:lower():gsub("[%s%p]+", " ") end
local function family(person) return person.name:lower():match("%S+$") end

return {
  matcher = "same-street", version = "1.0.0", license = "0BSD",
  summary = "One family name and one address",
  needs = "reads:person",
  score = function(_, a, b)
    if not a.address or not b.address then return nil end       -- no opinion
    if family(a) == family(b) and plain(a.address) == plain(b.address) then
      return 0.8, "the same street and family name"
    end
  end,
}

-- feed: people out of a list that somebody publishes as JSON.
--     tend import --from feed url=https://example.com/people.json
--
-- The list is an array, or an object with one in "people", "items", "leads" or "results". A
-- string in "next" (as JSON Feed has it in "next_url") is where more of it stands. The host of
-- the URL needs no right of its own: whoever types it has said so.

local lists = { "people", "items", "leads", "results", "data" }
local names = { name = { "name", "full_name" }, given = { "given", "first_name" }, family = { "family", "last_name" },
                email = { "email" }, phone = { "phone", "mobile" }, id = { "id" }, note = { "note", "message" },
                tag = { "tag", "tags" }, at = { "at", "created", "created_at" }, source = { "source" },
                region = { "region", "country" }, organisation = { "organisation", "company" } }

local function list_of(json)
  if type(json) ~= "table" then return nil end
  if #json > 0 or next(json) == nil then return json end
  for _, key in ipairs(lists) do
    if type(json[key]) == "table" then return json[key] end
  end
end

-- The fields of ours by what others call them; whatever else is plain becomes feed.<its name>.
local function row_of(entry)
  local row, used = { raw = entry }, {}
  for field, keys in pairs(names) do
    for _, key in ipairs(keys) do
      if row[field] == nil and entry[key] ~= nil then row[field], used[key] = entry[key], true end
    end
  end
  for key, value in pairs(entry) do
    if type(key) == "string" and not used[key] and type(value) ~= "table" then row["feed." .. key] = value end
  end
  return row
end

return {
  lead_source = "feed", version = "1.0.0", api = 2, license = "0BSD",
  title   = "a list of people on the web",
  summary = "People out of a list that is published as JSON",
  needs   = { secrets = { "token" } },
  options = { url  = { "url", help = "where the list is" },
              auth = { "flag", help = "send the secret \"token\" along" } },

  page = function(ctx, cursor)
    local url = cursor or ctx.options.url
    if not url then return nil, "which list? Write url=https://...", "usage" end
    local res, text, code = ctx.http.get(url, { bearer = ctx.options.auth and "token" or nil })
    if not res then return nil, text, code end
    local people = list_of(res.json)
    if not people then return nil, url .. " is no list of people", "invalid" end
    for _, entry in ipairs(people) do
      if type(entry) == "table" then
        ctx.row(row_of(entry))
      else
        ctx.reject("feed.entry", "an object with a name, e-mail or phone was expected")
      end
    end
    local more = res.json.next or res.json.next_url
    if type(more) == "string" and more ~= "" then return { cursor = more, more = true } end
    return { cursor = url == ctx.options.url and "" or url, more = false }
  end,
}

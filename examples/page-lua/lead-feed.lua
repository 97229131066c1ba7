-- SPDX-License-Identifier: 0BSD
-- lead-feed: a lead source on the network.    tend import --from lead-feed url=https://example.com/people
-- It teaches: a page is asked for at a time, and the cursor that is given back is where the next one begins,
-- also in the next import. It answers {"people": [{"id": 7, "name": ..., "email": ...}], "more": true}.
return {
  lead_source = "lead-feed", version = "1.0.0", api = 2, license = "0BSD",
  summary = "Reads people from a service, page by page", title = "a list of people on the web",
  needs = "none",               -- whoever types a URL grants its host; one of your own: net = { "api.example.com" }
  options = { url = { "url", help = "where the list is" } },
  page = function(ctx, cursor)
    if not ctx.options.url then return nil, "which list? Write url=https://...", "usage" end
    local res, why, code = ctx.http.get(ctx.options.url, { query = { after = cursor or "0" } })
    if not res then return nil, why, code end   -- busy and the like: the host tries again
    for _, person in ipairs(res.json.people) do
      ctx.row { id = person.id, name = person.name, email = person.email }
      cursor = tostring(person.id)
    end
    return { cursor = cursor, more = res.json.more }
  end,
}

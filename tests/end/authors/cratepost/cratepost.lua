-- cratepost: people who asked CratePost for a box.    tend import --from cratepost round=autumn
local URL = "https://api.cratepost.example/v1/asked"

return {
  lead_source = "cratepost", version = "1.0.0", api = 2, license = "0BSD",
  title = "people who asked CratePost for a box", summary = "Leads from CratePost's web service",
  needs   = { net = { "api.cratepost.example" }, secrets = { "token" } },
  options = { round = { "text", help = "only this round of deliveries" } },
  every   = "15m",

  page = function(ctx, cursor)
    local query = { after = cursor, round = ctx.options.round }
    local res, text, code = ctx.http.get(URL, { query = query, bearer = "token" })
    if not res then return nil, text, code end
    for _, box in ipairs(res.json.asked) do
      if box.trial then
        ctx.reject { code = "cratepost.trial", text = "a trial order of CratePost's own", raw = box }
      else
        ctx.row {
          id      = box.id,
          name    = box.name,
          email   = box.mail,
          phone   = { { value = box.mobile, label = "mobile" }, box.home },
          region  = box.country,
          at      = box.asked_at,
          source  = "cratepost/" .. (box.round or "unknown"),
          consent = box.may_call
            and { channel = "phone", wording = box.may_call_text, at = box.asked_at, proof = box.ip },
          note    = box.wish,
          ["cratepost.size"] = box.size,
          raw     = box,
        }
      end
    end
    return { cursor = res.json.next, more = res.json.next ~= nil }
  end,
}

-- SPDX-License-Identifier: 0BSD
-- text-box: a channel.    tend channel send text-box ann "See you at seven"
-- It teaches: a message leaves through one function, which says what became of it: accepted, failed for good, to be
-- tried again, or unknown, and then it is never sent twice. The gate was asked before. Here a service on the
-- network takes the texts; the key tells it which two are one.
return {
  channel = "text-box", version = "1.0.0", api = 2, license = "0BSD",
  summary = "Sends texts through a service", title = "texts, by a service on the network",
  address = "phone", most = 160,
  needs = { net = { "http://127.0.0.1:8025" }, secrets = { "token" } },     -- your service's host here
  send = function(ctx, message)
    local res, why, code = ctx.http.post("http://127.0.0.1:8025/send", {
      json = { to = message.to, text = message.text }, bearer = "token",
      headers = { ["Idempotency-Key"] = message.key },
    })
    if not res then return nil, why, code end   -- too busy is tried again; what else is unknown is told so
    if res.json.state == "sent" then return "accepted" end
    return "failed", res.json.why
  end,
}

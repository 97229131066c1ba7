/* JSON, written as it goes: ids are numbers, absent values null, times ISO 8601
 * with their offset. */
#include "shell/output.h"

static void begin_value(struct tend_json *json, const char *key)
{
    if (json->comma)
        tend_buffer_addc(&json->buf, ',');
    json->comma = true;
    if (key != NULL) {
        tend_buffer_json(&json->buf, tend_text_of(key));
        tend_buffer_addc(&json->buf, ':');
    }
}

void tend_json_open(struct tend_json *json, const char *key, char bracket)
{
    begin_value(json, key);
    tend_buffer_addc(&json->buf, bracket);
    json->comma = false;
}

void tend_json_close(struct tend_json *json, char bracket)
{
    tend_buffer_addc(&json->buf, bracket);
    json->comma = true;
}

void tend_json_text(struct tend_json *json, const char *key, struct tend_text text)
{
    begin_value(json, key);
    if (text.len == 0)
        tend_buffer_adds(&json->buf, "null");
    else
        tend_buffer_json(&json->buf, text);
}

void tend_json_str(struct tend_json *json, const char *key, const char *text)
{
    tend_json_text(json, key, tend_text_of(text));
}

void tend_json_int(struct tend_json *json, const char *key, int64_t value)
{
    begin_value(json, key);
    tend_buffer_addf(&json->buf, "%lld", (long long)value);
}

void tend_json_id(struct tend_json *json, const char *key, tend_id id)
{
    if (id != 0)
        tend_json_int(json, key, id);
    else
        tend_json_str(json, key, NULL);
}

void tend_json_raw(struct tend_json *json, const char *key, struct tend_text value)
{
    begin_value(json, key);
    tend_buffer_add(&json->buf, value.len > 0 ? value : TEND_TEXT("null"));
}

void tend_json_bool(struct tend_json *json, const char *key, bool value)
{
    begin_value(json, key);
    tend_buffer_adds(&json->buf, value ? "true" : "false");
}

void tend_json_time(struct tend_json *json, const char *key, int64_t instant,
                    const struct tend_zone *zone)
{
    char text[40];

    if (instant == 0)
        tend_json_str(json, key, NULL);
    else
        tend_json_str(json, key,
                      tend_instant_format(text, instant, tend_zone_offset(zone, instant)));
}

void tend_json_print(struct tend_shell *shell, struct tend_json *json)
{
    tend_buffer_addc(&json->buf, '\n');
    fwrite(json->buf.at, 1, (size_t)json->buf.len, shell->out);
    tend_buffer_finish(&json->buf);
    *json = (struct tend_json){ 0 };
}

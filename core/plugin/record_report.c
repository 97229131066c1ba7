/* What the declaration of a report must have to be taken. To the shell it is a
 * command that only reads: `report NAME`. */
#define TEND_UNSTABLE
#include "plugin/private.h"
#include <tend/x/report.h>

static bool is_keyword(const char *name)
{
    return name[strspn(name, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
}

struct tend_command_record tend_report_command(const struct tend_report *report)
{
    return (struct tend_command_record){
        .size = sizeof(struct tend_command_record), .name = report->name,
        .summary = report->title, .flags = report->options, .fields = report->fields,
        .run = report->run,
    };
}

tend_status tend_record_report(const void *record, struct tend_error *err)
{
    const struct tend_report *report = record;
    struct tend_command_record command = tend_report_command(report);
    tend_status status;

    if (!report->title || !report->title[0])
        return tend_error_set(err, TEND_INVALID, "the report \"%s\" has no `title`, a line",
                              report->name);
    if (!report->run)
        return tend_error_set(err, TEND_INVALID, "the report \"%s\" has no `run`", report->name);
    status = tend_record_declared("report", &command, err);
    for (int64_t i = 0; status == TEND_OK && report->options && report->options[i]; i++)
        if (!is_keyword(report->options[i]->name))
            status = tend_error_set(err, TEND_INVALID,
                                    "the report \"%s\": the option \"%s\" is written as "
                                    "%s=...; its name is made of a-z and _",
                                    report->name, report->options[i]->name,
                                    report->options[i]->name);
    return status;
}

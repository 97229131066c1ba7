/* A name as it is typed, and its two parts. */
#include "base/text.h"
#include "desk/people.h"

void tend_name_split(struct tend_text name, struct tend_text *given, struct tend_text *family)
{
    int64_t last = 0;

    name = tend_text_trim(name);
    *given = name;
    *family = (struct tend_text){ "", 0 };
    for (int64_t i = 0; i < name.len; i++)
        if (name.at[i] == ',') {
            *family = tend_text_trim((struct tend_text){ name.at, i });
            *given = tend_text_trim((struct tend_text){ name.at + i + 1, name.len - i - 1 });
            return;
        }
    for (int64_t i = 0; i < name.len; i++)
        if (name.at[i] == ' ' || name.at[i] == '\t')
            last = i + 1;
    if (last > 0) {
        *family = (struct tend_text){ name.at + last, name.len - last };
        *given = tend_text_trim((struct tend_text){ name.at, last });
    }
}

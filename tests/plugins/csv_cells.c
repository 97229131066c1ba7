/* Prints the cells of a table as JSON, a list a row: with the dialect that is found, or with
 * the delimiter of the second argument. For csv_cells.py. */
#include "csv.h"
#include "fake_host.h"
#include <stdio.h>
#include <stdlib.h>

static void read_whole(const char *path, struct tend_buffer *text)
{
    char block[4096];
    size_t n;
    FILE *file = fopen(path, "rb");

    if (!file)
        exit(2);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        tend_buffer_add(text, (struct tend_text){ block, (int64_t)n });
    fclose(file);
}

int main(int argc, char **argv)
{
    struct csv_wish wish = { .delimiter = argc > 2 ? argv[2][0] : '\0' };
    struct tend_buffer whole = { 0 }, out = { 0 };
    struct tend_text text;
    struct csv_parser p;
    int64_t width;
    int32_t sure;

    read_whole(argv[1], &whole);
    text = (struct tend_text){ whole.at ? whole.at : "", whole.len };
    csv_parser_begin(&p, csv_dialect_guess(&wish, &fake_ctx, text, &sure, &width));
    if (csv_parser_feed(&p, text) != TEND_OK)
        return 2;
    p.end = true;
    tend_buffer_addc(&out, '[');
    while (csv_parser_row(&p) > 0) {
        tend_buffer_adds(&out, out.len > 1 ? ",[" : "[");
        for (int64_t i = 0; i < p.n; i++) {
            tend_buffer_adds(&out, i > 0 ? "," : "");
            tend_buffer_json(&out, p.cells[i].text);
        }
        if (p.trouble != CSV_FINE)
            tend_buffer_addf(&out, "%s{\"line\":%d}", p.n > 0 ? "," : "", (int)p.trouble_line);
        tend_buffer_addc(&out, ']');
    }
    tend_buffer_adds(&out, "]\n");
    fputs(out.at, stdout);
    csv_parser_finish(&p);
    tend_buffer_finish(&out);
    tend_buffer_finish(&whole);
    return 0;
}

/* People out and in again. Covers tend_export, tend_export_named,
 * tend_export_read, tend_export_csv, tend_export_vcard, tend_card_begin, tend_card_raw,
 * tend_card_text, tend_card_value, tend_card_param, tend_card_base64, tend_card_end. */
#include "desk/export.h"
#include "intake_world.h"

static const char *barn, *vcard;
static const struct tend_export_ask csv = { .format = TEND_EXPORT_CSV };
static const struct tend_export_ask vcard_4 = { .format = TEND_EXPORT_VCARD };
static const struct tend_export_ask vcard_3 = { .format = TEND_EXPORT_VCARD, .old = true };

/* Exports p2 to p<last> into a file; returns its path. */
static const char *export_to(struct intake_world *w, struct tend_export_ask ask, const char *name,
                             tend_id last)
{
    char *path = tend_arena_printf(&w->arena, "%s/%s", w->dir, name);
    tend_id *persons = tend_arena_take(&w->arena, (size_t)last * sizeof *persons);
    FILE *out = fopen(path, "wb");

    assert_non_null(out);
    for (tend_id i = 2; i <= last; i++)
        persons[i - 2] = i;
    assert_int_equal(tend_export(&w->desk, &ask, persons, last - 1, out), TEND_OK);
    assert_int_equal(fclose(out), 0);
    return path;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of everybody in the order of bytes: kinds of contact points may
 * change places in an export. */
static const char *sorted_people(struct intake_world *w)
{
    char *text = tend_arena_str(&w->arena, intake_world_people(w)), *lines[2000], *rest = text,
         *line;
    struct tend_buffer out = { 0 };
    const char *kept;
    size_t n = 0;

    while ((line = strsep(&rest, "\n"))) {
        assert_true(n < 2000);
        lines[n++] = line;
    }
    qsort(lines, n, sizeof lines[0], by_text);
    for (size_t i = 0; i < n; i++)
        tend_buffer_addf(&out, "%s\n", lines[i]);
    kept = tend_arena_str(&w->arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return kept;
}

static void names_of_formats(void **state)
{
    enum tend_export_format format;

    (void)state;
    assert_true(tend_export_named(TEND_TEXT("csv"), &format));
    assert_int_equal(format, TEND_EXPORT_CSV);
    assert_true(tend_export_named(TEND_TEXT("vcf"), &format));
    assert_int_equal(format, TEND_EXPORT_VCARD);
    assert_false(tend_export_named(TEND_TEXT("xlsx"), &format));
}

static void a_round_trip_loses_nothing(void **state)
{
    static const char *const files[] = { "exports/google-new.csv", "exports/google-old.csv",
                                         "exports/linkedin.csv", "exports/plain.csv",
                                         "lead-source-c/tests/leads.barn" };
    struct intake_world w, other;
    struct tend_intake_ask ask = { .match = true, .region = TEND_TEXT("AT") };
    const char *people, *path;

    (void)state;
    intake_world_open(&w);
    intake_world_load(&w, barn);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        ask.path = tend_arena_printf(&w.arena, TEND_ROOT "/examples/%s", files[i]);
        assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    }
    people = sorted_people(&w);
    path = export_to(&w, csv, "all.csv", 39);

    ask.path = path;
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_string_equal(w.done.layout, "tend");
    assert_counts(&w, "read 38 added 0 updated 0 unchanged 38 rejected 0");
    assert_string_equal(sorted_people(&w), people);

    intake_world_open(&other);
    assert_int_equal(intake_world_import(&other, &ask), TEND_OK);
    assert_counts(&other, "read 38 added 38 updated 0 unchanged 0 rejected 0");
    assert_string_equal(sorted_people(&other), people);
    intake_world_close(&other);
    intake_world_close(&w);
}

/* Reads an export back where it came from, and into a database that has nobody. */
static void check_back(struct intake_world *w, const char *path, tend_id n, const char *people)
{
    struct intake_world other;
    struct tend_intake_ask ask = { .match = true, .region = TEND_TEXT("AT"), .path = path };
    uint64_t before = intake_world_sum(w);
    const char *counts;

    assert_int_equal(intake_world_import(w, &ask), TEND_OK);
    counts = tend_arena_printf(&w->arena, "read %d added 0 updated 0 unchanged %d rejected 0",
                               (int)n, (int)n);
    if (strcmp(intake_world_counts(w), counts) != 0)
        print_message("# %s: %s\n%s\n", path, sorted_people(w), people);
    assert_counts(w, counts);
    assert_true(intake_world_sum(w) == before);
    intake_world_open(&other);
    intake_world_load(&other, vcard);
    assert_int_equal(intake_world_import(&other, &ask), TEND_OK);
    assert_counts(&other, tend_arena_printf(&w->arena, "read %d added %d updated 0 unchanged 0 "
                                                       "rejected 0", (int)n, (int)n));
    assert_string_equal(sorted_people(&other), people);
    intake_world_close(&other);
}

static void cards_come_back_as_they_went(void **state)
{
    static const char *const files[] = { "exports/google-new.csv", "exports/google-old.csv",
                                         "exports/linkedin.csv", "exports/plain.csv",
                                         "lead-source-c/tests/leads.barn" };
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .region = TEND_TEXT("AT") };
    const char *people;

    (void)state;
    intake_world_open(&w);
    intake_world_load(&w, barn);
    intake_world_load(&w, vcard);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        ask.path = tend_arena_printf(&w.arena, TEND_ROOT "/examples/%s", files[i]);
        assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    }
    people = sorted_people(&w);
    check_back(&w, export_to(&w, vcard_4, "four.vcf", 39), 38, people);
    check_back(&w, export_to(&w, vcard_3, "three.vcf", 39), 38, people);
    intake_world_close(&w);
}

/* Values that a card or a table could break on. */
static void odd_values_come_back(void **state)
{
    static const char *const odd[] = {
        "=1+2", "a;b,c\\n", "\\", "two\nlines", "dos\r\nlines", "END:VCARD", "BEGIN:VCARD", "x\n"
        "END:VCARD\ny", "\"quoted\"", "'", "^n ^' ^^", "a,", "tab\there", "ends with =", "=3D=",
        "äöü ß 山田", "tel:1", "mailto:a", "http://example.com/a;b,c", "My Contacts", "item1.x:y",
        "a long text that has to be folded more than once, since it is longer than seventy-five "
        "octets: äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü",
    };
    static const char *const fields[] = { "note", "address", "url", "tag", "title", "organisation",
                                          "nickname", "birthday", "anniversary", "odd.name",
                                          "relation.spouse", "met_how" };
    struct intake_world w;
    struct tend_buffer table = { 0 };
    int n = 0;

    (void)state;
    intake_world_open(&w);
    intake_world_load(&w, vcard);
    tend_buffer_adds(&table, "tend,name,phone,phone label");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        tend_buffer_addf(&table, ",%s", fields[i]);
    tend_buffer_adds(&table, "\r\n");
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++, n++) {
        tend_buffer_addf(&table, ",Person %c%c,+43 664 555 01%02d,", (char)('A' + i % 7),
                         (char)('a' + i), n);
        for (size_t k = 0; k <= sizeof fields / sizeof fields[0]; k++) {
            tend_buffer_adds(&table, k > 0 ? ",\"" : "\"");
            for (const char *at = odd[i]; *at && (k > 0 || !strchr(odd[i], '\r')); at++) {
                tend_buffer_adds(&table, *at == '"' ? "\"" : "");
                tend_buffer_addc(&table, *at);
            }
            tend_buffer_adds(&table, "\"");
        }
        tend_buffer_adds(&table, "\r\n");
    }
    intake_world_take(&w, intake_world_file(&w, "odd.csv", tend_buffer_text(&table).at));
    assert_counts(&w, tend_arena_printf(&w.arena, "read %d added %d updated 0 unchanged 0 "
                                                  "rejected 0", n, n));
    check_back(&w, export_to(&w, csv, "all.csv", n + 1), n, sorted_people(&w));
    check_back(&w, export_to(&w, vcard_4, "four.vcf", n + 1), n, sorted_people(&w));
    check_back(&w, export_to(&w, vcard_3, "three.vcf", n + 1), n, sorted_people(&w));
    tend_buffer_finish(&table);
    intake_world_close(&w);
}

static void formulas_are_guarded_if_asked(void **state)
{
    struct intake_world w;
    struct tend_export_ask guarded = { .format = TEND_EXPORT_CSV, .guard = true };
    struct tend_text text;

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, intake_world_file(&w, "list.csv",
                                            "Name,Email,Phone,Notes\n"
                                            "=cmd|x,ann@example.com,+43 664 555 0100,-2+3\n"
                                            "@Eve,eve@example.com,,a=b\n"));
    text = intake_world_read(&w, export_to(&w, csv, "plain.csv", 3));
    assert_non_null(strstr(text.at, ",\"=cmd|x\","));
    text = intake_world_read(&w, export_to(&w, guarded, "guarded.csv", 3));
    assert_non_null(strstr(text.at, ",\"'=cmd|x\","));
    assert_non_null(strstr(text.at, ",\"'+43 664 555 0100\","));
    assert_non_null(strstr(text.at, ",\"'-2+3\""));
    assert_non_null(strstr(text.at, ",\"'@Eve\","));
    assert_non_null(strstr(text.at, ",a=b\r\n"));
    intake_world_close(&w);
}

static void nobody(void **state)
{
    struct intake_world w;
    const char *path;

    (void)state;
    intake_world_open(&w);
    path = export_to(&w, csv, "none.csv", 1);
    assert_string_equal(intake_world_read(&w, path).at, "tend,name,given,family,email,phone\r\n");
    path = export_to(&w, vcard_4, "none.vcf", 1);
    assert_string_equal(intake_world_read(&w, path).at, "");
    intake_world_close(&w);
}

/* No line is longer than 75 octets or begins within a character; the text without folds. */
static struct tend_text unfolded(struct intake_world *w, struct tend_text text)
{
    struct tend_buffer out = { 0 };
    int64_t octets = 0;

    for (int64_t i = 0; i < text.len; i++) {
        if (i + 2 < text.len && memcmp(text.at + i, "\r\n", 2) == 0) {
            assert_true(octets <= 75);
            assert_true(((unsigned char)text.at[i + 3] & 0xC0) != 0x80);
            octets = 0;
            if (text.at[i + 2] == ' ') {
                octets = 1;
                i += 2;
                continue;
            }
            tend_buffer_adds(&out, "\r\n");
            i++;
            continue;
        }
        tend_buffer_addc(&out, text.at[i]);
        octets++;
    }
    text = tend_arena_text(&w->arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return text;
}

static void cards(void **state)
{
    struct intake_world w;
    const char *path;
    struct tend_text text;
    struct tend_person_view view;

    (void)state;
    intake_world_open(&w);
    intake_world_take(
        &w, intake_world_file(
                &w, "list.csv",
                "First Name,Last Name,Work Email,Mobile,Company,Title,Birthday,Address,Tags,Notes\n"
                "Ann,\"Lee; or, Lea\",ann@example.com,+43 664 555,\"Acme, "
                "Inc.\",Boss,1980-02-29,\"Ring 1; Wien\","
                "\"Yoga;Tea\",\"two\nlines of a text that is so long that it has to be földed "
                "böfore its end "
                "comes\"\n,,only@example.com,,,,spring 1975,,,\n"));
    path = export_to(&w, vcard_4, "all.vcf", 3);
    text = unfolded(&w, intake_world_read(&w, path));
    assert_int_equal(tend_person_read(w.store, 2, &w.arena, &view), TEND_OK);
    assert_non_null(
        strstr(text.at, tend_arena_printf(&w.arena, "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:%s\r\n",
                                          view.uid.at)));
    assert_non_null(strstr(
        text.at, "FN:Ann Lee\\; or\\, Lea\r\nN:Lee\\; or\\, "
                 "Lea;Ann;;;\r\nEMAIL;TYPE=work:ann@example.com\r\n"
                 "TEL;TYPE=cell:+43 664 555\r\nADR:;;Ring 1\\; Wien;;;;\r\nBDAY:19800229\r\n"
                 "ORG:Acme\\, Inc.\r\nTITLE:Boss\r\nCATEGORIES:Tea,Yoga\r\n"
                 "NOTE:two\\nlines of a text that is so long that it has to be földed böfore its "
                 "end comes\r\n"
                 "X-TEND-FIELD;NAME=\"source\":list\r\nEND:VCARD\r\n"));
    assert_non_null(strstr(text.at,
                           "FN:only@example.com\r\nN:;;;;\r\nEMAIL;TYPE=work:only@example.com\r\n"
                           "BDAY;VALUE=text:spring 1975\r\nX-TEND-FIELD;NAME=\"source\":list\r\nEND:VCARD\r\n"));
    intake_world_close(&w);
}

static void a_full_disk_is_told(void **state)
{
    struct intake_world w;
    FILE *full = fopen("/dev/full", "wb");
    tend_id person = 1;

    (void)state;
    if (!full)
        skip();
    intake_world_open(&w);
    assert_int_equal(tend_export(&w.desk, &csv, &person, 1, full), TEND_IO);
    fclose(full);
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_formats),
        cmocka_unit_test(a_round_trip_loses_nothing),
        cmocka_unit_test(cards_come_back_as_they_went),
        cmocka_unit_test(odd_values_come_back),
        cmocka_unit_test(formulas_are_guarded_if_asked),
        cmocka_unit_test(nobody),
        cmocka_unit_test(cards),
        cmocka_unit_test(a_full_disk_is_told),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    barn = argc > 2 ? argv[2] : NULL;
    vcard = argc > 3 ? argv[3] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

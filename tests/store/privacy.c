/* The catalogue's promise that personal text can be found again: covers
 * catalogue.def, tend_catalogue, tend_catalogue_find. */
#include "fixture.h"

/* Every TEXT or BLOB is free of personal text by declaration, or stands in a
 * row with an owner; a person is their own. */
static void every_text_has_an_owner(void **state)
{
    (void)state;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        const struct tend_table_def *table = &tend_catalogue[t];
        for (int32_t c = 0; c < table->n_columns; c++) {
            const struct tend_column_def *column = &table->columns[c];
            if (column->type != TEND_COLUMN_INT && column->privacy != TEND_PRIVACY_FREE &&
                table->owner < 0 && t != TEND_T_person) {
                fail_msg("%s.%s is personal and has no owner", table->name, column->name);
            }
        }
    }
}

/* An owner is a reference to a person, and there is one at most. */
static void owners_are_persons(void **state)
{
    (void)state;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        const struct tend_table_def *table = &tend_catalogue[t];
        int32_t owners = 0;
        for (int32_t c = 0; c < table->n_columns; c++) {
            if (table->columns[c].privacy == TEND_PRIVACY_OWNER) {
                owners++;
                assert_int_equal(table->owner, c);
                assert_int_equal(table->columns[c].ref, TEND_T_person);
                assert_int_equal(table->columns[c].type, TEND_COLUMN_INT);
            }
        }
        assert_in_range(owners, 0, 1);
    }
}

/* Undo deletes from the end of the catalogue: who is pointed to stands before. */
static void parents_stand_first(void **state)
{
    (void)state;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        for (int32_t c = 0; c < tend_catalogue[t].n_columns; c++) {
            enum tend_table ref = tend_catalogue[t].columns[c].ref;
            assert_true(ref == TEND_T_none || (int32_t)ref <= t);
        }
        assert_in_range(tend_catalogue[t].n_columns, 1, TEND_COLUMNS_MAX);
    }
}

/* Every reference to a person has an index, so that a person's rows are found
 * to be forgotten or kept; the doer of a task is the exception. */
static void owners_have_indexes(void **state)
{
    (void)state;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        const struct tend_table_def *table = &tend_catalogue[t];
        bool found = table->owner < 0;
        for (int32_t i = 0; i < tend_catalogue_n_indexes && !found; i++) {
            struct tend_text columns = tend_text_of(tend_catalogue_indexes[i].columns), first;
            found = (int32_t)tend_catalogue_indexes[i].table == t &&
                    tend_text_cut(&columns, ",", &first) &&
                    tend_text_is(first, table->columns[table->owner].name);
        }
        if (!found) {
            fail_msg("%s has no index by its owner", table->name);
        }
    }
}

/* tend_catalogue_find: every table by its name, and none by any other. */
static void tables_have_names(void **state)
{
    (void)state;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        assert_int_equal(tend_catalogue_find(tend_text_of(tend_catalogue[t].name)), t);
    }
    assert_int_equal(tend_catalogue_find(TEND_TEXT("persons")), TEND_T_none);
    assert_int_equal(tend_catalogue_find(TEND_TEXT("")), TEND_T_none);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_has_an_owner), cmocka_unit_test(owners_are_persons),
        cmocka_unit_test(parents_stand_first),     cmocka_unit_test(owners_have_indexes),
        cmocka_unit_test(tables_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

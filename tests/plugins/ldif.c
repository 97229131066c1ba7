/* The ldif plugin, with a host of our own: Thunderbird's address books, directories,
 * lists, and what is broken. Covers ldif_chunk_next, ldif_entry_read, ldif_lists_add,
 * ldif_lists_of, ldif_person. */
#include "../needs.h"
#include "fake_host.h"
#include <stdio.h>
#include <unistd.h>

#define REAL TEND_ROOT "/../shared/data/export_headers/thunderbird.ldif"

static void check(const char *text, const char *expected)
{
    static const int64_t blocks[] = { 1, 5, 65536 };

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        assert_string_equal(fake_read(tend_text_of(text), blocks[i], NULL), expected);
}

static void an_address_book(void **state)
{
    (void)state;
    check("version: 1\n\n# by hand\n"
          "dn: cn=Ann Lee,mail=ann@example.com\nobjectclass: top\nobjectclass: person\n"
          "objectclass: mozillaAbPersonAlpha\ngivenName: Ann\nsn: Lee\ncn: Ann Lee\n"
          "mail: ann@example.com\nmozillaSecondEmail: lee@example.com\n"
          "telephoneNumber: 555 0100\nhomePhone: 555 0101\nmobile: 555 0102\n"
          "facsimileTelephoneNumber: 555 0103\nmozillaHomeStreet: 1 Main St\n"
          "mozillaHomeStreet2: Flat 2\nmozillaHomeLocalityName: Ashby\nmozillaHomeState: VA\n"
          "mozillaHomePostalCode: 22000\nmozillaHomeCountryName: US\nstreet: Ring 1\nl: Wien\n"
          "postalCode: 1010\nc: AT\no: Mill\nou: Flour\ntitle: Miller\nbirthyear: 1980\n"
          "birthmonth: 3\nbirthday: 22\nmozillaCustom1: blue\nmozillaHomeUrl: http://example.com\n"
          "description: two\n  words\nmodifytimestamp: 0\n",
          "3 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|email=lee@example.com|"
          "phone=555 0100 (work)|phone=555 0101 (home)|phone=555 0102 (mobile)|"
          "phone=555 0103 (fax)|organisation=Mill|ldif.department=Flour|title=Miller|"
          "ldif.mozillaCustom1=blue|url=http://example.com (home)|note=two words|"
          "address=Ring 1, 1010 Wien, AT (work)|"
          "address=1 Main St, Flat 2, Ashby, VA 22000, US (home)|region=US|birthday=1980-03-22\n");
}

static void a_directory(void **state)
{
    (void)state;
    check("dn: dc=example,dc=com\r\nobjectClass: dcObject\r\ndc: example\r\n\r\n"
          "dn: uid=ann,dc=example,dc=com\r\nobjectClass: inetOrgPerson\r\nuid: ann\r\n"
          "cn;lang-en: Ann Lee\r\nsn: Lee\r\nuserPassword:: c2VjcmV0\r\n"
          "jpegPhoto:: AAAABBBB\r\nphoto:< file:///tmp/a.jpg\r\nbirthmonth: 5\r\nbirthday: 6\r\n"
          "labeledURI: https://example.com/ann Ann's page\r\n"
          "postalAddress: Ring 1 $ 1010 Wien\r\n\r\n"
          "dn: uid=bo,dc=example,dc=com\r\nchangetype: delete\r\n\r\n"
          "dn: uid=cy,dc=example,dc=com\r\nchangetype: add\r\ngivenName: Cy\r\nsn: Fox\r\n",
          "5 name=Ann Lee|family=Lee|id=ann|ldif.jpegPhoto=6 bytes, not loaded|"
          "ldif.photo=file:///tmp/a.jpg|url=https://example.com/ann (Ann's page)|"
          "address=Ring 1, 1010 Wien (work)|birthday=--05-06\n"
          "21 name=Cy Fox|given=Cy|family=Fox\n"
          "log 2: 1 entry is no person: left out\n"
          "log 2: 1 entry changes or deletes something: left out\n");
}

static void base64_and_its_charsets(void **state)
{
    (void)state;
    check("dn: cn=Ann\ncn:< file:///tmp/name\ngivenName: Ann\ndescription:< file:///tmp/note\n",
          "1 name=Ann|given=Ann|ldif.cn=file:///tmp/name|ldif.description=file:///tmp/note\n");
    /* bytes of which each could be the middle of a character: Latin-1 all the same */
    check("dn: cn=Ann\ncn: Ann\nsn:: Tqqqqqqqqqqqqqqqqqqqqqqq\n",
          "1 name=Ann|family=Nªªªªªªªªªªªªªªªªª\n");
    check("dn:: Y249SsO8cmdlbg==\ncn:: SsO8cmdl\n bg==\nsn:: UmVu6Q==\nmail:\n",
          "1 name=Jürgen|family=René\n");
}

static void lists_are_tags(void **state)
{
    (void)state;
    check("dn: cn=Ann,mail=ann@example.com\ncn: Ann\n\n"
          "dn: cn=choir\nobjectclass: groupOfNames\ncn: Choir\n"
          "member: CN=Ann, mail=ann@example.com\nmember: cn=Bo\nmember: cn=Zoe\n\n"
          "dn: cn=walk\nobjectclass: groupOfNames\ncn: Walk\nmember: cn=bo\n\n"
          "dn: cn=Bo\ncn: Bo\n",
          "1 name=Ann|tag=Choir\n16 name=Bo|tag=Choir|tag=Walk\n"
          "log 2: 1 member of lists is not in this file, or far before the list\n");
}

static void what_is_broken_is_refused(void **state)
{
    (void)state;
    check("dn: cn=Ann\ncn: Ann\nno colon\n\nmail: bo@example.com\n\n"
          "dn: cn=Cy\ncn:: !!\n\n\n\ndn: cn=Di\ncn: Di",
          "3:1 ldif.line dn: cn=Ann\ncn: Ann\nno colon\n"
          "5:1 ldif.dn mail: bo@example.com\n"
          "8:6 ldif.base64 dn: cn=Cy\ncn:: !!\n"
          "12 name=Di\n");
    check("", "");
    check("\n\n# only this\n", "");
}

static void columns_can_be_mapped(void **state)
{
    (void)state;
    assert_string_equal(fake_read(tend_text_of("dn: cn=A\ncn: A\nmozillaCustom1: Fair\n"), 65536,
                                  "mozillaCustom1=source"),
                        "1 name=A|source=Fair\n");
}

static void many_entries_come_in_chunks(void **state)
{
    struct tend_buffer text = { 0 };
    const char *read, *at;
    int64_t n = 0;

    (void)state;
    tend_buffer_adds(&text, "dn: cn=l\nobjectclass: groupOfNames\ncn: L\nmember: cn=Person 59999\n\n");
    for (int64_t i = 0; i < 60000; i++)
        tend_buffer_addf(&text, "dn: cn=Person %d\ncn: Person %d\ndescription: a text that "
                                "is of no use to anybody\n\n", (int)i, (int)i);
    for (int64_t i = 0; i < 200000; i++)
        tend_buffer_adds(&text, "description: an entry that does not end, for very long\n");
    tend_buffer_adds(&text, "\ndn: cn=Last\ncn: Last\n");
    read = fake_read(tend_buffer_text(&text), 65536, NULL);
    for (at = read; (at = strstr(at, " name=Person ")); at++)
        n++;
    assert_int_equal(n, 60000);
    assert_non_null(strstr(read, " name=Person 59999|note=a text that is of no use to anybody|tag=L\n"));
    assert_non_null(strstr(read, "240006:0 ldif.long "));
    assert_non_null(strstr(read, " name=Last\n"));
    tend_buffer_finish(&text);
}

static void sniffs_what_it_can_read(void **state)
{
    (void)state;
    assert_int_equal(fake_sniff("# x\nversion: 1\n\ndn: cn=a\n", "a.txt"), 95);
    assert_int_equal(fake_sniff("", "a.ldif"), 20);
    assert_int_equal(fake_sniff("name,email\n", "a.csv"), 0);
}

static void thunderbird(void **state)
{
    static char text[4096];
    FILE *file = fopen(REAL, "rb");
    size_t len;

    (void)state;
    CHECK_NEEDS(REAL, file != NULL);
    len = fread(text, 1, sizeof text, file);
    fclose(file);
    assert_string_equal(
        fake_read((struct tend_text){ text, (int64_t)len }, 65536, NULL),
        "7 name=contact number one|given=contact|family=one|email=contact1@invalid|tag=new list\n"
        "19 name=contact number two|given=contact|family=two|email=contact2@invalid|"
        "title=\"worker\"|ldif.mozillaCustom1=custom, 1|ldif.mozillaCustom2=custom\t2|"
        "ldif.mozillaCustom3=custom\r3|ldif.mozillaCustom4=custom\n4|"
        "note=here's some unicode text…\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_book),
        cmocka_unit_test(a_directory),
        cmocka_unit_test(base64_and_its_charsets),
        cmocka_unit_test(lists_are_tags),
        cmocka_unit_test(what_is_broken_is_refused),
        cmocka_unit_test(columns_can_be_mapped),
        cmocka_unit_test(many_entries_come_in_chunks),
        cmocka_unit_test(sniffs_what_it_can_read),
        cmocka_unit_test(thunderbird),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

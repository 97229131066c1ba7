/* The vcard plugin on cards of our own, with a host of our own: every version, and
 * what programs get wrong. Covers vcard_person, vcard_cards_next, vcard_lines_next,
 * vcard_names, vcard_field, vcard_address, vcard_label, vcard_date, vcard_charset. */
#include "fake_host.h"
#include <stdlib.h>

#define CARD(version_, text_) "BEGIN:VCARD\r\nVERSION:" version_ "\r\n" text_ "END:VCARD\r\n"

static void check(const char *text, const char *expected)
{
    static const int64_t blocks[] = { 1, 5, 65536 };

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        assert_string_equal(fake_read(tend_text_of(text), blocks[i], NULL), expected);
}

static void a_card_of_each_version(void **state)
{
    (void)state;
    check(CARD("4.0", "FN:Ann Lee\r\nN:Lee;Ann;;;\r\nTEL;VALUE=uri;TYPE=\"work,cell\":"
                      "tel:+1-555-0100;ext=7\r\nEMAIL:ann@example.com\r\nBDAY:--0315\r\n")
          CARD("2.1", "N:Fox;Eve\r\nTEL;HOME;VOICE:555 0101\r\nTEL;WORK;FAX:555 0102\r\n")
          CARD("3.0", "FN:Dana Kim\r\nTEL;TYPE=CELL,PREF:555 0103\r\n"),
          "1 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|"
          "phone=+1-555-0100 ext. 7 (work mobile)|birthday=--03-15\n"
          "9 name=Eve Fox|given=Eve|family=Fox|phone=555 0101 (home)|phone=555 0102 (work fax)\n"
          "15 name=Dana Kim|phone=555 0103 (mobile)\n");
}

static void nothing_and_no_person(void **state)
{
    (void)state;
    check("", "");
    check("\r\n \r\n", "");
    check(CARD("3.0", "KIND:group\r\nFN:Choir\r\n"),
          "log 2: 1 card is a list of people, not a person: left out\n");
    check(CARD("3.0", "TITLE:Baker\r\n"),
          "1:0 vcard.nobody BEGIN:VCARD\r\nVERSION:3.0\r\nTITLE:Baker\r\nEND:VCARD\n");
    check(CARD("3.0", "FN:Ann Lee\r\nTEL:\r\n"), "1 name=Ann Lee\n");
    check(CARD("2.1", "TEL:555 0100\r\n"), "1 phone=555 0100\n");
}

static void what_is_broken_is_refused_and_the_rest_read(void **state)
{
    (void)state;
    check("junk\nmore\n" CARD("3.0", "FN:Ann\r\n") "BEGIN:VCARD\nFN:Bo\n" CARD("3.0", "FN:Cy\r\n")
          "END:VCARD\nBEGIN:VCARD\nFN:Di\n",
          "1:0 vcard.junk junk\nmore\n"
          "3 name=Ann\n"
          "7:0 vcard.end BEGIN:VCARD\nFN:Bo\n"
          "9 name=Cy\n"
          "13:0 vcard.junk END:VCARD\n"
          "14:0 vcard.end BEGIN:VCARD\nFN:Di\n");
    check("begin:vcard\nFN:Ann\nthis is no property\nend:VCARD",
          "1 name=Ann|vcard.line=this is no property\n"
          "log 2: 1 line is no property of a card: kept as vcard.line\n");
}

static void lines_end_and_fold_in_every_way(void **state)
{
    (void)state;
    check("BEGIN:VCARD\rFN:Ann\r  Lee\rTEL:555\r\t0100\rEND:VCARD\r",
          "1 name=Ann Lee|phone=5550100\n");
    check("BEGIN:VCARD\r\r\nFN:Ann\r\r\n  Lee\r\r\nEND:VCARD\r\r\n", "1 name=Ann Lee\n");
    check("BEGIN:VCARD\nVERSION:2.1\nFN:Ann\n Lee\nEND:VCARD\n", "1 name=Ann Lee\n");
    check("BEGIN:VCARD\nVERSION:3.0\n\nitem1.EMAIL;TYPE=INT\n ERNET,\n HO\n ME:ann@exam\n ple.com"
          "\n\nitem1.X-ABLabel:_$!<SchoolMail>!$_\nEND:VCARD\n",
          "1 email=ann@example.com (school mail)\n");
}

static void quoted_printable_breaks_softly(void **state)
{
    (void)state;
    check(CARD("2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=B8rensen;J=\r\n=C3=BCrgen"
                      "\r\nNOTE;QUOTED-PRINTABLE:One=0D=0Atwo =3D 2 and=\r\n so on=\r\n\r\n"
                      "TEL;CELL:555 0100\r\n"),
          "1 name=Jürgen Sørensen|given=Jürgen|family=Sørensen|phone=555 0100 (mobile)|"
          "note=One\ntwo = 2 and so on\n");
    check(CARD("3.0", "FN;ENCODING=QUOTED-PRINTABLE:Zo=C3=\r\n =AB Ly=\r\nnn\r\n"),
          "1 name=Zoë Lynn\n");
    check(CARD("2.1", "FN;ENCODING=QUOTED-PRINTABLE:Mia=\r\nEND:VCARD\r\n"), /* ends too early */
          "1 name=Mia\n5:0 vcard.junk END:VCARD\n");
    check(CARD("2.1", "FN;ENCODING=QUOTED-PRINTABLE:=C3=91=C3=91\r\n=C3=91\r\n"),
          "1 name=ÑÑÑ\n");
}

static void charsets_stand_in_the_property(void **state)
{
    (void)state;
    check(CARD("2.1", "FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ren=E9\r\n"),
          "1 name=René\n");
    check(CARD("2.1", "FN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C0=ED=ED=E0\r\n"),
          "1 name=Анна\n");
    check(CARD("2.1", "FN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63;\r\n"),
          "1 name=山田;\n");
    check(CARD("3.0", "FN;CHARSET=UTF-8;ENCODING=b:w5Ry\r\n a2s=\r\n"), "1 name=Ôrkk\n");
    check(CARD("2.1", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ren=E9\r\n"), "1 name=René\n");
    check(CARD("2.1", "FN;CHARSET=//none;ENCODING=QUOTED-PRINTABLE:Ren=E9\r\n"), "1 name=René\n");
    /* the host took the bytes of Cyrillic for Windows-1252 */
    check(CARD("2.1", "FN;CHARSET=windows-1251:Àííà\r\n"), "1 name=Анна\n");
}

static void names_by_what_is_there(void **state)
{
    (void)state;
    check(CARD("3.0", "N:Lee;Ann;Mary,Jo;Dr.;Jr.,M.D.\r\n"),
          "1 name=Ann Mary Jo Lee|given=Ann|family=Lee|vcard.prefix=Dr.|vcard.suffix=Jr., M.D.\n");
    check(CARD("3.0", "FN:Ann Lee\r\nN:;Ann Lee;;;\r\n"), "1 name=Ann Lee\n");
    check(CARD("3.0", "FN:ann@example.com\r\nN:;;;;\r\nEMAIL:ann@example.com\r\n"),
          "1 email=ann@example.com\n");
    check(CARD("3.0", "FN:\r\nNICKNAME:Annie\r\nTEL:1\r\n"),
          "1 name=Annie|phone=1|nickname=Annie\n");
    check(CARD("3.0", "ORG:Bakery;\r\nTEL:555 0100\r\n"),
          "1 name=Bakery|phone=555 0100|organisation=Bakery\n");
    check(CARD("3.0", "FN:Ann\\, Lee\\nB\\;C \\\\ \\x\r\n"), "1 name=Ann, Lee, B;C \\ \\x\n");
}

static void addresses_are_one_line(void **state)
{
    (void)state;
    check(CARD("3.0", "FN:A\r\nADR;TYPE=HOME,PREF:;Flat 2;1 Main St;Ashby;VA;22000;USA\r\n"
                      "ADR;TYPE=WORK:PO 5;;Ring 1\\nHof 2;Wien;;1010;AT\r\nADR:;;;;;;\r\n"),
          "1 name=A|address=1 Main St, Flat 2, Ashby, VA 22000, USA (home)|"
          "address=Ring 1, Hof 2, PO 5, 1010 Wien, AT (work)|region=AT\n");
    check(CARD("4.0", "FN:A\r\nADR;LABEL=Yard 1^nBern:CH 3:;;Yard 1;Bern;;3000;\r\n"),
          "1 name=A|address=Yard 1, 3000 Bern\n");
    check(CARD("3.0", "FN:A\r\nLABEL;TYPE=HOME:1 Main St\\nAshby\r\n"),
          "1 name=A|address=1 Main St, Ashby (home)\n");
}

static void dates_of_every_kind(void **state)
{
    (void)state;
    check(CARD("3.0", "FN:A\r\nBDAY:1980-03-22\r\nBDAY:19800322\r\nBDAY:1980-03-22T10:00:00Z\r\n"
                      "BDAY:--0322\r\nBDAY:--03-22\r\nBDAY;VALUE=text:spring 1980\r\nBDAY:1980\r\n"
                      "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22\r\nX-MS-ANNIVERSARY:20110113\r\n"
                      "item1.X-ABDATE:2010-05-06\r\nitem1.X-ABLabel:_$!<Anniversary>!$_\r\n"),
          "1 name=A|birthday=1980-03-22|birthday=1980-03-22|birthday=1980-03-22|birthday=--03-22|"
          "birthday=--03-22|birthday=spring 1980|birthday=1980|birthday=--03-22|"
          "anniversary=2011-01-13|anniversary=2010-05-06\n");
}

static void preferred_ones_come_first(void **state)
{
    (void)state;
    check(CARD("4.0", "FN:A\r\nEMAIL:c@example.com\r\nEMAIL;PREF=2:b@example.com\r\n"
                      "EMAIL;PREF=1:mailto:a@example.com\r\n"),
          "1 name=A|email=a@example.com|email=b@example.com|email=c@example.com\n");
}

static void the_rest_keeps_its_name(void **state)
{
    (void)state;
    check(CARD("3.0", "FN:A\r\nUID:urn:uuid:12-34\r\nORG:Mill\\, Inc.;Flour;Bags\r\nROLE:Miller\r\n"
                      "CATEGORIES:Choir,My Contacts,a\\,b\r\nX-SKYPE:a.skype\r\nREV:2020\r\n"
                      "item1.X-ABRELATEDNAMES:Bo\r\nitem1.X-ABLabel:_$!<Spouse>!$_\r\n"
                      "RELATED;TYPE=Friend;VALUE=text:Cy\r\nURL;TYPE=WORK:http\\://example.com\r\n"
                      "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Ann;1;;\r\n"
                      "PHOTO;ENCODING=b;TYPE=JPEG:AAAABBBB\r\n CCCC\r\n"
                      "LOGO;VALUE=uri:https://example.com/a.png\r\n"),
          "1 name=A|url=http://example.com (work)|id=12-34|organisation=Mill, Inc.|"
          "vcard.department=Flour, Bags|title=Miller|tag=Choir|tag=a,b|vcard.X-SKYPE=a.skype|"
          "relation.spouse=Bo|relation.friend=Cy|nickname=Ann|vcard.PHOTO=JPEG, 9 bytes, not loaded|"
          "vcard.LOGO=https://example.com/a.png\n"
          "log 1: 2 pictures or other attachments noted and not loaded\n");
}

static void agents_are_people_too(void **state)
{
    (void)state;
    check(CARD("2.1", "FN:Ann\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Bo\r\nEND:VCARD\r\nTEL:555 0100\r\n"),
          "1 name=Ann|phone=555 0100\n5 name=Bo\n");
    check(CARD("3.0", "FN:Ann\r\nAGENT:BEGIN:VCARD\\nFN:Bo\\nTEL:5\\nEND:VCARD\\n\r\n"),
          "1 name=Ann\n4 name=Bo|phone=5\n");
    check(CARD("3.0", "FN:Ann\r\nAGENT;VALUE=uri:https://example.com/bo\r\n"),
          "1 name=Ann|vcard.AGENT=https://example.com/bo\n");
}

static void cards_in_json(void **state)
{
    static const char text[] =
        "[\"vcards\",\n [ \"vcard\" , [[\"version\",{},\"text\",\"4.0\"],\n"
        "[\"n\",{},\"text\",[\"L\\u00e9e\",\"Ann\",[\"Mary\",\"Jo\"],\"\",\"\"]],"
        "[\"tel\",{\"type\":[\"work\",\"cell\"]},\"uri\",\"tel:+1-555-0100\"],"
        "[\"email\",{\"group\":\"i1\"},\"text\",\"ann@example.com\"],"
        "[\"x-ablabel\",{\"group\":\"i1\"},\"unknown\",\"School\"],"
        "[\"note\",{},\"text\",\"a\\nb; \\\"c\\\", \\ud83d\\ude00\"],"
        "[\"categories\",{},\"text\",\"Choir\",\"a,b\"]]],\n"
        "[\"vcard\",[[\"fn\",{},\"text\",\"Bo\"],7]],\n"
        "[\"vcard\",[[\"fn\",{},\"text\",\"Cy\"]]]]";
    static const int64_t blocks[] = { 40, 101, 65536 };

    (void)state;
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        assert_string_equal(
            fake_read(tend_text_of(text), blocks[i], NULL),
            "2 name=Ann Mary Jo Lée|given=Ann|family=Lée|email=ann@example.com (School)|"
            "phone=+1-555-0100 (work mobile)|note=a\nb; \"c\", 😀|tag=Choir|tag=a,b\n"
            "4:0 vcard.json [\"vcard\",[[\"fn\",{},\"text\",\"Bo\"],7]]\n"
            "5 name=Cy\n");
    assert_string_equal(
        fake_read(tend_text_of("[\"vcard\",[[\"fn\",{},\"text\",\"Ann"), 65536, NULL),
        "1:0 vcard.end [\"vcard\",[[\"fn\",{},\"text\",\"Ann\n");
    assert_int_equal(fake_sniff(text, "a.json"), 98);
    assert_int_equal(fake_sniff("[{\"name\":\"Ann\"}]", "a.json"), 0);
}

static void columns_can_be_mapped(void **state)
{
    (void)state;
    assert_string_equal(fake_read(tend_text_of(CARD("3.0", "FN:Ann\r\nX-FROM:Open house\r\n")),
                                  65536, "X-FROM=source"),
                        "1 name=Ann|source=Open house\n");
}

static void an_export_of_ours_says_all(void **state)
{
    (void)state;
    check(CARD("4.0", "UID:01JCXAMPE00000000000000000\r\nFN:Ann\r\n"
                      "X-TEND-FIELD;NAME=\"barn.way in\":a\\nb\r\n"),
          "1 name=Ann|uid=01JCXAMPE00000000000000000|barn.way in=a\nb\n");
}

/* A card without an end does not fill the memory, and the one behind it is read. */
static void a_card_too_large_is_refused(void **state)
{
    struct tend_buffer text = { 0 };
    const char *read;

    (void)state;
    tend_buffer_adds(&text, "BEGIN:VCARD\nFN:Big\nPHOTO;ENCODING=b:\n");
    while (text.len < 18 << 20)
        tend_buffer_adds(&text, " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
    tend_buffer_adds(&text, "END:VCARD\nBEGIN:VCARD\nFN:Small\nEND:VCARD\n");
    read = fake_read(tend_buffer_text(&text), 65536, NULL);
    assert_true(tend_text_starts(tend_text_of(read), "1:0 vcard.long BEGIN:VCARD\n"));
    assert_non_null(strstr(read, " name=Small\n"));
    tend_buffer_reset(&text);
    tend_buffer_adds(&text, "BEGIN:VCARD\nFN:Big\nPHOTO;ENCODING=b:");
    while (text.len < 40 << 20)
        tend_buffer_adds(&text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    tend_buffer_adds(&text, "\nEND:VCARD\nBEGIN:VCARD\nFN:Small\nEND:VCARD\n");
    read = fake_read(tend_buffer_text(&text), 65536, NULL);
    assert_true(tend_text_starts(tend_text_of(read), "1:0 vcard.long BEGIN:VCARD\n"));
    assert_non_null(strstr(read, " name=Small\n"));
    tend_buffer_finish(&text);
}

static void sniffs_what_it_can_read(void **state)
{
    (void)state;
    assert_int_equal(fake_sniff("\r\nBegin:VCard \r\n", "a.txt"), 100);
    assert_int_equal(fake_sniff("hello\nBEGIN:VCARD\n", "a.txt"), 70);
    assert_int_equal(fake_sniff("", "a.vcf"), 20);
    assert_int_equal(fake_sniff("name,email\n", "a.csv"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_card_of_each_version),
        cmocka_unit_test(nothing_and_no_person),
        cmocka_unit_test(what_is_broken_is_refused_and_the_rest_read),
        cmocka_unit_test(lines_end_and_fold_in_every_way),
        cmocka_unit_test(quoted_printable_breaks_softly),
        cmocka_unit_test(charsets_stand_in_the_property),
        cmocka_unit_test(names_by_what_is_there),
        cmocka_unit_test(addresses_are_one_line),
        cmocka_unit_test(dates_of_every_kind),
        cmocka_unit_test(preferred_ones_come_first),
        cmocka_unit_test(the_rest_keeps_its_name),
        cmocka_unit_test(agents_are_people_too),
        cmocka_unit_test(cards_in_json),
        cmocka_unit_test(columns_can_be_mapped),
        cmocka_unit_test(an_export_of_ours_says_all),
        cmocka_unit_test(a_card_too_large_is_refused),
        cmocka_unit_test(sniffs_what_it_can_read),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

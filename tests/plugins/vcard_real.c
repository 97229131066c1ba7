/* Cards as real programs write them, where they are at hand: every person, name,
 * number, address and date of every file. Covers the reader from block to row. */
#include "../needs.h"
#include "fake_host.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define REAL TEND_ROOT "/../shared/data/vcard/"

static const struct {
    const char *file, *rows;
} files[] = {
    { "ez-vcard/io/text/John_Doe_ANDROID.vcf",
      "1 email=john.doe@company.com\n"
      "6 email=jane.doe@company.com\n"
      "11 name=Ñ Ñ Ñ Ñ Ñ|family=Ñ Ñ Ñ Ñ|phone=123456789 (mobile)\n"
      "18 name=Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ|phone=123456 (mobile)|phone=234567 (home)|"
      "phone=3456789 (mobile)|phone=45678901 (home)\n"
      "36 name=Ñ Ñ Ñ Ñ|given=Ñ Ñ Ñ|family=Ñ Ñ|email=bob@company.com (work)|"
      "email=ÑÑÑÑÑÑÑÑÑÑÑÑÑÑ|phone=123456 (mobile)|phone=123456 (work)|"
      "phone=123456 (work fax)|url=www.company.com|url=http://www.company.com|"
      "organisation=ÑÑÑÑÑÑÑÑÑÑÑÑ|organisation=ÑÑÑÑÑÑÑÑÑÑÑÑ\n"
      "71 name=ÑÑÑÑ|family=ÑÑÑÑ|email=henry@company.com|phone=55556666 (mobile)|"
      "organisation=ÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑ|"
      "organisation=ÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑ€|"
      "organisation=ÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑÑ\n"
    },
    { "ez-vcard/io/text/John_Doe_BLACK_BERRY.vcf",
      "1 name=John Doe|given=john|family=Doe|phone=+96123456789 (mobile)|"
      "organisation=Acme Solutions\n"
    },
    { "ez-vcard/io/text/John_Doe_EVOLUTION.vcf",
      "1 name=Mr. John Richter, James Doe Sr.|given=John|family=Doe|"
      "email=john.doe@ibm.com (work)|phone=905-666-1234 (mobile)|"
      "phone=905-555-1234 (work)|url=http://www.ibm.com|"
      "id=477343c8e6bf375a9bac1f96a5000837|organisation=IBM|title=Money Counter|tag=VIP|"
      "address=15 Crescent moon drive, ASB-123, Albaney, New York 12345, United States of America (home)|"
      "birthday=1980-03-22|anniversary=1980-03-22\n"
    },
    { "ez-vcard/io/text/John_Doe_GMAIL.vcf",
      "1 name=Mr. John Richter, James Doe Sr.|given=John|family=Doe|"
      "email=john.doe@ibm.com (home)|phone=905-555-1234 (mobile)|"
      "phone=905-666-1234 (home)|url=http://www.ibm.com (work)|"
      "address=Crescent moon drive, 555-asd, Nice Area, Albaney, New York 12345, United States of America (home)|"
      "organisation=IBM|title=Money Counter|birthday=1980-03-22|anniversary=1975-03-01\n"
    },
    { "ez-vcard/io/text/John_Doe_IPHONE.vcf",
      "1 name=Mr. John Richter James Doe Sr.|given=John|family=Doe|"
      "email=john.doe@ibm.com|phone=905-555-1234 (mobile)|phone=905-666-1234 (home)|"
      "phone=905-777-1234 (work)|phone=905-888-1234 (home fax)|"
      "phone=905-999-1234 (work fax)|phone=905-111-1234 (pager)|"
      "phone=905-222-1234 (assistant phone)|url=http://www.ibm.com (home page)|"
      "organisation=IBM|title=Money Counter|"
      "address=Silicon Alley 5, New York, New York 12345, United States of America (home)|"
      "address=Street4, Building 6, Floor 8, 12345 New York, USA (work)|"
      "birthday=2012-06-06\n"
    },
    { "ez-vcard/io/text/John_Doe_LOTUS_NOTES.vcf",
      "1 name=Mr. Doe John I Johny|given=John|family=Doe|email=john.doe@ibm.com (work)|"
      "email=billy_bob@gmail.com (work)|phone=+1 (212) 204-34456 (mobile)|"
      "phone=00-1-212-555-7777 (work fax)|url=http://www.sun.com (home page)|"
      "organisation=IBM|title=Generic Accountant|"
      "address=25334, South cresent drive, Building 5, 3rd floo r, New York, New York NYC887, U.S.A. (home)|"
      "birthday=1980-05-21|id=0e7602cc-443e-4b82-b4b1-90f62f99a199\n"
    },
    { "ez-vcard/io/text/John_Doe_MAC_ADDRESS_BOOK.vcf",
      "1 name=Mr. John Richter,James Doe Sr.|given=John|family=Doe|"
      "email=john.doe@ibm.com (work)|phone=905-777-1234 (work)|phone=905-666-1234 (home)|"
      "phone=905-555-1234 (mobile)|phone=905-888-1234 (home fax)|"
      "phone=905-999-1234 (work fax)|phone=905-111-1234 (pager)|"
      "phone=905-222-1234 (AssistantPhone)|url=http://www.ibm.com (home page)|"
      "organisation=IBM|title=Money Counter|"
      "address=Silicon Alley 5, New York, New York 12345, United States of America (home)|"
      "address=Street4, Building 6, Floor 8, 12345 New York, USA (work)|"
      "birthday=2012-06-06\n"
    },
    { "ez-vcard/io/text/John_Doe_MS_OUTLOOK.vcf",
      "1 name=Mr. John Richter James Doe Sr.|given=John|family=Doe|email=john.doe@ibm.cm|"
      "phone=(905) 555-1234 (work)|phone=(905) 666-1234 (home)|"
      "url=http://www.ibm.com (work)|organisation=IBM|title=Money Counter|"
      "address=Cresent moon drive, Albaney, New York 12345, United States of America (work)|"
      "address=Silicon Alley 5, New York, New York 12345, United States of America (home)|"
      "birthday=1980-03-22|anniversary=2011-01-13\n"
    },
    { "ez-vcard/io/text/fullcontact.vcf",
      "1 name=Prefix FirstName MiddleName LastName Suffix|given=FirstName|"
      "family=LastName|email=home@example.com (home)|email=work@example.com (work)|"
      "email=school@example.com (school)|email=other@example.com (other)|"
      "email=custom@example.com (customtype)|phone=555-555-1111 (home)|"
      "phone=555-555-1112 (work)|phone=555-555-1113 (mobile)|phone=555-555-1114 (mobile)|"
      "phone=555-555-1115|phone=555-555-1116 (home fax)|phone=555-555-1117 (work fax)|"
      "phone=555-555-1118|phone=555-555-1119|url=http://www.homepage.com|"
      "url=http://www.blog.com|url=http://www.other.com|url=http://www.custom.com|"
      "organisation=Organization1|organisation=Organization2|title=Title1|title=Title2|"
      "birthday=2016-08-01|birthday=2016-08-01|"
      "address=HomeStreet, HomeExtended, HomeCity, HomeState HomePostal, HomeCountry (home)|"
      "address=WorkStreet, WorkExtended, WorkCity, WorkState WorkPostal, WorkCountry (work)|"
      "address=OtherStreet, OtherExtended, OtherCity, OtherState OtherPostal, OtherCountry (other)|"
      "address=CustomStreet, CustomExtended, CustomCity, CustomState CustomPostal, CustomCountry (customtype)|"
      "tag=Tag\n"
    },
    { "ez-vcard/io/text/gmail-list.vcf",
      "1 name=Arnold Smith|given=Arnold|family=Smith|email=asmithk@gmail.com\n"
      "7 name=Chris Beatle|given=Chris|family=Beatle|email=chrisy55d@yahoo.com\n"
      "13 name=Doug White|given=Doug|family=White|email=dwhite@gmail.com\n"
    },
    { "ez-vcard/io/text/gmail-single.vcf",
      "1 name=Greg Dartmouth|given=Greg|family=Dartmouth|email=gdartmouth@hotmail.com|"
      "phone=555 555 1111 (mobile)|phone=555 555 2222 (GRAND_CENTRAL)|"
      "url=http://TheProfile.com (PROFILE)|"
      "address=123 Home St, Home City, HM 12345 (home)|"
      "address=321 Custom St, Custom City, TX 98765, USA (CustomAdrType)|"
      "organisation=TheCompany|title=TheJobTitle|birthday=1960-09-10|"
      "anniversary=1970-06-02\n"
    },
    { "ez-vcard/io/text/gmail-single2.vcf",
      "1 name=VCard Test|given=VCard|family=Test|email=email@example.com|"
      "email=homeemail@example.com (home)|email=workemail@example.com (work)|"
      "email=otheremail@example.com|"
      "email=customcategory@example.com (CustomEmailCategory)|phone=5555551111|"
      "phone=5555551112 (home)|phone=5555551113 (work)|phone=5555551114|"
      "phone=5555551115 (mobile)|phone=5555551116 (main)|phone=5555551117 (home fax)|"
      "phone=5555551118 (work fax)|phone=5555551119 (GRAND_CENTRAL)|"
      "phone=5555551120 (pager)|phone=5555551121 (CustomePhoneCategory)|"
      "url=http://www.example1.com|url=http://www.example2.com (PROFILE)|"
      "url=http://www.example3.com (BLOG)|url=http://www.example4.com (home page)|"
      "url=http://www.example5.com (work)|"
      "url=http://www.example6.com (CustomWebsiteCategory)|"
      "address=111 Main St, NY, New York 10011|"
      "address=112 Main St, NY, New York 10011 (home)|"
      "address=113 Main St, NY, New York 10011 (work)|"
      "address=114 Main St, NY, New York 10011|"
      "address=115 Main St, NY, New York 10011 (CustomAddressCategory)|"
      "organisation=TheCompany|title=TheJobTitle|birthday=1912-06-23|"
      "anniversary=1930-03-20\n"
    },
    { "ez-vcard/io/text/outlook-2003.vcf",
      "1 name=John Doe III|given=John|family=Doe|email=jdoe@hotmail.com|"
      "phone=BusinessPhone (work)|phone=HomePhone (home)|phone=MobilePhone (mobile)|"
      "phone=BusinessFaxPhone (work fax)|url=http://web-page-address.com (work)|"
      "organisation=Company, The|title=The Job Title|"
      "address=123 Main St, TheOffice, Austin, TX 12345, United States of America (work)\n"
      "123 birthday=1980-03-21\n"
    },
    { "ez-vcard/io/text/outlook-2007.vcf",
      "1 name=Mr. Michael Angstadt Jr.|given=Michael|family=Angstadt|"
      "email=mike.angstadt@gmail.com|phone=(111) 555-1111 (work)|"
      "phone=(111) 555-2222 (home)|phone=(111) 555-4444 (mobile)|"
      "phone=(111) 555-3333 (work fax)|url=http://mikeangstadt.name (home)|"
      "url=http://mikeangstadt.name (work)|organisation=TheCompany|title=TheJobTitle|"
      "address=222 Broadway, TheOffice, New York, NY 99999, USA (work)|"
      "birthday=1922-03-10|anniversary=2012-08-01\n"
    },
    { "ez-vcard/io/text/rfc2426-example.vcf",
      "1 name=Frank Dawson|email=Frank_Dawson@Lotus.com|email=fdawson@earthlink.net|"
      "phone=+1-919-676-9515 (work)|phone=+1-919-676-9564 (work fax)|"
      "url=http://home.earthlink.net/~fdawson|organisation=Lotus Development Corporation|"
      "address=6544 Battleford Drive, Raleigh, NC 27613-3502, U.S.A. (work)\n"
      "13 name=Tim Howes|email=howes@netscape.com|phone=+1-415-937-3419 (work)|"
      "phone=+1-415-528-4164 (work fax)|organisation=Netscape Communications Corp.|"
      "address=501 E. Middlefield Rd., Mountain View, CA 94043, U.S.A. (work)\n"
    },
    { "ez-vcard/io/text/rfc6350-example.vcf",
      "1 name=Simon Perreault|given=Simon|family=Perreault|"
      "email=simon.perreault@viagenie.ca (work)|phone=+1-418-656-9254 ext. 102 (work)|"
      "phone=+1-418-262-6501 (work mobile)|url=http://nomis80.org (home)|"
      "birthday=--02-03|anniversary=2009-08-08|organisation=Viagenie|"
      "address=2875 Laurier, Suite D2-630, Quebec, QC G1V 2M2, Canada (work)\n"
    },
    { "ez-vcard/io/text/thunderbird-MoreFunctionsForAddressBook-extension.vcf",
      "1 name=John Doe|given=John|family=Doe|email=doe.john@hotmail.com|"
      "email=additional-email@company.com|email=additional-email1@company.com|"
      "email=additional-email2@company.com|email=additional-email3@company.com|"
      "phone=555-555-1111 (work)|phone=555-555-2222 (home)|phone=555-555-5555 (mobile)|"
      "phone=555-555-3333 (fax)|phone=555-555-4444 (pager)|"
      "url=http://www.private-webpage.com (home)|url=http://www.work-webpage.com (work)|"
      "organisation=TheOrganization|"
      "address=Suite 100, 222 Broadway, New York, NY 98765, USA (work)|"
      "address=Apt 10, 123 Main St, Austin, TX 12345, USA (home)|title=TheTitle|"
      "tag=category1, category2, category3|birthday=1970-09-21|anniversary=1990-04-30\n"
    },
    { "ez-vcard/issue/issue114.vcf",
      "1 name=Dummy, Dummy|given=Dummy|family=Dummy|email=dummy.dummy@dummy.com (home)|"
      "phone=+49 1234 56789 (mobile)|phone=+49 9876 54321 (work)|organisation=Dummy GmbH|"
      "address=Dummy-Dummy-Strasse 1, BHG01:, 61352 Bad Homburg, Germany (work)|"
      "id=8b574c60-fd7f-4e99-b584-c5db131ae687\n"
    },
    { "node-vcf/empty-lines.vcf",
      "1 name=Dr. Erika Mustermann|given=Erika|family=Mustermann|"
      "email=erika@mustermann.de|phone=+49 221 9999123 (work)|"
      "phone=+49 221 1234567 (home)|url=http://de.wikipedia.org/|organisation=Wikimedia|"
      "title=Redaktion & Gestaltung|address=Heidestraße 17, 51147 Köln, Germany (home)\n"
    },
    { "node-vcf/multiple.vcf",
      "1 name=Dr. Erika Mustermann|given=Erika|family=Mustermann|"
      "email=erika@mustermann.de|phone=+49-221-9999123 (work)|"
      "phone=+49-221-1234567 (home)|organisation=Wikimedia|title=Redaktion & Gestaltung|"
      "address=Heidestraße 17, 51147 Köln, Germany (home)\n"
      "16 name=Dr. Erika Mustermann|given=Erika|family=Mustermann|"
      "email=erika@mustermann.de|phone=(0221) 9999123 (work)|phone=(0221) 1234567 (home)|"
      "organisation=Wikimedia|title=Redaktion & Gestaltung|"
      "address=Heidestrasse 17, 51147 Koeln, Deutschland (home)\n"
      "30 name=Dr. Erika Mustermann|given=Erika|family=Mustermann|"
      "email=erika@mustermann.de|phone=+49 221 9999123 (work)|"
      "phone=+49 221 1234567 (home)|url=http://de.wikipedia.org/|organisation=Wikimedia|"
      "title=Redaktion & Gestaltung|address=Heidestraße 17, 51147 Köln, Germany (home)\n"
    },
    { "node-vcf/photo-base64.vcf",
      "1:0 vcard.nobody\n"
    },
    { "node-vcf/quoted-list.vcf",
      "1 phone=+1-555-555-5555 ext. 5555 (home)\n"
    },
    { "node-vcf/vcard-2.1.vcf",
      "1 name=Forrest Gump|given=Forrest|family=Gump|email=forrestgump@example.com|"
      "phone=(111) 555-1212 (work)|phone=(404) 555-1212 (home)|"
      "organisation=Bubba Gump Shrimp Co.|title=Shrimp Man|"
      "address=100 Waters Edge, Baytown, LA 30314, United States of America (work)|"
      "address=42 Plantation St., Baytown, LA 30314, United States of America (home)\n"
    },
    { "node-vcf/vcard-3.0.vcf",
      "1 name=Forrest Gump|given=Forrest|family=Gump|email=forrestgump@example.com|"
      "phone=(111) 555-1212 (work)|phone=(404) 555-1212 (home)|"
      "organisation=Bubba Gump Shrimp Co.|title=Shrimp Man|"
      "address=100 Waters Edge, Baytown, LA 30314, United States of America (work)|"
      "address=42 Plantation St., Baytown, LA 30314, United States of America (home)\n"
    },
    { "node-vcf/vcard-4.0.vcf",
      "1 name=Forrest Gump|given=Forrest|family=Gump|email=forrestgump@example.com|"
      "phone=+11115551212 (work)|phone=+14045551212 (home)|phone=+14045551213 (home)|"
      "organisation=Bubba Gump Shrimp Co.|title=Shrimp Man|"
      "address=100 Waters Edge, Baytown, LA 30314, United States of America (work)|"
      "address=42 Plantation St., Baytown, LA 30314, United States of America (home)\n"
    },
    { "node-vcf/xing.vcf",
      "1 name=Hans-Peter Mustermann|given=Hans-Peter|family=Mustermann|"
      "url=http://www.example.com (work)|address=12345 City Name, Country (work)|"
      "organisation=Example GmbH|title=CTO|tag=Consulting|id=XING-UID-XXXXXXXX\n"
    },
    { "py-vobject/radicale-1587.vcf",
      "1 name=Given Family|given=Given|family=Family\n"
    },
    { "sabre/issue153.vcf",
      "1 name=Test Benutzer|given=Test|family=Benutzer\n"
    },
    { "sabre/issue64.vcf",
      "1:0 vcard.nobody\n"
    },
    { "ez-vcard/io/json/jcard-example.json",
      "1 name=Simon Perreault|given=Simon|family=Perreault|"
      "email=simon.perreault@viagenie.ca (work)|phone=+1-418-656-9254 ext. 102 (work)|"
      "phone=+1-418-262-6501 (work mobile)|url=http://nomis80.org (home)|"
      "birthday=--02-03|anniversary=2009-08-08|organisation=Viagenie|"
      "address=2875 Laurier, Suite D2-630, Quebec, QC G1V 2M2, Canada (work)\n"
    },
    { "node-vcf/jcard.json",
      "1 name=Forrest Gump|given=Forrest|family=Gump|email=forrestgump@example.com|"
      "phone=+1-111-555-1212 (work)|phone=+1-404-555-1212 (home)|"
      "phone=+1-404-555-1213 (home)|organisation=Bubba Gump Shrimp Co|title=Shrimp Man|"
      "address=100 Waters Edge, Baytown, LA 30314, United States of America (work)|"
      "address=42 Plantation St., Baytown, LA 30314, United States of America (home)\n"
    },
};

static struct tend_text content(const char *file)
{
    static char text[1 << 20];
    char path[512];
    FILE *in;
    size_t len;

    snprintf(path, sizeof path, REAL "%s", file);
    in = fopen(path, "rb");
    assert_non_null(in);
    len = fread(text, 1, sizeof text, in);
    fclose(in);
    return (struct tend_text){ text, (int64_t)len };
}

/* Is this one of the fields that are compared? Attributes of a program are not. */
static bool is_compared(struct tend_text field)
{
    static const char *const compared[] = { "name",  "given",        "family", "email", "phone",
                                            "address", "birthday",   "anniversary",
                                            "url",   "organisation", "title",  "tag",   "id" };

    for (size_t i = 0; i < sizeof compared / sizeof compared[0]; i++) {
        if (tend_text_starts(field, compared[i]) && field.at[strlen(compared[i])] == '=')
            return true;
    }
    return false;
}

/* The rows without those attributes; "LINE:COLUMN CODE" of those that are refused. */
static const char *rows_of(const char *read)
{
    static struct tend_buffer out;
    bool more = true, kept = false, refused = false;

    tend_buffer_reset(&out);
    tend_buffer_adds(&out, "");
    while (*read) {
        struct tend_text field = { read, (int64_t)strcspn(read, "|\n") };
        bool row = more && field.at[0] >= '0' && field.at[0] <= '9';
        int64_t digits = 0;

        while (digits < field.len && strchr("0123456789:", field.at[digits]))
            digits++;
        if (row && digits < field.len && field.at[digits] == ' ') { /* "12 name=" */
            struct tend_text first = { field.at + digits + 1, field.len - digits - 1 };

            refused = memchr(field.at, ':', (size_t)digits) != NULL;
            if (out.len > 0)
                tend_buffer_addc(&out, '\n');
            if (refused)
                first.len = (int64_t)strcspn(first.at, " ");
            kept = refused || is_compared(first);
            tend_buffer_addf(&out, "%.*s ", (int)digits, field.at);
            if (kept)
                tend_buffer_add(&out, first);
        } else if (!refused && !tend_text_starts(field, "log ")) {
            if (read[-1] == '|')
                kept = is_compared(field);
            if (kept && out.at[out.len - 1] != ' ')
                tend_buffer_addc(&out, read[-1]);
            if (kept)
                tend_buffer_add(&out, field);
        }
        read += field.len;
        more = *read == '\n';
        read += *read != '\0';
    }
    if (out.len > 0)
        tend_buffer_addc(&out, '\n');
    return out.at;
}

static int count(const char *rows, const char *what)
{
    int n = 0;

    for (; (rows = strstr(rows, what)); rows++)
        n++;
    return n;
}

static void every_file_is_read(void **state)
{
    int people = 0, emails = 0, phones = 0, addresses = 0, dates = 0, refused = 0;

    (void)state;
    CHECK_NEEDS(REAL, access(REAL, R_OK) == 0);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *rows = rows_of(fake_read(content(files[i].file), 65536, NULL));

        if (strcmp(rows, files[i].rows) != 0)
            print_message("# %s\n", files[i].file);
        assert_string_equal(rows, files[i].rows);
        refused += count(rows, " vcard.");
        people += count(rows, "name=") - count(rows, "nickname=");
        emails += count(rows, "email=");
        phones += count(rows, "phone=");
        addresses += count(rows, "address=");
        dates += count(rows, "birthday=") + count(rows, "anniversary=");
    }
    print_message("# %d files: %d names, %d e-mails, %d phones, %d addresses, %d dates; "
                  "%d cards refused\n",
                  (int)(sizeof files / sizeof files[0]), people, emails, phones, addresses, dates,
                  refused);
}

/* Cut into blocks of whatever size, it says the same. */
static void blocks_make_no_difference(void **state)
{
    (void)state;
    CHECK_NEEDS(REAL, access(REAL, R_OK) == 0);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct tend_text text = content(files[i].file);
        char *whole = strdup(fake_read(text, 1 << 20, NULL));

        assert_string_equal(fake_read(text, 47, NULL), whole);
        free(whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_read),
        cmocka_unit_test(blocks_make_no_difference),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

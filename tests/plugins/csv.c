/* What the csv plugin makes of tables: layouts, labels, several values in a
 * cell, rows that cannot be read. Covers csv_layout_guess, csv_label_find,
 * csv_row_put, csv_row_is_footer, csv_wish_read,
 * csv_delimiter_name, and the plugin's sniff and read. */
#include "csv.h"
#include "fake_host.h"
#include <stdio.h>

static void reads(const char *text, const char *expected)
{
    static const int64_t blocks[] = { 100000, 65536 };

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        assert_string_equal(fake_read(tend_text_of(text), blocks[i], NULL), expected);
}

static void google(void **state)
{
    (void)state;
    reads(
        "First Name,Middle Name,Last Name,Nickname,Organization Name,Organization Title,Labels,"
        "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
        "Phone 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n"
        "Ann,B.,Lee,Annie,Acme,Boss,* myContacts ::: Yoga ::: * starred,Home,a@example.com,* Work,"
        "b@example.com ::: c@example.com,* ,+1 555 0101,Diet,none of it\n",
        "layout: Google Contacts\n"
        "2 name=Ann B. Lee|given=Ann|family=Lee|email=b@example.com (Work)|email=c@example.com "
        "(Work)|"
        "email=a@example.com (Home)|phone=+1 555 0101|nickname=Annie|organisation=Acme|title=Boss|"
        "tag=Yoga|tag=starred|csv.Diet=none of it\n");
    reads("Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
          "Organization 1 - Name,Organization 1 - Title\n"
          "Dr. Ann Lee,Ann,Lee,* My Contacts ::: Gym,* Home,a@example.com,Acme,Boss\n",
          "layout: Google Contacts (before 2023)\n"
          "2 name=Dr. Ann Lee|given=Ann|family=Lee|email=a@example.com (Home)|tag=Gym|"
          "organisation=Acme|title=Boss\n");
    reads("First Name,Labels,File As,Relation 1 - Label,Relation 1 - Value,Relation 2 - Label,"
          "Relation 2 - Value\nAnn,,,Spouse,Bob Lee,,Cy Lee\n",
          "layout: Google Contacts\n2 name=Ann|given=Ann|relation.spouse=Bob Lee|"
          "relation.other=Cy Lee\n");
}

static void linkedin(void **state)
{
    (void)state;
    reads("Notes:\r\n\"When exporting, you may notice: some are missing.\"\r\n\r\n"
          "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
          "Ann,Lee,https://example.com/ann,,\"Acme, Inc.\",Boss,28 Sep 2026\r\n,,,,,,\r\n",
          "layout: LinkedIn connections\n"
          "5 name=Ann Lee|given=Ann|family=Lee|url=https://example.com/ann|"
          "id=linkedin/https://example.com/ann|organisation=Acme, Inc.|title=Boss|"
          "csv.Connected On=28 Sep 2026\n");
    reads("First Name,Last Name,Email Address,Company,Position,Connected On\n"
          "Ann,Lee,ann@example.com,Acme,Boss,12 Mar 2024\n",
          "layout: LinkedIn connections\n"
          "2 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|organisation=Acme|title=Boss|"
          "csv.Connected On=12 Mar 2024\n");
}

static void other_programs(void **state)
{
    (void)state;
    reads("id\tcreated_time\tad_id\tform_id\tfull_name\tphone_number\temail\tinbox_url\n"
          "l:17\t2026-09-12T15:05:13+05:30\tag:1\tf:2\tAnn Lee\tp:+43664555\tann@example.com\t\n",
          "layout: Facebook lead ads\n"
          "2 name=Ann Lee|email=ann@example.com|phone=+43664555|id=facebook/17|"
          "at=2026-09-12T15:05:13+05:30|csv.ad_id=ag:1|csv.form_id=f:2\n");
    reads("Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Create Date\n"
          "8001,Ann,Lee,ann@example.com,,NEW,2024-03-12 09:14\n",
          "layout: HubSpot\n"
          "2 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|id=hubspot/8001|"
          "csv.Lead Status=NEW|at=2024-03-12 09:14\n");
    reads("\"Email Address\",\"First Name\",\"Last Name\",LEID,EUID,NOTES,TAGS\n"
          "ann@example.com,Ann,Lee,5,a9,,\"\"\"VIP, gold\"\",\"\"Blog\"\"\"\n",
          "layout: Mailchimp\n"
          "2 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|id=mailchimp/a9|csv.LEID=5|"
          "tag=VIP, gold|tag=Blog\n");
    reads("Email Address,First Name,LEID,EUID,UNSUB_TIME\nann@example.com,Ann,5,a9,2024-01-02\n"
          "bob@example.com,Bob,6,b9,\n",
          "layout: Mailchimp\n"
          "2 name=Ann|given=Ann|email=ann@example.com|id=mailchimp/a9|csv.LEID=5|"
          "dnc.email=UNSUB_TIME: 2024-01-02\n"
          "3 name=Bob|given=Bob|email=bob@example.com|id=mailchimp/b9|csv.LEID=6\n");
    reads("\"Lead Owner\",\"First Name\",\"Last Name\",\"Company / Account\",\"Email\"\n"
          "\"Me\",\"Ann\",\"Lee\",\"Acme\",\"ann@example.com\"\n\n\"Grand Totals (1 records)\"\n\n"
          "\"Confidential Information - Do Not Distribute\"\n\"Copyright (c) 2000-2026 x\"\n",
          "layout: Salesforce report\n"
          "2 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|csv.Lead Owner=Me|"
          "organisation=Acme\n");
    reads(
        "Title,First Name,Last Name,Company,Job Title,Business Street,Business City,"
        "Business Postal Code,Home City,Home Street,Business Phone,Business Fax,Mobile Phone,"
        "Birthday,E-mail Address,E-mail Type,Gender,Priority\n"
        "Dr.,Ann,Lee,Acme,Boss,\"Ring 1\n2. OG\",Wien,1010,,,+43 1 555,+43 1 556,,0.0.00,"
        "ann@example.com,SMTP,Unspecified,Normal\n",
        "layout: Outlook\n"
        "2 name=Ann Lee|given=Ann|family=Lee|csv.prefix=Dr.|email=ann@example.com|"
        "phone=+43 1 555 (work)|phone=+43 1 556 (work fax)|address=Ring 1, 2. OG, 1010 Wien (work)|"
        "organisation=Acme|title=Boss\n");
    reads("First Name,Last Name,Display Name,Primary Email,Secondary Email,Screen Name,"
          "Birth Year,Birth Month,Birth Day\nAnn,Lee,Ann M. "
          "Lee,a@example.com,b@example.com,,1980,2,9\n",
          "layout: Thunderbird\n"
          "2 name=Ann M. Lee|given=Ann|family=Lee|email=a@example.com|email=b@example.com|"
          "birthday=1980-02-09\n");
}

static void lists_of_people(void **state)
{
    (void)state;
    reads("Name;Vorname;Telefon;E-Mail\nHuber;Eva;0664/555;eva@example.com\n",
          "layout: table\n2 name=Eva Huber|given=Eva|family=Huber|email=eva@example.com|"
          "phone=0664/555\n");
    reads("Nombre,Apellidos,Móvil\nAna,Ruiz,612555\n",
          "layout: table\n2 name=Ana Ruiz|given=Ana|family=Ruiz|phone=612555 (mobile)\n");
    reads("Name,First Name\nAnn Lee,Ann\n", "layout: table\n2 name=Ann Lee|given=Ann\n");
    reads("Имя\tТелефон\nАнна\t+7 912 555\n", "layout: table\n2 name=Анна|phone=+7 912 555\n");
    reads("PHONE,full-name,Shoe size,City\n+1 555 0101,Ann Lee,38,Wien\n",
          "layout: table\n2 name=Ann Lee|phone=+1 555 0101|csv.Shoe size=38|csv.City=Wien\n");
    reads("Name,Phone 1,Phone 2\nAnn,+1 555 0101; +1 555 0102,'+1 555 0103\n",
          "layout: table\n2 name=Ann|phone=+1 555 0101|phone=+1 555 0102|phone=+1 555 0103\n");
    reads("Name,Phone,E-mail\nAnn,4.41E+11,n/a\n",
          "layout: table\n2 name=Ann|csv.Phone=4.41E+11\n");
    reads("Name,id\nAnn,7\n", "layout: table\n2 name=Ann|csv.id=7\n");
}

static void without_a_header(void **state)
{
    (void)state;
    reads("Ann Lee,ann@example.com,+1 212 555 0101\nBob Ray,bob@example.com,+1 212 555 0102\n",
          "layout: table\n1 name=Ann Lee|email=ann@example.com|phone=+1 212 555 0101\n"
          "2 name=Bob Ray|email=bob@example.com|phone=+1 212 555 0102\n");
    reads(
        "Ann,Lee,ann@example.com,7\nBob,Ray,bob@example.com,8\n",
        "layout: table\n1 name=Ann Lee|given=Ann|family=Lee|email=ann@example.com|csv.column 4=7\n"
        "2 name=Bob Ray|given=Bob|family=Ray|email=bob@example.com|csv.column 4=8\n");
    reads("ann@example.com\nbob@example.com\n",
          "layout: table\n1 email=ann@example.com\n2 email=bob@example.com\n");
    reads("sep=;\nAnn Lee;ann@example.com\nBob Ray;bob@example.com\n",
          "layout: table\n2 name=Ann Lee|email=ann@example.com\n"
          "3 name=Bob Ray|email=bob@example.com\n");
    reads("sepal,species\n1.2,setosa\n1.3,virginica\n",
          "layout: table\n2:0 csv.nobody 1.2,setosa\n3:0 csv.nobody 1.3,virginica\n");
}

/* What a label says goes before what the values look like. */
static void values_are_not_keys(void **state)
{
    (void)state;
    reads("Who,When,Comment\nAnn,2026-03-03,a\nBob,2026-03-03,b\n",
          "layout: table\n2:0 csv.nobody Ann,2026-03-03,a\n3:0 csv.nobody Bob,2026-03-03,b\n");
    reads("Name,When\nAnn,555-0101-22\n", "layout: table\n2 name=Ann|csv.When=555-0101-22\n");
    reads("Kind,Shoe size,\nx,38,ann@example.com\ny,39,bob@example.com\n",
          "layout: table\n2 email=ann@example.com|csv.Kind=x|csv.Shoe size=38\n"
          "3 email=bob@example.com|csv.Kind=y|csv.Shoe size=39\n");
    reads("2026-03-03\n2026-03-04\n",
          "layout: table\n1:0 csv.nobody 2026-03-03\n2:0 csv.nobody 2026-03-04\n");
    reads("48201000100,48.2082 16.3738\n48201000101,48.2083 16.3739\n",
          "layout: table\n1:0 csv.nobody 48201000100,48.2082 16.3738\n"
          "2:0 csv.nobody 48201000101,48.2083 16.3739\n");
    reads("Ann Lee,2125550101\nBob Ray,2125550102\n",
          "layout: table\n1 name=Ann Lee|phone=2125550101\n2 name=Bob Ray|phone=2125550102\n");
    reads("foo,bar,baz\nx,y,z\n", "layout: table\n2:0 csv.nobody x,y,z\n");
    reads("foo,bar,baz\n", "layout: table\n1:0 csv.nobody foo,bar,baz\n");
    reads("text,date,empty,\nChicago Tribune,1920-01-01,,\nThis row has blanks,,,\n",
          "layout: table\n2:0 csv.nobody Chicago Tribune,1920-01-01,,\n"
          "3:0 csv.nobody This row has blanks,,,\n");
    reads("Ann Lee\nBob van der Ray\n", "layout: table\n1 name=Ann Lee\n2 name=Bob van der Ray\n");
}

static void how_values_look(void **state)
{
    static const char *const phones[] = { "+43 664 555 1234", "0664/555 12 34", "(212) 555-0101",
                                          "212-555-0101",     "212.555.0101",   "2125550101",
                                          "+43.6645551234",   "06 12 34 56 78", "01.42.68.53.00",
                                          "555-0101",         "12.34.56.78",    NULL };
    static const char *const others[] = {
        "2026-03-03",      "03.03.2026",  "3/28/2026",    "28/03/26",    "2026/3/3",  "20260303",
        "2026-03-03 1200", "1.5",         "-123456",      "-48.208234",  "48.208234", "+48.2082",
        "1.234.567",       "192.168.0.1", "0800-1700",    "09.00-17.30", "1939-1945", "48201",
        "12345678",        "12:30:00",    "1,234,567.00", "abc",         "",          NULL
    };

    (void)state;
    for (int64_t i = 0; phones[i]; i++) {
        if (!csv_looks_like_phone(tend_text_of(phones[i])))
            print_message("# a phone: %s\n", phones[i]);
        assert_true(csv_looks_like_phone(tend_text_of(phones[i])));
    }
    for (int64_t i = 0; others[i]; i++) {
        if (csv_looks_like_phone(tend_text_of(others[i])))
            print_message("# no phone: %s\n", others[i]);
        assert_false(csv_looks_like_phone(tend_text_of(others[i])));
    }
    assert_true(csv_looks_like_email(TEND_TEXT("ann.lee+x@mail.example.com")));
    assert_true(csv_looks_like_email(TEND_TEXT("jörg@müller.example")));
    assert_false(csv_looks_like_email(TEND_TEXT("ann@home")));
    assert_false(csv_looks_like_email(TEND_TEXT("@ann")));
    assert_false(csv_looks_like_email(TEND_TEXT("ann@.example.com")));
    assert_false(csv_looks_like_email(TEND_TEXT("ann lee@example.com")));
    assert_false(csv_looks_like_email(TEND_TEXT("see ann@example.com!")));
    assert_true(csv_looks_like_value(TEND_TEXT("12:30")));
    assert_false(csv_looks_like_value(TEND_TEXT("2026")));
    assert_false(csv_looks_like_value(TEND_TEXT("Phone 2")));
}

static void rows_that_cannot_be_read(void **state)
{
    (void)state;
    reads("Name,E-mail\nAnn,\"ann@example.com\nBob,bob@example.com\nCy,cy@example.com,x\n"
          "Di,\"di \"the\" d\",di@example.com\nEd\nFay,fay@example.com,,\n",
          "layout: table\n2:5 csv.quote Ann,\"ann@example.com\n3 name=Bob|email=bob@example.com\n"
          "4:0 csv.cells Cy,cy@example.com,x\n5:8 csv.quote Di,\"di \"the\" d\",di@example.com\n"
          "6 name=Ed\n7 name=Fay|email=fay@example.com\n");
    reads("Name,E-mail\nAnn \"Annie\" Lee,ann@example.com\nBob 5\" Ray,bob@example.com\n"
          "\"Cy \"the\" Ax\",cy@example.com\n",
          "layout: table\n2 name=Ann \"Annie\" Lee|email=ann@example.com\n"
          "3:6 csv.quote Bob 5\" Ray,bob@example.com\n"
          "4:5 csv.quote \"Cy \"the\" Ax\",cy@example.com\n");
}

static void what_the_user_said(void **state)
{
    (void)state;
    assert_string_equal(fake_read(TEND_TEXT("Wer,Wo\nAnn,x\n"), 1000, "Wer=name"),
                        "layout: table\n2 name=Ann|csv.Wo=x\n");
    assert_string_equal(fake_read(TEND_TEXT("Wer,First Name\nAnn Lee,Ann\n"), 1000, "Wer=name"),
                        "layout: table\n2 given=Ann|name=Ann Lee\n");
    assert_string_equal(fake_read(TEND_TEXT("Name,E-mail\nAnn,x\n"), 1000, "Name=organisation"),
                        "layout: table\n2 email=x|organisation=Ann\n");
}

static void nothing(void **state)
{
    (void)state;
    reads("", "");
    reads("Name,E-mail\n", "layout: table\n");
    reads("\n\n\n", "layout: table\n");
}

/* A file that is longer than its head comes out the same in blocks of any size. */
static void blocks(void **state)
{
    struct tend_buffer text = { 0 }, whole = { 0 };

    (void)state;
    tend_buffer_adds(&text, "Name,E-mail,Notes\r\n");
    for (int32_t i = 0; i < 200; i++)
        tend_buffer_addf(&text, "Änne %d,p%d@example.com,\"two\r\nlines \"\"%d\"\"\"\r\n", i, i, i);
    tend_buffer_adds(&whole, fake_read(tend_buffer_text(&text), 1000000, NULL));
    for (int64_t block = 200; block < 1500; block += 97)
        assert_string_equal(fake_read(tend_buffer_text(&text), block, NULL), whole.at);
    tend_buffer_finish(&text);
    tend_buffer_finish(&whole);
}

static void how_sure(void **state)
{
    (void)state;
    assert_int_equal(fake_sniff("BEGIN:VCARD\n", "a.vcf"), 0);
    assert_int_equal(fake_sniff("{\"a\":1}", "a.json"), 0);
    assert_true(fake_sniff("", "") > 0);
    assert_true(fake_sniff("\n\n", "a.txt") > 0);
    assert_true(fake_sniff("some text\nof no kind\n", "a.txt") <= 10);
    assert_true(fake_sniff("x,y\n1,2\n", "a.csv") == 60);
    assert_int_equal(fake_sniff("dn: cn=Ann Lee\nobjectclass: person\ncn: Ann Lee\n", "a.ldif"), 0);
    assert_int_equal(fake_sniff("# export\n\ndn: cn=Ann\nmail: ann@example.com\n", "a.csv"), 0);
    assert_int_equal(fake_sniff("\n<!DOCTYPE html>\n<p>Name, E-mail, Phone</p>\n", "a.html"), 0);
    assert_int_equal(fake_sniff("Dear Ann,\n\nI hope you are well, and that we meet soon.\n"
                                "Call me: my number is on the card, or write.\n\nBest,\nBob Ray\n",
                                "letter.txt"),
                     0);
    assert_int_equal(fake_sniff("Dear Ann,\nthank you, Bob\n", "letter"), 0);
    assert_int_equal(fake_sniff("Name: Ann\nE-mail: ann@example.com\n", "card.txt"), 0);
    assert_true(fake_sniff("E-mail\nann@example.com\n", "list.txt") > 0);
    assert_true(fake_sniff("Ann Lee\nBob Ray\n", "list.txt") > 0);
    assert_true(fake_sniff("Name,E-mail\nAnn,a@example.com\n", "a") >= 80);
    assert_true(fake_sniff("First Name,Last Name,Connected On\nA,B,C\n", "a") == 90);
}

static void labels(void **state)
{
    char folded[32];

    (void)state;
    assert_int_equal(csv_label_find(fake_ctx.text, &fake_ctx, TEND_TEXT("E-Mail-Adresse"))->field,
                     CSV_EMAIL);
    assert_int_equal(csv_label_find(fake_ctx.text, &fake_ctx, TEND_TEXT("PHONE 3"))->field,
                     CSV_PHONE);
    assert_int_equal(csv_label_find(fake_ctx.text, &fake_ctx, TEND_TEXT("Prénom"))->field,
                     CSV_GIVEN);
    assert_null(csv_label_find(fake_ctx.text, &fake_ctx, TEND_TEXT("Schuhgröße")));
    assert_null(csv_label_find(fake_ctx.text, &fake_ctx, TEND_TEXT("")));
    assert_int_equal(
        csv_label_fold(fake_ctx.text, &fake_ctx, TEND_TEXT("Straße (Büro)"), folded, 32), 11);
    assert_memory_equal(folded, "strasseburo", 11);
    assert_int_equal(csv_label_fold(fake_ctx.text, &fake_ctx, TEND_TEXT("Straße"), folded, 3), -1);
    assert_string_equal(csv_label_kind('W'), "work fax");
    assert_null(csv_label_kind(0));
}

static void as_the_user_says(void **state)
{
    (void)state;
    assert_string_equal(fake_read_as(TEND_TEXT("Name;Email\nAnn, Lee;a@example.com\n"), ""),
                        "layout: table\ndelimiter: semicolon\nheader: in line 1\n"
                        "2 name=Ann, Lee|email=a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("Name~Email\nAnn~a@example.com\n"), "delimiter=~"),
                        "layout: table\ndelimiter: ~\nheader: in line 1\n"
                        "2 name=Ann|email=a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("Guests, of May\n\nName\tEmail\nAnn\ta@example.com\n"),
                                     "skip=2\ndelimiter=tab"),
                        "layout: table\ndelimiter: tab\nheader: in line 3\n"
                        "4 name=Ann|email=a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("Name Lee,a@example.com\nEmail Fox,b@example.com\n"),
                                     "header=no"),
                        "layout: table\ndelimiter: comma\nheader: none\n"
                        "1 name=Name Lee|email=a@example.com\n2 name=Email Fox|email=b@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("q1,q2\nAnn Lee,a@example.com\n"), "header=yes"),
                        "layout: table\ndelimiter: comma\nheader: in line 1\n"
                        "2:0 csv.nobody Ann Lee,a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("name,email\n*Lee, Ann*,a@example.com\n"), "quote=*"),
                        "layout: table\ndelimiter: comma\nquote: *\nheader: in line 1\n"
                        "2 name=Lee, Ann|email=a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("name,email\nAnn \"Annie\" Lee,a@example.com\n"), ""),
                        "layout: table\ndelimiter: comma\nheader: in line 1\n"
                        "2 name=Ann \"Annie\" Lee|email=a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("name,email\nAnn \"Annie\" Lee,a@example.com\n"), "strict=1"),
                        "layout: table\ndelimiter: comma\nheader: in line 1\n"
                        "2:11 csv.quote Ann \"Annie\" Lee,a@example.com\n");
    assert_string_equal(fake_read_as(TEND_TEXT("name\nAnn\n"), "delimiter=ab"), "refused");
    assert_string_equal(fake_read_as(TEND_TEXT("name\nAnn\n"), "skip=9"), "refused");
}

static void digits(void **state)
{
    (void)state;
    reads("Name,Phone,Badge\nAnn,4.41E+11,007\nBob,+43 664 5550101,1.2E+10\n",
          "layout: table\n2 name=Ann|csv.Phone=4.41E+11|csv.Badge=007\n"
          "3 name=Bob|phone=+43 664 5550101|csv.Badge=1.2E+10\n");
}

static void who_wants_nothing(void **state)
{
    (void)state;
    reads("Name,Email,Email Opt Out,Do Not Call,dnc\nAnn,a@example.com,TRUE,0,\n"
          "Bob,b@example.com,no,yes,\nCy,c@example.com,false,n,x\n",
          "layout: table\n2 name=Ann|email=a@example.com|dnc.email=Email Opt Out: TRUE\n"
          "3 name=Bob|email=b@example.com|dnc.call=Do Not Call: yes\n"
          "4 name=Cy|email=c@example.com|dnc.all=dnc: x\n");
}

/* A row with too few cells is refused, unless its file leaves out empty cells. */
static void short_rows(void **state)
{
    (void)state;
    reads("Name,Email,Company\nAnn Lee,ann@example.com,Acme\nBob Ray,bob@example.com\n",
          "layout: table\n2 name=Ann Lee|email=ann@example.com|organisation=Acme\n"
          "3 name=Bob Ray|email=bob@example.com\n");
    reads("Name,Email,Company\nAnn Lee,ann@example.com,\nBob Ray,bob@example.com\n",
          "layout: table\n2 name=Ann Lee|email=ann@example.com\n"
          "3:0 csv.cells Bob Ray,bob@example.com\n");
    /* the note was cut at its line end */
    reads("Name,Email,Note,Company,Title\nAnn Lee,ann@example.com,,Acme,Boss\n"
          "Bob Ray,bob@example.com,called\nagain,Acme,Clerk\n",
          "layout: table\n2 name=Ann Lee|email=ann@example.com|organisation=Acme|title=Boss\n"
          "3:0 csv.cells Bob Ray,bob@example.com,called\n4:0 csv.cells again,Acme,Clerk\n");
    reads("Name,Phone,Note\nAnn Lee,+43 664 5551234\n",
          "layout: table\n2 name=Ann Lee|phone=+43 664 5551234\n");
    reads("Name,b,c\n1,2\n", "layout: table\n2:0 csv.cells 1,2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(google),
        cmocka_unit_test(linkedin),
        cmocka_unit_test(other_programs),
        cmocka_unit_test(lists_of_people),
        cmocka_unit_test(without_a_header),
        cmocka_unit_test(values_are_not_keys),
        cmocka_unit_test(how_values_look),
        cmocka_unit_test(rows_that_cannot_be_read),
        cmocka_unit_test(what_the_user_said),
        cmocka_unit_test(nothing),
        cmocka_unit_test(blocks),
        cmocka_unit_test(how_sure),
        cmocka_unit_test(labels),
        cmocka_unit_test(short_rows),
        cmocka_unit_test(digits),
        cmocka_unit_test(who_wants_nothing),
        cmocka_unit_test(as_the_user_says),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

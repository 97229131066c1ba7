/* Text of code pages from before UTF-8, made by iconv from text that is known.
 * Covers tend_decode_legacy, tend_decode_named, tend_decode_other, tend_decode_close, and
 * tend_stream_open_as with tend_stream_encoding. */
#include "desk/input.h"
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *guess(const char *text, const char *page)
{
    static char bytes[4096];
    iconv_t to = iconv_open(page, "UTF-8");
    char in[4096], *from = in, *at = bytes;
    size_t left = strlen(text), room = sizeof bytes;
    struct tend_decoder d = { .encoding = TEND_ENCODING_CP1252 };
    struct tend_buffer out = { 0 };
    const char *name;

    assert_true(to != (iconv_t)-1 && left < sizeof in);
    memcpy(in, text, left);
    assert_true(iconv(to, &from, &left, &at, &room) != (size_t)-1);
    iconv_close(to);
    tend_decode_legacy(&d, (const unsigned char *)bytes, at - bytes);
    name = d.name ? d.name : "CP1252";
    tend_decode(&d, (const unsigned char *)bytes, at - bytes, true, &out);
    if (strcmp(name, page) == 0)
        assert_string_equal(out.at, text);
    tend_buffer_finish(&out);
    tend_decode_close(&d);
    return name;
}

static void by_its_looks(void **state)
{
    static const char *const samples[][2] = {
        { "CP1252", "Name;Straße\nJürgen Müller;Hauptstraße 1\nZoë Núñez;Rue de l'Église\n" },
        { "CP1252", "Nome;Endereço\nJoão Simões;Av. São João\nInês Corrêa;Praça da Sé\n" },
        { "CP1252", "Prénom;Rue\nFrançois Lefèvre;Allée du Château\nHélène;Où ça\n" },
        { "CP1252", "Navn;By\nSøren Ærø;København\nÅse Bjørn;Tromsø\n" },
        { "CP1252", "Nafn\nÞóra Guðmundsdóttir\nSigurður Þórðarson\n" },
        { "CP1252", "Nimi\nPäivi Hämäläinen\nJyrki Mäkelä\n" },
        { "CP1250", "Imię;Nazwisko;Miejscowość\nŁukasz;Wąż;Łódź\nMałgorzata;Śliwa;Gdańsk\n" },
        { "CP1250", "Jméno;Příjmení;Město\nŠtěpán;Dvořák;Plzeň\nŽofie;Černá;Děčín\n" },
        { "CP1250", "Meno;Priezvisko\nĽuboš;Žižka\nŠtefánia;Kováčová\n" },
        { "CP1250", "Név;Cím\nKőszegi Ödön;Győr, Fő út 2\nSzűcs Ágnes;Fülöpszállás\n" },
        { "CP1251", "Имя;Фамилия;Город\nМария;Иванова;Москва\nПётр;Сидоров;Тверь\n" },
        { "KOI8-R", "Имя;Фамилия;Город\nМария;Иванова;Москва\nПётр;Сидоров;Тверь\n" },
        { "CP1254", "Adı;Soyadı;Şehir\nAyşe;Yıldırım;İstanbul\nOğuz;Çağlayan;Eskişehir\n" },
        { "BIG5", "姓名;電話;地址\n王小明;02 5550100;台北市信義路一段\n陳美麗;;高雄市中山路\n" },
        { "CP932", "氏名;電話番号;住所\nやまだ たろう;03-5550-0100;東京都ちよだ区\nすずき はなこ;;大阪市\n" },
        { "CP949", "이름;전화;주소\n김철수;02-555-0100;서울시 종로구\n박영희;;부산시 해운대구\n" },
        { "MACINTOSH", "Name;Straße\nJürgen Müller;Köln\nZoë Núñez;Málaga\nJosé Peña;León\n" },
        { "CP850", "Name;Ort\nJürgen Müller;Köln\nBjörn Böhm;München\nRené Väth;Lübeck\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
        assert_string_equal(guess(samples[i][1], samples[i][0]), samples[i][0]);
}

static void little_says_little(void **state)
{
    (void)state;
    assert_string_equal(guess("Müller", "CP1252"), "CP1252");
    assert_string_equal(guess("50 € für René", "CP1252"), "CP1252");
    assert_string_equal(guess("“Ann” – the café’s", "CP1252"), "CP1252");
    assert_string_equal(guess("Calle 5 nº 3, 2º A; España", "CP1252"), "CP1252");
    assert_string_equal(guess("20 m², 3 m³, ¿dónde?", "CP1252"), "CP1252");
}

static void by_name(void **state)
{
    struct tend_decoder d = { 0 };
    struct tend_error err = { 0 };
    struct tend_buffer out = { 0 };

    (void)state;
    assert_int_equal(tend_decode_named(&d, "UTF8", &err), TEND_OK);
    assert_int_equal(d.encoding, TEND_ENCODING_UTF8);
    assert_int_equal(tend_decode_named(&d, "latin-1", &err), TEND_OK);
    assert_int_equal(d.encoding, TEND_ENCODING_CP1252);
    assert_int_equal(tend_decode_named(&d, "utf-16", &err), TEND_OK);
    assert_int_equal(d.encoding, TEND_ENCODING_UTF16LE);
    assert_int_equal(tend_decode_named(&d, "nonsense", &err), TEND_USAGE);
    assert_int_equal(tend_decode_named(&d, "windows-1251", &err), TEND_OK);
    /* half a character at the end, and bytes that are none */
    assert_int_equal(tend_decode(&d, (const unsigned char *)"\xCC\xE8\xF0", 3, true, &out), 3);
    assert_string_equal(out.at, "Мир");
    tend_decode_close(&d);
    tend_buffer_reset(&out);
    assert_int_equal(tend_decode_named(&d, "big5", &err), TEND_OK);
    assert_int_equal(tend_decode(&d, (const unsigned char *)"\xA4", 1, false, &out), 0);
    assert_int_equal(tend_decode(&d, (const unsigned char *)"\xA4\xA4!\xFF!", 5, true, &out), 5);
    assert_string_equal(out.at, "中!\xEF\xBF\xBD!");
    assert_int_equal(d.odd, 1);
    tend_decode_close(&d);
    tend_buffer_finish(&out);
}

static void a_file(void **state)
{
    struct tend_stream s;
    struct tend_error err = { 0 };
    char path[] = P_tmpdir "/tend-test-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "wb");

    (void)state;
    fputs("\xC8\xEC\xFF;\xC3\xEE\xF0\xEE\xE4\n\xCF\xB8\xF2\xF0;\n", file);
    fclose(file);
    assert_int_equal(tend_stream_open(&s, path, &err), TEND_OK);
    assert_string_equal(tend_stream_encoding(&s), "CP1251");
    assert_string_equal(tend_stream_head(&s).at, "Имя;Город\nПётр;\n");
    tend_stream_close(&s);
    assert_int_equal(tend_stream_open_as(&s, path, "koi8-r", &err), TEND_OK);
    assert_string_equal(tend_stream_encoding(&s), "koi8-r");
    tend_stream_close(&s);
    assert_int_equal(tend_stream_open_as(&s, path, "nonsense", &err), TEND_USAGE);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_its_looks),
        cmocka_unit_test(little_says_little),
        cmocka_unit_test(by_name),
        cmocka_unit_test(a_file),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

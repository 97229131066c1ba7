/* One person, exported by desk programs in their languages: the labels differ, the person
 * does not. Covers csv_label_find with csv_layout_guess. */
#include "csv.h"
#include "fake_host.h"

/* given; family; organisation; street, city and code of work; phones of work, home, mobile; e-mail */
static const char *const headers[] = {
    "Vorname;Nachname;Firma;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;"
    "Telefon geschäftlich;Telefon privat;Mobiltelefon;E-Mail-Adresse",
    "First Name;Last Name;Company;Business Street;Business City;Business Postal Code;"
    "Business Phone;Home Phone;Mobile Phone;E-mail Address",
    "Nombre;Apellidos;Organización;Calle del trabajo;Ciudad de trabajo;Código postal del trabajo;"
    "Teléfono del trabajo;Particular;Móvil;Dirección de correo electrónico",
    "Etunimi;Sukunimi;Järjestö;Työosoite;Työpaikan kaupunki;Työpaikan postinumero;"
    "Työpuhelin;Kotipuhelin;Matkapuhelinnumero;Ensisijainen sähköposti",
    "Prénom;Nom;Société;Rue (bureau);Ville (bureau);Code postal (bureau);"
    "Téléphone (bureau);Téléphone (domicile);Tél. mobile;Adresse de messagerie",
    "Nome;Cognome;Società;Indirizzo di lavoro;Città di lavoro;CAP di Lavoro;"
    "Telefono di Lavoro;Telefono di casa;Telefono Mobile;Indirizzo E-mail",
    "Imię;Nazwisko;Firma;Ulica (biuro);Miasto (biuro);Kod pocztowy (biuro);"
    "Telefon służbowy;Telefon domowy;Telefon komórkowy;Adres e-mail",
    "Primeiro nome;Último nome;Empresa;Rua comercial;Cidade comercial;Código postal comercial;"
    "Fone comercial;Fone de casa;Celular;Endereço de E-mail",
    "Имя;Фамилия;Организация;Адрес (раб.);Город (раб.);Почтовый индекс (раб.);"
    "Рабочий телефон;Домашний телефон;Номер сотового телефона;Адрес электронной почты",
    "Krstné meno;Priezvisko;Spoločnosť;Ulica (práca);Mesto (práca);PSČ (práca);"
    "Telefón do práce;Telefón domov;Mobilný telefón;E-mailová adresa",
    "名字;姓氏;公司;商務 - 街;商務 - 市/鎮;商務 - 郵遞區號;商務電話;住家電話;行動電話;電子郵件地址",
};

static void the_same_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        struct tend_buffer text = { 0 };
        const char *got;

        tend_buffer_addf(&text, "%s\nAnn;Lee;Acme;Ring 1;Linz;4020;0732 555010;0732 555011;"
                                "0664 5550101;ann@example.com\n", headers[i]);
        got = fake_read(tend_buffer_text(&text), 65536, NULL);
        assert_string_equal(strchr(got, '\n') + 1,
                            "2 name=Ann Lee|given=Ann|family=Lee|"
                            "email=ann@example.com|phone=0732 555010 (work)|"
                            "phone=0732 555011 (home)|phone=0664 5550101 (mobile)|"
                            "address=Ring 1, 4020 Linz (work)|organisation=Acme\n");
        tend_buffer_finish(&text);
    }
}

/* Thunderbird takes birthdays apart; the day alone is one where no year stands beside it. */
static void birthdays(void **state)
{
    static const char *const parts[] = {
        "Geburtsjahr;Geburtsmonat;Geburtstag", "Birth Year;Birth Month;Birth Day",
        "Año de nacimiento;Mes de nacimiento;Día de nacimiento", "Année de naissance;Mois;Jour",
        "Anno di nascita;Mese di nascita;Giorno di nascita",
        "Ano de nascimento;Mês de nascimento;Dia de nascimento",
        "Год рождения;Месяц рождения;День рождения",
    };

    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct tend_buffer text = { 0 };

        tend_buffer_addf(&text, "E-mail;%s\nann@example.com;1980;2;9\n", parts[i]);
        assert_string_equal(fake_read(tend_buffer_text(&text), 65536, NULL),
                            "layout: table\n2 email=ann@example.com|birthday=1980-02-09\n");
        tend_buffer_finish(&text);
    }
    assert_string_equal(fake_read(TEND_TEXT("E-mail;Geburtstag;Jahrestag\n"
                                            "ann@example.com;9.2.1980;3.5.2001\n"), 65536, NULL),
                        "layout: table\n2 email=ann@example.com|birthday=9.2.1980|"
                        "anniversary=3.5.2001\n");
    assert_string_equal(fake_read(TEND_TEXT("E-mail;Jour;Mois\nann@example.com;2;9\n"), 65536, NULL),
                        "layout: table\n2 email=ann@example.com|csv.Jour=2|csv.Mois=9\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_person),
        cmocka_unit_test(birthdays),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

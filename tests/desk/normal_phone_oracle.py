"""Telephone numbers as Debian's libphonenumber writes them, for normal_phone_oracle.c.

A line each: what it tries, the region, what is typed, the E.164 form that is expected (empty: no
key). Made from the example number of every region and type that the package has; exits 77 where
the package is missing.
"""
import sys

try:
    import phonenumbers as pn
except ImportError:
    sys.exit(77)

POSSIBLE = (pn.ValidationResult.IS_POSSIBLE, pn.ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


def e164(number):
    key = pn.format_number(number, pn.PhoneNumberFormat.E164)
    # since 2019 Mexican mobiles have no 1 there any more; the package of 2022 has it still
    return "+52" + key[4:] if key.startswith("+521") and len(key) == 14 else key


def tell(what, region, typed, key):
    if "\t" not in typed and "\n" not in typed:
        print(what, region, typed, key, sep="\t")


def same(typed, region, number):
    try:
        return pn.parse(typed, region) == number
    except pn.NumberParseException:
        return False


def forms(region, number):
    """Every way in which it is written; of a number without a country only those with a plus."""
    fmt, key = pn.PhoneNumberFormat, e164(number)
    digits = pn.national_significant_number(number)
    abroad = pn.format_number(number, fmt.INTERNATIONAL)
    tell("E.164", "", key, key)
    tell("international", region, abroad, key)
    tell("international", "", "tel:" + pn.format_number(number, fmt.RFC3966)[4:], key)
    tell("international", "", abroad.replace(" ", ".").replace("-", "/"), key)
    tell("extension", "", abroad + " ext. 12", key)
    if region == "":
        return
    home = pn.format_number(number, fmt.NATIONAL)
    trunk = pn.ndd_prefix_for_region(region, True) or ""
    tell("national", region, home, key)
    tell("national, bare", region, digits, key)
    if trunk and same(trunk + digits, region, number):
        tell("trunk prefix", region, trunk + digits, key)
        tell("trunk prefix", region, trunk + " " + "/".join((digits[:3], digits[3:])), key)
    for a, b in ((" ", "."), (" ", "-"), ("-", " "), (" ", "\u00a0"), ("-", "\u2013"), (" ", "")):
        tell("punctuation", region, home.replace(a, b), key)
    for extension in (" ext. 12", " x12", "#12", " ext 1234", ";ext=12", ", extension 12"):
        tell("extension", region, home + extension, key)
    number.extension = "345"
    tell("extension", region, pn.format_number(number, fmt.NATIONAL), key)
    number.extension = None
    for away in ("US", "AT", "GB"):
        tell("from " + away, away, pn.format_out_of_country_calling_number(number, away), key)


def wrong_lengths(code, number):
    """Digits cut off and put on, wherever no number of the country has that length."""
    digits = pn.national_significant_number(number)
    for n in range(1, 19):
        cut = (digits + "5555555555555555")[:n]
        odd = pn.PhoneNumber(country_code=code, national_number=int(cut or "0"),
                             italian_leading_zero=cut.startswith("0") or None)
        if len(pn.national_significant_number(odd)) != n:
            continue
        if pn.is_possible_number_with_reason(odd) in POSSIBLE:
            continue
        if (code, n) in ((229, 10), (598, 5)):  # given out since the package's 2022
            continue
        tell("wrong length", "", "+%d %s" % (code, cut), "")


def main():
    types = [t for t in pn.PhoneNumberType.values() if t != pn.PhoneNumberType.UNKNOWN]
    for region in sorted(pn.SUPPORTED_REGIONS):
        seen = set()
        for kind in types:
            number = pn.example_number_for_type(region, kind)
            if number is None or e164(number) in seen:
                continue
            seen.add(e164(number))
            forms(region, number)
        if seen:
            wrong_lengths(pn.country_code_for_region(region), pn.example_number(region))
    for code in sorted(pn.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        number = pn.example_number_for_non_geo_entity(code)
        forms("", number)


main()

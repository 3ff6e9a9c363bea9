//! The countries of the world, in the reader's language.

use crate::i18n::{alphabetical, formats, region_name};

/// The two letters of every country and territory that has post (ISO 3166-1 alpha-2).
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// A country by its name.
pub fn name(code: &str) -> String {
    region_name(code)
}

/// Code and name of all of them, in the order of the reader's alphabet.
pub fn all() -> Vec<(String, String)> {
    let named = CODES
        .split(' ')
        .map(|code| [&name(code), "\t", code].concat());
    let pair = |named: String| {
        let (name, code) = named.split_once('\t')?;
        Some((code.to_owned(), name.to_owned()))
    };
    alphabetical(named.collect())
        .into_iter()
        .filter_map(pair)
        .collect()
}

/// The country to begin with: that which the reader's language is set to (`GB` of `en-GB`), or what the list begins with.
pub fn likely() -> String {
    let tag = formats();
    let region = tag.split('-').skip(1).find(|part| part.len() == 2);
    let known = CODES
        .split(' ')
        .find(|code| region.is_some_and(|region| code.eq_ignore_ascii_case(region)));
    let first = || all().into_iter().next().map(|(code, _)| code);
    known
        .map(str::to_owned)
        .or_else(first)
        .expect("there are countries")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_stands_once() {
        let codes: Vec<&str> = CODES.split(' ').collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted());
        assert!(codes.iter().all(|code| code.len() == 2));
    }
}

//! Every expectation here was computed by hand from the published definition.

use super::*;

fn counts<const N: usize>(lowest: u64, answers: &[u64]) -> [u64; N] {
    let mut counts = [0; N];
    for answer in answers {
        counts[usize::try_from(answer - lowest).unwrap()] += 1;
    }
    counts
}

#[test]
fn csat_is_the_share_of_the_two_best() {
    // 5 5 4 3 1: three of five are 4 or 5 = 60 %; the sum is 18, 18 / 5 = 3.6.
    let told = csat(&counts(1, &[5, 5, 4, 3, 1])).unwrap();
    assert_eq!(
        (told.n, told.top_two_box_percent, told.mean),
        (5, 60.0, 3.6)
    );
    // Two of three: 66.666… is 66.7; the sum is 4 + 4 + 2 = 10, 10 / 3 = 3.333… is 3.33.
    let told = csat(&counts(1, &[4, 4, 2])).unwrap();
    assert_eq!((told.top_two_box_percent, told.mean), (66.7, 3.33));
}

#[test]
fn nps_is_promoters_less_detractors() {
    // Ten answers: 10 9 9 9 (4 promoters), 8 7 7 (3 passives), 6 3 0 (3 detractors): 40 - 30 = +10.
    let told = nps(&counts(0, &[10, 9, 9, 9, 8, 7, 7, 6, 3, 0])).unwrap();
    assert_eq!((told.n, told.score), (10, 10.0));
    let shares = (
        told.promoters_percent,
        told.passives_percent,
        told.detractors_percent,
    );
    assert_eq!(shares, (40.0, 30.0, 30.0));
    // The ends of the scale.
    assert_eq!(nps(&counts(0, &[9, 10])).unwrap().score, 100.0);
    assert_eq!(nps(&counts(0, &[0, 6])).unwrap().score, -100.0);
    assert_eq!(nps(&counts(0, &[7, 8])).unwrap().score, 0.0);
}

#[test]
fn nps_is_rounded_once_and_not_from_its_rounded_parts() {
    // Of seven: 3 promoters (42.857 %), 2 detractors (28.571 %): 1 / 7 = 14.2857 is 14.3; 42.9 - 28.6 would be 14.3 too. Of six: 1
    // promoter (16.667 %), 3 detractors (50 %): -2 / 6 = -33.333 is -33.3.
    assert_eq!(
        nps(&counts(0, &[9, 9, 10, 7, 8, 1, 2])).unwrap().score,
        14.3
    );
    assert_eq!(nps(&counts(0, &[9, 7, 8, 1, 2, 3])).unwrap().score, -33.3);
    // Of 300: 101 promoters (33.667, rounded 33.7), 100 detractors (33.333, rounded 33.3): 1 / 300 = 0.333 is 0.3, not 33.7 - 33.3 = 0.4.
    let mut tally = [0; 11];
    (tally[10], tally[8], tally[0]) = (101, 99, 100);
    assert_eq!(nps(&tally).unwrap().score, 0.3);
}

#[test]
fn ces_is_the_mean_and_the_share_of_those_who_agree() {
    // 7 7 6 5 4 2: the sum is 31, 31 / 6 = 5.1666… is 5.17; four of six agree = 66.7 %; two of six chose 7 = 33.3 %.
    let told = ces(&counts(1, &[7, 7, 6, 5, 4, 2])).unwrap();
    assert_eq!((told.n, told.mean), (6, 5.17));
    assert_eq!(
        (told.top_three_box_percent, told.top_box_percent),
        (66.7, 33.3)
    );
}

#[test]
fn a_half_is_rounded_away_from_zero() {
    // 1 of 2000 = 0.05 % is 0.1; 1 of 2001 is less than 0.05 % and is 0.0.
    assert_eq!((percent(1, 2000), percent(1, 2001)), (0.1, 0.0));
    // 1 and 200 times ... : 201 / 200 = 1.005 is 1.01.
    assert_eq!(mean(&[199, 1, 0, 0, 0], 1, 200), 1.01);
    let mut tally = [0; 11];
    (tally[0], tally[8]) = (1, 1999);
    assert_eq!(nps(&tally).unwrap().score, -0.1);
}

#[test]
fn nothing_is_not_zero() {
    let report = Tally::default().report(0, 0);
    assert_eq!(
        (&report.csat, &report.nps, &report.ces),
        (&None, &None, &None)
    );
    assert_eq!(report.requests.response_rate_percent, None);
    let told = report.to_string();
    assert_eq!(told.matches("no answers").count(), 3, "{told}");
    assert!(!told.contains("0.0"), "{told}");
    let written = serde_json::to_value(&report).unwrap();
    assert!(written["nps"].is_null() && written["requests"]["response_rate_percent"].is_null());
}

#[test]
fn the_response_rate_is_of_the_requests_that_were_made() {
    // 5 of 12 = 41.666… is 41.7.
    let report = Tally::default().report(12, 5);
    assert_eq!(report.requests.response_rate_percent, Some(41.7));
    assert!(report.to_string().contains("12 made, 5 answered: 41.7 %"));
}

#[test]
fn the_report_reads_like_this() {
    let tally = Tally {
        csat: counts(1, &[5, 5, 4, 3, 1]),
        nps: counts(0, &[9, 7, 8, 1, 2, 3]),
        ces: counts(1, &[7, 7, 6, 5, 4, 2]),
    };
    let expected = "Requests  20 made, 6 answered: 30.0 %\n\
                    CSAT      60.0 % chose 4 or 5 of 5, mean 3.60, n = 5\n\
                    NPS       -33.3: 16.7 % promoters, 33.3 % passives, 50.0 % detractors, n = 6\n\
                    CES       mean 5.17 of 7, 66.7 % agree (5 to 7), 33.3 % chose 7, n = 6";
    assert_eq!(tally.report(20, 6).to_string(), expected);
}

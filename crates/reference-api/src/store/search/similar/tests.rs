use super::*;

fn matter(seq: Seq, same_topic: bool, text: &str) -> Matter {
    Matter {
        seq,
        same_topic,
        words: words_of(text),
    }
}

fn found(typed: &str, open: &[Matter]) -> Vec<Seq> {
    let ranked = ranked(&words_of(typed), open);
    ranked.into_iter().map(|(_, seq)| seq).collect()
}

#[test]
fn matters_with_the_same_words_are_alike_the_likeliest_first() {
    let open = [
        matter(1, false, "The bill for March is too high"),
        matter(2, false, "Router blinks red"),
        matter(3, false, "My bill for March has not come, the March bill"),
    ];
    assert_eq!(found("March bill has not come", &open), [3, 1]);
    assert_eq!(found("Moving to Lisbon", &open), [] as [Seq; 0]);
    assert_eq!(found("", &open), [] as [Seq; 0]);
}

#[test]
fn a_word_that_stands_everywhere_says_little() {
    let open = [
        matter(1, false, "Lumenfold meter reading"),
        matter(2, false, "Lumenfold contract"),
        matter(3, false, "Lumenfold appointment"),
    ];
    assert_eq!(found("Lumenfold meter wrong", &open)[0], 1);
    assert_eq!(
        found("Lumenfold router slow evening", &open),
        [] as [Seq; 0]
    );
}

#[test]
fn the_same_topic_asks_for_less_likeness_and_alone_is_enough_without_words() {
    let open = [
        matter(1, true, "bill March late"),
        matter(2, false, "bill March late"),
    ];
    assert_eq!(found("the bill is wrong again this year", &open), [1]);
    assert_eq!(found("", &open), [1]);
    assert_eq!(found("router", &open), [] as [Seq; 0]);
}

#[test]
fn endings_and_accents_do_not_matter_and_scripts_without_spaces_are_compared_by_pairs() {
    let open = [
        matter(1, false, "Zählerstände melden"),
        matter(2, false, "メーターの検針について"),
        matter(3, false, "فاتورة شهر مارس"),
    ];
    assert_eq!(found("Zählerstand", &open), [1]);
    assert_eq!(found("zählerstände", &open), [1]);
    assert_eq!(found("zahlerstande", &open), [1]);
    assert_eq!(found("検針メーター", &open), [2]);
    assert_eq!(found("فاتورة مارس", &open), [3]);
}

use super::{Bench, fixture};
use crate::config::Config;
use crate::import::mailbox::{MailboxOptions, Whose, import_mailbox};
use crate::import::{Progress, Rejection, Report, Summary};
use std::fs;
use std::path::Path;

fn import(bench: &Bench, path: &Path, whose: Whose) -> (Summary, Vec<Rejection>) {
    let mut rejections = Vec::new();
    let mut report = Report::new().and(|rejection: &Rejection| rejections.push(rejection.clone()));
    let options = MailboxOptions {
        whose,
        company_domains: vec!["lumenfold.example".to_owned()],
        lang: None,
    };
    let progress = Progress::hidden();
    let summary = import_mailbox(
        &bench.intake(&Config::default()),
        path,
        &options,
        &mut report,
        &progress,
    )
    .unwrap();
    drop(report);
    (summary, rejections)
}

fn claras() -> Whose {
    Whose::Customer("clara@example.com".to_owned())
}

#[test]
fn mails_become_threads_by_what_they_answer_and_by_subject() {
    let bench = Bench::new();
    let (summary, rejections) = import(&bench, &fixture("mailbox.mbox"), claras());
    assert_eq!((summary.imported, summary.rejected), (3, 1));
    let [rejection] = rejections.as_slice() else {
        panic!("{rejections:?}");
    };
    assert!(
        rejection.to_string().starts_with("message 4 (byte "),
        "{rejection}"
    );
    assert!(rejection.reason.contains("no sender"));
    let thread = "SELECT group_concat(author_role) FROM (SELECT author_role FROM messages
                   WHERE interaction_seq = (SELECT seq FROM interactions WHERE subject = 'Zähler defekt') ORDER BY sent_at)";
    assert_eq!(bench.text(thread), "customer,agent,customer");
}

#[test]
fn a_mail_keeps_its_words_its_markup_made_harmless_and_its_files() {
    let bench = Bench::new();
    import(&bench, &fixture("mailbox.mbox"), claras());
    assert_eq!(
        bench.text("SELECT text FROM messages WHERE source_reference = 'one@example.com'"),
        "Der Zähler steht.\nFrom Monday on it did not move."
    );
    let html = bench.text("SELECT html FROM messages WHERE source_reference = 'one@example.com'");
    assert!(
        html.contains("<b>Zähler</b>") && !html.contains("script"),
        "{html}"
    );
    assert_eq!(
        bench.number(
            "SELECT remote_images FROM messages WHERE source_reference = 'one@example.com'"
        ),
        1
    );
    assert_eq!(
        bench.text("SELECT file_name || ' ' || media_type FROM attachments"),
        "Zähler.png image/png"
    );
    let stored = bench.text("SELECT stored_as FROM attachments");
    assert_eq!(
        fs::read(bench.folder.path().join(stored)).unwrap().len(),
        48
    );
    assert_eq!(
        bench.text("SELECT author_role || ' ' || lang || ' ' || text FROM messages WHERE source_reference = 'five@lumenfold.example'"),
        "automated de Nur HTML."
    );
    assert_eq!(
        bench.text("SELECT direction FROM interactions WHERE subject = 'Ihre Rechnung'"),
        "outbound"
    );
    assert_eq!(
        bench.text("SELECT display_name FROM customers"),
        "Clara Müller"
    );
}

#[test]
fn a_clock_that_was_never_set_gives_way_to_when_the_mail_came() {
    let bench = Bench::new();
    import(&bench, &fixture("mailbox.mbox"), claras());
    assert_eq!(
        bench.text("SELECT datetime(sent_at / 1000, 'unixepoch') FROM messages WHERE source_reference = 'three@example.com'"),
        "2025-03-03 12:00:00"
    );
}

#[test]
fn a_second_import_adds_nothing_and_a_later_mailbox_only_what_is_new() {
    let bench = Bench::new();
    let path = fixture("mailbox.mbox");
    import(&bench, &path, claras());
    let (again, _) = import(&bench, &path, claras());
    assert_eq!((again.imported, again.unchanged, again.updated), (0, 3, 0));
    let later = bench.folder.path().join("later.mbox");
    let mail = "From clara@example.com Tue Mar 11 09:00:00 2025\nFrom: clara@example.com\nTo: help@lumenfold.example\n\
                Subject: Re: whatever\nMessage-ID: <six@example.com>\nReferences: <two@lumenfold.example>\n\
                Date: Tue, 11 Mar 2025 09:00:00 +0000\n\nNobody came.\n";
    fs::write(&later, mail).unwrap();
    assert_eq!(import(&bench, &later, claras()).0.updated, 1);
    assert_eq!(import(&bench, &path, claras()).0.unchanged, 3);
    assert_eq!(
        bench.number("SELECT message_count FROM interactions WHERE subject = 'Zähler defekt'"),
        4
    );
    assert_eq!(bench.number("SELECT count(*) FROM interactions"), 3);
}

#[test]
fn the_companys_mailbox_is_sorted_by_who_is_a_customer() {
    let bench = Bench::new();
    let own = bench.folder.path().join("own.mbox");
    fs::write(&own, "From clara@example.com Mon Mar  3 08:00:00 2025\nFrom: clara@example.com\nMessage-ID: <zero@example.com>\n\nhello\n").unwrap();
    import(&bench, &own, claras());
    let (summary, rejections) = import(&bench, &fixture("mailbox.mbox"), Whose::Match);
    assert_eq!((summary.imported, summary.rejected), (2, 2));
    assert!(
        rejections
            .iter()
            .any(|r| r.reason.contains("is neither from nor to a customer here"))
    );
}

#[test]
fn another_kind_of_file_is_no_mailbox() {
    let bench = Bench::new();
    let options = MailboxOptions {
        whose: claras(),
        company_domains: vec![],
        lang: None,
    };
    let path = fixture("bad-rows.toml");
    let result = import_mailbox(
        &bench.intake(&Config::default()),
        &path,
        &options,
        &mut Report::new(),
        &Progress::hidden(),
    );
    assert!(result.unwrap_err().to_string().contains("no mbox"));
}

/// A mail of one line.
fn letter(from: &str, to: &str, id: &str, answers: &str, day: u8, words: &str) -> String {
    format!(
        "From x@example.com Mon Mar  3 08:00:00 2025\nFrom: {from}\nTo: {to}\nMessage-ID: <{id}>\nReferences: {answers}\n\
         Subject: Planned works\nDate: {day} Mar 2025 10:00:00 +0000\n\n{words}\n\n"
    )
}

/// The company's mailbox with these letters, read when Maya and Jonas are customers.
fn company_reads(bench: &Bench, letters: &[String]) -> (Summary, Vec<Rejection>) {
    let now = super::now();
    bench
        .store
        .write_blocking(|tx| {
            for name in ["maya", "jonas"] {
                let customer = crate::store::customers::NewCustomer {
                    display_name: name.to_owned(),
                    addresses: vec![format!("{name}@example.com")],
                    ..Default::default()
                };
                crate::store::customers::insert(tx, &customer, now)?;
            }
            Ok(())
        })
        .unwrap();
    let place = bench.folder.path().join("company.mbox");
    fs::write(&place, letters.concat()).unwrap();
    import(bench, &place, Whose::Match)
}

/// The words that this customer sees, in order.
fn seen_by(bench: &Bench, name: &str) -> String {
    bench.text(&format!(
        "SELECT coalesce(group_concat(trim(text, char(10)), ' | '), '') FROM
            (SELECT m.text FROM messages m JOIN interactions i ON i.seq = m.interaction_seq
               JOIN customers c ON c.id = i.customer_id WHERE c.display_name = '{name}' ORDER BY m.sent_at)"
    ))
}

#[test]
fn who_names_the_mail_of_another_customer_does_not_see_it() {
    let bench = Bench::new();
    let care = "care@lumenfold.example";
    let (summary, _) = company_reads(
        &bench,
        &[
            letter(
                "maya@example.com",
                care,
                "secret@m",
                "",
                5,
                "My new address is Lane 7",
            ),
            letter(
                care,
                "maya@example.com",
                "answer@l",
                "<secret@m>",
                6,
                "Noted",
            ),
            // Dated before the others, so that the thread would begin with it.
            letter(
                "jonas@example.com",
                care,
                "evil@j",
                "<secret@m>",
                1,
                "Me too",
            ),
        ],
    );
    assert_eq!((summary.imported, summary.rejected), (2, 0));
    assert_eq!(seen_by(&bench, "maya"), "My new address is Lane 7 | Noted");
    assert_eq!(seen_by(&bench, "jonas"), "Me too");
}

#[test]
fn answers_to_one_circular_are_each_customers_own() {
    let bench = Bench::new();
    let care = "care@lumenfold.example";
    let (summary, rejections) = company_reads(
        &bench,
        &[
            letter(care, care, "circular@l", "", 1, "Works on Monday"),
            letter(
                "maya@example.com",
                care,
                "one@m",
                "<circular@l>",
                2,
                "I am ill at home",
            ),
            letter(
                "jonas@example.com",
                care,
                "two@j",
                "<circular@l>",
                3,
                "Fine",
            ),
            letter(
                care,
                "jonas@example.com, maya@example.com",
                "all@l",
                "<two@j>",
                4,
                "Moved",
            ),
        ],
    );
    assert_eq!((summary.imported, summary.rejected), (2, 1));
    assert!(
        rejections[0]
            .reason
            .contains("neither from nor to a customer")
    );
    assert_eq!(seen_by(&bench, "maya"), "I am ill at home | Moved");
    assert_eq!(seen_by(&bench, "jonas"), "Fine | Moved");
}

#[test]
fn a_mail_that_answers_fifty_thousand_others_is_read_as_any() {
    let bench = Bench::new();
    let answers: String = (0..50_000).map(|id| format!("<{id}@r> ")).collect();
    let care = "care@lumenfold.example";
    let (summary, _) = company_reads(
        &bench,
        &[
            letter(care, "maya@example.com", "0@r", "", 1, "First"),
            letter("maya@example.com", care, "own@m", &answers, 2, "Last"),
        ],
    );
    assert_eq!(summary.imported, 1);
    assert_eq!(seen_by(&bench, "maya"), "First | Last");
}

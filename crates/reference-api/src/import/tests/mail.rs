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
            .any(|r| r.reason.contains("nobody in its thread is a customer"))
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

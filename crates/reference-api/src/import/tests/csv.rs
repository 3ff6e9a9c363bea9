use super::{Bench, fixture};
use crate::config::Config;
use crate::import::map::Map;
use crate::import::{
    ImportError, Progress, Rejection, Report, Summary, import_csv, write_customers,
};
use std::fs::{self, File};
use std::path::Path;

const COMPLAINTS: &str = include_str!("../../../maps/consumer-complaints.toml");

fn import(bench: &Bench, path: &Path, map: &str) -> (Summary, Vec<Rejection>) {
    let mut rejections = Vec::new();
    let mut report = Report::new().and(|rejection: &Rejection| rejections.push(rejection.clone()));
    let map = Map::parse(map).unwrap();
    let input = File::open(path).unwrap();
    let summary = import_csv(
        &bench.intake(&Config::default()),
        input,
        &map,
        &mut report,
        &Progress::hidden(),
    )
    .unwrap();
    drop(report);
    (summary, rejections)
}

fn summary(imported: u64, unchanged: u64, updated: u64, rejected: u64) -> Summary {
    Summary {
        imported,
        unchanged,
        updated,
        rejected,
        kept: 0,
    }
}

#[test]
fn real_complaints_are_taken_whole_and_once() {
    let bench = Bench::new();
    let slice = fixture("consumer-complaints-slice.csv");
    let rows = 20;
    assert_eq!(
        import(&bench, &slice, COMPLAINTS),
        (summary(rows, 0, 0, 0), vec![])
    );
    assert_eq!(
        import(&bench, &slice, COMPLAINTS),
        (summary(0, rows, 0, 0), vec![])
    );
    assert_eq!(bench.number("SELECT max(length(text)) FROM messages"), 4837);
    assert_eq!(
        bench.number(
            "SELECT count(*) FROM interactions WHERE first_response_at > first_response_by"
        ),
        1
    );
    assert_eq!(
        bench.text("SELECT group_concat(channel) FROM (SELECT DISTINCT channel FROM interactions ORDER BY 1)"),
        "phone,post,referral,web"
    );
    assert_eq!(
        bench.number(
            "SELECT count(*) FROM interactions JOIN login_addresses USING (customer_id)
              WHERE address = 'customer-30349-ga@example.com'"
        ),
        4
    );
    let list = bench.folder.path().join("customers.csv");
    write_customers(&bench.store, "consumer-complaints", &list).unwrap();
    assert!(
        fs::read_to_string(list)
            .unwrap()
            .contains("customer-30349-ga@example.com")
    );
}

/// The whole file is 2.3 MB and stands outside of the repository: `CONSUMER_COMPLAINTS_CSV` says where.
#[test]
fn every_narrative_of_the_real_file_arrives_byte_for_byte() {
    let Some(path) = std::env::var_os("CONSUMER_COMPLAINTS_CSV") else {
        eprintln!(
            "SKIPPED: set CONSUMER_COMPLAINTS_CSV to the path of consumer-complaints-2023.csv to run this test"
        );
        return;
    };
    let path = Path::new(&path);
    let bench = Bench::new();
    assert_eq!(import(&bench, path, COMPLAINTS).0, summary(2067, 0, 0, 0));
    assert_eq!(import(&bench, path, COMPLAINTS).0, summary(0, 2067, 0, 0));
    let mut compared = 0;
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        let (narrative, id) = (&row[5], &row[17]);
        if !narrative.is_empty() {
            compared += 1;
            let query = format!(
                "SELECT text FROM messages JOIN interactions ON interactions.seq = interaction_seq
                  WHERE reference = '{id}' AND author_role = 'customer'"
            );
            assert_eq!(bench.text(&query), narrative);
        }
    }
    assert_eq!(compared, 389);
}

#[test]
fn every_bad_row_is_named_and_the_rest_is_kept() {
    let bench = Bench::new();
    let map = fs::read_to_string(fixture("bad-rows.toml")).unwrap();
    let (summary, rejections) = import(&bench, &fixture("bad-rows.csv"), &map);
    assert_eq!((summary.imported, summary.rejected), (3, 10));
    let mut reasons: Vec<(String, String)> = rejections
        .into_iter()
        .map(|r| (r.place.to_string(), r.reason))
        .collect();
    reasons.sort_by_key(|(place, _)| place[5..].parse::<u64>().unwrap());
    let expected = [
        ("line 4", "reference: is empty"),
        ("line 5", "\"31.02.2023\" is no date"),
        ("line 6", "\"Brieftaube\" is none of"),
        ("line 7", "\"vielleicht\" is none of"),
        ("line 8", "\"niemand\" is no email address"),
        ("line 9", "has 5 fields, the header has 8"),
        ("line 10", "\"1\" stands already on line 2"),
        ("line 11", "is not UTF-8"),
        ("line 12", "closing quote"),
        ("line 14", "started_at: is empty"),
    ];
    assert_eq!(reasons.len(), expected.len(), "{reasons:?}");
    for ((place, reason), (line, words)) in reasons.iter().zip(expected) {
        assert_eq!(place, line);
        assert!(reason.contains(words), "{place}: {reason}");
    }
    assert_eq!(
        bench.text("SELECT text FROM messages ORDER BY seq LIMIT 1"),
        "Zeile eins\nZeile \"zwei\"; Ende"
    );
}

#[test]
fn a_changed_row_is_brought_up_to_date_and_what_was_written_here_stays() {
    let bench = Bench::new();
    let path = bench.folder.path().join("rows.csv");
    let map = fs::read_to_string(fixture("bad-rows.toml")).unwrap();
    let head = "Number;Date;Channel;Status;Subject;E-Mail;Name;Text\n";
    fs::write(
        &path,
        format!("{head}1;25.08.2023;Mail;offen;Alt;a@example.com;Anna;eins\n"),
    )
    .unwrap();
    import(&bench, &path, &map);
    bench
        .store
        .write_blocking(|db| {
            db.execute(
                "INSERT INTO messages (id, interaction_seq, author_role, author_name, channel, sent_at, text)
                 SELECT 'msg_here', seq, 'customer', 'Anna', 'web', started_at + 1, 'from the portal' FROM interactions",
                [],
            )?;
            Ok(())
        })
        .unwrap();
    assert_eq!(import(&bench, &path, &map).0, summary(0, 1, 0, 0));
    fs::write(
        &path,
        format!("{head}1;25.08.2023;Mail;zu;Neu;a@example.com;Anna;zwei\n"),
    )
    .unwrap();
    assert_eq!(import(&bench, &path, &map).0, summary(0, 0, 1, 0));
    assert_eq!(
        bench.text("SELECT subject || status FROM interactions"),
        "Neuclosed"
    );
    assert_eq!(
        bench.text("SELECT group_concat(text) FROM messages"),
        "zwei,from the portal"
    );
    assert_eq!(bench.number("SELECT message_count FROM interactions"), 2);
    assert_eq!(
        bench.number("SELECT count(*) FROM search WHERE search MATCH 'text : zwei'"),
        1
    );
    assert_eq!(
        bench.number("SELECT count(*) FROM search WHERE search MATCH 'text : eins'"),
        0
    );
}

#[test]
fn a_large_group_becomes_several_customers() {
    let bench = Bench::new();
    let map = COMPLAINTS.replace("[customer]", "[customer]\nmax_per_customer = 3");
    import(&bench, &fixture("consumer-complaints-slice.csv"), &map);
    assert_eq!(
        bench
            .number("SELECT count(*) FROM login_addresses WHERE address LIKE 'customer-30349-ga%'"),
        2
    );
}

fn map_error(map: &str) -> String {
    let bench = Bench::new();
    let input = &b"Number;Date;Channel;Status;Subject;E-Mail;Name;Text\n"[..];
    let wrong = Map::parse(map).map_err(ImportError::Map).and_then(|map| {
        import_csv(
            &bench.intake(&Config::default()),
            input,
            &map,
            &mut Report::new(),
            &Progress::hidden(),
        )
    });
    wrong.unwrap_err().to_string()
}

#[test]
fn a_wrong_map_is_refused_by_the_key_that_is_wrong() {
    let map = fs::read_to_string(fixture("bad-rows.toml")).unwrap();
    for (right, wrong, words) in [
        (
            "{Subject}",
            "{Betreff}",
            "`subject`: names the column \"Betreff\"",
        ),
        ("{Text}", "{Text", "`messages[0].text`: has a brace"),
        (
            "\"customer\"",
            "\"visitor\"",
            "`messages[0].author`: \"visitor\" is none of",
        ),
        ("Europe/Berlin", "Europe/Atlantis", "`dates.time_zone`"),
        ("\";\"", "\";;\"", "`csv.delimiter`"),
        ("[\"E-Mail\"]", "[]", "`customer.group_by`"),
        ("source = \"bad-rows\"", "source = \"\"", "`source`"),
        ("subject =", "subjekt =", "unknown field `subjekt`"),
    ] {
        let error = map_error(&map.replace(right, wrong));
        assert!(error.contains(words), "{words}: {error}");
    }
}

#[test]
fn an_empty_file_says_what_is_missing() {
    let bench = Bench::new();
    let map = Map::parse(COMPLAINTS).unwrap();
    let result = import_csv(
        &bench.intake(&Config::default()),
        &b""[..],
        &map,
        &mut Report::new(),
        &Progress::hidden(),
    );
    assert!(matches!(result, Err(ImportError::NoHeader)));
}

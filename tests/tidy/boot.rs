//! The boot module asks ahead of the program: for the very addresses that the program then asks for.

use portal_client::paths;
use portal_contract::filter::InteractionFilter;
use portal_contract::notice::NoticeState;
use portal_contract::{DataRequestId, FeedbackId, FeedbackRequestId, InteractionId, endpoints};
use serde_json::Value;

use crate::files;

/// The value of a constant of `src/boot.js`, which is written as plain data.
fn constant(name: &str) -> Value {
    let files = files::repository();
    let boot = files
        .iter()
        .find(|file| file.path == "src/boot.js")
        .expect("src/boot.js is there");
    let (_, after) = boot
        .text
        .split_once(&format!("const {name} = "))
        .expect("boot.js has the constant");
    let (data, _) = after.split_once("];").expect("it is a list");
    // JSON does not know JavaScript's comma after the last item.
    let data = format!("{}]", data.trim_end().trim_end_matches(','));
    serde_json::from_str(&data)
        .unwrap_or_else(|error| panic!("{name} in src/boot.js is not plain data: {error}"))
}

/// The screens that boot asks for early: pattern, part, requests.
fn screens() -> Vec<(String, String, Vec<String>)> {
    serde_json::from_value(constant("SCREENS")).expect("each is a pattern, a part and requests")
}

#[test]
fn every_screen_is_asked_for_under_the_address_that_the_client_uses() {
    let id: InteractionId = "int_1".parse().expect("it is an id");
    let request: FeedbackRequestId = "int_1".parse().expect("it is an id");
    let entry: FeedbackId = "int_1".parse().expect("it is an id");
    let guide = "int_1".parse().expect("it is an id");
    let data: DataRequestId = "int_1".parse().expect("it is an id");
    let other = "int_1".parse().expect("it is an id");
    let category = "int_1".parse().expect("it is an id");
    let preferences = || {
        vec![
            endpoints::PREFERENCE_CATALOG.to_owned(),
            endpoints::PREFERENCES.to_owned(),
            paths::contact_points(None),
        ]
    };
    let expected = [
        ("/", vec![endpoints::OVERVIEW.to_owned()]),
        (
            "/notices",
            vec![
                paths::notices(&NoticeState::Current, None),
                paths::notices(&NoticeState::PutAside, None),
            ],
        ),
        (
            "/interactions",
            vec![paths::interactions(&InteractionFilter::default(), None)],
        ),
        (
            "/interactions/:id",
            vec![endpoints::interaction(&id), paths::messages(&id, None)],
        ),
        ("/preferences", preferences()),
        ("/preferences/less", preferences()),
        ("/preferences/quiet-hours", preferences()),
        (
            "/preferences/history",
            vec![
                paths::preference_history(None),
                endpoints::PREFERENCE_CATALOG.to_owned(),
                paths::purposes(None),
                paths::contact_points(None),
            ],
        ),
        (
            "/preferences/contact-points",
            vec![paths::contact_points(None)],
        ),
        (
            "/preferences/consents",
            vec![paths::purposes(None), paths::consents(None)],
        ),
        (
            "/feedback",
            vec![paths::feedback_requests(None), paths::feedback(None)],
        ),
        ("/feedback/improvements", vec![paths::improvements(None)]),
        (
            "/feedback/new",
            vec![endpoints::FEEDBACK_OPTIONS.to_owned()],
        ),
        (
            "/feedback/requests/:id",
            vec![endpoints::feedback_request(&request)],
        ),
        ("/feedback/:id", vec![endpoints::feedback_entry(&entry)]),
        (
            "/contact",
            vec![paths::contact_options(None), paths::guides(None)],
        ),
        ("/contact/message", vec![paths::contact_options(None)]),
        (
            "/contact/callback",
            vec![paths::contact_options(None), paths::contact_points(None)],
        ),
        ("/guides/:id", vec![endpoints::guide(&guide)]),
        (
            "/data",
            vec![
                endpoints::ME.to_owned(),
                paths::data_inventory(None),
                paths::data_requests(None),
            ],
        ),
        (
            "/data/requests",
            vec![
                paths::data_requests(None),
                endpoints::DATA_REQUEST_OPTIONS.to_owned(),
            ],
        ),
        (
            "/data/requests/new",
            vec![endpoints::DATA_REQUEST_OPTIONS.to_owned()],
        ),
        (
            "/data/requests/:id",
            vec![
                endpoints::data_request(&data),
                paths::data_request_events(&data, None),
                paths::data_request_messages(&data, None),
            ],
        ),
        ("/data/people", vec![paths::delegations(None)]),
        (
            "/data/people/new",
            vec![
                endpoints::CAPABILITIES.to_owned(),
                endpoints::DATA_REQUEST_OPTIONS.to_owned(),
            ],
        ),
        (
            "/data/people/:id",
            vec![
                endpoints::delegation(&other),
                paths::delegation_events(&other, None),
            ],
        ),
        ("/people", Vec::new()),
        ("/p", Vec::new()),
        ("/track", Vec::new()),
        ("/data/export", Vec::new()),
        (
            "/data/:id",
            vec![
                paths::data_inventory(None),
                paths::data_requests(None),
                paths::data_inventory_records(&category, None),
            ],
        ),
        ("/help", Vec::new()),
    ];
    let expected = expected.map(|(pattern, requests)| (pattern.to_owned(), requests));
    let found = screens().into_iter().map(|(pattern, _, requests)| {
        let requests = requests.iter().map(|it| it.replace(":id", "int_1"));
        (pattern, requests.collect())
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        expected,
        "make SCREENS in src/boot.js agree with portal_client::paths"
    );
}

/// Static hosts are told the screens by name, and web servers which of them nobody frames.
#[test]
fn the_screens_that_servers_are_told_are_those_that_there_are() {
    let first = |pattern: String| pattern.split('/').nth(1).unwrap_or_default().to_owned();
    let screens = screens().into_iter().map(|(pattern, ..)| first(pattern));
    let mut screens: Vec<_> = screens.filter(|screen| !screen.is_empty()).collect();
    // Who signs in has no session that boot could ask for anything with.
    screens.push("sign-in".to_owned());
    screens.sort();
    screens.dedup();
    assert_eq!(screens, portal_serving::SCREENS);
    for screen in portal_serving::NEVER_FRAMED {
        assert!(portal_serving::SCREENS.contains(&screen), "{screen}");
    }
}

#[test]
fn every_part_that_is_asked_for_early_is_a_door_of_the_program() {
    let files = files::repository();
    let pages = files.iter().find(|file| file.path == "src/pages.rs");
    let pages = &pages.expect("src/pages.rs is there").text;
    for (pattern, part, _) in screens() {
        assert!(
            pages.contains(&format!(" = {part}, ")),
            "src/boot.js says that {pattern} needs the part {part}; src/pages.rs has no such door"
        );
    }
    assert!(
        pages.contains(" = sign_in, "),
        "src/boot.js asks for the part sign_in"
    );
}

#[test]
fn every_filter_of_a_list_is_asked_for_early() {
    let pairs = [
        ("q", "bill"),
        ("channel", "email"),
        ("direction", "inbound"),
        ("status", "open"),
        ("topic", "billing"),
        ("from", "2025-01-01"),
        ("to", "2025-12-31"),
        ("sort", "oldest"),
    ];
    let filter = InteractionFilter::from_pairs(pairs).expect("each is a filter");
    let names = filter
        .to_pairs()
        .into_iter()
        .map(|(name, _)| name)
        .collect::<Vec<_>>();
    let shared = constant("SHARED_FILTERS");
    let names = serde_json::json!(names);
    assert_eq!(
        shared, names,
        "make SHARED_FILTERS in src/boot.js agree with InteractionFilter"
    );
}

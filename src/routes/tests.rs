use super::*;
use portal_contract::data_request::DataRequestKind;
use portal_contract::filter::Sort;

#[test]
fn a_filter_stands_in_the_address() {
    let filter = InteractionFilter {
        q: Some("späte rechnung & mehr".into()),
        sort: Some(Sort::Oldest),
        ..InteractionFilter::default()
    };
    assert_eq!(
        Route::Interactions(filter).href(),
        "/interactions?q=sp%C3%A4te%20rechnung%20%26%20mehr&sort=oldest"
    );
    assert_eq!(Route::interactions().href(), "/interactions");
}

#[test]
fn every_route_leads_to_its_screen() {
    every_route_leads_below("");
}

#[test]
fn every_route_leads_to_its_screen_below_a_path_too() {
    every_route_leads_below("/portal");
    assert_eq!(Screen::at("/portal"), Some(Screen::Overview));
    for beside in ["/", "/help", "/portals/help", "/help/portal/"] {
        assert_eq!(Screen::at(beside), None, "{beside}");
    }
    let filter = InteractionFilter {
        q: Some("a".into()),
        ..InteractionFilter::default()
    };
    assert_eq!(
        Route::Interactions(filter).href(),
        "/portal/interactions?q=a"
    );
    // Where to go after signing in says nothing about where the portal stands.
    let next = Next::parse(&Route::Help.path());
    let way = Route::SignIn { next: next.clone() }.href();
    assert_eq!(way, "/portal/sign-in?next=%2Fhelp");
    assert_eq!(
        next.map(|next| next.href()).as_deref(),
        Some("/portal/help")
    );
}

fn every_route_leads_below(base: &'static str) {
    base::stand_below(base);
    let filter = InteractionFilter {
        q: Some("a b".into()),
        ..InteractionFilter::default()
    };
    let id: InteractionId = "int_1".parse().expect("it is an id");
    let leads = |route: Route, screen: Screen| {
        let href = route.href();
        let path = href.split('?').next().unwrap_or_default();
        assert!(path.starts_with(&format!("{base}/")), "{href}");
        assert_eq!(Screen::at(path), Some(screen.clone()), "{href}");
        assert_eq!(Screen::at(&format!("{path}/")), Some(screen), "{href}/");
    };
    leads(Route::Overview, Screen::Overview);
    leads(Route::Notices, Screen::Notices);
    leads(Route::Interactions(filter), Screen::Interactions);
    leads(Route::Interaction(id.clone()), Screen::Interaction(id));
    let next = Next::parse("/help");
    leads(Route::SignIn { next }, Screen::SignIn);
    leads(Route::Preferences, Screen::Preferences);
    leads(Route::LessContact, Screen::LessContact);
    leads(Route::QuietHours, Screen::QuietHours);
    leads(Route::PreferenceHistory, Screen::PreferenceHistory);
    leads(Route::ContactPoints, Screen::ContactPoints);
    leads(
        Route::AddContactPoint(ContactPointKind::Phone),
        Screen::ContactPoints,
    );
    leads(Route::Consents, Screen::Consents);
    leads(Route::Feedback, Screen::Feedback);
    leads(Route::Improvements, Screen::Improvements);
    let request: FeedbackRequestId = "frq_1".parse().expect("it is an id");
    leads(
        Route::FeedbackRequest(request.clone()),
        Screen::FeedbackRequest(request),
    );
    let about = "int_1".parse().ok();
    leads(
        Route::NewFeedback(Some(FeedbackKind::Idea), about),
        Screen::NewFeedback,
    );
    let entry: FeedbackId = "fbk_1".parse().expect("it is an id");
    leads(
        Route::FeedbackEntry(entry.clone()),
        Screen::FeedbackEntry(entry),
    );
    let begin = Begin {
        topic: "billing".parse().ok(),
        option: "write".parse().ok(),
        interaction: "int_1".parse().ok(),
    };
    leads(Route::Contact(begin.topic.clone()), Screen::Contact);
    leads(Route::NewMessage(begin.clone()), Screen::NewMessage);
    leads(Route::NewCallback(begin), Screen::NewCallback);
    let guide: GuideId = "moving".parse().expect("it is an id");
    let way = Way {
        from: "where".parse().ok(),
        answers: "abroad".parse().into_iter().collect(),
    };
    leads(Route::Guide(guide.clone(), way), Screen::Guide(guide));
    leads(Route::Data, Screen::Data);
    let messages: InventoryCategoryId = "messages".parse().expect("it is an id");
    leads(
        Route::DataCategory(messages.clone()),
        Screen::DataCategory(messages),
    );
    leads(Route::DataRequests, Screen::DataRequests);
    let other: DelegationId = "dlg_1".parse().expect("it is an id");
    leads(Route::RequestsFor(other.clone()), Screen::DataRequests);
    leads(Route::People, Screen::People);
    leads(Route::NewDelegation, Screen::NewDelegation);
    leads(Route::PeopleLink, Screen::PeopleLink);
    leads(Route::Delegation(other.clone()), Screen::Delegation(other));
    let asked = Asked {
        category: "messages".parse().ok(),
        field: Some("attributes/a b".into()),
        ..Asked::kind(DataRequestKind::Erasure)
    };
    leads(Route::NewDataRequest(asked), Screen::NewDataRequest);
    let request: DataRequestId = "dr_1".parse().expect("it is an id");
    leads(
        Route::DataRequest(request.clone()),
        Screen::DataRequest(request),
    );
    leads(Route::FooterLink, Screen::FooterLink);
    leads(Route::Track, Screen::Track);
    let place = InExport {
        q: Some("a b".into()),
        ..InExport::default()
    };
    leads(Route::Export(place), Screen::Export);
    leads(Route::Help, Screen::Help);
}

#[test]
fn an_address_that_leads_nowhere_has_no_screen() {
    for path in [
        "/nowhere",
        "/interactions/a/b",
        "/interactions/%20",
        "/help/me",
    ] {
        assert_eq!(Screen::at(path), None, "{path}");
    }
}

//! What a file of purposes has to say, beyond its shape.

use super::{Controller, PurposeSource, Purposes};
use crate::company_file::{Wrong, wrong};
use crate::inventory::Category;
use portal_contract::PurposeId;
use portal_contract::consent::LawfulBasis;
use std::collections::{BTreeSet, HashSet};

type Checked = Result<(), Wrong>;

pub(super) fn check(purposes: &Purposes) -> Checked {
    let Some(first) = purposes.all.first() else {
        return Ok(());
    };
    match &purposes.controller {
        None => return refuse("[controller]", "is needed: who decides about the data"),
        Some(controller) => check_controller(controller)?,
    }
    let languages: BTreeSet<&String> = first.text.keys().collect();
    let mut ids = HashSet::new();
    for purpose in &purposes.all {
        if !ids.insert(&purpose.id) {
            return refuse(&named(purpose), "stands in the file twice");
        }
        check_purpose(purpose)?;
        check_names(purpose, purposes)?;
        check_words(purpose)?;
        check_notices(purpose)?;
        same_languages(&named(purpose), purpose.text.keys(), &languages)?;
    }
    for (name, data) in &purposes.data {
        check_categories(name, &data.held_in)?;
        same_languages(&format!("data.{name}"), data.label.keys(), &languages)?;
    }
    for (name, recipient) in &purposes.recipients {
        same_languages(
            &format!("recipient.{name}"),
            recipient.name.keys(),
            &languages,
        )?;
    }
    same_languages("methods", purposes.methods.keys(), &languages)
}

fn check_categories(data: &str, held_in: &[String]) -> Checked {
    let known: Vec<&str> = Category::ALL.iter().map(|it| it.as_str()).collect();
    match held_in.iter().find(|id| !known.contains(&id.as_str())) {
        Some(id) => refuse(
            &format!("data.{data}, held_in"),
            &format!("\"{id}\" is none of {}", known.join(", ")),
        ),
        None => Ok(()),
    }
}

fn check_controller(controller: &Controller) -> Checked {
    if controller.name.trim().is_empty() {
        return refuse("controller.name", "is empty");
    }
    if controller.email.parse::<lettre::Address>().is_err() {
        return refuse("controller.email", "is no email address");
    }
    if !controller.url.starts_with("https://") {
        return refuse("controller.url", "has to begin with https://");
    }
    Ok(())
}

fn check_purpose(purpose: &PurposeSource) -> Checked {
    let place = |key: &str| format!("{}, {key}", named(purpose));
    if matches!(purpose.lawful_basis, LawfulBasis::Other(_)) {
        let known: Vec<&str> = LawfulBasis::KNOWN.iter().map(LawfulBasis::as_str).collect();
        let problem = format!("is one of {}", known.join(", "));
        return refuse(&place("lawful_basis"), &problem);
    }
    let is_chosen = matches!(
        purpose.lawful_basis,
        LawfulBasis::Consent | LawfulBasis::LegitimateInterests
    );
    if purpose.sale_or_sharing && !is_chosen {
        return refuse(
            &place("sale_or_sharing"),
            "a sale needs consent or legitimate_interests: the other grounds cannot be switched off",
        );
    }
    if !is_duration(&purpose.keep) {
        return refuse(
            &place("keep"),
            "is an ISO 8601 duration, such as P2Y or P6M",
        );
    }
    if purpose
        .expires
        .as_deref()
        .is_some_and(|text| !is_duration(text))
    {
        return refuse(
            &place("expires"),
            "is an ISO 8601 duration, such as P2Y or P6M",
        );
    }
    Ok(())
}

fn is_duration(text: &str) -> bool {
    text.parse::<jiff::Span>()
        .is_ok_and(|span| span.is_positive())
}

fn check_names(purpose: &PurposeSource, purposes: &Purposes) -> Checked {
    if purpose.data.is_empty() {
        return refuse(&named(purpose), "uses no data; name some of [data.…]");
    }
    if let Some(name) = purpose
        .data
        .iter()
        .find(|name| !purposes.data.contains_key(*name))
    {
        return refuse(&named(purpose), &format!("there is no [data.{name}]"));
    }
    let unknown = |name: &&String| !purposes.recipients.contains_key(*name);
    if let Some(name) = purpose.recipients.iter().find(unknown) {
        return refuse(&named(purpose), &format!("there is no [recipient.{name}]"));
    }
    Ok(())
}

fn check_words(purpose: &PurposeSource) -> Checked {
    if purpose.text.is_empty() {
        return refuse(&named(purpose), "has no text; write [purpose.text.en]");
    }
    for (language, text) in &purpose.text {
        let needed = [&text.label, &text.description, &text.retention];
        if needed.iter().any(|text| text.trim().is_empty()) {
            let place = format!("{}, text.{language}", named(purpose));
            return refuse(&place, "label, description and retention are all needed");
        }
    }
    Ok(())
}

fn check_notices(purpose: &PurposeSource) -> Checked {
    if purpose.notices.is_empty() {
        return refuse(&named(purpose), "has no notice; write [[purpose.notice]]");
    }
    let mut versions = HashSet::new();
    for notice in &purpose.notices {
        // The names of versions have the shape of ids.
        if notice.version.parse::<PurposeId>().is_err() || !versions.insert(&notice.version) {
            let place = format!("{}, notice {:?}", named(purpose), notice.version);
            return refuse(
                &place,
                "a version is made of letters, digits, dots, dashes and underscores, and no two are the same",
            );
        }
    }
    let in_order = purpose
        .notices
        .is_sorted_by(|one, next| one.since < next.since);
    if in_order {
        Ok(())
    } else {
        refuse(
            &named(purpose),
            "its notices stand from the oldest to the newest",
        )
    }
}

/// What is said in one language is said in all.
fn same_languages<'a>(
    place: &str,
    own: impl Iterator<Item = &'a String>,
    wanted: &BTreeSet<&String>,
) -> Checked {
    let own: BTreeSet<&String> = own.collect();
    match wanted.symmetric_difference(&own).next() {
        None => Ok(()),
        Some(language) => {
            let problem = format!("the language {language:?} has to be everywhere or nowhere");
            refuse(place, &problem)
        }
    }
}

fn named(purpose: &PurposeSource) -> String {
    format!("purpose {:?}", purpose.id.as_str())
}

fn refuse(place: &str, problem: &str) -> Checked {
    Err(wrong(place, problem))
}

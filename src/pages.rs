//! One file for each screen; the tree mirrors the addresses. A screen is one function that gives one view.
//!
//! The program comes in parts, so that a phone on a slow network does not wait for screens that nobody asked for. What the
//! shell needs is the first part; each `…_part` below is the door to another, and `cargo xtask` cuts the program at these
//! doors (docs/decisions/0013). Each is awaited together with the sentences of its folder here, which is named beside it (0024).
//! Boot asks for the part of the first screen together with everything else.

mod company_sign_in;
mod consents;
mod contact;
mod contact_points;
mod data_requests;
mod export;
mod feedback;
pub mod footer_link;
mod guide;
mod help;
mod interaction;
pub mod interactions;
mod inventory;
mod not_found;
mod overview;
mod people;
pub mod people_link;
pub mod preferences;
mod sign_in;
pub mod track;
mod you;

use crate::live::{Feed, Following};
use crate::loading::{Draw, arriving, joining, joining_over};
use crate::routes::Screen;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use portal_markup::View;
use portal_markup::prelude::{ViewFn, provide_context};

/// What an address leads to.
pub fn screen(screen: Option<Screen>) -> View {
    match screen {
        Some(Screen::Overview) => {
            provide_context(overview::Doors {
                told,
                months: || joining("overview", || Box::pin(months_part())),
                year: || joining("overview", || Box::pin(year_part())),
            });
            arriving("overview", || Box::pin(overview_part()))
        }
        Some(Screen::Notices) => arriving("overview", || Box::pin(all_notices_part())),
        Some(Screen::Interactions) => arriving("interactions", || Box::pin(interactions_part())),
        Some(Screen::Interaction(id)) => {
            provide_context(id);
            provide_context(interaction::Doors {
                answering: || joining("interaction", || Box::pin(answering_part())),
                planned_call: || joining("interaction", || Box::pin(planned_call_part())),
                signals: || joining("interaction", || Box::pin(signals_part())),
            });
            arriving("interaction", || Box::pin(interaction_part()))
        }
        Some(Screen::SignIn) => sign_in(),
        Some(Screen::Preferences) => arriving("preferences", || Box::pin(preferences_part())),
        Some(Screen::LessContact) => arriving("preferences", || Box::pin(less_contact_part())),
        Some(Screen::QuietHours) => arriving("preferences", || Box::pin(quiet_hours_part())),
        Some(Screen::PreferenceHistory) => {
            arriving("preferences", || Box::pin(preference_history_part()))
        }
        Some(Screen::ContactPoints) => {
            arriving("contact_points", || Box::pin(contact_points_part()))
        }
        Some(Screen::Consents) => arriving("consents", || Box::pin(consents_part())),
        Some(Screen::Feedback) => {
            provide_context(feedback::Asking(|| {
                joining("preferences", || Box::pin(surveys_part()))
            }));
            arriving("feedback", || Box::pin(feedback_part()))
        }
        Some(Screen::Improvements) => arriving("feedback", || Box::pin(improvements_part())),
        Some(Screen::FeedbackRequest(id)) => {
            provide_context(id);
            arriving("feedback", || Box::pin(feedback_request_part()))
        }
        Some(Screen::NewFeedback) => arriving("feedback", || Box::pin(new_feedback_part())),
        Some(Screen::FeedbackEntry(id)) => {
            provide_context(id);
            arriving("feedback", || Box::pin(feedback_entry_part()))
        }
        Some(Screen::Contact) => arriving("contact", || Box::pin(contact_part())),
        Some(Screen::NewMessage) => arriving("contact", || Box::pin(new_message_part())),
        Some(Screen::NewCallback) => arriving("contact", || Box::pin(new_callback_part())),
        Some(Screen::Guide(id)) => {
            provide_context(id);
            arriving("guide", || Box::pin(guide_part()))
        }
        Some(Screen::Data) => arriving("inventory", || Box::pin(inventory_part())),
        Some(Screen::DataCategory(id)) => {
            provide_context(id);
            arriving("inventory", || Box::pin(inventory_records_part()))
        }
        Some(Screen::DataRequests) => arriving("data_requests", || Box::pin(data_requests_part())),
        Some(Screen::NewDataRequest) => {
            arriving("data_requests", || Box::pin(new_data_request_part()))
        }
        Some(Screen::DataRequest(id)) => {
            provide_context(id);
            provide_context(data_requests::Talking(|| {
                joining("data_requests", || Box::pin(talk_part()))
            }));
            arriving("data_requests", || Box::pin(data_request_part()))
        }
        Some(Screen::People) => arriving("people", || Box::pin(people_part())),
        Some(Screen::NewDelegation) => arriving("people", || Box::pin(new_delegation_part())),
        Some(Screen::Delegation(id)) => {
            provide_context(id);
            arriving("people", || Box::pin(delegation_part()))
        }
        Some(Screen::PeopleLink) => people_link(),
        Some(Screen::FooterLink) => footer_link(),
        Some(Screen::Track) => track(),
        Some(Screen::Export) => export(),
        Some(Screen::Help) => help(),
        None => not_found::page(),
    }
}

/// Signing in, in the place of a screen.
pub fn sign_in() -> View {
    provide_context(sign_in::Company(company_sign_in));
    arriving("sign_in", || Box::pin(sign_in_part()))
}

/// Signing in, over a screen.
pub fn sign_in_again() -> View {
    provide_context(sign_in::Company(company_sign_in));
    arriving("sign_in", || Box::pin(sign_in_again_part()))
}

/// The company's own sign-in, in the midst of signing in.
fn company_sign_in() -> View {
    joining("company_sign_in", || Box::pin(company_sign_in_part()))
}

/// Less contact by the link of a mail, which needs no signing in either.
pub fn footer_link() -> View {
    arriving("footer_link", || Box::pin(footer_link_part()))
}

/// How a deletion stands, by its link, which needs no signing in: there may be nobody left who could.
pub fn track() -> View {
    arriving("track", || Box::pin(track_part()))
}

/// What somebody asked who acts for another, by the link of a mail to that other, who need not sign in.
pub fn people_link() -> View {
    arriving("people_link", || Box::pin(people_link_part()))
}

/// What the company tells by itself, in the midst of the overview.
fn told(until_then: ViewFn) -> View {
    joining_over("overview", || Box::pin(told_part()), until_then)
}

/// A screen that needs no signing in.
pub fn public(screen: &Screen) -> View {
    if *screen == Screen::Export {
        export()
    } else {
        help()
    }
}

fn export() -> View {
    arriving("export", || Box::pin(export_part()))
}

fn help() -> View {
    arriving("help", || Box::pin(help_part()))
}

/// What stands in the menu of the person.
pub fn you() -> View {
    joining("you", || Box::pin(you_part()))
}

/// The languages, in the menu where nobody is signed in.
pub fn languages() -> View {
    joining("you", || Box::pin(languages_part()))
}

/// The changes, which are asked for when the first screen stands.
pub fn follow(feed: Feed) -> Following {
    Box::pin(async move {
        loop {
            match follow_part().await {
                Ok(follow) => return follow(feed).await,
                Err(_) => feed.wait().await,
            }
        }
    })
}

/// What a door gives: what draws the screen, or that its part could not be had.
type Part = Result<Draw, SplitLoaderError>;

#[wasm_split(live, fallible, wasm_split_path = leptos::wasm_split)]
fn follow_part() -> Result<fn(Feed) -> Following, SplitLoaderError> {
    Ok(Feed::follow)
}

#[wasm_split(overview, fallible, wasm_split_path = leptos::wasm_split)]
fn overview_part() -> Part {
    Ok(Draw(overview::page))
}

#[wasm_split(notices, fallible, wasm_split_path = leptos::wasm_split)]
fn told_part() -> Part {
    Ok(Draw(overview::told))
}

#[wasm_split(notices, fallible, wasm_split_path = leptos::wasm_split)]
fn all_notices_part() -> Part {
    Ok(Draw(overview::all_notices))
}

#[wasm_split(year, fallible, wasm_split_path = leptos::wasm_split)]
fn months_part() -> Part {
    Ok(Draw(overview::months_card))
}

#[wasm_split(year, fallible, wasm_split_path = leptos::wasm_split)]
fn year_part() -> Part {
    Ok(Draw(overview::year_card))
}

#[wasm_split(answering, fallible, wasm_split_path = leptos::wasm_split)]
fn answering_part() -> Part {
    Ok(Draw(interaction::answering))
}

#[wasm_split(planned_call, fallible, wasm_split_path = leptos::wasm_split)]
fn planned_call_part() -> Part {
    Ok(Draw(interaction::planned_call))
}

#[wasm_split(signals, fallible, wasm_split_path = leptos::wasm_split)]
fn signals_part() -> Part {
    Ok(Draw(interaction::signals))
}

#[wasm_split(interactions, fallible, wasm_split_path = leptos::wasm_split)]
fn interactions_part() -> Part {
    Ok(Draw(interactions::page))
}

#[wasm_split(interaction, fallible, wasm_split_path = leptos::wasm_split)]
fn interaction_part() -> Part {
    Ok(Draw(interaction::page))
}

#[wasm_split(preferences, fallible, wasm_split_path = leptos::wasm_split)]
fn preferences_part() -> Part {
    Ok(Draw(preferences::page))
}

#[wasm_split(less_contact, fallible, wasm_split_path = leptos::wasm_split)]
fn less_contact_part() -> Part {
    Ok(Draw(preferences::less))
}

#[wasm_split(quiet_hours, fallible, wasm_split_path = leptos::wasm_split)]
fn quiet_hours_part() -> Part {
    Ok(Draw(preferences::quiet_hours))
}

#[wasm_split(preference_history, fallible, wasm_split_path = leptos::wasm_split)]
fn preference_history_part() -> Part {
    Ok(Draw(preferences::history))
}

#[wasm_split(contact_points, fallible, wasm_split_path = leptos::wasm_split)]
fn contact_points_part() -> Part {
    Ok(Draw(contact_points::page))
}

#[wasm_split(consents, fallible, wasm_split_path = leptos::wasm_split)]
fn consents_part() -> Part {
    Ok(Draw(consents::page))
}

#[wasm_split(feedback, fallible, wasm_split_path = leptos::wasm_split)]
fn feedback_part() -> Part {
    Ok(Draw(feedback::page))
}

#[wasm_split(surveys, fallible, wasm_split_path = leptos::wasm_split)]
fn surveys_part() -> Part {
    Ok(Draw(preferences::surveys))
}

#[wasm_split(improvements, fallible, wasm_split_path = leptos::wasm_split)]
fn improvements_part() -> Part {
    Ok(Draw(feedback::improvements))
}

#[wasm_split(feedback_give, fallible, wasm_split_path = leptos::wasm_split)]
fn feedback_request_part() -> Part {
    Ok(Draw(feedback::request))
}

#[wasm_split(feedback_give, fallible, wasm_split_path = leptos::wasm_split)]
fn new_feedback_part() -> Part {
    Ok(Draw(feedback::unasked))
}

#[wasm_split(feedback_entry, fallible, wasm_split_path = leptos::wasm_split)]
fn feedback_entry_part() -> Part {
    Ok(Draw(feedback::entry))
}

#[wasm_split(contact, fallible, wasm_split_path = leptos::wasm_split)]
fn contact_part() -> Part {
    Ok(Draw(contact::page))
}

#[wasm_split(contact_begin, fallible, wasm_split_path = leptos::wasm_split)]
fn new_message_part() -> Part {
    Ok(Draw(contact::message))
}

#[wasm_split(contact_begin, fallible, wasm_split_path = leptos::wasm_split)]
fn new_callback_part() -> Part {
    Ok(Draw(contact::callback))
}

#[wasm_split(guide, fallible, wasm_split_path = leptos::wasm_split)]
fn guide_part() -> Part {
    Ok(Draw(guide::page))
}

#[wasm_split(inventory, fallible, wasm_split_path = leptos::wasm_split)]
fn inventory_part() -> Part {
    Ok(Draw(inventory::page))
}

#[wasm_split(inventory_records, fallible, wasm_split_path = leptos::wasm_split)]
fn inventory_records_part() -> Part {
    Ok(Draw(inventory::records))
}

#[wasm_split(data_requests, fallible, wasm_split_path = leptos::wasm_split)]
fn data_requests_part() -> Part {
    Ok(Draw(data_requests::page))
}

#[wasm_split(data_request_new, fallible, wasm_split_path = leptos::wasm_split)]
fn new_data_request_part() -> Part {
    Ok(Draw(data_requests::new))
}

#[wasm_split(data_request, fallible, wasm_split_path = leptos::wasm_split)]
fn data_request_part() -> Part {
    Ok(Draw(data_requests::one))
}

#[wasm_split(talk, fallible, wasm_split_path = leptos::wasm_split)]
fn talk_part() -> Part {
    Ok(Draw(data_requests::talk))
}

#[wasm_split(people, fallible, wasm_split_path = leptos::wasm_split)]
fn people_part() -> Part {
    Ok(Draw(people::page))
}

#[wasm_split(person_new, fallible, wasm_split_path = leptos::wasm_split)]
fn new_delegation_part() -> Part {
    Ok(Draw(people::new))
}

#[wasm_split(person, fallible, wasm_split_path = leptos::wasm_split)]
fn delegation_part() -> Part {
    Ok(Draw(people::one))
}

#[wasm_split(people_link, fallible, wasm_split_path = leptos::wasm_split)]
fn people_link_part() -> Part {
    Ok(Draw(people_link::page))
}

#[wasm_split(track, fallible, wasm_split_path = leptos::wasm_split)]
fn track_part() -> Part {
    Ok(Draw(track::page))
}

#[wasm_split(footer_link, fallible, wasm_split_path = leptos::wasm_split)]
fn footer_link_part() -> Part {
    Ok(Draw(footer_link::page))
}

#[wasm_split(company_sign_in, fallible, wasm_split_path = leptos::wasm_split)]
fn company_sign_in_part() -> Part {
    Ok(Draw(company_sign_in::block))
}

#[wasm_split(sign_in, fallible, wasm_split_path = leptos::wasm_split)]
fn sign_in_part() -> Part {
    Ok(Draw(sign_in::page))
}

#[wasm_split(sign_in, fallible, wasm_split_path = leptos::wasm_split)]
fn sign_in_again_part() -> Part {
    Ok(Draw(sign_in::again))
}

#[wasm_split(export, fallible, wasm_split_path = leptos::wasm_split)]
fn export_part() -> Part {
    Ok(Draw(export::page))
}

#[wasm_split(help, fallible, wasm_split_path = leptos::wasm_split)]
fn help_part() -> Part {
    Ok(Draw(help::page))
}

#[wasm_split(you, fallible, wasm_split_path = leptos::wasm_split)]
fn you_part() -> Part {
    Ok(Draw(you::menu))
}

#[wasm_split(you, fallible, wasm_split_path = leptos::wasm_split)]
fn languages_part() -> Part {
    Ok(Draw(you::languages))
}

//! One file for each screen; the tree mirrors the addresses. A screen is one function that gives one view.
//!
//! The program comes in parts, so that a phone on a slow network does not wait for screens that nobody asked for. What the
//! shell needs is the first part; below stand the doors to the others, and `cargo xtask` cuts the program at these doors
//! (docs/decisions/0013). Each is awaited together with the sentences of the folder here that draws what is behind it (0024).
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
mod proving;
mod sign_in;
pub mod track;
mod you;

use crate::live::{Feed, Following};
use crate::loading::{Door, Draw, arriving, bring, joining, joining_over};
use crate::routes::Screen;
use crate::widgets::Proving;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use portal_markup::View;
use portal_markup::prelude::{ViewFn, provide_context};

/// What an address leads to.
pub fn screen(screen: Option<Screen>) -> View {
    // What several screens lead to.
    provide_context(Proving(|| joining(PROVING)));
    provide_context(data_requests::Acting(|| joining(ACTING)));
    match screen {
        Some(Screen::Overview) => {
            provide_context(overview::Doors {
                told,
                months: || joining(MONTHS),
                year: || joining(YEAR),
            });
            arriving(OVERVIEW)
        }
        Some(Screen::Notices) => arriving(ALL_NOTICES),
        Some(Screen::Interactions) => arriving(INTERACTIONS),
        Some(Screen::Interaction(id)) => {
            provide_context(id);
            provide_context(interaction::Doors {
                answering: || joining(ANSWERING),
                planned_call: || joining(PLANNED_CALL),
                signals: || joining(SIGNALS),
            });
            arriving(INTERACTION)
        }
        Some(Screen::SignIn) => sign_in(),
        Some(Screen::Preferences) => {
            provide_context(preferences::Doors {
                pause: || joining(PAUSE),
                reach: || joining(REACH),
                options: || joining(PREFERENCE_OPTIONS),
                accommodations: || joining(ACCOMMODATIONS),
            });
            arriving(PREFERENCES)
        }
        Some(Screen::LessContact) => arriving(LESS_CONTACT),
        Some(Screen::QuietHours) => arriving(QUIET_HOURS),
        Some(Screen::PreferenceHistory) => arriving(PREFERENCE_HISTORY),
        Some(Screen::ContactPoints) => {
            provide_context(contact_points::Tasks(|| joining(CONTACT_POINT_TASK)));
            arriving(CONTACT_POINTS)
        }
        Some(Screen::Consents) => arriving(CONSENTS),
        Some(Screen::Feedback) => {
            provide_context(feedback::Asking(|| joining(SURVEYS)));
            arriving(FEEDBACK)
        }
        Some(Screen::Improvements) => arriving(IMPROVEMENTS),
        Some(Screen::FeedbackRequest(id)) => {
            provide_context(id);
            arriving(FEEDBACK_REQUEST)
        }
        Some(Screen::NewFeedback) => arriving(NEW_FEEDBACK),
        Some(Screen::FeedbackEntry(id)) => {
            provide_context(id);
            arriving(FEEDBACK_ENTRY)
        }
        Some(Screen::Contact) => arriving(CONTACT),
        Some(Screen::NewMessage) => arriving(NEW_MESSAGE),
        Some(Screen::NewCallback) => arriving(NEW_CALLBACK),
        Some(Screen::Guide(id)) => {
            provide_context(id);
            arriving(GUIDE)
        }
        Some(Screen::Data) => {
            provide_context(inventory::Stopped(|until_then| {
                joining_over(STOPPED, until_then)
            }));
            arriving(INVENTORY)
        }
        Some(Screen::DataCategory(id)) => {
            provide_context(id);
            arriving(INVENTORY_RECORDS)
        }
        Some(Screen::DataRequests) => arriving(DATA_REQUESTS),
        Some(Screen::NewDataRequest) => arriving(NEW_DATA_REQUEST),
        Some(Screen::DataRequest(id)) => {
            provide_context(id);
            provide_context(data_requests::Talking(|| joining(TALK)));
            arriving(DATA_REQUEST)
        }
        Some(Screen::People) => arriving(PEOPLE),
        Some(Screen::NewDelegation) => arriving(NEW_DELEGATION),
        Some(Screen::Delegation(id)) => {
            provide_context(id);
            arriving(DELEGATION)
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
    arriving(SIGN_IN)
}

/// Signing in, over a screen.
pub fn sign_in_again() -> View {
    provide_context(sign_in::Company(company_sign_in));
    arriving(SIGN_IN_AGAIN)
}

/// The company's own sign-in, in the midst of signing in.
fn company_sign_in() -> View {
    joining(COMPANY_SIGN_IN)
}

/// Less contact by the link of a mail, which needs no signing in either.
pub fn footer_link() -> View {
    arriving(FOOTER_LINK)
}

/// How a deletion stands, by its link, which needs no signing in: there may be nobody left who could.
pub fn track() -> View {
    arriving(TRACK)
}

/// What somebody asked who acts for another, by the link of a mail to that other, who need not sign in.
pub fn people_link() -> View {
    arriving(PEOPLE_LINK)
}

/// What the company tells by itself, in the midst of the overview.
fn told(until_then: ViewFn) -> View {
    joining_over(TOLD, until_then)
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
    provide_context(export::Reading {
        bring: || bring(EXPORT_VIEWER),
        draw: |until_then| joining_over(EXPORT_VIEWER, until_then),
    });
    arriving(EXPORT)
}

fn help() -> View {
    arriving(HELP)
}

/// What stands in the menu of the person.
pub fn you() -> View {
    joining(YOU)
}

/// The languages, in the menu where nobody is signed in.
pub fn languages() -> View {
    joining(LANGUAGES)
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

/// The doors to what is drawn: the name of the part that is behind it, and what of it draws.
macro_rules! doors {
    ($($door:ident = $part:ident, $folder:ident::$draw:ident;)*) => {$(
        #[allow(non_snake_case, reason = "the cut tells doors apart by the names of these functions")]
        const $door: Door = {
            #[wasm_split($part, fallible, wasm_split_path = leptos::wasm_split)]
            fn $door() -> Part {
                Ok(Draw($folder::$draw))
            }
            Door {
                words: stringify!($folder),
                part: || Box::pin($door()),
            }
        };
    )*};
}

doors! {
    OVERVIEW = overview, overview::page;
    TOLD = notices, overview::told;
    ALL_NOTICES = notices, overview::all_notices;
    MONTHS = year, overview::months_card;
    YEAR = year, overview::year_card;
    ANSWERING = answering, interaction::answering;
    PLANNED_CALL = planned_call, interaction::planned_call;
    SIGNALS = signals, interaction::signals;
    INTERACTIONS = interactions, interactions::page;
    INTERACTION = interaction, interaction::page;
    PREFERENCES = preferences, preferences::page;
    PAUSE = pause, preferences::pause;
    REACH = reach, preferences::reach;
    PREFERENCE_OPTIONS = preference_options, preferences::options;
    ACCOMMODATIONS = accommodations, preferences::accommodations;
    LESS_CONTACT = less_contact, preferences::less;
    QUIET_HOURS = quiet_hours, preferences::quiet_hours;
    PREFERENCE_HISTORY = preference_history, preferences::history;
    CONTACT_POINTS = contact_points, contact_points::page;
    CONTACT_POINT_TASK = contact_point_task, contact_points::task;
    CONSENTS = consents, consents::page;
    FEEDBACK = feedback, feedback::page;
    SURVEYS = surveys, preferences::surveys;
    IMPROVEMENTS = improvements, feedback::improvements;
    FEEDBACK_REQUEST = feedback_request, feedback::request;
    NEW_FEEDBACK = new_feedback, feedback::unasked;
    FEEDBACK_ENTRY = feedback_entry, feedback::entry;
    CONTACT = contact, contact::page;
    NEW_MESSAGE = new_message, contact::message;
    NEW_CALLBACK = new_callback, contact::callback;
    GUIDE = guide, guide::page;
    INVENTORY = inventory, inventory::page;
    STOPPED = stopped, inventory::stopped;
    INVENTORY_RECORDS = inventory_records, inventory::records;
    DATA_REQUESTS = data_requests, data_requests::page;
    NEW_DATA_REQUEST = data_request_new, data_requests::new;
    DATA_REQUEST = data_request, data_requests::one;
    ACTING = acting, data_requests::acting;
    TALK = talk, data_requests::talk;
    PEOPLE = people, people::page;
    NEW_DELEGATION = person_new, people::new;
    DELEGATION = person, people::one;
    PEOPLE_LINK = people_link, people_link::page;
    TRACK = track, track::page;
    FOOTER_LINK = footer_link, footer_link::page;
    COMPANY_SIGN_IN = company_sign_in, company_sign_in::block;
    SIGN_IN = sign_in, sign_in::page;
    SIGN_IN_AGAIN = sign_in, sign_in::again;
    EXPORT = export, export::page;
    EXPORT_VIEWER = export_viewer, export::viewer;
    HELP = help, help::page;
    YOU = you, you::menu;
    LANGUAGES = you, you::languages;
    PROVING = proving, proving::asked;
}

//! The rights over one's data that are in use: how each stands, and by when it is answered.

use crate::i18n::{date, t, text};
use crate::routes::{Link, Route};
use crate::widgets::{request_chip, request_standing, request_word};
use portal_contract::data_request::DataRequestRunning;
use portal_contract::interaction::Standing;
use portal_contract::overview::Overview;
use portal_markup::{Child, View, view};

/// The card; nothing while none runs. It is raised where one of them waits for the customer.
pub fn card(overview: &Overview) -> Option<View> {
    let running = &overview.data_requests;
    if running.is_empty() {
        return None;
    }
    let waits =
        |one: &DataRequestRunning| request_standing(&one.state) == Standing::WaitingForCustomer;
    let raised = running.iter().any(waits).then_some("");
    let items: Vec<View> = running.iter().map(item).collect();
    let card = view! {
        <section class="card" data-span="full" data-raised=raised aria-labelledby="data">
            <div class="card__head">
                <h2 id="data">{text::OVERVIEW_DATA_TITLE}</h2>
                <Link to=Route::DataRequests>{text::OVERVIEW_DATA_ALL}</Link>
            </div>
            <ul class="items">{items}</ul>
        </section>
    };
    Some(card.alone())
}

fn item(request: &DataRequestRunning) -> View {
    let day = match (&request.runs_at, &request.due_at) {
        (Some(runs), _) => Some(text::data_request_next_scheduled(date(runs))),
        (None, Some(due)) => Some(text::data_request_due(date(due))),
        (None, None) => None,
    };
    let chip = request_chip(&request.state);
    let words = t(request_word(&request.kind));
    view! {
        <li class="item">
            <div class="item__head">
                <h3>
                    <Link to=Route::DataRequest(request.id.clone())>{words}</Link>
                </h3>
                {chip}
            </div>
            <p class="item__note">{day.map(t)}</p>
        </li>
    }
    .alone()
}

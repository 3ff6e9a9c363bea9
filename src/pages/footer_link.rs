//! Less contact by the link of a mail's footer: nobody signs in, nothing changes before a press, and nothing can become more.

mod acts;
mod disowning;
mod offers;
mod saving;
mod visit;

pub use visit::{provide_visit, take_token};

use crate::api::use_api;
use crate::i18n::{Text, t, text};
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Link, Next, Route};
use crate::ui::{Button, ButtonKind, Icon, IconName};
use crate::widgets::{PageHead, notice_page};
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, view};
use saving::Desk;
use visit::{Opened, Said, use_visit};

/// The screen.
pub fn page() -> View {
    let visit = use_visit();
    let opened = use_api().read(move |client| visit.open(client));
    view! {
        <Loaded from=opened failed=text::FOOTER_FAILED is_page=true skeleton=bones let:opened>
            {move || match opened.get() {
                Opened::Open(_) => untrack(|| shown(Desk::new(visit))),
                Opened::Ended => notice(text::FOOTER_ENDED_TITLE, text::FOOTER_ENDED),
                Opened::Unknown => notice(text::FOOTER_UNKNOWN_TITLE, text::FOOTER_UNKNOWN),
                Opened::Nothing => notice(text::FOOTER_NONE_TITLE, text::FOOTER_NONE),
            }}
        </Loaded>
    }
    .alone()
}

fn shown(desk: Desk) -> View {
    let asking = RwSignal::new(false);
    let said = desk.visit.said;
    let is_disowned = memo(move || said.get() == Some(Said::Disowned));
    let body = move || {
        if is_disowned.get() {
            return View::new();
        }
        let not_me = Callback::new(move |()| asking.set(true));
        view! {
            {acts::acts(desk)}
            <div class="stack">
                <p>
                    <Button kind=ButtonKind::Inline on_press=not_me>
                        {text::FOOTER_NOT_ME}
                    </Button>
                </p>
                <p class="soft">
                    {text::FOOTER_MORE} " "
                    <Link to=sign_in()>{text::SIGN_IN_TITLE}</Link>
                </p>
            </div>
            {disowning::dialog(desk, asking)}
        }
    };
    view! {
        <div>
            {move || head(desk, said.get().as_ref())}
            <div role="status">{move || said.get().map(|said| told(desk, said))}</div>
            <FailedLine submission=desk.save.submission() except_fields=false />
        </div>
        {body}
    }
}

/// The heading says whether anything was done; whoever did it finds the focus there, and reads what.
fn head(desk: Desk, said: Option<&Said>) -> View {
    let address = desk.address();
    let (title, lede) = match said {
        Some(Said::Done(_)) => (
            text::FOOTER_DONE_TITLE,
            Some(text::footer_done_lede(address)),
        ),
        Some(Said::Disowned) => (text::FOOTER_NOT_ME_DONE_TITLE, None),
        Some(Said::Changed) | None => (text::FOOTER_TITLE, Some(text::footer_lede(address))),
    };
    match lede {
        Some(lede) => view! { <PageHead title=t(title) lede=t(lede) /> }.alone(),
        None => view! { <PageHead title=t(title) /> }.alone(),
    }
}

fn told(desk: Desk, said: Said) -> View {
    let (tone, icon, words) = match said {
        Said::Done(words) => ("good", IconName::Check, words),
        Said::Disowned => (
            "good",
            IconName::Check,
            text::footer_not_me_done(desk.address()),
        ),
        Said::Changed => ("warn", IconName::Alert, text::FOOTER_CHANGED),
    };
    view! {
        <div class="banner" data-tone=tone data-shape="inline">
            <Icon name=icon />
            <p>{words}</p>
        </div>
    }
    .alone()
}

/// Why there is nothing to press, and the way on.
fn notice(title: Text, words: Text) -> View {
    let body = view! {
        <p>{words}</p>
        <Link to=sign_in() class="button">
            {text::SIGN_IN_TITLE}
        </Link>
    };
    notice_page(IconName::Email, title, body.alone())
}

/// Signing in, and then everything that can be chosen.
fn sign_in() -> Route {
    Route::SignIn {
        next: Next::parse(&Route::Preferences.path()),
    }
}

fn bones() -> View {
    let act = || {
        view! {
            <li>
                <div class="act">
                    <span class="bone icon" data-size="icon"></span>
                    <span class="act__name"><span class="bone" data-size="large"></span></span>
                    <span class="act__text"><span class="bone" data-size="full"></span></span>
                </div>
            </li>
        }
    };
    view! {
        <div class="skeleton" aria-hidden="true">
            <p><span class="bone" data-size="large"></span></p>
            <ul class="acts">{act()} {act()} {act()} {act()}</ul>
        </div>
    }
    .alone()
}

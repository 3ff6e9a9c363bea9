use super::Context;
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::forms::Write;
use crate::i18n::text;
use crate::loading::FailedLine;
use crate::ui::{Button, Icon, IconName};
use portal_contract::interaction::{Action, Interaction};
use portal_markup::prelude::*;
use portal_markup::{memo, view};

/// Which of the two the server allows now.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Close,
    Reopen,
}

/// Says that it is done, or takes it up again: whichever the server allows. Each undoes the other, so neither asks twice.
#[component]
pub fn ClosingButton(context: Context, about: Signal<Interaction>) -> impl IntoView {
    let api = use_api();
    let announcer = use_announcer();
    let act = memo(move || {
        about.with(|about| {
            let allows = |action| about.allowed_actions.contains(&action);
            if allows(Action::Close) {
                Some(Act::Close)
            } else {
                allows(Action::Reopen).then_some(Act::Reopen)
            }
        })
    });
    let write = Write::new(move |act: Act| {
        let client = api.client();
        let id = context.id.get_value();
        let key = client.new_key();
        async move {
            match act {
                Act::Close => client.close(&id, &key).await.map(|_| act),
                Act::Reopen => client.reopen(&id, &key).await.map(|_| act),
            }
        }
    });
    write.on_done(move |act| {
        context.about.refetch();
        announcer.show(match act {
            Act::Close => text::INTERACTION_CLOSE_DONE,
            Act::Reopen => text::INTERACTION_REOPEN_DONE,
        });
    });
    // The state changed meanwhile: show how it stands now.
    write.on_failed(move |_| context.about.refetch());
    let button = move |act| {
        let (icon, word) = match act {
            Act::Close => (IconName::Check, text::INTERACTION_CLOSE),
            Act::Reopen => (IconName::Reopen, text::INTERACTION_REOPEN),
        };
        view! {
            <Button pending=write.pending() on_press=Callback::new(move |()| write.send(act))>
                <Icon name=icon />
                {word}
            </Button>
        }
    };
    view! {
        {move || act.get().map(button)}
        <FailedLine submission=write.submission() except_fields=false />
    }
}

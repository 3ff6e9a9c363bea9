//! Showing by a code that a contact point is the customer's.

use super::{Desk, Told, cancel, words};
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::forms::Write;
use crate::i18n::{date_time, text};
use crate::loading::FailedLine;
use crate::ui::{Button, ButtonKind, Tone};
use crate::widgets::{CodeIds, CodeStep, send_code_word, spent_banner};
use portal_client::ApiError;
use portal_contract::contact_point::{
    ConfirmVerification, ContactPoint, NewVerification, Verification,
};
use portal_contract::interaction::Channel;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

const IDS: CodeIds = CodeIds {
    field: "point-verification",
    sent: "point-verification-sent",
};

/// Where it stands.
#[derive(Clone, PartialEq)]
enum Step {
    /// A code is to be sent; `spent` when the one before can no longer be tried.
    Send { spent: bool },
    /// A code was sent.
    Code(Verification),
}

/// What every step needs.
#[derive(Clone, Copy)]
struct Context {
    desk: Desk,
    point: StoredValue<ContactPoint>,
    step: RwSignal<Step>,
    send: Write<Option<Channel>, Verification>,
}

/// The steps. A code that is still good is asked for; otherwise the first is sent at once: whoever is here has pressed for it.
pub fn steps(desk: Desk, point: ContactPoint) -> View {
    let api = use_api();
    let under_way = point.verification.under_way.clone();
    let is_new = under_way.is_none();
    let point = StoredValue::new(point);
    let step = RwSignal::new(under_way.map_or(Step::Send { spent: false }, Step::Code));
    let send = Write::new(move |channel: Option<Channel>| {
        let client = api.client();
        let key = client.new_key();
        let id = point.with_value(|point| point.id.clone());
        let new = NewVerification { channel };
        async move {
            let act = || client.start_verification(&id, &new, &key);
            desk.proof.through(act).await
        }
    });
    let announcer = use_announcer();
    send.on_done(move |verification| {
        if step.with_untracked(|step| matches!(step, Step::Code(_))) {
            announcer.show(text::SIGN_IN_RESENT);
        }
        step.set(Step::Code(verification));
        desk.points.refetch();
    });
    // Verified elsewhere meanwhile, or gone: the list shows it.
    send.on_failed(move |error| {
        if matches!(error, ApiError::InvalidState { .. } | ApiError::NotFound) {
            desk.tell(point.with_value(|point| point.id.clone()), Told::Changed);
            desk.close();
        }
    });
    if is_new {
        send.send(None);
    }
    let context = Context {
        desk,
        point,
        step,
        send,
    };
    let shown = move || match step.get() {
        Step::Send { spent } => first(context, spent),
        Step::Code(verification) => code(context, verification),
    };
    shown.alone()
}

fn first(context: Context, spent: bool) -> View {
    let Context { desk, send, .. } = context;
    let pending = send.pending();
    let word = send_code_word(pending);
    view! {
        <div class="form">
            {spent.then(spent_banner)}
            <FailedLine submission=send.submission() except_fields=false />
            <div class="form__actions cluster">
                {cancel(desk)} " "
                <Button tone=Tone::Primary pending=pending on_press=Callback::new(move |()| send.send(None))>
                    {word}
                </Button>
            </div>
        </div>
    }
    .alone()
}

fn code(context: Context, verification: Verification) -> View {
    let Context {
        point, step, send, ..
    } = context;
    let channel = verification.channel.clone();
    let resend_after = verification.resend_after.clone();
    let sent = sent(&channel, point.with_value(words::line), &verification);
    let (nothing_arrived, is_text) = match channel {
        Channel::Email => (text::SIGN_IN_NOTHING_ARRIVED, false),
        Channel::Sms => (text::CODE_NOTHING_ARRIVED, true),
        _ => (text::CODE_NOTHING_ARRIVED, false),
    };
    let call = is_text.then(|| {
        view! {
            <p>
                <Button kind=ButtonKind::Inline on_press=Callback::new(move |()| send.send(Some(Channel::Phone)))>
                    {text::CODE_BY_CALL}
                </Button>
            </p>
        }
    });
    let confirm = confirm(context, verification);
    view! {
        <CodeStep
            ids=IDS
            sent=sent
            nothing_arrived=nothing_arrived
            act=text::CONTACT_POINT_VERIFY
            confirm=confirm.press()
            resend=send.press().by(move |()| Some(channel.clone()))
            resend_after=resend_after
            on_spent=Callback::new(move |()| step.set(Step::Send { spent: true }))
        >
            {call}
        </CodeStep>
    }
    .alone()
}

/// Where the code went.
fn sent(channel: &Channel, to: String, verification: &Verification) -> crate::i18n::Text {
    match channel {
        Channel::Email => text::code_sent_email(to),
        Channel::Sms => text::code_sent_sms(to),
        Channel::Phone => text::code_sent_phone(to),
        Channel::Post => text::code_sent_post(to, date_time(&verification.expires_at)),
        _ => text::code_sent_there(to),
    }
}

fn confirm(context: Context, verification: Verification) -> Write<String, ContactPoint> {
    let Context { desk, point, .. } = context;
    let api = use_api();
    let announcer = use_announcer();
    let by = verification.id;
    let confirm = Write::new(move |code: String| {
        let client = api.client();
        let key = client.new_key();
        let (id, by) = (point.with_value(|point| point.id.clone()), by.clone());
        async move {
            let request = ConfirmVerification { code };
            client.confirm_verification(&id, &by, &request, &key).await
        }
    });
    confirm.on_done(move |verified| {
        let before = point.with_value(|point| point.replaces.is_some());
        let line = words::line(&verified);
        announcer.show(if before {
            text::contact_point_replaced(line)
        } else {
            text::contact_point_verified_done(line)
        });
        desk.points.refetch();
        desk.close();
    });
    confirm
}

//! Sending it: a fresh proof where the server wants one, one request whatever the finger and the network do, and then the request.

use super::super::whose::{Whose, use_whose};
use super::form::Form;
use crate::announce::use_announcer;
use crate::api::use_api;
use crate::forms::{Submission, Write};
use crate::i18n::{t, text};
use crate::loading::FailedLine;
use crate::routes::{Link, NavigateOptions, use_navigate};
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use crate::widgets::{StepUp, StepUpDialog};
use portal_client::ApiError;
use portal_contract::data_request::{
    DataRequest, DataRequestAction, DataRequestKind, NewDataRequest,
};
use portal_contract::{DataRequestId, ProblemKind};
use portal_markup::{Child, View, memo, view};

/// The act of the form.
#[derive(Clone, Copy)]
pub struct Sending {
    form: Form,
    step_up: StepUp,
    write: Write<NewDataRequest, DataRequest>,
}

impl Sending {
    /// The act of this form.
    pub fn new(form: Form) -> Self {
        let step_up = StepUp::new();
        let api = use_api();
        let write = Write::new(move |new: NewDataRequest| {
            let client = api.client();
            let (making, confirming) = form.keys();
            async move {
                let made = step_up
                    .through(|| {
                        let (client, new, key) = (client.clone(), new.clone(), making.clone());
                        async move { client.make_data_request(&new, &key).await }
                    })
                    .await?;
                // The customer has just said that it is meant: with the word, or by pressing for it.
                if !made.allowed_actions.contains(&DataRequestAction::Confirm) {
                    return Ok(made);
                }
                step_up
                    .through(|| {
                        let (client, id, key) =
                            (client.clone(), made.id.clone(), confirming.clone());
                        async move { client.confirm_data_request(&id, &key).await }
                    })
                    .await
            }
        });
        let announcer = use_announcer();
        let navigate = use_navigate();
        let whose = use_whose();
        write.on_done(move |made: DataRequest| {
            form.forget();
            announcer.show(text::DATA_REQUEST_SENT);
            // Back leads to where the customer came from, and not to an empty form.
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&whose.request(made.id).href(), options);
        });
        write.on_failed(move |error| {
            if is_reused(&error) {
                form.mean_anew();
            }
            if let ApiError::Validation(errors) = error {
                form.refuse(&errors);
            }
        });
        Self {
            form,
            step_up,
            write,
        }
    }

    /// Sends it, unless something is missing.
    pub fn press(self) {
        if let Some(new) = self.form.read() {
            self.write.send(new);
        }
    }

    /// The proof is asked for over the form, which stands as it was afterwards.
    pub fn dialog(self) -> View {
        view! { <StepUpDialog of=self.step_up why=text::DATA_REQUEST_PROOF_WHY /> }.alone()
    }

    /// What went wrong, and the button.
    pub fn view(self) -> View {
        let kind = self.form.kind();
        let whose = use_whose();
        let others_name = whose.clone();
        let submission = self.write.submission();
        // What leads elsewhere is told as that.
        let others = memo(move || match submission.get() {
            Submission::Failed(error) if before(&error).is_some() => Submission::Idle,
            other => other,
        });
        let came_before = move || match submission.get() {
            Submission::Failed(error) => {
                before(&error).map(|existing| leads(existing, &others_name))
            }
            Submission::Idle | Submission::Pending | Submission::Done => None,
        };
        let pending = self.write.pending();
        let is_erasure = kind == DataRequestKind::Erasure;
        let tone = if is_erasure {
            Tone::Danger
        } else {
            Tone::Primary
        };
        let word = move || {
            t(if pending.get() {
                text::REPLY_SENDING
            } else {
                whose.word(&kind)
            })
        };
        let leave = use_whose().requests();
        view! {
            <div role="alert">{came_before}</div>
            <FailedLine submission=others except_fields=true />
            <div class="form__actions">
                <Button tone=tone kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
                <Link to=leave class="button">
                    {text::DATA_REQUEST_LEAVE}
                </Link>
            </div>
        }
    }
}

fn is_reused(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { kind, .. } if *kind == ProblemKind::IdempotencyKeyReused)
}

/// Whether one of this right was there before, and which, as far as that is told.
fn before(error: &ApiError) -> Option<Option<DataRequestId>> {
    match error {
        ApiError::Duplicate { existing } => Some(existing.as_ref().and_then(|id| id.parse().ok())),
        // An earlier version of this form was taken, whose answer was lost.
        error if is_reused(error) => Some(None),
        _ => None,
    }
}

/// The way to it.
fn leads(existing: Option<DataRequestId>, whose: &Whose) -> View {
    let to = existing.map_or_else(|| whose.requests(), |id| whose.request(id));
    view! {
        <div class="banner" data-tone="warn" data-shape="inline">
            <Icon name=IconName::Alert />
            <p>{text::DATA_REQUEST_RUNS_ALREADY}</p>
            <Link to=to class="button">
                {text::DATA_REQUEST_RUNS_GO}
            </Link>
        </div>
    }
    .alone()
}

//! One way to wait, one way to fail. Each datum waits alone: the page stands when a part of it fails.

mod failure;

pub use failure::{Failure, failure};

use crate::api::Read;
use crate::i18n::{Text, t, text};
use crate::forms::Submission;
use crate::ui::{Button, Icon, IconName, Notice, NoticeKind, Tone};
use leptos::prelude::*;
use portal_client::ApiError;

/// Shows what was read; until then its skeleton, and when it failed why, with a way on.
#[component]
pub fn Loaded<T, V>(
    /// What is read.
    from: Read<T>,
    /// What it is, in a sentence that says that it could not be loaded.
    failed: Text,
    /// Shown until it is there: the same size, so that nothing jumps.
    #[prop(into)]
    skeleton: ViewFn,
    /// What is shown of it.
    children: impl Fn(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match from.get() {
        None => skeleton.run().into_any(),
        Some(Ok(value)) => children(value).into_any(),
        Some(Err(error)) => {
            let retry = Callback::new(move |()| from.refetch());
            view! { <ErrorPanel title=failed.clone() error=error on_retry=retry /> }.into_any()
        }
    }
}

/// What failed, why, what was kept, and one button.
#[component]
pub fn ErrorPanel(
    /// What could not be done.
    title: Text,
    /// Why.
    error: ApiError,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let Failure { sentence, can_retry, reference } = failure(&error);
    let reference = reference.map(|id| view! { <p class="soft">{t(text::failure_reference(id))}</p> });
    let button = can_retry.then(|| {
        view! {
            <Button tone=Tone::Primary on_press=on_retry>
                {t(text::FAILURE_RETRY)}
            </Button>
        }
    });
    view! {
        <Notice kind=NoticeKind::Failed icon=IconName::Alert title=t(title)>
            <p>{t(sentence)}</p>
            {button}
            {reference}
        </Notice>
    }
}

/// One line above a form's button: why it was not taken. What was entered is still there.
#[component]
pub fn FailedLine(
    /// Where the form stands.
    submission: Memo<Submission>,
    /// Whether refused fields speak for themselves, and so not here too.
    except_fields: bool,
) -> impl IntoView {
    let line = move || {
        let Submission::Failed(error) = submission.get() else { return None };
        let own = matches!(error, ApiError::Validation(_) | ApiError::VerificationFailed { .. });
        (!(own && except_fields)).then(|| {
            view! {
                <div class="banner" data-tone="danger" data-shape="inline">
                    <Icon name=IconName::Alert />
                    <p>{t(failure(&error).sentence)}</p>
                </div>
            }
        })
    };
    view! { <div role="alert">{line}</div> }
}

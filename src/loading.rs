//! One way to wait, one way to fail. Each datum waits alone: the page stands when a part of it fails.

mod failure;
mod pages;
mod part;

pub use failure::{Failure, failure};
pub use pages::{Folded, Left, MoreButton, Pages, Paging};
pub use part::{Door, Draw, arriving, bring, joining, joining_over};

use crate::api::{Read, Reading};
use crate::browser::page;
use crate::config::use_config;
use crate::forms::Submission;
use crate::i18n::{Text, t, text};
use crate::routes::{Link, Route};
use crate::ui::{Button, Icon, IconName, Notice, NoticeKind, Tone};
use portal_client::ApiError;
use portal_markup::prelude::*;
use portal_markup::{Child, View, memo, memo_from, view};
use std::any::Any;
use std::rc::Rc;

/// Shows what was read; until then its skeleton, and when it failed why, with a way on.
///
/// What is shown is drawn once and then changes in place: reading again (a new answer came) takes neither the focus nor what
/// was typed. A later reading that fails leaves the last good one standing.
#[component]
pub fn Loaded<T, V>(
    /// What is read.
    from: Read<T>,
    /// That it could not be loaded, in a sentence.
    failed: Text,
    /// Whether it is the screen's own matter: when it cannot be had, that is what the screen is about.
    #[prop(optional)]
    is_page: bool,
    /// Shown until it is there: the same size, so that nothing jumps.
    #[prop(into)]
    skeleton: ViewFn,
    /// What is shown of it.
    children: impl Fn(Signal<T>) -> V + 'static,
) -> impl IntoView
where
    T: PartialEq + 'static,
    V: Child + 'static,
{
    let loading = Loading::of(from.reading(), is_same::<T>);
    let value = Signal::derive_shared(move || loading.value());
    let children = Box::new(move || children(value).alone());
    loading.shown(failed, is_page, skeleton, children)
}

/// A reading whatever the type of its answer: the machinery is then made once, and not once for each screen.
#[derive(Clone, Copy)]
struct Loading {
    reading: Reading,
    /// The last good answer.
    last: Memo<Option<Last>>,
    /// How many readings failed. One that fails as the one before it is another failure all the same, and is told again.
    failures: Memo<u32>,
}

/// An answer, and how to tell whether the next is the same.
#[derive(Clone)]
struct Last {
    value: Rc<dyn Any>,
    is_same: IsSame,
}

type IsSame = fn(&dyn Any, &dyn Any) -> bool;

impl PartialEq for Last {
    fn eq(&self, other: &Self) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

fn is_same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    one.downcast_ref::<T>() == other.downcast_ref::<T>()
}

impl Loading {
    fn of(reading: Reading, is_same: IsSame) -> Self {
        let last = memo_from(move |before: Option<&Option<Last>>| match reading.get() {
            Some(Ok(value)) => Some(Last { value, is_same }),
            Some(Err(_)) | None => before.cloned().flatten(),
        });
        let failures = memo_from(move |before: Option<&u32>| {
            let failed = matches!(reading.get(), Some(Err(_)));
            before.copied().unwrap_or_default() + u32::from(failed)
        });
        Self {
            reading,
            last,
            failures,
        }
    }

    /// The last good answer, while what it is for is drawn.
    fn value(self) -> Rc<dyn Any> {
        let last = self.last.get();
        last.expect("drawn only when there is a value, and one is never taken away")
            .value
    }

    fn phase(self) -> Memo<Phase> {
        memo(move || match self.reading.get() {
            _ if self.last.with(Option::is_some) => Phase::Ready,
            Some(Err(error)) => Phase::Failed(error, self.failures.get()),
            Some(Ok(_)) | None => Phase::Waiting,
        })
    }

    fn shown(
        self,
        failed: Text,
        is_page: bool,
        skeleton: ViewFn,
        children: Box<dyn Fn() -> View>,
    ) -> View {
        let Self {
            reading, failures, ..
        } = self;
        let retried = RwSignal::new(0);
        let pending = Signal::derive(move || retried.get() == failures.get());
        let retry = Callback::new(move |()| {
            retried.set(failures.get_untracked());
            reading.refetch();
        });
        let panel = move |error| {
            let title = failed.clone();
            view! { <ErrorPanel title=title error=error is_page=is_page pending=pending on_retry=retry /> }
        };
        let phase = self.phase();
        let shown = move || match phase.get() {
            Phase::Waiting => skeleton.run().alone(),
            Phase::Ready => children(),
            Phase::Failed(error, _) => panel(error).alone(),
        };
        shown.alone()
    }
}

/// Where a reading stands.
#[derive(Clone, PartialEq)]
enum Phase {
    Waiting,
    Ready,
    /// Why, and for the how manieth time.
    Failed(ApiError, u32),
}

/// What failed, why, what was kept, and one button.
#[component]
pub fn ErrorPanel(
    /// What could not be done.
    title: Text,
    /// Why.
    error: ApiError,
    /// Whether it stands for the whole screen, and so is its heading and the page's title.
    #[prop(optional)]
    is_page: bool,
    /// Whether it is being tried again.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let Failure {
        sentence,
        can_retry,
        reference,
        is_alert,
    } = failure(&error);
    let kind = if is_alert {
        NoticeKind::Failed
    } else {
        NoticeKind::FailedQuietly
    };
    let title = t(title);
    if is_page {
        page::set_title(&format!("{title} – {}", use_config().name));
    }
    let reference = reference.map(|id| view! { <p class="soft">{text::failure_reference(id)}</p> });
    let button = can_retry.then(|| {
        view! {
            <Button tone=Tone::Primary pending=pending on_press=on_retry>
                {text::FAILURE_RETRY}
            </Button>
        }
    });
    let overview = (error == ApiError::NotFound).then(|| {
        view! {
            <Link to=Route::Overview class="button">
                {text::NOT_FOUND_OVERVIEW}
            </Link>
        }
    });
    view! {
        <Notice kind=kind icon=IconName::Alert title=title is_page=is_page>
            <p>{sentence}</p>
            {button}
            {overview}
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
    let failed = move || {
        let Submission::Failed(error) = submission.get() else {
            return None;
        };
        let own = matches!(
            error,
            ApiError::Validation(_) | ApiError::VerificationFailed { .. }
        );
        (!(own && except_fields)).then(|| failure(&error))
    };
    let line = move || {
        failed().map(|failure| {
            view! {
                <div class="banner" data-tone="danger" data-shape="inline">
                    <Icon name=IconName::Alert />
                    <p>{failure.sentence}</p>
                </div>
            }
        })
    };
    let role = move || {
        failed()
            .is_none_or(|failure| failure.is_alert)
            .then_some("alert")
    };
    view! { <div role=role>{line}</div> }
}

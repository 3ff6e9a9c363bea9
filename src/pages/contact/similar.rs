//! Open conversations that may be about the same matter, offered before another one begins.

use super::beginning::Beginning;
use super::carried;
use crate::announce::use_announcer;
use crate::api::{Read, use_api};
use crate::browser::clock;
use crate::browser::task::{self, Handle};
use crate::forms::{Draft, Kept};
use crate::i18n::{relative, text};
use crate::routes::{Route, use_navigate};
use crate::session::use_session;
use crate::ui::{Button, Size};
use crate::widgets::{StatusChip, subject};
use portal_contract::interaction::InteractionSummary;
use portal_contract::starting::SimilarInteractions;
use portal_contract::{InteractionId, TopicId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, memo, view};

/// How long nothing is typed before it is looked for, in milliseconds.
const PAUSE_MS: u32 = 500;
/// Shorter subjects are like everything.
const SHORTEST: usize = 3;

/// What is looked for.
type Asked = Option<(String, Option<TopicId>)>;

/// The part; nothing while nothing is alike. It never stands in the way of sending.
pub fn similar(beginning: Beginning) -> View {
    let asked = asking(beginning);
    let found: Read<SimilarInteractions> = use_api().read(move |client| {
        let asked = asked.get();
        async move {
            match asked {
                Some((subject, topic)) => {
                    client.similar_interactions(&subject, topic.as_ref()).await
                }
                None => Ok(SimilarInteractions { items: Vec::new() }),
            }
        }
    });
    let items = memo(move || match found.get() {
        Some(Ok(found)) => found.items,
        Some(Err(_)) | None => Vec::new(),
    });
    let failed = memo(move || matches!(found.get(), Some(Err(_))));
    tell(items);
    let shown = move || {
        let items = items.get();
        (!items.is_empty()).then(|| offer(beginning, &items))
    };
    let not_looked = move || {
        failed
            .get()
            .then(|| view! { <p class="soft">{text::MESSAGE_SIMILAR_FAILED}</p> })
    };
    view! {
        {shown}
        {not_looked}
    }
    .alone()
}

/// What to look for, whenever its writer pauses.
fn asking(beginning: Beginning) -> Memo<Asked> {
    let asked = RwSignal::new(None);
    let waiting = StoredValue::new_local(None::<Handle>);
    effect(move || {
        let (subject, topic) = (beginning.subject.raw().get(), beginning.topic.get());
        let subject = subject.trim().to_owned();
        let next = (subject.chars().count() >= SHORTEST).then_some((subject, topic));
        waiting.set_value(Some(task::spawn(async move {
            task::pause(PAUSE_MS).await;
            asked.set(next);
        })));
    });
    memo(move || asked.get())
}

/// Says how many there are, where that changed.
fn tell(items: Memo<Vec<InteractionSummary>>) {
    let announcer = use_announcer();
    let count = memo(move || items.with(Vec::len));
    effect(move || {
        let count = count.get();
        if count > 0 {
            announcer.say(text::message_similar_found(count));
        }
    });
}

fn offer(beginning: Beginning, items: &[InteractionSummary]) -> View {
    let now = clock::now();
    let rows: Vec<View> = items.iter().map(|item| row(beginning, item, now)).collect();
    view! {
        <section class="card" data-raised="" aria-labelledby="similar-title">
            <div class="card__head">
                <h2 id="similar-title">{text::MESSAGE_SIMILAR_TITLE}</h2>
            </div>
            <p class="soft">{text::MESSAGE_SIMILAR_LEDE}</p>
            <ul class="items">
                {rows}
            </ul>
        </section>
    }
    .alone()
}

fn row(beginning: Beginning, item: &InteractionSummary, now: f64) -> View {
    let subject = subject(&item.subject);
    let (named, id) = (subject.clone(), item.id.clone());
    let href = Route::Interaction(id.clone()).href();
    let standing = item.status.standing();
    let carry = carrying(beginning, id);
    let when = relative(&item.updated_at, now);
    view! {
        <li class="item">
            <div class="item__head">
                <h3>
                    <a href=href>
                        <bdi>{subject}</bdi>
                    </a>
                </h3>
                <StatusChip standing=standing />
            </div>
            <div class="cluster">
                <Button size=Size::Small on_press=carry>
                    {text::MESSAGE_SIMILAR_GO}
                    <span class="visually-hidden">": " <bdi>{named}</bdi></span>
                </Button>
                <span class="soft">{when}</span>
            </div>
        </li>
    }
    .alone()
}

/// Goes on in another thread, with everything that was written here.
fn carrying(beginning: Beginning, id: InteractionId) -> Callback<()> {
    let navigate = use_navigate();
    let announcer = use_announcer();
    let owner = use_session().subject();
    Callback::new(move |()| {
        let Some(so_far) = beginning.writing.so_far() else {
            return;
        };
        let subject = beginning.subject.raw().get_untracked();
        let guide = beginning.guide.get_untracked();
        let guide = guide.as_ref().map(carried::in_words);
        let draft = Draft::reply(&owner, &id);
        // Where nothing is kept nothing would come along: it stays where it is.
        if !draft.keep(&joined(draft.load(), subject.trim(), guide, so_far)) {
            beginning.writing.refuse(text::MESSAGE_NOT_CARRIED);
            return;
        }
        beginning.writing.renew();
        announcer.show(text::MESSAGE_CARRIED);
        navigate(&Route::Interaction(id.clone()).href(), Default::default());
    })
}

/// What stands in the answer there already, and then what was written here.
fn joined(before: Option<Kept>, subject: &str, guide: Option<String>, so_far: Kept) -> Kept {
    let mut parts = Vec::new();
    let mut attachments = Vec::new();
    if let Some(before) = before {
        parts.push(before.text);
        attachments = before.attachments;
    }
    parts.push(subject.to_owned());
    parts.push(so_far.text);
    parts.extend(guide);
    parts.retain(|part| !part.trim().is_empty());
    attachments.extend(so_far.attachments);
    Kept {
        intent: so_far.intent,
        text: parts.join("\n\n"),
        attachments,
        about: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Kept {
        Kept {
            intent: "0f8fad5b".parse().expect("it is a key"),
            text: text.into(),
            attachments: Vec::new(),
            about: None,
        }
    }

    #[test]
    fn nothing_that_was_written_is_lost_on_the_way_to_another_thread() {
        let guide = Some("No power\nWhere? Everywhere".into());
        let all = joined(
            Some(kept("Half an answer")),
            "Dark",
            guide,
            kept("Since noon"),
        );
        assert_eq!(
            all.text,
            "Half an answer\n\nDark\n\nSince noon\n\nNo power\nWhere? Everywhere"
        );
        assert_eq!(
            joined(None, "", None, kept("Since noon")).text,
            "Since noon"
        );
    }
}

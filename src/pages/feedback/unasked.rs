//! Something said unasked: praise, a complaint, an idea, about anything. Its form is a few questions of our own.

use super::begun::{Begun, came_before};
use super::survey::{Answers, Survey};
use super::thanks::thanks;
use super::{contact_choice, nav, words};
use crate::api::{PortalClient, use_api};
use crate::forms::Write;
use crate::i18n::{t, text, use_i18n};
use crate::loading::{FailedLine, Loaded};
use crate::routes::{Route, said_about, use_location};
use crate::ui::{Button, ButtonKind, Icon, IconName, Tone};
use crate::widgets::PageHead;
use portal_client::ApiError;
use portal_contract::feedback::{
    AnswerValue, Feedback, FeedbackKind, FeedbackOptions, NewFeedback, NewFeedbackAbout, Question,
    QuestionKind, QuestionOption,
};
use portal_contract::{FieldError, InteractionId, QuestionId};
use portal_markup::prelude::*;
use portal_markup::{Child, View, effect, view};

/// The questions, by their ids, which are the names of what the API takes.
const KIND: &str = "kind";
const ABOUT: &str = "about";
const TEXT: &str = "text";

/// What is chosen where it is about the interaction, or about anything. A service goes by its own id, behind a mark of ours.
const INTERACTION: &str = "interaction";
const ANYTHING: &str = "anything";
const SERVICE: &str = "service:";

/// The screen.
pub fn page() -> View {
    let (kind, interaction) = use_location()
        .search
        .with_untracked(|search| said_about(search));
    let about = interaction.clone();
    let offer = use_api().read(move |client| {
        let about = about.clone();
        async move { offer(&client, about).await }
    });
    let begin = StoredValue::new((kind, interaction));
    let given = RwSignal::new(None::<Feedback>);
    view! {
        <div class="page" data-width="reading">
            {nav()}
            <Loaded from=offer failed=text::UNASKED_FAILED is_page=true skeleton=super::bones let:offer>
                {screen(given, begin, offer)}
            </Loaded>
        </div>
    }
    .alone()
}

/// What can be said, and what the interaction that it may be about is called.
#[derive(Clone, PartialEq)]
struct Offer {
    options: FeedbackOptions,
    subject: Option<String>,
}

async fn offer(client: &PortalClient, about: Option<InteractionId>) -> Result<Offer, ApiError> {
    let options = client.feedback_options().await?;
    let subject = match about {
        Some(id) => match client.subject(&id).await {
            Ok(subject) => Some(subject),
            // A link that names nothing of this customer's: then it is about something else.
            Err(ApiError::NotFound) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    Ok(Offer { options, subject })
}

/// What the link says: what sort of thing, and about which interaction.
type Begin = StoredValue<(Option<FeedbackKind>, Option<InteractionId>)>;

fn screen(given: RwSignal<Option<Feedback>>, begin: Begin, offer: Signal<Offer>) -> View {
    let shown = move || match given.get() {
        Some(given) => thanks(&given),
        None => untrack(|| asking(given, begin, offer.get_untracked())),
    };
    shown.alone()
}

fn asking(given: RwSignal<Option<Feedback>>, begin: Begin, offer: Offer) -> View {
    let way = view! {
        <a class="page__back" href=Route::Feedback.href()>
            <Icon name=IconName::Back />
            {text::FEEDBACK_TITLE}
        </a>
    };
    view! {
        {way}
        <PageHead title=t(text::UNASKED_TITLE) lede=t(text::UNASKED_LEDE) />
        {form(given, begin, offer)}
    }
}

fn form(given: RwSignal<Option<Feedback>>, begin: Begin, offer: Offer) -> View {
    let (kind, interaction) = begin.get_value();
    let interaction = interaction.filter(|_| offer.subject.is_some());
    let (begun, said) = Begun::resume(draft_of(interaction.as_ref()));
    let contact = RwSignal::new(said.as_ref().is_some_and(|said| said.contact_allowed));
    let answers = first(kind, interaction.as_ref(), said);
    let survey = Survey::new(questions(offer), answers);
    let new = move |answers: &Answers| read(answers, interaction.as_ref(), contact.get());
    let new = StoredValue::new(new);
    effect(move || {
        let answers = survey.every_answer();
        let is_empty = answers.get(&id(TEXT)).is_none();
        begun.keep(new.with_value(|new| new(&answers)), is_empty);
    });
    let give = giving(given, begun, survey);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(answers) = survey.read() {
            give.send(untrack(|| new.with_value(|new| new(&answers))));
        }
    };
    let pending = give.pending();
    let word = move || {
        t(if pending.get() {
            text::REPLY_SENDING
        } else {
            text::UNASKED_SEND
        })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            {survey.summary()}
            {survey.view()}
            {contact_choice(contact)}
            {refused(give)}
            <div class="form__actions">
                <Button tone=Tone::Primary kind=ButtonKind::Submit pending=pending>
                    {word}
                </Button>
                {begun.told()}
            </div>
        </form>
    }
    .alone()
}

fn giving(
    given: RwSignal<Option<Feedback>>,
    begun: Begun,
    survey: Survey,
) -> Write<NewFeedback, Feedback> {
    let give = begun.giving();
    give.on_done(move |feedback| given.set(Some(feedback)));
    give.on_failed(move |error| {
        if let ApiError::Validation(errors) = error {
            survey.refuse(&errors.iter().map(at_question).collect::<Vec<_>>());
        }
    });
    give
}

/// The pointer of a member of the body, as that of the question which gave it.
fn at_question(error: &FieldError) -> FieldError {
    let member = error.pointer.split('/').nth(1).unwrap_or(TEXT);
    FieldError {
        pointer: ["/answers/", member].concat(),
        ..error.clone()
    }
}

/// Why it was not taken. What the company has in an earlier version is found in the ledger, and changed there.
fn refused(give: Write<NewFeedback, Feedback>) -> View {
    let came = RwSignal::new(false);
    give.on_failed(move |error| came.set(came_before(&error)));
    let line = move || {
        if !came.get() {
            return view! { <FailedLine submission=give.submission() except_fields=true /> };
        }
        view! {
            <div class="banner" data-tone="warn" data-shape="inline" role="alert">
                <Icon name=IconName::Alert />
                <p>
                    {text::UNASKED_CAME_BEFORE}
                    " "
                    <a href=Route::Feedback.href()>{text::FEEDBACK_TITLE}</a>
                </p>
            </div>
        }
    };
    line.alone()
}

fn id(name: &str) -> QuestionId {
    name.parse().expect("the names are ids")
}

fn question(name: &str, kind: QuestionKind, words: String) -> Question {
    Question {
        id: id(name),
        kind,
        text: words,
        lang: use_i18n().locale().tag,
        low_label: None,
        high_label: None,
        options: Vec::new(),
        multiple: false,
        required: true,
        max_length: None,
        shown_if: None,
    }
}

fn option(value: &str, words: String) -> QuestionOption {
    QuestionOption {
        value: AnswerValue::Text(value.to_owned()),
        label: Some(words),
    }
}

/// What sort of thing, about what, and the words.
fn questions(Offer { options, subject }: Offer) -> Vec<Question> {
    let kinds = options.kinds.iter();
    let kinds = kinds.map(|kind| option(kind.as_str(), words::kind_word(kind)));
    let interaction = subject.map(|subject| {
        let words = match subject.trim() {
            "" => text::FEEDBACK_ABOUT_UNNAMED,
            subject => text::unasked_about_interaction(subject),
        };
        option(INTERACTION, t(words))
    });
    let services = options.services.into_iter();
    let services = services.map(|it| option(&[SERVICE, &it.id].concat(), it.label));
    let anything = option(ANYTHING, t(text::UNASKED_ABOUT_ANYTHING));
    let abouts = interaction.into_iter().chain(services).chain([anything]);
    vec![
        Question {
            options: kinds.collect(),
            ..question(KIND, QuestionKind::Choice, t(text::UNASKED_KIND))
        },
        Question {
            options: abouts.collect(),
            ..question(ABOUT, QuestionKind::Choice, t(text::UNASKED_ABOUT))
        },
        Question {
            max_length: Some(options.text_characters),
            ..question(TEXT, QuestionKind::Words, t(text::UNASKED_TEXT))
        },
    ]
}

/// Where what is said about an interaction is kept, or about something else.
pub fn draft_of(interaction: Option<&InteractionId>) -> &str {
    interaction.map_or("new", InteractionId::as_str)
}

/// What was kept, with these words after those that stand there.
pub fn with_words(kept: Option<NewFeedback>, words: Vec<String>) -> NewFeedback {
    let before = kept.as_ref().and_then(|kept| kept.text.clone());
    let all: Vec<String> = before.into_iter().chain(words).collect();
    let (kind, about, contact) = kept.map_or((None, None, false), |kept| {
        (kept.kind, kept.about, kept.contact_allowed)
    });
    NewFeedback {
        request_id: None,
        answers: None,
        kind,
        about,
        text: Some(all.join("\n\n")),
        contact_allowed: contact,
    }
}

/// What stands there to begin with: what was kept, and over it what the link says.
fn first(
    kind: Option<FeedbackKind>,
    interaction: Option<&InteractionId>,
    kept: Option<NewFeedback>,
) -> Answers {
    let (kept_kind, kept_about, words) =
        kept.map_or((None, None, None), |it| (it.kind, it.about, it.text));
    let about = match (kept_about, interaction) {
        (Some(about), _) => match about.service_id {
            Some(service) => [SERVICE, &service].concat(),
            None => INTERACTION.to_owned(),
        },
        (None, Some(_)) => INTERACTION.to_owned(),
        (None, None) => ANYTHING.to_owned(),
    };
    let kind = kind.or(kept_kind).map(|kind| kind.as_str().to_owned());
    let said = [(KIND, kind), (ABOUT, Some(about)), (TEXT, words)];
    let said = said
        .into_iter()
        .filter_map(|(name, words)| Some((name, words?)));
    said.map(|(name, words)| (id(name), AnswerValue::Text(words)))
        .collect()
}

/// What is sent.
fn read(answers: &Answers, interaction: Option<&InteractionId>, contact: bool) -> NewFeedback {
    let said = |name: &str| match answers.get(&id(name)) {
        Some(AnswerValue::Text(words)) => Some(words.as_str()),
        _ => None,
    };
    let about = said(ABOUT).and_then(|about| match about.strip_prefix(SERVICE) {
        Some(service) => Some(NewFeedbackAbout {
            interaction_id: None,
            service_id: Some(service.to_owned()),
        }),
        None => (about == INTERACTION).then(|| NewFeedbackAbout {
            interaction_id: interaction.cloned(),
            service_id: None,
        }),
    });
    NewFeedback {
        request_id: None,
        answers: None,
        kind: said(KIND).map(FeedbackKind::from),
        about,
        text: said(TEXT).map(str::to_owned),
        contact_allowed: contact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_goes_on_and_the_link_outweighs_its_sort() {
        let interaction: InteractionId = "int_1".parse().unwrap();
        let answers = first(Some(FeedbackKind::Idea), Some(&interaction), None);
        let mut new = read(&answers, Some(&interaction), true);
        assert_eq!(new.kind, Some(FeedbackKind::Idea));
        let about = new.about.clone().unwrap();
        assert_eq!(about.interaction_id, Some(interaction.clone()));
        assert_eq!(new.text, None);
        new.text = Some("Half an idea".into());
        let about = NewFeedbackAbout {
            interaction_id: None,
            service_id: Some("broadband".into()),
        };
        new.about = Some(about.clone());
        let kind = Some(FeedbackKind::Complaint);
        let again = read(&first(kind.clone(), None, Some(new)), None, false);
        assert_eq!(again.kind, kind);
        assert_eq!(again.about, Some(about));
        assert_eq!(again.text.as_deref(), Some("Half an idea"));
    }

    #[test]
    fn words_that_come_along_stand_behind_those_that_are_there() {
        let two = || vec!["Why?\nBecause".to_owned(), "How?\nSo".to_owned()];
        let new = with_words(None, two());
        assert_eq!(new.text.as_deref(), Some("Why?\nBecause\n\nHow?\nSo"));
        let kept = NewFeedback {
            kind: Some(FeedbackKind::Idea),
            text: Some("Half an idea".into()),
            ..new
        };
        let both = with_words(Some(kept), vec!["More".to_owned()]);
        assert_eq!(both.text.as_deref(), Some("Half an idea\n\nMore"));
        assert_eq!(both.kind, Some(FeedbackKind::Idea));
    }

    #[test]
    fn a_refused_member_stands_at_its_question() {
        let refused = |pointer: &str| {
            at_question(&FieldError {
                pointer: pointer.into(),
                code: portal_contract::FieldCode::Unknown,
                detail: None,
                limit: None,
            })
            .pointer
        };
        assert_eq!(refused("/text"), "/answers/text");
        assert_eq!(refused("/about/interaction_id"), "/answers/about");
    }
}

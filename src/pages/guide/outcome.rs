//! What a guide came to: an answer, something to do, a place to go to, or something that the company has to do.

use super::walk::Place;
use super::{STEP, contact, solved};
use crate::i18n::text;
use crate::routes::{Next, outside};
use crate::ui::{Icon, IconName};
use portal_contract::guide::{Guide, GuideLink, GuideNode, GuideOutcome, GuideOutcomeKind};
use portal_markup::{Child, View, view};

pub fn outcome(
    guide: &Guide,
    place: &Place,
    node: &GuideNode,
    outcome: &GuideOutcome,
    heading: View,
) -> View {
    let help = node.help.clone();
    let help = help.map(|help| view! { <p dir="auto">{help}</p> });
    let link = outcome.link.as_ref().and_then(link);
    let begins = contact::Begins::new(guide, place, outcome.prefill.as_ref());
    let next = if outcome.kind == GuideOutcomeKind::Interaction {
        contact::ways(begins, text::GUIDE_CARRIED)
    } else {
        solved::solved(guide, place, begins)
    };
    view! {
        <section class="stack" aria-labelledby=STEP lang=guide.lang.clone()>
            {heading} {help} {steps(&outcome.steps)} {link}
        </section>
        {next}
    }
    .alone()
}

/// What to do, to be ticked off here or on paper.
fn steps(steps: &[String]) -> Option<View> {
    let one = |step: &String| {
        let step = step.clone();
        view! {
            <li>
                <label class="choice">
                    <input type="checkbox" />
                    <span dir="auto">{step}</span>
                </label>
            </li>
        }
        .alone()
    };
    let all: Vec<View> = steps.iter().map(one).collect();
    (!all.is_empty()).then(|| view! { <ol class="guide__steps">{all}</ol> }.alone())
}

/// A screen of the portal, or another site; anything else is no place that a press should lead to.
fn link(link: &GuideLink) -> Option<View> {
    let GuideLink { url, label } = link.clone();
    let own = Next::parse(&url).map(|own| own.href());
    let is_ours = own.is_some();
    let url = own.or_else(|| outside(&url))?;
    let icon = if is_ours {
        IconName::Arrow
    } else {
        IconName::External
    };
    let rel = (!is_ours).then_some("noreferrer");
    let place = view! {
        <p>
            <a class="button" data-tone="primary" href=url rel=rel>
                <Icon name=icon />
                <bdi>{label}</bdi>
            </a>
        </p>
    };
    Some(place.alone())
}

use super::Context;
use crate::api::use_api;
use crate::browser::{focus, frame};
use crate::i18n::{self, t, text};
use crate::ui::{Button, Icon, IconName};
use leptos::html;
use portal_contract::endpoints;
use portal_contract::message::Message;
use portal_markup::prelude::*;
use portal_markup::view;

/// What the frame may do: be measured (it holds no script), and open links in a tab of their own.
const SANDBOX: &str = "allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// The HTML form of a message, in a frame of its own. Pictures from elsewhere tell their sender that the mail was opened, so
/// they load on request alone.
#[component]
pub fn Mail(context: Context, message: Message, remote_images: u64) -> impl IntoView {
    let node = NodeRef::<html::Iframe>::new();
    let pictures = RwSignal::new(false);
    let address = use_api()
        .client()
        .transport()
        .address(&endpoints::message_document(
            &context.id.get_value(),
            &message.id,
        ));
    let src = move || {
        if pictures.get() {
            [address.as_str(), "?images=allow"].concat()
        } else {
            address.clone()
        }
    };
    let fit = move |_| {
        if let Some(element) = node.get_untracked() {
            frame::fit(&element);
        }
    };
    // The button goes with what it asked for; the focus goes on to the message, where reading continues.
    let show = Callback::new(move |()| {
        if let Some(element) = node.get_untracked() {
            focus::element(&element);
        }
        pictures.set(true);
    });
    let title = t(text::thread_html_title(
        message.author.display_name,
        i18n::date(&message.sent_at),
    ));
    let held_back = move || {
        (remote_images > 0 && !pictures.get()).then(|| {
            view! {
                <p class="letter__remote">
                    <Icon name=IconName::Image />
                    <span>{text::thread_images_held(remote_images)}</span>
                    <Button on_press=show>{text::THREAD_IMAGES_SHOW}</Button>
                </p>
            }
        })
    };
    view! {
        {held_back}
        <iframe
            node_ref=node
            class="letter__html"
            sandbox=SANDBOX
            referrerpolicy="no-referrer"
            title=title
            src=src
            height="160"
            on:load=fit
        ></iframe>
    }
}

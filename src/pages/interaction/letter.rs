use super::Context;
use super::entries::Entry;
use super::mail::Mail;
use super::roles::role_word;
use crate::api::use_api;
use crate::browser::boot;
use crate::i18n::{self, Text, t, text};
use crate::ui::{Icon, IconName};
use crate::widgets::{OpenElsewhere, channel_icon, channel_word};
use portal_contract::Timestamp;
use portal_contract::attachment::Attachment;
use portal_contract::endpoints;
use portal_contract::interaction::{Channel, ChannelChange, Handoff, Role};
use portal_contract::message::Message;
use portal_markup::prelude::*;
use portal_markup::{Child, View, view};

/// One entry of the thread.
pub fn entry(context: Context, entry: Entry) -> View {
    match entry {
        Entry::Message(message) => view! { <li>{letter(context, message)}</li> }.alone(),
        Entry::Handoff(handoff) => handed_over(handoff),
        Entry::ChannelChange(change) => went_on(change),
    }
}

fn handed_over(
    Handoff {
        at,
        from,
        to,
        reason,
    }: Handoff,
) -> View {
    let sentence = match reason {
        Some(reason) => text::thread_handoff_reason(from, to, reason),
        None => text::thread_handoff(from, to),
    };
    event(IconName::Handoff, t(sentence), &at)
}

fn went_on(ChannelChange { at, to, .. }: ChannelChange) -> View {
    event(channel_icon(&to), t(continued_by(&to)), &at)
}

/// A channel is not a word that fits into every sentence of every language, so each has its own.
fn continued_by(channel: &Channel) -> Text {
    match channel {
        Channel::Email => text::CONTINUED_EMAIL,
        Channel::Phone => text::CONTINUED_PHONE,
        Channel::Sms => text::CONTINUED_SMS,
        Channel::Chat => text::CONTINUED_CHAT,
        Channel::Messaging => text::CONTINUED_MESSAGING,
        Channel::Web => text::CONTINUED_WEB,
        Channel::MobileApp => text::CONTINUED_MOBILE_APP,
        Channel::Store => text::CONTINUED_STORE,
        Channel::Post => text::CONTINUED_POST,
        Channel::Social => text::CONTINUED_SOCIAL,
        Channel::Push => text::CONTINUED_PUSH,
        Channel::Other(_) => text::CONTINUED_OTHER,
    }
}

fn event(icon: IconName, sentence: String, at: &Timestamp) -> View {
    view! {
        <li class="event">
            <Icon name=icon />
            <span>{sentence}</span>
            <time datetime=at.to_string()>{i18n::time(at)}</time>
        </li>
    }
    .alone()
}

fn letter(context: Context, message: Message) -> View {
    let heading = ["m-", message.id.as_str()].concat();
    let titled_by = heading.clone();
    let mine = message.author.role == Role::Customer;
    let author = if mine {
        t(text::THREAD_YOU)
    } else {
        message.author.display_name.clone()
    };
    let role = (!mine)
        .then(|| view! { <span class="message__role">{role_word(&message.author.role)}</span> });
    let files = files(context, &message.attachments);
    let body = match &message.html {
        Some(html) if !boot::is_framed() => {
            let remote_images = html.remote_images;
            view! { <Mail context=context message=message.clone() remote_images=remote_images /> }.alone()
        }
        _ if !message.text.is_empty() => view! { <div class="letter__text" dir="auto" lang=message.lang.clone()>{message.text.clone()}</div> }.alone(),
        None if message.attachments.is_empty() => view! { <p class="soft">{text::THREAD_EMPTY_WORDS}</p> }.alone(),
        _ => ().alone(),
    };
    // The document of a mail is the API's own, which a frame within a frame would ask for in nobody's name.
    let elsewhere = (message.html.is_some() && boot::is_framed()).then(|| {
        view! {
            <p class="letter__remote">
                <span>{text::ELSEWHERE_MAIL}</span>
                <OpenElsewhere />
            </p>
        }
    });
    view! {
        <article class="message" data-from=if mine { "you" } else { "company" } aria-labelledby=titled_by>
            <header class="message__head">
                <h3 class="message__author" id=heading>
                    <bdi>{author}</bdi>
                </h3>
                {role}
                <time class="message__time" datetime=message.sent_at.to_string() title=i18n::date_time(&message.sent_at)>
                    {i18n::time(&message.sent_at)}
                </time>
                <span class="message__channel">
                    <Icon name=channel_icon(&message.channel) />
                    {channel_word(&message.channel)}
                </span>
            </header>
            <div class="letter">{body} {elsewhere} {files}</div>
        </article>
    }
    .alone()
}

fn files(context: Context, attachments: &[Attachment]) -> Option<View> {
    let transport = use_api().client();
    let id = context.id.get_value();
    let address = |file: &Attachment| {
        transport
            .transport()
            .address(&endpoints::attachment(&id, &file.id))
    };
    let items = attachments
        .iter()
        .map(|file| file_link(file, address(file)))
        .collect_view();
    (!attachments.is_empty()).then(|| {
        view! {
            <ul class="attachments" aria-label=t(text::ATTACHMENT_LIST)>
                {items}
            </ul>
        }
        .alone()
    })
}

fn file_link(file: &Attachment, href: String) -> View {
    let preview = if file.previewable {
        view! { <img src=href.clone() alt="" width="44" height="44" loading="lazy" /> }.alone()
    } else {
        view! { <Icon name=IconName::File /> }.alone()
    };
    view! {
        <li>
            <a class="attachment" href=href download=file.file_name.clone() rel="external">
                <span class="attachment__preview">{preview}</span>
                <span>
                    <bdi class="attachment__name">{file.file_name.clone()}</bdi>
                    <span class="attachment__facts">{i18n::bytes(file.size_bytes)}</span>
                </span>
                <Icon name=IconName::Download />
            </a>
        </li>
    }
    .alone()
}

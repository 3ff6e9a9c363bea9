use crate::browser::letters;
use crate::i18n::{Arg, Text, t, text};
use crate::ui::IconName;
use portal_contract::interaction::Channel;

/// The drawing of a channel; a word always stands beside it.
#[must_use]
pub fn channel_icon(channel: &Channel) -> IconName {
    match channel {
        Channel::Email => IconName::Email,
        Channel::Phone => IconName::Phone,
        Channel::Sms => IconName::Sms,
        Channel::Chat => IconName::Chat,
        Channel::Messaging => IconName::Messaging,
        Channel::Web => IconName::Web,
        Channel::MobileApp => IconName::MobileApp,
        Channel::Store => IconName::Store,
        Channel::Post => IconName::Post,
        Channel::Social => IconName::Social,
        Channel::Push => IconName::Push,
        Channel::Other(_) => IconName::Other,
    }
}

/// The word for a channel. One that this version does not know is told as the company names it.
#[must_use]
pub fn channel_word(channel: &Channel) -> String {
    known(channel).map_or_else(|| plain_words(channel.as_str()), t)
}

/// The word for a channel, to stand within a sentence.
#[must_use]
pub fn channel_arg(channel: &Channel) -> Arg {
    known(channel).map_or_else(|| Arg::User(plain_words(channel.as_str())), Arg::Text)
}

fn known(channel: &Channel) -> Option<Text> {
    Some(match channel {
        Channel::Email => text::CHANNEL_EMAIL,
        Channel::Phone => text::CHANNEL_PHONE,
        Channel::Sms => text::CHANNEL_SMS,
        Channel::Chat => text::CHANNEL_CHAT,
        Channel::Messaging => text::CHANNEL_MESSAGING,
        Channel::Web => text::CHANNEL_WEB,
        Channel::MobileApp => text::CHANNEL_MOBILE_APP,
        Channel::Store => text::CHANNEL_STORE,
        Channel::Post => text::CHANNEL_POST,
        Channel::Social => text::CHANNEL_SOCIAL,
        Channel::Push => text::CHANNEL_PUSH,
        Channel::Other(_) => return None,
    })
}

/// A value of the wire as a person may read it: `carrier_pigeon` is "Carrier pigeon".
#[must_use]
pub fn plain_words(value: &str) -> String {
    letters::capital(value.replace(['_', '-'], " ").trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_value_is_told_in_words() {
        assert_eq!(plain_words("carrier_pigeon"), "Carrier pigeon");
        assert_eq!(plain_words("élan-vital"), "Élan vital");
        assert_eq!(plain_words("_"), "");
    }

    #[test]
    fn every_known_channel_has_its_own_drawing_and_word() {
        for channel in Channel::KNOWN {
            assert!(known(channel).is_some(), "{channel:?}");
            assert!(
                channel_icon(channel).href().ends_with(channel.as_str()),
                "{channel:?}"
            );
        }
    }
}

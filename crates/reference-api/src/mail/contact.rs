//! What a contact point is told: its code, and that it, or another, changed.

mod words;

use super::ContactMail;
use super::texts::{Language, Letter};
use crate::config::Company;
use portal_contract::interaction::Channel;

/// What to say to a contact point. Other contact points are named by a part of theirs alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactNotice {
    /// The code that shows whose it is.
    Code {
        /// The digits.
        code: String,
        /// For how long it is good, in seconds.
        good_for_seconds: i64,
    },
    /// Another one stands in its place from now on.
    Replaced {
        /// The other one, masked.
        by: String,
    },
    /// It was removed.
    Removed,
    /// Another one was confirmed, and signs in.
    SignInAdded {
        /// The other one, masked.
        address: String,
    },
}

/// How long a code is good, as people say it.
#[derive(Clone, Copy)]
enum Span {
    Minutes(i64),
    Days(i64),
}

impl Span {
    fn of(seconds: i64) -> Self {
        const DAY: i64 = 24 * 60 * 60;
        if seconds < DAY {
            Self::Minutes(seconds / 60)
        } else {
            Self::Days(seconds / DAY)
        }
    }
}

/// How much there is room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A text message, or what a voice says.
    Short,
    /// A mail or a letter on paper.
    Long,
}

/// The letter of a notice.
pub(super) fn compose(company: &Company, mail: ContactMail) -> Letter {
    let language = Language::choose(mail.locale.as_deref(), company);
    let form = match mail.channel {
        Channel::Email | Channel::Post => Form::Long,
        _ => Form::Short,
    };
    let (subject, body) = words::of(language, form, &company.name, &mail.notice);
    let code = match mail.notice {
        ContactNotice::Code { code, .. } => Some(code),
        _ => None,
    };
    Letter {
        customer: Some(mail.customer),
        channel: mail.channel,
        to: mail.to,
        subject,
        body,
        code,
        locale: language.tag(),
        headers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::customers::CustomerId;

    fn letter(channel: Channel, locale: &str, notice: ContactNotice) -> Letter {
        let company = Company {
            name: "Lumenfold".into(),
            locales: vec!["en".into()],
        };
        let mail = ContactMail {
            customer: CustomerId::try_from("cus_1".to_owned()).unwrap(),
            channel,
            to: "somewhere".into(),
            locale: Some(locale.to_owned()),
            notice,
        };
        compose(&company, mail)
    }

    fn code(good_for_seconds: i64) -> ContactNotice {
        ContactNotice::Code {
            code: "012345".into(),
            good_for_seconds,
        }
    }

    #[test]
    fn a_code_says_what_it_is_how_long_it_is_good_and_from_whom() {
        for locale in ["en", "de", "ar"] {
            for channel in [Channel::Email, Channel::Sms, Channel::Post, Channel::Phone] {
                let letter = letter(channel, locale, code(600));
                assert!(letter.body.contains("012345"), "{}", letter.body);
                assert!(letter.body.contains("10") && letter.body.contains("Lumenfold"));
                assert_eq!(letter.code.as_deref(), Some("012345"));
            }
            let by_post = letter(Channel::Post, locale, code(30 * 24 * 60 * 60));
            assert!(by_post.body.contains("30"), "{}", by_post.body);
        }
    }

    #[test]
    fn a_text_message_is_short() {
        for locale in ["en", "de", "ar"] {
            let letter = letter(Channel::Sms, locale, code(600));
            // 160 letters of GSM 7 bit, 70 of UCS-2 a part; two parts are enough.
            let most = if locale == "ar" { 134 } else { 160 };
            assert!(letter.body.chars().count() <= most, "{}", letter.body);
        }
    }

    #[test]
    fn every_notice_has_words_in_every_language() {
        let notices = [
            ContactNotice::Replaced {
                by: "m…@example.org".into(),
            },
            ContactNotice::Removed,
            ContactNotice::SignInAdded {
                address: "m…@example.org".into(),
            },
        ];
        for notice in notices {
            for locale in ["en", "de", "ar"] {
                for channel in [Channel::Email, Channel::Sms] {
                    let letter = letter(channel, locale, notice.clone());
                    assert!(letter.body.contains("Lumenfold") && letter.code.is_none());
                    if notice != ContactNotice::Removed {
                        assert!(letter.body.contains("m…@example.org"), "{}", letter.body);
                    }
                }
            }
        }
    }
}

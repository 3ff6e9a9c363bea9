//! A mail about a topic that the customer can switch off: with a way out at its foot and in its headers (RFC 2369, RFC 8058).

use super::texts::{Language, Letter};
use crate::config::Company;
use crate::store::customers::CustomerId;
use portal_contract::interaction::Channel;

/// A mail about a topic.
#[derive(Clone, Debug)]
pub struct TopicMail {
    /// Whom it is written for.
    pub customer: CustomerId,
    /// Where to.
    pub to: String,
    /// BCP 47 tag of the language that it should be in.
    pub locale: Option<String>,
    /// What the topic is called in that language.
    pub topic: String,
    /// What it says.
    pub matter: TopicMatter,
    /// The ways out; none for a topic that has to come.
    pub links: Option<TopicLinks>,
}

/// What a mail about a topic says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopicMatter {
    /// That it is a sample: it is sent to try the links out.
    Sample,
    /// That the company answered what the customer said. Neither is in it: mail is read by many, the words are read where they were
    /// written.
    FeedbackAnswered {
        /// The portal's page with both.
        link: String,
    },
}

/// The ways out of a topic.
#[derive(Clone, Debug)]
pub struct TopicLinks {
    /// The portal's page of this link, its token in the fragment.
    pub footer: String,
    /// What a mail program posts to.
    pub one_click: String,
}

/// The letter.
#[must_use]
pub fn compose(company: &Company, mail: &TopicMail) -> Letter {
    let language = Language::choose(mail.locale.as_deref(), company);
    let (subject, mut body) = match &mail.matter {
        TopicMatter::Sample => sample(language, &company.name, &mail.topic),
        TopicMatter::FeedbackAnswered { link } => answered(language, &company.name, link),
    };
    if let Some(links) = &mail.links {
        body.push_str("\n-- \n");
        body.push_str(&footer(language, &mail.topic, &links.footer));
    }
    Letter {
        customer: Some(mail.customer.clone()),
        channel: Channel::Email,
        to: mail.to.clone(),
        subject,
        body,
        code: None,
        locale: language.tag(),
        headers: mail.links.as_ref().map_or_else(Vec::new, headers),
    }
}

/// Both are needed: the address, and the word that a POST to it needs no further question. A mail server has to sign them (DKIM)
/// for a mail program to believe them.
fn headers(links: &TopicLinks) -> Vec<(&'static str, String)> {
    vec![
        ("List-Unsubscribe", format!("<{}>", links.one_click)),
        (
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        ),
    ]
}

fn answered(language: Language, company: &str, link: &str) -> (String, String) {
    match language {
        Language::English => (
            format!("{company} has answered your feedback"),
            format!(
                "Hello,\n\nyou told us something, and we have answered it. You can read the answer, and what became of it, here after \
                 signing in:\n\n{link}\n"
            ),
        ),
        Language::German => (
            format!("{company} hat auf Ihre Rückmeldung geantwortet"),
            format!(
                "Guten Tag,\n\nSie haben uns etwas gesagt, und wir haben darauf geantwortet. Die Antwort, und was daraus geworden ist, \
                 lesen Sie hier nach der Anmeldung:\n\n{link}\n"
            ),
        ),
        Language::Arabic => (
            format!("ردّت {company} على ملاحظاتك"),
            format!(
                "مرحبًا،\n\nأخبرتنا بشيء، وقد رددنا عليه. يمكنك قراءة الرد وما نتج عنه هنا بعد تسجيل الدخول:\n\n{link}\n"
            ),
        ),
    }
}

fn sample(language: Language, company: &str, topic: &str) -> (String, String) {
    match language {
        Language::English => (
            format!("{topic}: a sample from {company}"),
            format!(
                "Hello,\n\nthis is a sample of what {company} sends about \u{201c}{topic}\u{201d}. Nothing has happened; \
                 somebody is trying out how it looks.\n"
            ),
        ),
        Language::German => (
            format!("{topic}: eine Probe von {company}"),
            format!(
                "Guten Tag,\n\ndies ist eine Probe dessen, was {company} zum Thema \u{201e}{topic}\u{201c} verschickt. Es ist \
                 nichts geschehen; jemand sieht sich an, wie es aussieht.\n"
            ),
        ),
        Language::Arabic => (
            format!("{topic}: نموذج من {company}"),
            format!(
                "مرحبًا،\n\nهذا نموذج مما ترسله {company} عن «{topic}». لم يحدث شيء، بل يجرب أحدهم كيف تبدو الرسالة.\n"
            ),
        ),
    }
}

fn footer(language: Language, topic: &str, link: &str) -> String {
    match language {
        Language::English => format!(
            "You get this because \u{201c}{topic}\u{201d} is switched on for this address.\nLess of it, later, or none, without \
             signing in:\n{link}\n"
        ),
        Language::German => format!(
            "Sie erhalten das, weil \u{201e}{topic}\u{201c} für diese Adresse eingeschaltet ist.\nWeniger, später oder gar nichts \
             davon, ohne Anmeldung:\n{link}\n"
        ),
        Language::Arabic => format!(
            "تصلك هذه الرسالة لأن «{topic}» مفعّل لهذا العنوان.\nأقل منها أو لاحقًا أو إيقافها، من دون تسجيل الدخول:\n{link}\n"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(locale: &str, links: Option<TopicLinks>) -> Letter {
        let company = Company {
            name: "Lumenfold".into(),
            locales: vec!["en".into()],
        };
        let mail = TopicMail {
            customer: CustomerId::try_from("cus_1".to_owned()).unwrap(),
            to: "a@example.com".into(),
            locale: Some(locale.to_owned()),
            topic: "Tariffs".into(),
            matter: TopicMatter::Sample,
            links,
        };
        compose(&company, &mail)
    }

    #[test]
    fn the_ways_out_stand_at_the_foot_and_in_the_headers() {
        for locale in ["en", "de", "ar"] {
            let links = TopicLinks {
                footer: "https://help.example/p#t=aa".into(),
                one_click: "https://help.example/v1/unsubscribe/bb".into(),
            };
            let letter = letter(locale, Some(links));
            assert!(letter.body.ends_with("https://help.example/p#t=aa\n"));
            assert!(letter.subject.contains("Tariffs"), "{locale}");
            assert_eq!(
                letter.headers,
                [
                    (
                        "List-Unsubscribe",
                        "<https://help.example/v1/unsubscribe/bb>".to_owned()
                    ),
                    (
                        "List-Unsubscribe-Post",
                        "List-Unsubscribe=One-Click".to_owned()
                    ),
                ]
            );
        }
    }

    #[test]
    fn what_has_to_come_has_no_way_out() {
        let letter = letter("en", None);
        assert!(letter.headers.is_empty());
        assert!(!letter.body.contains("-- \n"));
    }
}

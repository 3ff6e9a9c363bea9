//! The words of our mails, in the languages that we have.

use super::CodeMail;
use crate::config::Company;
use crate::store::customers::CustomerId;
use portal_contract::interaction::Channel;

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePurpose {
    /// To sign in.
    SignIn,
    /// To prove again who one is, before a sensitive act.
    StepUp,
}

/// A mail, ready to go.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Whose record it belongs to: whom it is written for, whoever else knows the address. Nobody's where it is written to the company.
    pub customer: Option<CustomerId>,
    /// Over which channel it goes; all but email wait in the outbox.
    pub channel: Channel,
    /// Where to.
    pub to: String,
    /// The subject; what has none shows it in the outbox alone.
    pub subject: String,
    /// The words.
    pub body: String,
    /// A code among the words, for the outbox.
    pub code: Option<String>,
    /// BCP 47 tag of the words.
    pub locale: &'static str,
    /// Headers of a mail besides the usual ones, in visible ASCII.
    pub headers: Vec<(&'static str, String)>,
}

/// One sentence in English, German and Arabic.
pub(crate) type Said = [String; 3];

/// The languages that the texts stand in.
#[derive(Clone, Copy)]
pub(crate) enum Language {
    English,
    German,
    Arabic,
}

impl Language {
    /// The language of the tag, else the first of the company's that we have, else English.
    pub(crate) fn choose(tag: Option<&str>, company: &Company) -> Self {
        tag.into_iter()
            .chain(company.locales.iter().map(String::as_str))
            .find_map(Self::of)
            .unwrap_or(Self::English)
    }

    fn of(tag: &str) -> Option<Self> {
        let primary = tag
            .split(['-', '_'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        match primary.as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "ar" => Some(Self::Arabic),
            _ => None,
        }
    }

    /// The sentence in this language.
    pub(crate) fn say(self, said: &Said) -> &str {
        let [english, german, arabic] = said;
        match self {
            Self::English => english,
            Self::German => german,
            Self::Arabic => arabic,
        }
    }

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Arabic => "ar",
        }
    }
}

/// The mail of a code; none where there is nobody to write to.
pub(super) fn compose(company: &Company, mail: &CodeMail) -> Option<Letter> {
    let language = Language::choose(mail.locale.as_deref(), company);
    let (subject, body) = words(language, mail.purpose, &company.name, &mail.code);
    let (customer, to) = mail.to.clone()?;
    Some(Letter {
        customer: Some(customer),
        channel: Channel::Email,
        to,
        subject,
        body,
        code: Some(mail.code.clone()),
        locale: language.tag(),
        headers: Vec::new(),
    })
}

fn words(language: Language, purpose: CodePurpose, company: &str, code: &str) -> (String, String) {
    match (language, purpose) {
        (Language::English, CodePurpose::SignIn) => (
            format!("{code} is your code for {company}"),
            format!(
                "Hello,\n\nyour code to sign in to {company} is:\n\n    {code}\n\nIt is good for 10 minutes and for one \
                 sign-in. Nobody from {company} will ever ask you for it.\n\nIf you did not ask for a code, you need do \
                 nothing: without it nobody can sign in.\n"
            ),
        ),
        (Language::English, CodePurpose::StepUp) => (
            format!("{code} confirms that it is you"),
            format!(
                "Hello,\n\nplease confirm with this code that it is you:\n\n    {code}\n\nIt is good for 10 minutes. Nobody \
                 from {company} will ever ask you for it.\n\nIf you did not ask for it, somebody may be using your account: \
                 tell us at once.\n"
            ),
        ),
        (Language::German, CodePurpose::SignIn) => (
            format!("{code} ist Ihr Code für {company}"),
            format!(
                "Guten Tag,\n\nIhr Code für die Anmeldung bei {company} lautet:\n\n    {code}\n\nEr gilt 10 Minuten und für \
                 eine Anmeldung. Niemand von {company} wird Sie je danach fragen.\n\nWenn Sie keinen Code angefordert haben, \
                 müssen Sie nichts tun: Ohne ihn kann sich niemand anmelden.\n"
            ),
        ),
        (Language::German, CodePurpose::StepUp) => (
            format!("{code} bestätigt, dass Sie es sind"),
            format!(
                "Guten Tag,\n\nbitte bestätigen Sie mit diesem Code, dass Sie es sind:\n\n    {code}\n\nEr gilt 10 Minuten. \
                 Niemand von {company} wird Sie je danach fragen.\n\nWenn Sie ihn nicht angefordert haben, benutzt vielleicht \
                 jemand anderes Ihr Konto: Sagen Sie uns sofort Bescheid.\n"
            ),
        ),
        (Language::Arabic, CodePurpose::SignIn) => (
            format!("{code} هو رمزك لدى {company}"),
            format!(
                "مرحبًا،\n\nرمز تسجيل دخولك إلى {company} هو:\n\n    {code}\n\nالرمز صالح لمدة 10 دقائق ولتسجيل دخول واحد. \
                 لن يطلبه منك أحد من {company} أبدًا.\n\nإذا لم تطلب رمزًا فلا حاجة إلى أي إجراء: لا يمكن لأحد تسجيل الدخول \
                 من دونه.\n"
            ),
        ),
        (Language::Arabic, CodePurpose::StepUp) => (
            format!("{code} يؤكد أنك صاحب الحساب"),
            format!(
                "مرحبًا،\n\nيرجى تأكيد هويتك بهذا الرمز:\n\n    {code}\n\nالرمز صالح لمدة 10 دقائق. لن يطلبه منك أحد من \
                 {company} أبدًا.\n\nإذا لم تطلبه فقد يكون شخص آخر يستخدم حسابك: أخبرنا فورًا.\n"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(locale: Option<&str>, purpose: CodePurpose) -> Letter {
        let company = Company {
            name: "Lumenfold".into(),
            locales: vec!["de".into()],
        };
        let mail = CodeMail {
            to: Some((
                CustomerId::try_from("cus_1".to_owned()).unwrap(),
                "a@example.com".into(),
            )),
            locale: locale.map(str::to_owned),
            code: "012345".into(),
            purpose,
        };
        compose(&company, &mail).unwrap()
    }

    #[test]
    fn every_mail_carries_its_code_and_company() {
        for locale in ["en-GB", "de-AT", "ar", "ar-EG"] {
            for purpose in [CodePurpose::SignIn, CodePurpose::StepUp] {
                let letter = letter(Some(locale), purpose);
                assert!(letter.body.contains("    012345\n"), "{}", letter.body);
                assert!(letter.body.contains("Lumenfold"));
                assert!(letter.subject.contains("012345"));
                assert_eq!(letter.locale, &locale[..2]);
            }
        }
    }

    #[test]
    fn a_language_that_we_lack_falls_back_to_the_companys() {
        assert_eq!(letter(Some("fi"), CodePurpose::SignIn).locale, "de");
        assert_eq!(letter(None, CodePurpose::SignIn).locale, "de");
    }
}

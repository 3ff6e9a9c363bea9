//! The words, in the languages that we have.

use super::{ContactNotice, Form, Span};
use crate::mail::texts::Language;

/// Subject and body.
pub(super) fn of(
    language: Language,
    form: Form,
    company: &str,
    notice: &ContactNotice,
) -> (String, String) {
    match language {
        Language::English => english(form, company, notice),
        Language::German => german(form, company, notice),
        Language::Arabic => arabic(form, company, notice),
    }
}

fn english(form: Form, company: &str, notice: &ContactNotice) -> (String, String) {
    match notice {
        ContactNotice::Code {
            code,
            good_for_seconds,
        } => {
            let span = match Span::of(*good_for_seconds) {
                Span::Minutes(minutes) => format!("{minutes} minutes"),
                Span::Days(days) => format!("{days} days"),
            };
            let subject = format!("{code} confirms this contact for {company}");
            let body = match form {
                Form::Short => format!(
                    "{code} is your code to confirm this contact at {company}. It is good for {span}. We never ask you for it."
                ),
                Form::Long => format!(
                    "Hello,\n\nsomebody entered this address at {company}. If it was you, confirm it with this code:\n\n    \
                     {code}\n\nIt is good for {span}. Nobody from {company} will ever ask you for it.\n\nIf it was not you, you \
                     need do nothing: without the code this address is not used.\n"
                ),
            };
            (subject, body)
        }
        ContactNotice::Replaced { by } => (
            format!("{company} no longer writes here"),
            english_notice(
                form,
                &format!("{company} uses {by} instead of this contact from now on."),
            ),
        ),
        ContactNotice::Removed => (
            format!("{company} no longer writes here"),
            english_notice(
                form,
                &format!("{company} no longer has this contact: it was removed from your account."),
            ),
        ),
        ContactNotice::SignInAdded { address } => (
            format!("A new way to sign in at {company}"),
            english_notice(
                form,
                &format!(
                    "{address} was confirmed for your account at {company} and can be used to sign in."
                ),
            ),
        ),
    }
}

fn english_notice(form: Form, sentence: &str) -> String {
    match form {
        Form::Short => format!("{sentence} If that was not you, tell us at once."),
        Form::Long => format!(
            "Hello,\n\n{sentence}\n\nIf that was not you, somebody may be using your account: tell us at once.\n"
        ),
    }
}

fn german(form: Form, company: &str, notice: &ContactNotice) -> (String, String) {
    match notice {
        ContactNotice::Code {
            code,
            good_for_seconds,
        } => {
            let span = match Span::of(*good_for_seconds) {
                Span::Minutes(minutes) => format!("{minutes} Minuten"),
                Span::Days(days) => format!("{days} Tage"),
            };
            let subject = format!("{code} bestätigt diesen Kontakt bei {company}");
            let body = match form {
                Form::Short => format!(
                    "{code} ist Ihr Code, um diesen Kontakt bei {company} zu bestätigen. Er gilt {span}. Wir fragen Sie nie danach."
                ),
                Form::Long => format!(
                    "Guten Tag,\n\njemand hat diese Adresse bei {company} eingetragen. Wenn Sie das waren, bestätigen Sie sie mit \
                     diesem Code:\n\n    {code}\n\nEr gilt {span}. Niemand von {company} wird Sie je danach fragen.\n\nWenn Sie \
                     das nicht waren, müssen Sie nichts tun: Ohne den Code wird diese Adresse nicht verwendet.\n"
                ),
            };
            (subject, body)
        }
        ContactNotice::Replaced { by } => (
            format!("{company} schreibt nicht mehr hierher"),
            german_notice(
                form,
                &format!("{company} verwendet ab jetzt {by} statt dieses Kontakts."),
            ),
        ),
        ContactNotice::Removed => (
            format!("{company} schreibt nicht mehr hierher"),
            german_notice(
                form,
                &format!(
                    "{company} hat diesen Kontakt nicht mehr: Er wurde aus Ihrem Konto entfernt."
                ),
            ),
        ),
        ContactNotice::SignInAdded { address } => (
            format!("Eine neue Anmeldung bei {company}"),
            german_notice(
                form,
                &format!(
                    "{address} wurde für Ihr Konto bei {company} bestätigt; die Anmeldung ist jetzt auch damit möglich."
                ),
            ),
        ),
    }
}

fn german_notice(form: Form, sentence: &str) -> String {
    match form {
        Form::Short => {
            format!("{sentence} Wenn Sie das nicht waren, sagen Sie uns sofort Bescheid.")
        }
        Form::Long => format!(
            "Guten Tag,\n\n{sentence}\n\nWenn Sie das nicht waren, benutzt vielleicht jemand anderes Ihr Konto: Sagen Sie uns \
             sofort Bescheid.\n"
        ),
    }
}

fn arabic(form: Form, company: &str, notice: &ContactNotice) -> (String, String) {
    match notice {
        ContactNotice::Code {
            code,
            good_for_seconds,
        } => {
            let span = match Span::of(*good_for_seconds) {
                Span::Minutes(minutes) => format!("{minutes} دقائق"),
                Span::Days(days) => format!("{days} يومًا"),
            };
            let subject = format!("{code} يؤكد وسيلة الاتصال هذه لدى {company}");
            let body = match form {
                Form::Short => format!(
                    "{code} هو رمز تأكيد وسيلة الاتصال هذه لدى {company}. الرمز صالح لمدة {span}. لن نطلبه منك أبدًا."
                ),
                Form::Long => format!(
                    "مرحبًا،\n\nأُدخل هذا العنوان لدى {company}. إذا كنت أنت من أدخله فأكّده بهذا الرمز:\n\n    {code}\n\nالرمز \
                     صالح لمدة {span}. لن يطلبه منك أحد من {company} أبدًا.\n\nإذا لم تكن أنت فلا حاجة إلى أي إجراء: لن يُستخدم هذا \
                     العنوان من دون الرمز.\n"
                ),
            };
            (subject, body)
        }
        ContactNotice::Replaced { by } => (
            format!("لم تعد {company} تراسلك هنا"),
            arabic_notice(
                form,
                &format!("تستخدم {company} من الآن \u{2068}{by}\u{2069} بدلًا من وسيلة الاتصال هذه."),
            ),
        ),
        ContactNotice::Removed => (
            format!("لم تعد {company} تراسلك هنا"),
            arabic_notice(
                form,
                &format!("أُزيلت وسيلة الاتصال هذه من حسابك لدى {company}."),
            ),
        ),
        ContactNotice::SignInAdded { address } => (
            format!("طريقة جديدة لتسجيل الدخول إلى {company}"),
            arabic_notice(
                form,
                &format!(
                    "تم تأكيد \u{2068}{address}\u{2069} لحسابك لدى {company} ويمكن تسجيل الدخول به."
                ),
            ),
        ),
    }
}

fn arabic_notice(form: Form, sentence: &str) -> String {
    match form {
        Form::Short => format!("{sentence} إذا لم تكن أنت من فعل ذلك فأخبرنا فورًا."),
        Form::Long => format!(
            "مرحبًا،\n\n{sentence}\n\nإذا لم تكن أنت من فعل ذلك فقد يكون شخص آخر يستخدم حسابك: أخبرنا فورًا.\n"
        ),
    }
}

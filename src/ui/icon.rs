use crate::browser::base;
use portal_markup::prelude::*;
use portal_markup::view;

/// Declares the icons once: the name in code and the id in `public/icons.svg`.
macro_rules! icons {
    ($( $name:ident = $id:literal ),* $(,)?) => {
        /// A drawing of the sprite `public/icons.svg`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName { $( #[doc = concat!("`", $id, "`")] $name, )* }

        impl IconName {
            /// Every icon; a test finds each in the sprite.
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[ $( Self::$name ),* ];

            /// Its id within the sprite.
            fn id(self) -> &'static str {
                match self { $( Self::$name => $id, )* }
            }
        }
    };
}

/// The content of the sprite in hexadecimal digits (FNV-1a), which its address names: a browser may then keep it, and draws what it
/// has not drawn yet without asking anybody, offline too.
const SPRITE: [u8; 8] = digits(include_bytes!("../../public/icons.svg"));

const fn digits(content: &[u8]) -> [u8; 8] {
    let mut hash: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < content.len() {
        hash = (hash ^ content[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    let mut digits = [0; 8];
    let mut at = 0;
    while at < digits.len() {
        digits[at] = b"0123456789abcdef"[(hash >> (28 - 4 * at)) as usize & 0xf];
        at += 1;
    }
    digits
}

icons! {
    Add = "add",
    Alert = "alert",
    Arrow = "arrow",
    Attach = "attach",
    Back = "arrow-back",
    Calendar = "calendar",
    Chat = "chat",
    Check = "check",
    ChevronDown = "chevron-down",
    Clock = "clock",
    Close = "close",
    Download = "download",
    Email = "email",
    External = "external",
    Feedback = "feedback",
    File = "file",
    Filter = "filter",
    Handoff = "handoff",
    Help = "help",
    Idea = "idea",
    Image = "image",
    Info = "info",
    Interactions = "interactions",
    Language = "language",
    Lock = "lock",
    Messaging = "messaging",
    MobileApp = "mobile_app",
    Moon = "moon",
    Offline = "offline",
    Other = "other",
    Overview = "overview",
    Pause = "pause",
    Person = "person",
    Phone = "phone",
    Post = "post",
    Preferences = "preferences",
    Print = "print",
    Push = "push",
    Remove = "remove",
    Reopen = "reopen",
    Reply = "reply",
    Search = "search",
    Shield = "shield",
    SignOut = "sign-out",
    Silence = "silence",
    Sms = "sms",
    Social = "social",
    Store = "store",
    Sun = "sun",
    System = "system",
    ThumbDown = "thumb-down",
    ThumbUp = "thumb-up",
    Undo = "undo",
    Web = "web",
}

impl IconName {
    /// The address of the drawing.
    #[must_use]
    pub fn href(self) -> String {
        let content = str::from_utf8(&SPRITE).expect("they are digits");
        base::address(&["/icons.svg?", content, "#", self.id()].concat())
    }

    /// Whether it points along the line of reading, and so turns where reading runs from right to left.
    fn flips(self) -> bool {
        matches!(
            self,
            Self::Arrow
                | Self::Back
                | Self::External
                | Self::Reply
                | Self::SignOut
                | Self::Handoff
                | Self::Undo
        )
    }
}

/// A drawing beside a word; it says nothing by itself (WCAG 1.1.1), so a word always stands near.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" data-flip=name.flips().then_some("")>
            <use href=name.href()></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_in_the_sprite() {
        let sprite = include_str!("../../public/icons.svg");
        for icon in IconName::ALL {
            let id = icon.id();
            assert!(
                sprite.contains(&format!("id=\"{id}\"")),
                "{id} is missing in public/icons.svg"
            );
        }
    }

    #[test]
    fn the_address_of_a_drawing_names_the_content_of_the_sprite() {
        let href = IconName::Lock.href();
        let (sprite, id) = href.split_once('#').unwrap();
        assert_eq!(id, "lock");
        let digits = sprite.strip_prefix("/icons.svg?").unwrap();
        assert_eq!(digits.len(), 8);
        assert_ne!(digits.as_bytes(), super::digits(b"another sprite"));
        // The published value of FNV-1a for "a".
        assert_eq!(&super::digits(b"a"), b"e40c292c");
    }
}

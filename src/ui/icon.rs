use crate::browser::base;
use portal_markup::prelude::*;
use portal_markup::view;

/// Declares the icons once: the name in code and the id in its sprite.
macro_rules! icons {
    ([ $( $name:ident = $id:literal, )* ] [ $( $other:ident = $its:literal, )* ]) => {
        /// A drawing of one of the sprites: `public/icons.svg` has those of the first screens, `public/icons-further.svg` the others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName {
            $( #[doc = concat!("`", $id, "`")] $name, )*
            $( #[doc = concat!("`", $its, "`")] $other, )*
        }

        impl IconName {
            /// Those of the first screens; a test finds each in its sprite.
            #[cfg(test)]
            const FIRST: &'static [Self] = &[ $( Self::$name ),* ];

            /// The others.
            #[cfg(test)]
            const FURTHER: &'static [Self] = &[ $( Self::$other ),* ];

            /// Its id within the sprite.
            fn id(self) -> &'static str {
                match self {
                    $( Self::$name => $id, )*
                    $( Self::$other => $its, )*
                }
            }

            /// Whether the first screens do without it.
            fn is_further(self) -> bool {
                matches!(self, $( Self::$other )|*)
            }
        }
    };
}

/// The content of a sprite in hexadecimal digits (FNV-1a), which its address names: a browser may then keep it, and draws what it
/// has not drawn yet without asking anybody, offline too.
const FIRST: [u8; 8] = digits(include_bytes!("../../public/icons.svg"));
const FURTHER: [u8; 8] = digits(include_bytes!("../../public/icons-further.svg"));

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
    [
        Alert = "alert",
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
        Help = "help",
        Info = "info",
        Interactions = "interactions",
        Language = "language",
        Lock = "lock",
        Messaging = "messaging",
        MobileApp = "mobile_app",
        Offline = "offline",
        Other = "other",
        Overview = "overview",
        Person = "person",
        Phone = "phone",
        Post = "post",
        Preferences = "preferences",
        Push = "push",
        Reply = "reply",
        Search = "search",
        Shield = "shield",
        Sms = "sms",
        Social = "social",
        Store = "store",
        Web = "web",
    ]
    [
        Add = "add",
        Arrow = "arrow",
        Attach = "attach",
        Back = "arrow-back",
        File = "file",
        Filter = "filter",
        Handoff = "handoff",
        Idea = "idea",
        Image = "image",
        Moon = "moon",
        Pause = "pause",
        Print = "print",
        Remove = "remove",
        Reopen = "reopen",
        SignOut = "sign-out",
        Silence = "silence",
        Sun = "sun",
        System = "system",
        ThumbDown = "thumb-down",
        ThumbUp = "thumb-up",
        Undo = "undo",
    ]
}

impl IconName {
    /// The address of the drawing.
    #[must_use]
    pub fn href(self) -> String {
        let (sprite, content) = if self.is_further() {
            ("/icons-further.svg?", &FURTHER)
        } else {
            ("/icons.svg?", &FIRST)
        };
        let content = str::from_utf8(content).expect("they are digits");
        base::address(&[sprite, content, "#", self.id()].concat())
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
    fn every_icon_is_in_its_sprite_and_in_no_other() {
        let first = include_str!("../../public/icons.svg");
        let further = include_str!("../../public/icons-further.svg");
        let has = |sprite: &str, icon: &IconName| sprite.contains(&format!("id=\"{}\"", icon.id()));
        for icon in IconName::FIRST {
            assert!(has(first, icon) && !has(further, icon), "{icon:?}");
        }
        for icon in IconName::FURTHER {
            assert!(has(further, icon) && !has(first, icon), "{icon:?}");
        }
    }

    #[test]
    fn the_address_of_a_drawing_names_the_content_of_the_sprite() {
        assert!(IconName::Undo.href().starts_with("/icons-further.svg?"));
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

use crate::browser::page;
use crate::config::use_config;
use crate::i18n::{Text, t};
use crate::ui::{IconName, Notice, NoticeKind};
use portal_markup::{Child, View, view};

/// A page of its own that has nothing to show: why, and what to do, below the title that the window has too.
pub fn notice_page(icon: IconName, title: Text, body: View) -> View {
    let title = t(title);
    page::set_title(&format!("{title} – {}", use_config().name));
    view! {
        <Notice kind=NoticeKind::Empty icon=icon title=title is_page=true>
            {body}
        </Notice>
    }
    .alone()
}

//! Views that more than one screen shows. They know words and addresses, but no API of their own.

mod page_head;
mod sign_in_form;

pub use page_head::{PageHead, provide_visits};
pub use sign_in_form::SignInForm;

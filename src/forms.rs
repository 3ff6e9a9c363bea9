//! Forms: fields that are parsed rather than validated, one summary of what is wrong, one press for one request, and
//! drafts that survive a reload.

mod draft;
mod error_summary;
mod field;
mod problem_title;
mod submission;

pub use draft::{About, Carried, Draft, Kept};
pub use error_summary::{ErrorSummary, Problems, error_summary};
pub use field::{Field, FieldView, InputKind, refusal};
pub use problem_title::{has_problems, provide_problems, tell_in_title};
pub use submission::{Press, Submission, Write};

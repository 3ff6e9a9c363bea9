//! Where the company can reach a customer: reading what is typed, proving that it is theirs, and what a change brings along.
//!
//! Sign-in follows the verified email addresses, so the rules here keep a customer from losing the last of them, and what goes
//! takes along what its mailbox could do.

pub mod acts;
pub mod address;
mod brought;
mod deliverability;
mod limits;
pub(crate) mod mask;
mod point;
mod rows;
mod rules;
mod verification;

pub use brought::{Brought, bring};
pub use deliverability::set_deliverability;
pub use mask::masked;
pub use point::{Deliverability, MOST, Point, all, owner};
pub use rows::{Changes, NewPoint};
pub use rules::{Book, Obstacle, is_entered};
pub(crate) use verification::{Verdict, attempt};

/// What is deleted once it has run out.
pub(crate) const FORGETTING: [(&str, crate::sweep::Forget); 2] = [
    ("contact point codes", verification::forget),
    ("contact point quotas", limits::forget),
];

//! Copies of a great deal, and copies that are cut short: in a process of their own, so that its memory is theirs.

mod crash;
mod large;
mod seed;

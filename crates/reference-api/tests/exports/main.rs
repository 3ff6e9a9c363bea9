//! Copies of a great deal, and copies that are cut short: in a process of their own, so that its memory is theirs.

#[cfg(test)]
mod crash;
#[cfg(test)]
mod large;
#[path = "../support/program.rs"]
mod program;
#[cfg(test)]
mod seed;

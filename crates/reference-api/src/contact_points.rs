//! Where the company can reach a customer: reading what is typed, proving that it is theirs, and what a change brings along.

pub mod address;

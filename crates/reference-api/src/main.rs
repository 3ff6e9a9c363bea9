//! The reference API.
fn main() {}

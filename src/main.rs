//! The customer portal.
fn main() {}
